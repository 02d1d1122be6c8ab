/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands on what, and when each bond is looked at. */
#include "bond/bond_set.h"

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

struct climb {
	struct bond_set *set;
	int bottom;
	int64_t due_ms;
};

static bool climb_from(const struct climb *climb, int ifindex, int steps)
{
	const struct pairs *masters = &climb->set->masters;
	const struct pairs *uppers = &climb->set->uppers;
	const struct pair *pair;
	bool any = false;

	for (pair = pairs_from(masters, ifindex); pair && pair->key == ifindex;
	     pair = pairs_next(masters, pair)) {
		struct bond *bond = bond_set_find(climb->set, pair->value);

		if (!bond || pair->value == climb->bottom)
			continue;
		schedule_judge(bond);
		schedule_reread(bond, climb->due_ms);
		any = true;
	}
	if (steps == LINK_DEPTH_MAX)
		return any;
	for (pair = pairs_from(uppers, ifindex); pair && pair->key == ifindex;
	     pair = pairs_next(uppers, pair))
		any |= climb_from(climb, pair->value, steps + 1);
	return any;
}

bool lower_links_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms)
{
	const struct climb climb = { set, ifindex, due_ms };

	slave_index_sort(set);
	return climb_from(&climb, ifindex, 0);
}

static int64_t *look_ms(struct bond *bond)
{
	return &bond->owner->look_ms[bond - bond->owner->bonds];
}

void schedule_touch(struct bond *bond)
{
	*look_ms(bond) = INT64_MIN;
}

void schedule_judge(struct bond *bond)
{
	bond->changed = true;
	schedule_touch(bond);
}

void schedule_reread(struct bond *bond, int64_t at_ms)
{
	if (at_ms == INT64_MAX)
		return;
	if (at_ms < 1)
		at_ms = 1; /* 0: none is due */
	if (bond->reread_at_ms == 0 || bond->reread_at_ms > at_ms)
		bond->reread_at_ms = at_ms;
	if (bond->follow_ms < at_ms)
		bond->follow_ms = at_ms;
	schedule_touch(bond);
}

void schedule_rest(struct bond *bond, int64_t until_ms)
{
	*look_ms(bond) = until_ms;
}

void schedule_touch_all(struct bond_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		set->look_ms[i] = INT64_MIN;
}

size_t schedule_next(const struct bond_set *set, size_t from, int64_t now_ms)
{
	while (from < set->count && set->look_ms[from] > now_ms)
		from++;
	return from;
}

int64_t schedule_next_ms(const struct bond_set *set)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < set->count; i++)
		if (set->look_ms[i] < next_ms)
			next_ms = set->look_ms[i];
	return next_ms;
}
