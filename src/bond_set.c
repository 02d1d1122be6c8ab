/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sorted arrays of bonds, of their slaves, and of lower devices.
 */
#include "bond_set.h"

#include <errno.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>

/* What lets one search serve all three arrays. */
_Static_assert(offsetof(struct bond, link.ifindex) == 0, "key first");
_Static_assert(offsetof(struct slave, link.ifindex) == 0, "key first");
_Static_assert(offsetof(struct link_state, ifindex) == 0, "key first");

bool bond_attrs_lacp(const struct bond_attrs *attrs)
{
	return (attrs->present & BOND_ATTR_BIT(IFLA_BOND_MODE)) != 0 &&
	       attrs->mode == BOND_MODE_8023AD;
}

/* The position of the first item whose ifindex is >= that. */
static size_t lower_bound(const void *items, size_t count, size_t item_size,
			  int64_t ifindex)
{
	const char *base = items;
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int key;

		memcpy(&key, base + middle * item_size, sizeof(key));
		if (key < ifindex)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t bond_position(const struct bond_set *set, int64_t ifindex)
{
	return lower_bound(set->bonds, set->count, sizeof(*set->bonds),
			   ifindex);
}

static size_t slave_position(const struct bond *bond, int64_t ifindex)
{
	return lower_bound(bond->slaves, bond->slave_count,
			   sizeof(*bond->slaves), ifindex);
}

static size_t lower_position(const struct bond_set *set, int64_t ifindex)
{
	return lower_bound(set->lowers, set->lower_count, sizeof(*set->lowers),
			   ifindex);
}

static void bond_fini(struct bond *bond)
{
	discrepancy_fini(&bond->discrepancies);
	free(bond->slaves);
}

void bond_set_init(struct bond_set *set)
{
	*set = (struct bond_set){ .status = BOND_SET_LOST };
}

void bond_set_fini(struct bond_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		bond_fini(&set->bonds[i]);
	free(set->bonds);
	free(set->look_ms);
	free(set->masters);
	free(set->lowers);
	if_stack_fini(&set->stack);
	bond_set_init(set);
}

const struct bond *bond_set_lower_bound(const struct bond_set *set,
					int64_t ifindex)
{
	size_t at = bond_position(set, ifindex);

	return at < set->count ? &set->bonds[at] : NULL;
}

const struct slave *bond_slave_lower_bound(const struct bond *bond,
					   int64_t ifindex)
{
	size_t at = slave_position(bond, ifindex);

	return at < bond->slave_count ? &bond->slaves[at] : NULL;
}

struct bond *bond_set_find(struct bond_set *set, int ifindex)
{
	size_t at = bond_position(set, ifindex);

	if (at == set->count || set->bonds[at].link.ifindex != ifindex)
		return NULL;
	return &set->bonds[at];
}

const struct bond *bond_set_get(const struct bond_set *set, int ifindex)
{
	const struct bond *bond = bond_set_lower_bound(set, ifindex);

	return bond && bond->link.ifindex == ifindex ? bond : NULL;
}

struct slave *bond_find_slave(struct bond *bond, int ifindex)
{
	size_t at = slave_position(bond, ifindex);

	if (at == bond->slave_count || bond->slaves[at].link.ifindex != ifindex)
		return NULL;
	return &bond->slaves[at];
}

const struct slave *bond_slave(const struct bond *bond, int ifindex)
{
	const struct slave *slave = bond_slave_lower_bound(bond, ifindex);

	return slave && slave->link.ifindex == ifindex ? slave : NULL;
}

const struct bond *bond_set_find_name(const struct bond_set *set,
				      const char *name)
{
	for (size_t i = 0; i < set->count; i++) {
		if (strncmp(set->bonds[i].link.name, name, LINK_NAME_SIZE) == 0)
			return &set->bonds[i];
	}
	return NULL;
}

/* Room for one more bond. */
static int reserve(struct bond_set *set)
{
	size_t capacity = set->capacity ? 2 * set->capacity : 8;
	struct bond *bonds;
	int64_t *look_ms;

	if (set->count < set->capacity)
		return 0;
	bonds = reallocarray(set->bonds, capacity, sizeof(*bonds));
	if (!bonds)
		return -ENOMEM;
	set->bonds = bonds;
	look_ms = reallocarray(set->look_ms, capacity, sizeof(*look_ms));
	if (!look_ms)
		return -ENOMEM;
	set->look_ms = look_ms;
	set->capacity = capacity;
	return 0;
}

int bond_set_add(struct bond_set *set, int ifindex, struct bond **out)
{
	size_t at = bond_position(set, ifindex);
	size_t after = set->count - at;
	struct bond *bond;
	int err;

	if (after > 0 && set->bonds[at].link.ifindex == ifindex) {
		*out = &set->bonds[at];
		return 0;
	}
	err = reserve(set);
	if (err)
		return err;
	bond = &set->bonds[at];
	memmove(bond + 1, bond, after * sizeof(*bond));
	memmove(&set->look_ms[at + 1], &set->look_ms[at],
		after * sizeof(*set->look_ms));
	*bond = (struct bond){ .link.ifindex = ifindex, .owner = set };
	set->count++;
	set->carrier_changes++;
	bond_touch(bond);
	*out = bond;
	return 0;
}

int bond_add_slave(struct bond *bond, int ifindex, struct slave **out)
{
	size_t at = slave_position(bond, ifindex);
	struct slave *slaves = bond->slaves;

	if (at < bond->slave_count && slaves[at].link.ifindex == ifindex) {
		*out = &slaves[at];
		return 0;
	}
	slaves = reallocarray(slaves, bond->slave_count + 1, sizeof(*slaves));
	if (!slaves)
		return -ENOMEM;
	bond->slaves = slaves;
	memmove(&slaves[at + 1], &slaves[at],
		(bond->slave_count - at) * sizeof(*slaves));
	slaves[at] = (struct slave){ .link.ifindex = ifindex };
	bond->slave_count++;
	bond->owner->masters_old = true;
	*out = &slaves[at];
	return 0;
}

void bond_set_remove(struct bond_set *set, int ifindex)
{
	struct bond *bond = bond_set_find(set, ifindex);
	size_t at, after;

	if (!bond)
		return;
	bond_fini(bond);
	at = (size_t)(bond - set->bonds);
	after = set->count - at - 1;
	memmove(bond, bond + 1, after * sizeof(*bond));
	memmove(&set->look_ms[at], &set->look_ms[at + 1],
		after * sizeof(*set->look_ms));
	set->masters_old = true;
	set->carrier_changes++;
	set->count--;
}

void bond_remove_slave(struct bond *bond, int ifindex)
{
	struct slave *slave = bond_find_slave(bond, ifindex);
	size_t after;

	if (!slave)
		return;
	after = bond->slave_count - (size_t)(slave - bond->slaves) - 1;
	memmove(slave, slave + 1, after * sizeof(*slave));
	bond->slave_count--;
	bond->owner->masters_old = true;
}

const struct link_state *bond_set_lower(const struct bond_set *set, int ifindex)
{
	size_t at = lower_position(set, ifindex);

	if (at == set->lower_count || set->lowers[at].ifindex != ifindex)
		return NULL;
	return &set->lowers[at];
}

int bond_set_put_lower(struct bond_set *set, const struct link_state *link)
{
	struct link_state *lowers = set->lowers;
	struct link_state copy = *link; /* may stand in the array that moves */
	size_t at = lower_position(set, copy.ifindex);

	if (at < set->lower_count && lowers[at].ifindex == copy.ifindex) {
		lowers[at] = copy;
		return 0;
	}
	if (set->lower_count == set->lower_capacity) {
		size_t capacity =
		    set->lower_capacity ? 2 * set->lower_capacity : 8;

		lowers = reallocarray(lowers, capacity, sizeof(*lowers));
		if (!lowers)
			return -ENOMEM;
		set->lowers = lowers;
		set->lower_capacity = capacity;
	}
	memmove(&lowers[at + 1], &lowers[at],
		(set->lower_count - at) * sizeof(*lowers));
	lowers[at] = copy;
	set->lower_count++;
	return 0;
}

void bond_set_remove_lower(struct bond_set *set, int ifindex)
{
	size_t at = lower_position(set, ifindex);

	if (at == set->lower_count || set->lowers[at].ifindex != ifindex)
		return;
	memmove(&set->lowers[at], &set->lowers[at + 1],
		(set->lower_count - at - 1) * sizeof(*set->lowers));
	set->lower_count--;
}

size_t bond_set_slave_total(const struct bond_set *set)
{
	size_t total = 0;

	for (size_t i = 0; i < set->count; i++)
		total += set->bonds[i].slave_count;
	return total;
}

size_t bond_set_raised_count(const struct bond_set *set,
			     enum discrepancy_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (discrepancy_raised(&set->bonds[i].discrepancies) &
		    DISCREPANCY_BIT(kind))
			count++;
	}
	return count;
}

size_t bond_set_discrepancy_total(const struct bond_set *set)
{
	size_t total = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct discrepancy_state *state =
		    &set->bonds[i].discrepancies;

		for (size_t j = 0; j < state->count; j++) {
			if (state->items[j].phase != DISCREPANCY_PENDING)
				total++;
		}
	}
	return total;
}
