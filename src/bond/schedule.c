/* SPDX-License-Identifier: BSD-2-Clause */
/* When each bond is due. */
#include "bond/schedule.h"

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
		at_ms = 1; /* 0 means that no re-read is due */
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
