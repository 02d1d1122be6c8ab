/* SPDX-License-Identifier: BSD-2-Clause */
/* The sorted arrays of bonds, slaves and lower devices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bond/bond_set.h"
#include "bond/lower_links.h"
#include "bond/slave_index.h"
#include "named.h"
#include "sample.h"

/* In no order, with both ends of what an ifindex can be. */
static const int some[] = { 40, 7, 2147483647, 12, 1, 99, 41, 13, 8, 39 };
static const int sorted[] = { 1, 7, 8, 12, 13, 39, 40, 41, 99, 2147483647 };
#define SOME_COUNT (sizeof(some) / sizeof(some[0]))

static void starts_empty_and_unread(void **state)
{
	struct bond_set *set = *state;

	assert_int_equal(set->count, 0);
	assert_status(set->status, BOND_SET_LOST);
	assert_null(bond_set_find(set, 1));
	assert_null(bond_set_get(set, 1));
	assert_null(bond_set_lower_bound(set, 0));
	assert_null(bond_set_find_name(set, "bond0"));
	assert_null(slave_index_master(set, 1));
	assert_null(bond_set_lower(set, 1));
	sample_remove(set, 1);
	bond_set_remove_lower(set, 1);
}

static void bonds_stay_sorted(void **state)
{
	struct bond_set *set = *state;

	for (size_t i = 0; i < SOME_COUNT; i++)
		sample_add(set, some[i])->attrs.min_links = (uint32_t)some[i];
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
	struct bond *bond = sample_add(set, 5);

	bond->attrs.miimon_ms = 100;
	sample_add_slave(bond, 6)->attrs.link_failures = 3;
	assert_ptr_equal(sample_add(set, 5), bond);
	assert_int_equal(set->count, 1);
	assert_int_equal(bond->attrs.miimon_ms, 100);
	assert_int_equal(sample_add_slave(bond, 6)->attrs.link_failures, 3);
	assert_int_equal(bond->slave_count, 1);
}

static void lower_bound_walks_all(void **state)
{
	struct bond_set *set = *state;
	int64_t from = 0;
	const struct bond *bond;
	size_t seen = 0;

	for (size_t i = 0; i < SOME_COUNT; i++)
		sample_add(set, some[i]);
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
	struct bond *bond = sample_add(*state, 3);

	for (size_t i = 0; i < SOME_COUNT; i++)
		sample_add_slave(bond, some[i])->attrs.queue_id =
		    (uint16_t)some[i];
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
	struct bond *bond = sample_add(*state, 3);

	for (size_t i = 0; i < SOME_COUNT; i++)
		sample_add_slave(bond, some[i]);
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
		struct bond *bond = sample_add(set, some[i]);

		sample_add_slave(bond, 1000 + (int)i);
		bond->discrepancies.items =
		    calloc(1, sizeof(*bond->discrepancies.items));
		bond->discrepancies.capacity = 1;
	}
	for (size_t i = 0; i < 3; i++) {
		sample_remove(set, order[i]);
		assert_int_equal(set->count, --left);
		assert_null(bond_set_get(set, order[i]));
	}
	sample_remove(set, 12);
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

	strcpy(sample_add(set, 3)->link.name, "bond0");
	strcpy(sample_add(set, 9)->link.name, "a-fifteen-bytes");
	sample_add_slave(bond_set_find(set, 9), 20);
	assert_int_equal(bond_set_find_name(set, "bond0")->link.ifindex, 3);
	assert_int_equal(
	    bond_set_find_name(set, "a-fifteen-bytes")->link.ifindex, 9);
	assert_null(bond_set_find_name(set, "bond"));
	assert_null(bond_set_find_name(set, "bond00"));
	assert_int_equal(slave_index_master(set, 20)->link.ifindex, 9);
	assert_null(slave_index_master(set, 9));
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

	sample_add(set, 3);
	sample_add(set, 9);
	bond = bond_set_find(set, 3);
	sample_add_slave(bond, 20);
	sample_add_slave(bond, 21);
	give(bond, DISCREPANCY_FALSE_UP, 0, DISCREPANCY_RAISED);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 20, DISCREPANCY_RAISED);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 21, DISCREPANCY_CLEARING);
	bond = bond_set_find(set, 9);
	sample_add_slave(bond, 22);
	give(bond, DISCREPANCY_FALSE_UP, 0, DISCREPANCY_PENDING);
	give(bond, DISCREPANCY_SLAVE_FALSE_UP, 22, DISCREPANCY_RAISED);

	assert_int_equal(bond_set_slave_total(set), 3);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_FALSE_UP), 1);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_SLAVE_FALSE_UP),
			 2);
	assert_int_equal(bond_set_raised_count(set, DISCREPANCY_FALSE_DOWN), 0);
	assert_int_equal(bond_set_discrepancy_total(set), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_SET_TEST(starts_empty_and_unread),
		SAMPLE_SET_TEST(bonds_stay_sorted),
		SAMPLE_SET_TEST(adding_again_finds_the_one_there_is),
		SAMPLE_SET_TEST(lower_bound_walks_all),
		SAMPLE_SET_TEST(slaves_stay_sorted),
		SAMPLE_SET_TEST(slaves_go_one_by_one),
		SAMPLE_SET_TEST(removed_bonds_take_their_own_along),
		SAMPLE_SET_TEST(finds_by_name_and_by_slave),
		SAMPLE_SET_TEST(lowers_are_put_replaced_and_removed),
		SAMPLE_SET_TEST(totals_count_what_is_raised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
