/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of ifStackTable, and the VLANs among them, while they are wanted. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

/* The rows, as a number each. */
static void assert_stack(struct fixture *f, const int *expected, size_t count)
{
	const struct pairs *rows = &monitor_bonds(f->monitor)->stack.rows;

	assert_int_equal(rows->count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows->items[i].key * 100 +
				     rows->items[i].value,
				 expected[i]);
}

#define ASSERT_STACK(f, ...)                                                   \
	assert_stack(f, (const int[]){ __VA_ARGS__ },                          \
		     sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int))

/* Nobody wants the stack: nothing is read for it, nothing let through. */
static void test_no_stack(void **state)
{
	struct fixture *f = *state;

	(void)link_of_put(&kernel.links, link_of_vlan(50, "vlan", 10));
	open_healthy(f);
	(void)link_of_put(&kernel.events, link_of_vlan(50, "vlan", 10));
	run(f, T0 + 1000);
	run(f, T0 + 60000);
	assert_int_equal(kernel.vlans, 0);
	assert_false(kernel.filter.vlans);
	assert_int_equal(monitor_bonds(f->monitor)->stack.rows.count, 0);
}

static void test_stack(void **state)
{
	struct fixture *f = *state;
	const struct bond_set *set;

	f->options.if_stack = true;
	(void)link_of_put(&kernel.links, link_of_vlan(50, "vlan", 10));
	open_healthy(f);
	set = monitor_bonds(f->monitor);
	ASSERT_STACK(f, 50, 100, 1001, 5010); /* 0-50 1-0 10-1 50-10 */
	assert_int_equal(set->stack.changed_ms, T0);
	assert_int_equal(kernel.vlans, 1);
	assert_true(kernel.filter.vlans);

	/* The filter did not cover it while it was read, nor the first time
	   what else there may be: once more, but not sooner than in 1 s. */
	assert_true(linkfilter_covers(&kernel.filter, 10));
	assert_true(linkfilter_covers(&kernel.filter, 50));
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1000);
	run(f, T0 + 1000);
	assert_int_equal(kernel.vlans, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);

	/* One more, twenty messages of it: read once. And one of others. */
	(void)link_of_put(&kernel.links, link_of_vlan(51, "vlan", 50));
	for (int i = 0; i < 20; i++)
		(void)link_of_put(&kernel.events, link_of_vlan(51, "vlan", 50));
	(void)link_of_put(&kernel.events, link_of_vlan(60, "vlan", 77));
	run(f, T0 + 5000);
	assert_int_equal(kernel.vlans, 2);
	assert_int_equal(monitor_next_ms(f->monitor),
			 T0 + 5000 + TRACKER_REREAD_MS);
	run(f, T0 + 5050);
	assert_int_equal(kernel.vlans, 3);
	ASSERT_STACK(f, 51, 100, 1001, 5010, 5150);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);

	/* It was not covered: once more, in a second. Nothing is new. */
	run(f, T0 + 6050);
	assert_int_equal(kernel.vlans, 4);
	(void)link_of_put(&kernel.events, link_of_vlan(51, "vlan", 50));
	run(f, T0 + 9000);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);

	/* The rows are made anew, and are what they were. */
	put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP)->link.master = 10;
	run(f, T0 + 9200);
	run(f, T0 + 9250);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);
	assert_false(set->stack.stale);

	/* Gone; and with what could not be read once, tried again. */
	kernel.links.count--;
	link_of_put(&kernel.events, link_of_vlan(51, "vlan", 50))->gone = true;
	run(f, T0 + 10000);
	kernel.error = -ENOMEM;
	run(f, T0 + 10050);
	assert_status(set->status, BOND_SET_SYNCHRONISED);
	ASSERT_STACK(f, 51, 100, 1001, 5010, 5150);
	kernel.error = 0;
	run(f, T0 + 11050);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
	assert_int_equal(set->stack.changed_ms, T0 + 11050);
}

/* A VLAN whose message was lost is found with the next dump of everything. */
static void test_stack_is_read_with_all(void **state)
{
	struct fixture *f = *state;
	size_t vlans;

	f->options.if_stack = true;
	open_healthy(f);
	run(f, T0 + 1000);
	vlans = kernel.vlans;
	(void)link_of_put(&kernel.links, link_of_vlan(50, "vlan", 10));
	run(f, T0 + 60000);
	run(f, T0 + 60000 + TRACKER_REREAD_MS);
	assert_int_equal(kernel.vlans, vlans + 1);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
}

/* SIGHUP */
static void test_stack_wanted_later(void **state)
{
	struct fixture *f = *state;
	struct tracker_filter all = { 0 };

	(void)link_of_put(&kernel.links, link_of_vlan(50, "vlan", 10));
	open_healthy(f);
	monitor_want_stack(f->monitor, true);
	monitor_configure(f->monitor, &f->options.policy, &all, 0);
	run(f, T0 + 3000);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
	assert_true(kernel.filter.vlans);
	monitor_want_stack(f->monitor, false);
	monitor_configure(f->monitor, &f->options.policy, &all, 0);
	run(f, T0 + 6000);
	assert_int_equal(monitor_bonds(f->monitor)->stack.rows.count, 0);
	assert_false(kernel.filter.vlans);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 66000);
}

/* There are rows without any VLAN, too. */
static void test_stack_without_vlans(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	monitor_want_stack(f->monitor, true);
	run(f, T0 + 1000);
	ASSERT_STACK(f, 10, 100, 1001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_no_stack),
		TEST(test_stack),
		TEST(test_stack_is_read_with_all),
		TEST(test_stack_wanted_later),
		TEST(test_stack_without_vlans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
