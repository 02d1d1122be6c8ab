/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds bonds by slave. bond_set.c maintains the index; a lookup that takes a
 * const set needs it sorted (see pairs.h).
 */
#ifndef BONDCARRIER_SLAVE_INDEX_H
#define BONDCARRIER_SLAVE_INDEX_H

#include "bond/bond_set.h"

/* The bond that has this slave, or NULL. Sorts the index. */
struct bond *slave_index_master(struct bond_set *set, int slave_ifindex);
/* The first slave of any bond whose ifindex is >= `ifindex`, and its bond;
   NULL: none. */
const struct slave *slave_index_next(const struct bond_set *set,
				     int64_t ifindex, const struct bond **bond);
/* Call after adding slaves: slave_index_next() needs a sorted index. */
void slave_index_sort(struct bond_set *set);

#endif
