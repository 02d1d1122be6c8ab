/* SPDX-License-Identifier: BSD-2-Clause */
/* What oracle.c (carrier) and oracle_kinds.c (discrepancies) share. */
#ifndef BONDCARRIER_SIM_ORACLE_INTERNAL_H
#define BONDCARRIER_SIM_ORACLE_INTERNAL_H

#include "oracle.h"

/* linux/if.h */
#define ORACLE_RUNNING	0x40U
#define ORACLE_LOWER_UP 0x10000U

uint32_t oracle_option(const struct vk *vk, int bond, int option);
bool oracle_lower_up(const struct vk *vk, int slot);
/* The slave's real link: ORACLE_UP, ORACLE_DOWN, ORACLE_UNKNOWN. */
unsigned int oracle_link(struct oracle *oracle, int slot);
bool oracle_needs_speed(const struct vk *vk, int bond, int slot);
bool oracle_strict(const struct oracle *oracle, int bond);
bool oracle_has_enabled_port(const struct vk *vk,
			     const struct vk_aggregator *aggregator);
/* The slot of the slave whose aggregator is the active one; -1. */
int oracle_active(const struct vk *vk, int bond);

#endif
