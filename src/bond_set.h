/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Owns the bonds of a network namespace, sorted by ifindex, and the links
 * that slaves stand on (lower devices of VLAN and macvlan slaves).
 *
 * Lookups are binary searches and return NULL for "not there". Pointers to
 * bonds and slaves are lent until the next call that adds or removes one.
 * Errors: -ENOMEM; the set stays valid.
 */
#ifndef BONDCARRIER_BOND_SET_H
#define BONDCARRIER_BOND_SET_H

#include <stddef.h>
#include <stdint.h>

#include "bond.h"
#include "if_stack.h"

/* Can the kernel be read? bondAgentStatus; numbers as in BOND-CARRIER-MIB. */
enum bond_set_status {
	BOND_SET_SYNCHRONISED = 1,
	BOND_SET_RESYNCHRONISING = 2,
	BOND_SET_LOST = 3,
};

struct bond_set {
	struct bond *bonds; /* sorted by link.ifindex */
	size_t count;
	size_t capacity;

	struct link_state *lowers; /* sorted by ifindex */
	size_t lower_count;
	size_t lower_capacity;

	struct if_stack stack;

	enum bond_set_status status;
	int64_t table_changed_ms; /* a bond or slave came, went, was renamed
				     or reconfigured */
	int64_t state_changed_ms; /* an effective carrier, a LOWER_UP or a
				     discrepancy changed */
	int64_t lag_changed_ms;   /* a bond in 802.3ad or a slave of one came
				     or went, or something of its LACP changed:
				     dot3adTablesLastChanged */
};

void bond_set_init(struct bond_set *set);
void bond_set_fini(struct bond_set *set);

struct bond *bond_set_find(struct bond_set *set, int ifindex);
const struct bond *bond_set_get(const struct bond_set *set, int ifindex);
/* The first bond whose ifindex is >= that; for GETNEXT. */
const struct bond *bond_set_lower_bound(const struct bond_set *set,
					int64_t ifindex);
/* The first slave of the bond whose ifindex is >= that. */
const struct slave *bond_slave_lower_bound(const struct bond *bond,
					   int64_t ifindex);
/* By name (the last one known); linear. */
const struct bond *bond_set_find_name(const struct bond_set *set,
				      const char *name);
/* The bond that has this slave; linear in bonds. */
struct bond *bond_set_find_master(struct bond_set *set, int slave_ifindex);

/* Adds an empty bond or slave of that ifindex, or finds the one there is. */
int bond_set_add(struct bond_set *set, int ifindex, struct bond **out);
int bond_add_slave(struct bond *bond, int ifindex, struct slave **out);

/* Removes and frees; nothing happens where it is not there. */
void bond_set_remove(struct bond_set *set, int ifindex);
void bond_remove_slave(struct bond *bond, int ifindex);

/* Lower devices. */
const struct link_state *bond_set_lower(const struct bond_set *set,
					int ifindex);
int bond_set_put_lower(struct bond_set *set, const struct link_state *link);
void bond_set_remove_lower(struct bond_set *set, int ifindex);

/* Totals, counted when asked. */
size_t bond_set_slave_total(const struct bond_set *set);
size_t bond_set_raised_count(const struct bond_set *set,
			     enum discrepancy_kind kind); /* bonds */
size_t bond_set_discrepancy_total(const struct bond_set *set); /* raised rows */

#endif
