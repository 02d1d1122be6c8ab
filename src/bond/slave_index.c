/* SPDX-License-Identifier: BSD-2-Clause */
/* Which bond has which slave. */
#include "bond/slave_index.h"

void slave_index_sort(struct bond_set *set)
{
	pairs_sort(&set->masters);
	pairs_sort(&set->uppers);
}

struct bond *slave_index_master(struct bond_set *set, int slave_ifindex)
{
	const struct pair *pair;

	pairs_sort(&set->masters);
	pair = pairs_from(&set->masters, slave_ifindex);
	return pair && pair->key == slave_ifindex
		   ? bond_set_find(set, pair->value)
		   : NULL;
}

const struct slave *slave_index_next(const struct bond_set *set,
				     int64_t ifindex, const struct bond **bond)
{
	const struct pair *pair = pairs_from(&set->masters, ifindex);

	*bond = pair ? bond_set_get(set, pair->value) : NULL;
	return *bond ? bond_slave(*bond, pair->key) : NULL;
}
