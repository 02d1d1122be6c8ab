/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sorted arrays of bonds, slaves and lower devices.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bond/bond_set.h"
#include "bond/lower_links.h"
#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "remove_bond.h"

/* In no order, with both ends of what an ifindex can be. */
static const int some[] = { 40, 7, 2147483647, 12, 1, 99, 41, 13, 8, 39 };
static const int sorted[] = { 1, 7, 8, 12, 13, 39, 40, 41, 99, 2147483647 };
#define SOME_COUNT (sizeof(some) / sizeof(some[0]))

static int setup(void **state)
{
	struct bond_set *set = calloc(1, sizeof(*set));

	bond_set_init(set);
	*state = set;
	return 0;
}

static int teardown(void **state)
{
	bond_set_fini(*state);
	free(*state);
	return 0;
}

static struct bond *add(struct bond_set *set, int ifindex)
{
	struct bond *bond = NULL;

	assert_int_equal(bond_set_add(set, ifindex, &bond), 0);
	assert_non_null(bond);
	assert_int_equal(bond->link.ifindex, ifindex);
	return bond;
}

static struct slave *add_slave(struct bond *bond, int ifindex)
{
	struct slave *slave = NULL;

	assert_int_equal(bond_set_add_slave(bond, ifindex, 0, &slave), 0);
	assert_non_null(slave);
	assert_int_equal(slave->link.ifindex, ifindex);
	return slave;
}

static void starts_empty_and_unread(void **state)
{
	struct bond_set *set = *state;

	assert_int_equal(set->count, 0);
	assert_int_equal(set->status, BOND_SET_LOST);
	assert_null(bond_set_find(set, 1));
	assert_null(bond_set_get(set, 1));
	assert_null(bond_set_lower_bound(set, 0));
	assert_null(bond_set_find_name(set, "bond0"));
	assert_null(slave_index_master(set, 1));
	assert_null(bond_set_lower(set, 1));
	remove_bond(set, 1);
	bond_set_remove_lower(set, 1);
}

static void bonds_stay_sorted(void **state)
{
	struct bond_set *set = *state;

	for (size_t i = 0; i < SOME_COUNT; i++)
		add(set, some[i])->attrs.min_links = (uint32_t)some[i];
	assert_int_equal(set->count, SOME_COUNT);
	for (size_t i = 0; i < SOME_COUNT; i++) {
		struct bond *bond = &set->bonds[i];

		assert_int_equal(bond->link.ifindex, sorted[i]);
		assert_int_equal(bond->attrs.min_links, (uint32_t)sorted[i]);
		assert_ptr_equal(bond_set_find(set, sorted[i]), bond);
		assert_ptr_equal(bond_set_get(set, sorted[i]), bond);
	}
	assert_null(bond_set_find(set, 2));
	assert_null(bond_set_get(set, 100));
}

static void adding_again_finds_the_one_there_is(void **state)
{
	struct bond_set *set = *state;
	struct bond *bond = add(set, 5);

	bond->attrs.miimon_ms = 100;
	add_slave(bond, 6)->attrs.link_failures = 3;
	assert_ptr_equal(add(set, 5), bond);
	assert_int_equal(set->count, 1);
	assert_int_equal(bond->attrs.miimon_ms, 100);
	assert_int_equal(add_slave(bond, 6)->attrs.link_failures, 3);
	assert_int_equal(bond->slave_count, 1);
}

static void lower_bound_walks_all(void **state)
{
	struct bond_set *set = *state;
	int64_t from = 0;
	const struct bond *bond;
	size_t seen = 0;

	for (size_t i = 0; i < SOME_COUNT; i++)
		add(set, some[i]);
	while ((bond = bond_set_lower_bound(set, from)) != NULL) {
		assert_true(seen < SOME_COUNT);
		assert_int_equal(bond->link.ifindex, sorted[seen]);
		from = (int64_t)bond->link.ifindex + 1;
		seen++;
	}
	assert_int_equal(seen, SOME_COUNT);
	assert_int_equal(bond_set_lower_bound(set, -5)->link.ifindex, 1);
	assert_int_equal(bond_set_lower_bound(set, 41)->link.ifindex, 41);
	assert_int_equal(bond_set_lower_bound(set, 42)->link.ifindex, 99);
	assert_null(bond_set_lower_bound(set, UINT32_MAX));
}

static void slaves_stay_sorted(void **state)
{
	struct bond *bond = add(*state, 3);

	for (size_t i = 0; i < SOME_COUNT; i++)
		add_slave(bond, some[i])->attrs.queue_id = (uint16_t)some[i];
	assert_int_equal(bond->slave_count, SOME_COUNT);
	for (size_t i = 0; i < SOME_COUNT; i++) {
		struct slave *slave = &bond->slaves[i];

		assert_int_equal(slave->link.ifindex, sorted[i]);
		assert_int_equal(slave->attrs.queue_id, (uint16_t)sorted[i]);
		assert_ptr_equal(bond_find_slave(bond, sorted[i]), slave);
		assert_ptr_equal(bond_slave(bond, sorted[i]), slave);
	}
	assert_null(bond_find_slave(bond, 2));
	assert_null(bond_slave(bond, 2));
	assert_int_equal(bond_slave_lower_bound(bond, 0)->link.ifindex, 1);
	assert_int_equal(bond_slave_lower_bound(bond, 14)->link.ifindex, 39);
	assert_null(bond_slave_lower_bound(bond, UINT32_MAX));
}

static void slaves_go_one_by_one(void **state)
{
	struct bond *bond = add(*state, 3);

	for (size_t i = 0; i < SOME_COUNT; i++)
		add_slave(bond, some[i]);
	bond_set_remove_slave(bond, 1000);
	assert_int_equal(bond->slave_count, SOME_COUNT);
	for (size_t gone = 0; gone < SOME_COUNT; gone++) {
		bond_set_remove_slave(bond, some[gone]);
		assert_null(bond_slave(bond, some[gone]));
		assert_int_equal(bond->slave_count, SOME_COUNT - gone - 1);
		for (size_t i = gone + 1; i < SOME_COUNT; i++)
			assert_non_null(bond_slave(bond, some[i]));
	}
}

/* What a bond owns is freed; a leak shows under the sanitizers. */
static void removed_bonds_take_their_own_along(void **state)
{
	struct bond_set *set = *state;
	static const int order[] = { 12, 1, 2147483647 };
	size_t left = SOME_COUNT;

	for (size_t i = 0; i < SOME_COUNT; i++) {
		struct bond *bond = add(set, some[i]);

		add_slave(bond, 1000 + (int)i);
		bond->discrepancies.items =
		    calloc(1, sizeof(*bond->discrepancies.items));
		bond->discrepancies.capacity = 1;
	}
	for (size_t i = 0; i < 3; i++) {
		remove_bond(set, order[i]);
		assert_int_equal(set->count, --left);
		assert_null(bond_set_get(set, order[i]));
	}
	remove_bond(set, 12);
	assert_int_equal(set->count, left);
	/* The others still have theirs. */
	for (size_t i = 0; i < SOME_COUNT; i++) {
		const struct bond *bond = bond_set_get(set, some[i]);

		if (bond)
			assert_non_null(bond_slave(bond, 1000 + (int)i));
	}
	bond_set_fini(set);
	assert_int_equal(set->count, 0);
	assert_null(set->bonds);
}

static void finds_by_name_and_by_slave(void **state)
{
	struct bond_set *set = *state;

	strcpy(add(set, 3)->link.name, "bond0");
	strcpy(add(set, 9)->link.name, "a-fifteen-bytes");
	add_slave(bond_set_find(set, 9), 20);
	assert_int_equal(bond_set_find_name(set, "bond0")->link.ifindex, 3);
	assert_int_equal(
	    bond_set_find_name(set, "a-fifteen-bytes")->link.ifindex, 9);
	assert_null(bond_set_find_name(set, "bond"));
	assert_null(bond_set_find_name(set, "bond00"));
	assert_int_equal(slave_index_master(set, 20)->link.ifindex, 9);
	assert_null(slave_index_master(set, 9));
}

/* As slaves come, move and go, bonds too. */
static void masters_follow_their_slaves(void **state)
{
	static const int slaves[] = { 40, 7, 12, 13 };
	struct bond_set *set = *state;

	for (size_t i = 0; i < 4; i++)
		add_slave(add(set, 100 + slaves[i]), slaves[i]);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
		    slave_index_master(set, slaves[i])->link.ifindex,
		    100 + slaves[i]);
	bond_set_remove_slave(bond_set_find(set, 112), 12);
	assert_null(slave_index_master(set, 12));
	add_slave(bond_set_find(set, 113), 12);
	assert_int_equal(slave_index_master(set, 12)->link.ifindex, 113);
	remove_bond(set, 113);
	add(set, 113);
	assert_null(slave_index_master(set, 12));
	assert_null(slave_index_master(set, 13));
	assert_int_equal(slave_index_master(set, 40)->link.ifindex, 140);
}

/* All slaves in the order of their ifindexes, whoever has them. */
static void assert_slaves(const struct bond_set *set, const int *expected,
			  size_t count)
{
	const struct bond *bond = NULL;
	const struct slave *slave;
	int64_t from = INT64_MIN;
	size_t seen = 0;

	while ((slave = slave_index_next(set, from, &bond)) != NULL) {
		assert_true(seen < count);
		assert_int_equal(slave->link.ifindex, expected[seen]);
		assert_ptr_equal(bond_slave(bond, expected[seen]), slave);
		from = (int64_t)slave->link.ifindex + 1;
		seen++;
	}
	assert_int_equal(seen, count);
	assert_null(slave_index_next(set, INT64_MAX, &bond));
}

/* The bonds' order is another. */
static void next_slave_walks_those_of_all_bonds(void **state)
{
	static const int before[] = { 3, 20, 21, 40, 2147483647 };
	static const int after[] = { 3, 5, 21, 40 };
	struct bond_set *set = *state;

	assert_slaves(set, NULL, 0);
	add_slave(add(set, 9), 3);
	add_slave(add(set, 7), 40);
	add_slave(add(set, 8), 20);
	add(set, 10);
	add_slave(bond_set_find(set, 9), 2147483647);
	add_slave(bond_set_find(set, 7), 21);
	slave_index_sort(set);
	assert_slaves(set, before, 5);

	remove_bond(set, 8);
	bond_set_remove_slave(bond_set_find(set, 9), 2147483647);
	add_slave(bond_set_find(set, 10), 5);
	slave_index_sort(set);
	assert_slaves(set, after, 4);
}

/* The ifindexes of those to be looked at, as digits. */
static int to_look_at(const struct bond_set *set, int64_t now_ms)
{
	int digits = 0;

	for (size_t i = schedule_next(set, 0, now_ms); i < set->count;
	     i = schedule_next(set, i + 1, now_ms))
		digits = digits * 10 + set->bonds[i].link.ifindex;
	return digits;
}

/* Wherever bonds before them come and go. */
static void bonds_rest_until_their_time(void **state)
{
	struct bond_set *set = *state;

	assert_int_equal(schedule_next_ms(set), INT64_MAX);
	schedule_rest(add(set, 5), 500);
	schedule_rest(add(set, 3), 300);
	assert_int_equal(to_look_at(set, 299), 0);
	assert_int_equal(to_look_at(set, 300), 3);
	assert_int_equal(schedule_next_ms(set), 300);
	add(set, 1);
	assert_int_equal(to_look_at(set, 300), 13);
	assert_int_equal(schedule_next_ms(set), INT64_MIN);
	remove_bond(set, 1);
	assert_int_equal(to_look_at(set, 500), 35);
	remove_bond(set, 3);
	assert_int_equal(to_look_at(set, 499), 0);
	assert_int_equal(schedule_next_ms(set), 500);
	add(set, 7);
	schedule_rest(bond_set_find(set, 7), INT64_MAX);
	schedule_judge(bond_set_find(set, 7));
	assert_true(bond_set_find(set, 7)->changed);
	assert_int_equal(to_look_at(set, 0), 7);
	schedule_touch_all(set);
	assert_int_equal(to_look_at(set, 0), 57);
}

/* None is kept of what stands on nothing: it would stand in front of all the
   others, and move them when it comes and goes. */
static void uppers_are_those_of_devices(void **state)
{
	struct bond_set *set = *state;
	struct bond *bond;
	struct slave *slave;

	assert_int_equal(bond_set_add(set, 1, &bond), 0);
	assert_int_equal(bond_set_add_slave(bond, 101, 7, &slave), 0);
	assert_int_equal(slave->link.lower, 7);
	assert_true(lower_links_has_upper(set, 7));
	assert_int_equal(bond_set_add_slave(bond, 102, 0, &slave), 0);
	assert_false(lower_links_has_upper(set, 0));
	slave = bond_find_slave(bond, 101);
	bond_set_slave_lower(bond, slave, 8);
	assert_true(lower_links_has_upper(set, 8));
	bond_set_slave_lower(bond, slave, 7);
	assert_false(lower_links_has_upper(set, 8));
	bond_set_slave_lower(bond, slave, 0);
	assert_false(lower_links_has_upper(set, 0));
	bond_set_remove_slave(bond, 101);
	assert_false(lower_links_has_upper(set, 7));
	assert_false(lower_links_has_upper(set, 0));
}

static void lowers_are_put_replaced_and_removed(void **state)
{
	struct bond_set *set = *state;
	struct link_state link = { 0 };

	for (size_t i = 0; i < SOME_COUNT; i++) {
		link.ifindex = some[i];
		link.flags = (unsigned int)some[i];
		assert_int_equal(bond_set_put_lower(set, &link), 0);
	}
	assert_int_equal(set->lower_count, SOME_COUNT);
	link.ifindex = 12;
	link.flags = LINK_FLAG_LOWER_UP;
	assert_int_equal(bond_set_put_lower(set, &link), 0);
	assert_int_equal(set->lower_count, SOME_COUNT);
	assert_int_equal(bond_set_lower(set, 12)->flags, LINK_FLAG_LOWER_UP);
	assert_int_equal(bond_set_lower(set, 13)->flags, 13);
	assert_null(bond_set_lower(set, 14));
	bond_set_remove_lower(set, 12);
	bond_set_remove_lower(set, 14);
	assert_null(bond_set_lower(set, 12));
	assert_int_equal(set->lower_count, SOME_COUNT - 1);
	for (size_t i = 1; i < set->lower_count; i++)
		assert_true(set->lowers[i - 1].ifindex <
			    set->lowers[i].ifindex);
}

static void give(struct bond *bond, enum discrepancy_kind kind, int slave,
		 enum discrepancy_phase phase)
{
	struct discrepancy_state *state = &bond->discrepancies;

	if (!state->items) {
		state->capacity = 8;
		state->items = calloc(state->capacity, sizeof(*state->items));
	}
	state->items[state->count++] = (struct discrepancy){ .kind = kind,
							     .slave = slave,
							     .phase = phase };
}

/* Pending is not raised; clearing still is. */
static void totals_count_what_is_raised(void **state)
{
	struct bond_set *set = *state;
	struct bond *bond;

	add(set, 3);
	add(set, 9);
	bond = bond_set_find(set, 3);
	add_slave(bond, 20);
	add_slave(bond, 21);
	give(bond, DISCREPANCY_FALSE_UP, 0, DISCREPANCY_RAISED);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 20, DISCREPANCY_RAISED);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 21, DISCREPANCY_CLEARING);
	bond = bond_set_find(set, 9);
	add_slave(bond, 22);
	give(bond, DISCREPANCY_FALSE_UP, 0, DISCREPANCY_PENDING);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 22, DISCREPANCY_RAISED);

	assert_int_equal(bond_set_slave_total(set), 3);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_FALSE_UP), 1);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_SLAVE_FALSE_UP),
			 2);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_FALSE_DOWN), 0);
	assert_int_equal(bond_set_discrepancy_total(set), 4);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(starts_empty_and_unread),
		TEST(bonds_stay_sorted),
		TEST(adding_again_finds_the_one_there_is),
		TEST(lower_bound_walks_all),
		TEST(slaves_stay_sorted),
		TEST(slaves_go_one_by_one),
		TEST(removed_bonds_take_their_own_along),
		TEST(finds_by_name_and_by_slave),
		TEST(masters_follow_their_slaves),
		TEST(next_slave_walks_those_of_all_bonds),
		TEST(bonds_rest_until_their_time),
		TEST(uppers_are_those_of_devices),
		TEST(lowers_are_put_replaced_and_removed),
		TEST(totals_count_what_is_raised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
