/* SPDX-License-Identifier: BSD-2-Clause */
/* Sorted arrays of bonds, of their slaves, and of lower devices. */
#include "bond/bond_set.h"

#include "base/array.h"

/* array_lower_bound() needs the key as the first member. */
_Static_assert(offsetof(struct bond, link.ifindex) == 0, "key first");
_Static_assert(offsetof(struct link_state, ifindex) == 0, "key first");

static size_t bond_position(const struct bond_set *set, int64_t ifindex)
{
	return array_lower_bound(set->bonds, set->count, sizeof(*set->bonds),
				 ifindex);
}

static size_t lower_position(const struct bond_set *set, int64_t ifindex)
{
	return array_lower_bound(set->lowers, set->lower_count,
				 sizeof(*set->lowers), ifindex);
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
	pairs_fini(&set->masters);
	pairs_fini(&set->uppers);
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

const struct bond *bond_set_get(const struct bond_set *set, int ifindex)
{
	const struct bond *bond = bond_set_lower_bound(set, ifindex);

	return bond && bond->link.ifindex == ifindex ? bond : NULL;
}

struct bond *bond_set_find(struct bond_set *set, int ifindex)
{
	const struct bond *bond = bond_set_get(set, ifindex);

	return bond ? &set->bonds[bond - set->bonds] : NULL;
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

int bond_set_add(struct bond_set *set, int ifindex, struct bond **out)
{
	size_t at = bond_position(set, ifindex);
	size_t look_count = set->count;
	struct bond *bond;
	int err;

	if (at < set->count && set->bonds[at].link.ifindex == ifindex) {
		*out = &set->bonds[at];
		return 0;
	}
	err = ARRAY_ROOM(set->look_ms, set->look_capacity, look_count + 1);
	if (!err)
		err = ARRAY_ROOM(set->bonds, set->capacity, set->count + 1);
	if (err)
		return err;
	ARRAY_OPEN(set->bonds, set->count, at);
	ARRAY_OPEN(set->look_ms, look_count, at);
	bond = &set->bonds[at];
	*bond = (struct bond){ .link.ifindex = ifindex, .owner = set };
	set->carrier_changes++;
	set->look_ms[at] = INT64_MIN; /* schedule_touch() */
	*out = bond;
	return 0;
}

/* Makes room for an entry of every slave and lower device, and one more, so
   that bond_set_slave_lower() can't fail. */
static int reserve_uppers(struct bond_set *set)
{
	return pairs_room(&set->uppers,
			  set->masters.count + set->lower_count + 1);
}

/* A link without a lower device is not in the index. */
static void move_upper(struct bond_set *set, int upper, int from, int to)
{
	if (from && to)
		pairs_rekey(&set->uppers, from, upper, to);
	else if (from)
		pairs_remove(&set->uppers, from, upper);
	else if (to)
		(void)pairs_add(&set->uppers, to, upper);
}

int bond_set_add_slave(struct bond *bond, int ifindex, int lower,
		       struct slave **out)
{
	struct bond_set *set = bond->owner;
	const struct slave *next = bond_slave_lower_bound(bond, ifindex);
	size_t at = next ? (size_t)(next - bond->slaves) : bond->slave_count;
	struct slave *slaves;
	int err;

	if (at < bond->slave_count &&
	    bond->slaves[at].link.ifindex == ifindex) {
		*out = &bond->slaves[at];
		return 0;
	}
	/* Without spare room: most bonds have two slaves. */
	slaves =
	    reallocarray(bond->slaves, bond->slave_count + 1, sizeof(*slaves));
	if (!slaves)
		return -ENOMEM;
	bond->slaves = slaves;
	err = reserve_uppers(set);
	if (!err)
		err = pairs_add(&set->masters, ifindex, bond->link.ifindex);
	if (err)
		return err;
	move_upper(set, ifindex, 0, lower);
	ARRAY_OPEN(slaves, bond->slave_count, at);
	slaves[at] =
	    (struct slave){ .link.ifindex = ifindex, .link.lower = lower };
	*out = &slaves[at];
	return 0;
}

static void forget_slave(struct bond *bond, const struct slave *slave)
{
	struct bond_set *set = bond->owner;

	pairs_remove(&set->masters, slave->link.ifindex, bond->link.ifindex);
	move_upper(set, slave->link.ifindex, slave->link.lower, 0);
}

void bond_set_remove_slave(struct bond *bond, int ifindex)
{
	struct slave *slave = bond_find_slave(bond, ifindex);

	if (!slave)
		return;
	forget_slave(bond, slave);
	ARRAY_CLOSE(bond->slaves, bond->slave_count,
		    (size_t)(slave - bond->slaves));
}

void bond_set_slave_lower(struct bond *bond, struct slave *slave, int lower)
{
	move_upper(bond->owner, slave->link.ifindex, slave->link.lower, lower);
	slave->link.lower = lower;
}

void bond_set_remove_all(struct bond_set *set, const struct pairs *ifindexes)
{
	size_t kept = 0;

	for (size_t i = 0; i < set->count; i++) {
		struct bond *bond = &set->bonds[i];

		if (pairs_have(ifindexes, bond->link.ifindex)) {
			for (size_t s = 0; s < bond->slave_count; s++)
				forget_slave(bond, &bond->slaves[s]);
			bond_fini(bond);
			set->carrier_changes++;
		} else if (kept++ < i) {
			set->bonds[kept - 1] = *bond;
			set->look_ms[kept - 1] = set->look_ms[i];
		}
	}
	set->count = kept;
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
	struct link_state copy = *link; /* may be in the array that moves */
	size_t at = lower_position(set, copy.ifindex);
	int err;

	if (at < set->lower_count && set->lowers[at].ifindex == copy.ifindex) {
		move_upper(set, copy.ifindex, set->lowers[at].lower,
			   copy.lower);
		set->lowers[at] = copy;
		return 0;
	}
	err =
	    ARRAY_ROOM(set->lowers, set->lower_capacity, set->lower_count + 1);
	if (!err)
		err = reserve_uppers(set);
	if (err)
		return err;
	move_upper(set, copy.ifindex, 0, copy.lower);
	ARRAY_OPEN(set->lowers, set->lower_count, at);
	set->lowers[at] = copy;
	return 0;
}

void bond_set_remove_lower(struct bond_set *set, int ifindex)
{
	size_t at = lower_position(set, ifindex);

	if (at == set->lower_count || set->lowers[at].ifindex != ifindex)
		return;
	move_upper(set, ifindex, set->lowers[at].lower, 0);
	ARRAY_CLOSE(set->lowers, set->lower_count, at);
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
