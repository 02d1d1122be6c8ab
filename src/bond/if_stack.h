/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rows of ifStackTable (RFC 2863, 3.1.1): which interface runs on top of
 * which. They cover the bonds of a set, their slaves, the lower devices of
 * slaves, the VLANs on any of these, and the bridge or team that a bond or VLAN
 * is a port of. (Not VRFs: RFC 2863 has no such sub-layer.)
 *
 * A row is a pair of ifindexes: higher layer, lower layer. A higher layer of 0
 * means that nothing known runs on top; a lower layer of 0 means that nothing
 * is below. Where that is unknown, there is no such row: no (bridge, 0), and no
 * (bond, 0) of a bond that is not in the set.
 *
 * A link in another namespace has no ifindex here, so a link on top of it has
 * nothing below it.
 *
 * Ownership: a stack owns its arrays. Errors: -ENOMEM; the stack is unchanged.
 */
#ifndef BONDCARRIER_IF_STACK_H
#define BONDCARRIER_IF_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pairs.h"

/* A VLAN on a bond, on a slave, or on another such VLAN. */
struct if_stack_vlan {
	int ifindex;
	int lower;
	int master; /* 0: none */
	bool ours;  /* true for every VLAN in the stack */
};

struct if_stack {
	bool wanted;		     /* false: the stack is not maintained */
	struct pairs rows;	     /* sorted, without duplicates */
	int64_t changed_ms;	     /* when the rows last changed; 0: never */
	struct if_stack_vlan *vlans; /* by ifindex */
	size_t vlan_count;

	/* For the modules that maintain the stack. */
	struct pairs spare; /* where the new rows are built */
	bool stale;	    /* the rows may be out of date */
	bool vlans_stale;   /* the VLANs may be: read them */
};

void if_stack_fini(struct if_stack *stack);

/* Call when a link of the set was added, removed, or put on another one. */
void if_stack_touch(struct if_stack *stack);

const struct if_stack_vlan *if_stack_vlan(const struct if_stack *stack,
					  int ifindex);

bool if_stack_rows_equal(const struct pairs *a, const struct pairs *b);

#endif
