/* SPDX-License-Identifier: BSD-2-Clause */
/* Chances, and links picked at random, with the generator of op_below(). */
#ifndef BONDCARRIER_SIM_OPS_PICK_H
#define BONDCARRIER_SIM_OPS_PICK_H

#include "vk.h"

bool pick_chance(uint64_t *rng, uint32_t percent);

/* A slot whose link fits, -1 if there is none. */
int pick_any(uint64_t *rng, const struct vk *vk,
	     bool (*fits)(const struct vk_link *));

/* What may be asked for. */
bool pick_is_any(const struct vk_link *link);
bool pick_is_bond(const struct vk_link *link);
bool pick_is_slave(const struct vk_link *link);
bool pick_is_free(const struct vk_link *link);
bool pick_has_wire(const struct vk_link *link);
bool pick_has_partner(const struct vk_link *link);
bool pick_has_speed(const struct vk_link *link);
bool pick_has_protodown(const struct vk_link *link);
bool pick_is_deletable(const struct vk_link *link);
bool pick_is_movable(const struct vk_link *link);

#endif
