/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which interface runs on top of which, as ifStackTable has it (RFC 2863,
 * 3.1.1): of the bonds of a set, their slaves, what those stand on, the VLANs
 * on any of these, and the bridge or team that a bond or VLAN is a port of. (A
 * VRF is none: RFC 2863 knows no such sub-layer.)
 *
 * A row is a pair of ifindexes, the higher one and the lower one. 0 above
 * stands for nothing above, of what is known here; 0 below for nothing below.
 * It is left out where that is not known: there is no (bridge, 0), and no
 * (bond, 0) of a bond that is not in the set.
 *
 * A link in another namespace has no ifindex here: what stands on one has
 * nothing below it.
 *
 * Ownership: a stack owns its arrays. Errors: -ENOMEM; what was there stays.
 */
#ifndef BONDCARRIER_IF_STACK_H
#define BONDCARRIER_IF_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pairs.h"

/* One that stands on a bond, a slave, or another such VLAN. */
struct if_stack_vlan {
	int ifindex;
	int lower;
	int master; /* 0: none */
	bool ours;  /* of those that are kept, each */
};

struct if_stack {
	bool wanted;		     /* else nothing here is kept up to date */
	struct pairs rows;	     /* sorted, none twice */
	int64_t changed_ms;	     /* when these rows began to be; 0: never */
	struct if_stack_vlan *vlans; /* by ifindex */
	size_t vlan_count;

	/* Scratch and marks of the module that keeps it up to date. */
	struct pairs spare;
	bool stale;	  /* the rows may have changed */
	bool vlans_stale; /* the VLANs may have: they are to be read */
};

void if_stack_fini(struct if_stack *stack);

/* Something of the set came, went, or stands on something else now. */
void if_stack_touch(struct if_stack *stack);

const struct if_stack_vlan *if_stack_vlan(const struct if_stack *stack,
					  int ifindex);

bool if_stack_rows_equal(const struct pairs *a, const struct pairs *b);

#endif
