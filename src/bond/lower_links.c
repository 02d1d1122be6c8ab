/* SPDX-License-Identifier: BSD-2-Clause */
/* The only code that walks stacked links. */
#include "bond/lower_links.h"

#include "bond/schedule.h"
#include "bond/slave_index.h"

const struct link_state *lower_links_below(const struct bond_set *set,
					   const struct link_state *link,
					   int *steps)
{
	const struct bond *bond;

	if (++*steps > LINK_DEPTH_MAX)
		return NULL;
	bond = bond_set_get(set, link->lower);
	return bond ? &bond->link : bond_set_lower(set, link->lower);
}

bool lower_links_has_upper(struct bond_set *set, int ifindex)
{
	pairs_sort(&set->uppers);
	return pairs_have(&set->uppers, ifindex);
}

struct upward {
	struct bond_set *set;
	int bottom;
	int64_t due_ms;
};

static bool mark_from(const struct upward *upward, int ifindex, int steps)
{
	const struct pairs *masters = &upward->set->masters;
	const struct pairs *uppers = &upward->set->uppers;
	const struct pair *pair;
	bool any = false;

	for (pair = pairs_from(masters, ifindex); pair && pair->key == ifindex;
	     pair = pairs_next(masters, pair)) {
		struct bond *bond = bond_set_find(upward->set, pair->value);

		if (!bond || pair->value == upward->bottom)
			continue;
		schedule_judge(bond);
		schedule_reread(bond, upward->due_ms);
		any = true;
	}
	if (steps == LINK_DEPTH_MAX)
		return any;
	for (pair = pairs_from(uppers, ifindex); pair && pair->key == ifindex;
	     pair = pairs_next(uppers, pair))
		any |= mark_from(upward, pair->value, steps + 1);
	return any;
}

bool lower_links_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms)
{
	const struct upward upward = { set, ifindex, due_ms };

	slave_index_sort(set);
	return mark_from(&upward, ifindex, 0);
}
