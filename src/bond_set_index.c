/* SPDX-License-Identifier: BSD-2-Clause */
/* Who has which slave, and which bonds are to be looked at when. */
#include <stdlib.h>

#include "bond_set.h"

static int compare_masters(const void *a, const void *b)
{
	const struct bond_set_master *left = a, *right = b;

	if (left->slave != right->slave)
		return left->slave < right->slave ? -1 : 1;
	return (left->bond > right->bond) - (left->bond < right->bond);
}

static bool sort_masters(struct bond_set *set)
{
	size_t count = bond_set_slave_total(set);

	if (!set->masters_old)
		return true;
	if (count > set->master_capacity) {
		struct bond_set_master *masters =
		    reallocarray(set->masters, count, sizeof(*masters));

		if (!masters)
			return false;
		set->masters = masters;
		set->master_capacity = count;
	}
	set->master_count = 0;
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		for (size_t s = 0; s < bond->slave_count; s++)
			set->masters[set->master_count++] =
			    (struct bond_set_master){
				    .slave = bond->slaves[s].link.ifindex,
				    .bond = bond->link.ifindex
			    };
	}
	if (count > 0)
		qsort(set->masters, count, sizeof(*set->masters),
		      compare_masters);
	set->masters_old = false;
	return true;
}

static struct bond *search_master(struct bond_set *set, int slave_ifindex)
{
	for (size_t i = 0; i < set->count; i++)
		if (bond_slave(&set->bonds[i], slave_ifindex))
			return &set->bonds[i];
	return NULL;
}

/* The first of a slave that is that or follows it; NULL. */
static const struct bond_set_master *
lower_bound_master(const struct bond_set *set, int64_t slave_ifindex)
{
	size_t low = 0, high = set->master_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->masters[middle].slave < slave_ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set->master_count ? &set->masters[low] : NULL;
}

struct bond *bond_set_find_master(struct bond_set *set, int slave_ifindex)
{
	const struct bond_set_master *master;

	if (!sort_masters(set))
		return search_master(set, slave_ifindex);
	master = lower_bound_master(set, slave_ifindex);
	return master && master->slave == slave_ifindex
		   ? bond_set_find(set, master->bond)
		   : NULL;
}

void bond_set_sort_masters(struct bond_set *set)
{
	(void)sort_masters(set);
}

static const struct slave *search_next_slave(const struct bond_set *set,
					     int64_t ifindex,
					     const struct bond **bond)
{
	const struct slave *first = NULL;

	for (size_t i = 0; i < set->count; i++) {
		const struct slave *slave =
		    bond_slave_lower_bound(&set->bonds[i], ifindex);

		if (slave &&
		    (!first || slave->link.ifindex < first->link.ifindex)) {
			first = slave;
			*bond = &set->bonds[i];
		}
	}
	return first;
}

const struct slave *bond_set_next_slave(const struct bond_set *set,
					int64_t ifindex,
					const struct bond **bond)
{
	const struct bond_set_master *master;

	if (set->masters_old)
		return search_next_slave(set, ifindex, bond);
	master = lower_bound_master(set, ifindex);
	if (!master)
		return NULL;
	*bond = bond_set_get(set, master->bond);
	return *bond ? bond_slave(*bond, master->slave) : NULL;
}

static int64_t *look_ms(struct bond *bond)
{
	return &bond->owner->look_ms[bond - bond->owner->bonds];
}

void bond_touch(struct bond *bond)
{
	*look_ms(bond) = INT64_MIN;
}

void bond_mark_changed(struct bond *bond)
{
	bond->changed = true;
	bond_touch(bond);
}

void bond_rest(struct bond *bond, int64_t until_ms)
{
	*look_ms(bond) = until_ms;
}

void bond_set_touch_all(struct bond_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		set->look_ms[i] = INT64_MIN;
}

size_t bond_set_next_look(const struct bond_set *set, size_t from,
			  int64_t now_ms)
{
	while (from < set->count && set->look_ms[from] > now_ms)
		from++;
	return from;
}

int64_t bond_set_look_ms(const struct bond_set *set)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < set->count; i++)
		if (set->look_ms[i] < next_ms)
			next_ms = set->look_ms[i];
	return next_ms;
}
