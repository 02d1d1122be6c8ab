/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Owns the bonds of a network namespace, sorted by ifindex, and the lower
 * devices of VLAN and macvlan slaves.
 *
 * Lookups are binary searches, and return NULL if there is no match. Pointers
 * to bonds and slaves are valid until the next call that adds or removes one.
 * Errors: -ENOMEM; the set stays valid.
 */
#ifndef BONDCARRIER_BOND_SET_H
#define BONDCARRIER_BOND_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pairs.h"
#include "bond/bond.h"
#include "bond/if_stack.h"

/* Whether the kernel can be read: bondAgentStatus, numbers as in
   BOND-CARRIER-MIB. */
enum bond_set_status {
	BOND_SET_SYNCHRONISED = 1,
	BOND_SET_RESYNCHRONISING = 2,
	BOND_SET_LOST = 3,
};

struct bond_set {
	struct bond *bonds; /* sorted by link.ifindex */
	/* When each bond is due: see schedule.h. Not in struct bond, because
	   every event scans all of them, and a thousand bonds don't fit into
	   the processor's cache. */
	int64_t *look_ms;
	size_t count;
	size_t capacity; /* of `bonds` */
	size_t look_capacity;

	/* Indexes of the stacking. masters: (slave, its bond). uppers: (lower
	   device, the slave or lower device on top of it). */
	struct pairs masters;
	struct pairs uppers;

	struct link_state *lowers; /* sorted by ifindex */
	size_t lower_count;
	size_t lower_capacity;

	struct if_stack stack;

	enum bond_set_status status;
	int64_t table_changed_ms; /* a bond or slave was added, removed,
				     renamed or reconfigured */
	int64_t state_changed_ms; /* an effective carrier, a LOWER_UP or a
				     discrepancy changed */
	int64_t lag_changed_ms;	  /* an 802.3ad bond or slave was added or
				     removed, or its LACP values changed:
				     dot3adTablesLastChanged */
	/* Rises when a bond is added, removed or renamed, and when an effective
	   carrier changes. */
	uint64_t carrier_changes;
};

void bond_set_init(struct bond_set *set);
void bond_set_fini(struct bond_set *set);

struct bond *bond_set_find(struct bond_set *set, int ifindex);
const struct bond *bond_set_get(const struct bond_set *set, int ifindex);
/* The first bond whose ifindex is >= `ifindex`, or NULL; for GETNEXT. */
const struct bond *bond_set_lower_bound(const struct bond_set *set,
					int64_t ifindex);
/* By its last known name; a linear search. */
const struct bond *bond_set_find_name(const struct bond_set *set,
				      const char *name);
/* Find the bond or slave with that ifindex, or add an empty one. `lower`:
   link.lower of a new slave. */
int bond_set_add(struct bond_set *set, int ifindex, struct bond **out);
int bond_set_add_slave(struct bond *bond, int ifindex, int lower,
		       struct slave **out);

/* Remove and free: all bonds whose ifindex is a key of `ifindexes`, which must
   be sorted; one slave. */
void bond_set_remove_all(struct bond_set *set, const struct pairs *ifindexes);
void bond_set_remove_slave(struct bond *bond, int ifindex);

/* The lower devices of slaves, at any depth. */
const struct link_state *bond_set_lower(const struct bond_set *set,
					int ifindex);
int bond_set_put_lower(struct bond_set *set, const struct link_state *link);
void bond_set_remove_lower(struct bond_set *set, int ifindex);
/* Sets `lower` of a slave's link; nothing else may write it. */
void bond_set_slave_lower(struct bond *bond, struct slave *slave, int lower);

/* Totals, computed at each call: slaves; bonds with a raised discrepancy of
   that kind; raised discrepancies. */
size_t bond_set_slave_total(const struct bond_set *set);
size_t bond_set_raised_count(const struct bond_set *set,
			     enum discrepancy_kind kind);
size_t bond_set_discrepancy_total(const struct bond_set *set);

#endif
