/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builds the rows of ifStackTable (if_stack.h), and chooses the VLANs in them.
 * Errors: -ENOMEM; the stack is unchanged.
 */
#ifndef BONDCARRIER_STACK_BUILD_H
#define BONDCARRIER_STACK_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "bond/bond_set.h"
#include "netlink/linkmsg.h"

/* Whether a VLAN on top of that link belongs to the stack. */
bool stack_build_is_lower(struct bond_set *set, int ifindex);

/* Replaces the stack's VLANs by those of `events`, a dump of all VLANs, that
   belong to it. */
int stack_build_vlans(struct bond_set *set, const struct link_event *events,
		      size_t count);

/* Replaces `rows` by the rows of that set. */
int stack_build_rows(struct pairs *rows, const struct bond_set *set);

#endif
