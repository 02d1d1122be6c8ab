/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which bond has which slave: the index of a set by slave. bond_set.c keeps it
 * as slaves come and go; lookups that may write sort it first (pairs.h).
 */
#ifndef BONDCARRIER_SLAVE_INDEX_H
#define BONDCARRIER_SLAVE_INDEX_H

#include "bond/bond_set.h"

/* The bond that has this slave. */
struct bond *slave_index_master(struct bond_set *set, int slave_ifindex);
/* The first slave of any bond whose ifindex is >= that, and its bond. */
const struct slave *slave_index_next(const struct bond_set *set,
				     int64_t ifindex, const struct bond **bond);
/* After slaves came: the latter finds them only then. */
void slave_index_sort(struct bond_set *set);

#endif
