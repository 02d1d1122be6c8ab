/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names that change hands. A manager tells alarms apart by the names of bond
 * and slave, and the kind: whatever is renamed, each alarm that it has must be
 * one that stands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>

#include "bond/schedule.h"
#include "decision/judge.h"
#include "sample.h"

#define START_MS INT64_C(1000000)
#define BASE_MS	 2000

static struct bond_set set;
static struct judge_policy policy;
static struct sample_log log_;
static struct event_sink sink;

static int setup(void **state)
{
	(void)state;
	bond_set_init(&set);
	set.status = BOND_SET_SYNCHRONISED;
	judge_policy_defaults(&policy);
	sink = sample_sink(&log_);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bond_set_fini(&set);
	return 0;
}

static void judge(int64_t after_ms)
{
	assert_int_equal(judge_run(&set, &policy, &sink, START_MS + after_ms),
			 0);
}

/* An unmonitored bond that says of itself that it is up. */
static struct bond *make(int ifindex, const char *slaves)
{
	struct bond *bond = sample_bond(&set, ifindex, BOND_MODE_ROUNDROBIN,
					CARRIER_MONITOR_NONE);

	sample_slaves(bond, slaves, START_MS);
	sample_report(bond, true, true);
	return bond;
}

static struct bond *get(int ifindex)
{
	struct bond *bond = bond_set_find(&set, ifindex);

	assert_non_null(bond);
	return bond;
}

static void rename_bond(int ifindex, const char *name)
{
	struct bond *bond = get(ifindex);

	(void)strcpy(bond->link.name, name);
	schedule_judge(bond);
}

static void rename_slave(struct bond *bond, size_t place, const char *name)
{
	struct slave *slave =
	    bond_find_slave(bond, sample_slave_ifindex(bond, place));

	assert_non_null(slave);
	(void)strcpy(slave->link.name, name);
	schedule_judge(bond);
}

static bool is_same_alarm(const struct event *a, const struct event *b)
{
	return a->kind == b->kind && strcmp(a->bond_name, b->bond_name) == 0 &&
	       strcmp(a->slave_name, b->slave_name) == 0;
}

/* The manager's alarms; no raise of one that it has, no clear of another. */
static size_t alarms(void)
{
	size_t standing = 0;

	for (size_t i = 0; i < log_.count; i++) {
		const struct event *event = &log_.events[i];
		bool raised = event->type == EVENT_DISCREPANCY_RAISED;
		bool stands = false;

		if (event->kind == DISCREPANCY_NONE)
			continue;
		for (size_t before = 0; before < i; before++)
			if (is_same_alarm(&log_.events[before], event))
				stands = !stands;
		assert_int_equal(stands, !raised);
		standing += raised ? 1 : (size_t)-1;
	}
	return standing;
}

static size_t raises(int bond)
{
	return sample_count(&log_, bond, EVENT_DISCREPANCY_RAISED,
			    DISCREPANCY_NONE);
}

static bool is_told(const char *bond_name, enum discrepancy_kind kind,
		    const char *slave_name)
{
	size_t count = 0;

	for (size_t i = 0; i < log_.count; i++)
		count += log_.events[i].kind == kind &&
			 strcmp(log_.events[i].bond_name, bond_name) == 0 &&
			 strcmp(log_.events[i].slave_name, slave_name) == 0;
	return count % 2 != 0;
}

static void test_slaves_swap_names(void **state)
{
	struct bond *bond = make(1, "0U 0U 1U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	assert_int_equal(alarms(), 2);
	rename_slave(bond, 0, "v102");
	rename_slave(bond, 1, "v101");
	judge(3000);
	assert_int_equal(alarms(), 2);
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v101"));
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v102"));
	assert_int_equal(raises(1), 4);
}

static void test_bonds_swap_names(void **state)
{
	(void)state;
	make(1, "0U");
	make(2, "0U");
	judge(0);
	judge(BASE_MS);
	assert_int_equal(alarms(), 4);
	rename_bond(1, "bond2");
	rename_bond(2, "bond1");
	judge(3000);
	assert_int_equal(alarms(), 4);
	assert_true(is_told("bond1", DISCREPANCY_FALSE_UP, ""));
	assert_true(is_told("bond2", DISCREPANCY_FALSE_UP, ""));
	assert_int_equal(raises(1), 4);
	assert_int_equal(raises(2), 4);
}

/* One that fades gives its name away before its hold is over. */
static void test_the_name_of_one_that_fades(void **state)
{
	struct bond *bond = make(1, "1U 0U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	assert_int_equal(alarms(), 1);
	sample_slaves(bond, "0U 1U", START_MS + 3000);
	judge(3000);
	rename_slave(bond, 1, "eth9");
	rename_slave(bond, 0, "v102");
	judge(3000 + BASE_MS);
	assert_int_equal(alarms(), 1);
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v102"));
}

/* ... and is back at that moment: it has had its grace. */
static void test_back_under_another_name(void **state)
{
	struct bond *bond = make(1, "0U 1U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	sample_slaves(bond, "1U 1U", START_MS + 3000);
	judge(3000);
	sample_slaves(bond, "0U 1U", START_MS + 4000);
	rename_slave(bond, 0, "eth9");
	judge(4000);
	assert_int_equal(alarms(), 1);
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "eth9"));
}

/* What is over when the new name is seen is not raised under it. */
static void test_over_at_the_rename(void **state)
{
	struct bond *bond = make(1, "0U 1U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	sample_slaves(bond, "1U 1U", START_MS + 3000);
	rename_slave(bond, 0, "eth9");
	judge(3000);
	assert_int_equal(alarms(), 0);
	assert_int_equal(raises(1), 1);
}

/* A slave that left keeps its alarm for the hold, unless another of the bond
   takes its name. */
static void test_the_name_of_a_released_slave(void **state)
{
	struct bond *bond = make(1, "0U 1U 0U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	assert_int_equal(alarms(), 2);
	sample_slaves(bond, "1U 0U", START_MS + 3000);
	judge(3000);
	assert_int_equal(alarms(), 2);
	rename_slave(bond, 1, "v103");
	judge(4000);
	assert_int_equal(alarms(), 1);
	judge(3000 + BASE_MS);
	assert_int_equal(alarms(), 1);
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v103"));
	assert_false(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v101"));
}

/* Released and its name taken, seen at once. */
static void test_the_name_of_one_that_just_left(void **state)
{
	struct bond *bond = make(1, "0U 0U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	assert_int_equal(alarms(), 3);
	bond_set_remove_slave(bond, sample_slave_ifindex(bond, 1));
	rename_slave(bond, 0, "v102");
	judge(3000);
	assert_int_equal(alarms(), 2);
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v102"));
}

/* Whether it still holds can't be known now: the alarm is kept. */
static void test_a_hidden_bond_is_renamed(void **state)
{
	const unsigned int both = DISCREPANCY_BIT(DISCREPANCY_FALSE_UP) |
				  DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP);
	struct bond *bond = make(1, "0U");

	(void)state;
	make(2, "0U");
	judge(0);
	judge(BASE_MS);
	sample_slaves(bond, "?U", START_MS + 3000);
	judge(3000);
	assert_true(judge_is_frozen(&set, bond));
	rename_bond(1, "bond2");
	rename_bond(2, "bond1");
	judge(4000);
	assert_true(judge_is_frozen(&set, get(1)));
	assert_int_equal(alarms(), 4);
	assert_int_equal(discrepancy_raised(&get(1)->discrepancies), both);
	assert_int_equal(get(1)->slaves[0].discrepancies,
			 DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_true(is_told("bond2", DISCREPANCY_FALSE_UP, ""));
}

/* Deleted, and the dump that is to show it has not come yet. */
static void test_the_name_of_a_deleted_bond(void **state)
{
	(void)state;
	make(1, "0U");
	make(2, "0U");
	judge(0);
	judge(BASE_MS);
	get(1)->ended = get(1)->link.distrusted = true;
	schedule_judge(get(1));
	rename_bond(2, "bond1");
	judge(3000);
	assert_int_equal(alarms(), 2);
	assert_true(is_told("bond1", DISCREPANCY_FALSE_UP, ""));
	assert_int_equal(raises(1), 2);
	judge_retire(&set, get(1), 0, &sink, START_MS + 4000);
	assert_int_equal(alarms(), 2);
}

static void test_the_name_of_a_deleted_slave(void **state)
{
	struct bond *bond = make(1, "0U 0U");

	(void)state;
	judge(0);
	judge(BASE_MS);
	bond->slaves[0].ended = bond->slaves[0].link.distrusted = true;
	rename_slave(bond, 1, "v101");
	judge(3000);
	assert_int_equal(sample_count(&log_, 1, EVENT_DISCREPANCY_CLEARED,
				      DISCREPANCY_SLAVE_FALSE_UP),
			 2);
	(void)alarms();
	assert_true(is_told("bond1", DISCREPANCY_SLAVE_FALSE_UP, "v101"));
}

/* While events are missing, one of two that swap may have its new name and the
   other its old one. */
static void test_names_of_a_set_that_is_read_again(void **state)
{
	(void)state;
	make(1, "0U");
	make(2, "0U");
	judge(0);
	judge(BASE_MS);
	set.status = BOND_SET_RESYNCHRONISING;
	rename_bond(1, "bond2");
	judge(3000);
	assert_int_equal(raises(1) + raises(2), 4);
	assert_int_equal(alarms(), 4);
	set.status = BOND_SET_SYNCHRONISED;
	rename_bond(2, "bond1");
	judge(4000);
	assert_int_equal(alarms(), 4);
	assert_true(is_told("bond1", DISCREPANCY_FALSE_UP, ""));
	assert_true(is_told("bond2", DISCREPANCY_FALSE_UP, ""));
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(test_slaves_swap_names),
		test(test_bonds_swap_names),
		test(test_the_name_of_one_that_fades),
		test(test_back_under_another_name),
		test(test_over_at_the_rename),
		test(test_the_name_of_a_released_slave),
		test(test_the_name_of_one_that_just_left),
		test(test_a_hidden_bond_is_renamed),
		test(test_the_name_of_a_deleted_bond),
		test(test_the_name_of_a_deleted_slave),
		test(test_names_of_a_set_that_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
