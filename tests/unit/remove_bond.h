/* SPDX-License-Identifier: BSD-2-Clause */
/* Removes one bond from a set; nothing happens where it is not there. */
#ifndef TEST_REMOVE_BOND_H
#define TEST_REMOVE_BOND_H

#include "bond/bond_set.h"

static inline void remove_bond(struct bond_set *set, int ifindex)
{
	struct pair only = { .key = ifindex };
	const struct pairs ifindexes = { .items = &only,
					 .count = 1,
					 .sorted = 1 };

	bond_set_remove_all(set, &ifindexes);
}

#endif
