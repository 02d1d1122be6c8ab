/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the rows of ifStackTable (if_stack.h) in step with a set. Errors:
 * -ENOMEM; what was there stays.
 */
#ifndef BONDCARRIER_STACK_BUILD_H
#define BONDCARRIER_STACK_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "bond/bond_set.h"
#include "netlink/linkmsg.h"

/* Is a VLAN on that link one of ours? */
bool stack_build_is_lower(struct bond_set *set, int ifindex);

/* Of all VLANs there are, `events`, keeps those that are ours. */
int stack_build_vlans(struct bond_set *set, const struct link_event *events,
		      size_t count);

/* The rows of that set; pure. */
int stack_build_rows(struct pairs *rows, const struct bond_set *set);

#endif
