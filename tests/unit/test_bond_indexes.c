/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept beside the bonds: whose slaves, when to look, on which device.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bond/bond_set.h"
#include "bond/lower_links.h"
#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "sample.h"

/* As slaves come, move and go, bonds too. */
static void masters_follow_their_slaves(void **state)
{
	static const int slaves[] = { 40, 7, 12, 13 };
	struct bond_set *set = *state;

	for (size_t i = 0; i < 4; i++)
		sample_add_slave(sample_add(set, 100 + slaves[i]), slaves[i]);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(
		    slave_index_master(set, slaves[i])->link.ifindex,
		    100 + slaves[i]);
	bond_set_remove_slave(bond_set_find(set, 112), 12);
	assert_null(slave_index_master(set, 12));
	sample_add_slave(bond_set_find(set, 113), 12);
	assert_int_equal(slave_index_master(set, 12)->link.ifindex, 113);
	sample_remove(set, 113);
	sample_add(set, 113);
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
	sample_add_slave(sample_add(set, 9), 3);
	sample_add_slave(sample_add(set, 7), 40);
	sample_add_slave(sample_add(set, 8), 20);
	sample_add(set, 10);
	sample_add_slave(bond_set_find(set, 9), 2147483647);
	sample_add_slave(bond_set_find(set, 7), 21);
	slave_index_sort(set);
	assert_slaves(set, before, 5);

	sample_remove(set, 8);
	bond_set_remove_slave(bond_set_find(set, 9), 2147483647);
	sample_add_slave(bond_set_find(set, 10), 5);
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
	schedule_rest(sample_add(set, 5), 500);
	schedule_rest(sample_add(set, 3), 300);
	assert_int_equal(to_look_at(set, 299), 0);
	assert_int_equal(to_look_at(set, 300), 3);
	assert_int_equal(schedule_next_ms(set), 300);
	sample_add(set, 1);
	assert_int_equal(to_look_at(set, 300), 13);
	assert_int_equal(schedule_next_ms(set), INT64_MIN);
	sample_remove(set, 1);
	assert_int_equal(to_look_at(set, 500), 35);
	sample_remove(set, 3);
	assert_int_equal(to_look_at(set, 499), 0);
	assert_int_equal(schedule_next_ms(set), 500);
	sample_add(set, 7);
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

	bond = sample_add(set, 1);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_SET_TEST(masters_follow_their_slaves),
		SAMPLE_SET_TEST(next_slave_walks_those_of_all_bonds),
		SAMPLE_SET_TEST(bonds_rest_until_their_time),
		SAMPLE_SET_TEST(uppers_are_those_of_devices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
