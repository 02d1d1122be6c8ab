/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel can't be heard, or not be read at all. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "monitor_fixture.h"

/* Events that can't be had, though their socket is ready: no haste. */
static void test_deaf(void **state)
{
	static const int64_t waits[] = { 100, 200, 400, 800, 1000, 1000 };
	struct fixture *f = *state;
	int64_t now_ms = T0 + 1000;

	open_healthy(f);
	kernel.deaf = -EACCES;
	kernel.heard = 0;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		run(f, now_ms);
		assert_int_equal(kernel.heard, 1 + i);
		assert_int_equal(kernel.alls, 2 + i); /* for what was missed */
		assert_status(monitor_bonds(f->monitor)->status,
			      BOND_SET_SYNCHRONISED);
		assert_int_equal(monitor_fd(f->monitor), -1);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		run(f, now_ms + waits[i] - 1);
		assert_int_equal(kernel.heard, 1 + i);
		assert_int_equal(kernel.alls, 2 + i);
		now_ms += waits[i];
	}
	kernel.deaf = 0;
	run(f, now_ms);
	assert_int_equal(monitor_fd(f->monitor), 42);
	assert_int_equal(kernel.alls, 7);
	kernel.deaf = -EACCES;
	run(f, now_ms + 1000);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms + 1100);
}

/* Nothing is heard of a rename: dumps are all there is, and the second one
   that has the new name is believed, also while the socket is left alone. */
static void test_deaf_and_renamed(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.deaf = -EACCES;
	for (int64_t t = 1000; t < 2000; t += 10)
		run(f, T0 + t);
	strcpy(kernel.links.items[0].link.name, "other");
	run(f, monitor_next_ms(f->monitor));
	assert_string_equal(bond10(f)->link.name, "bond");
	kernel.heard = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_int_equal(kernel.heard, 0);
	assert_string_equal(bond10(f)->link.name, "other");
	assert_events(f, "");
}

/* What is seen by looking alone is raised all the same. */
static void test_deaf_and_lying(void **state)
{
	struct fixture *f = *state;
	int64_t now_ms = T0 + 10;

	open_lying(f);
	kernel.deaf = -EACCES;
	while (now_ms < T0 + 10000) {
		run(f, now_ms);
		now_ms = monitor_next_ms(f->monitor);
	}
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

/* What was missed before the first error: the grace begins anew, once. */
static void test_deaf_restarts_graces(void **state)
{
	struct fixture *f = *state;
	int64_t now_ms = T0 + 1500;

	open_lying(f);
	kernel.deaf = -EACCES;
	while (now_ms < T0 + 3500) {
		run(f, now_ms);
		assert_events(f, "");
		now_ms = monitor_next_ms(f->monitor);
	}
	run(f, T0 + 3500);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

static void test_deaf_from_the_start(void **state)
{
	struct fixture *f = *state;

	kernel.deaf = -EACCES;
	open_healthy(f);
	assert_int_equal(monitor_fd(f->monitor), -1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 100);
	assert_int_equal(kernel.heard, 1);
}

static void test_lost(void **state)
{
	static const int64_t waits[] = { 100,  200,  400,   800,   1600,
					 3200, 6400, 12800, 15000, 15000 };
	struct fixture *f = *state;
	int64_t now_ms = T0 + 60000;

	open_healthy(f);
	kernel.error = -ETIMEDOUT;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		run(f, now_ms);
		assert_int_equal(kernel.alls, 2 + i);
		assert_status(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
		assert_carrier(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		/* An event asks for nothing meanwhile. */
		(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
		run(f, now_ms + 60);
		assert_int_equal(kernel.alls, 2 + i);
		assert_int_equal(kernel.ones, 0);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		now_ms += waits[i];
	}
	assert_int_equal(monitor_counters(f->monitor).lost_error, ETIMEDOUT);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	kernel.error = 0;
	run(f, now_ms);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms + 60000);
	assert_events(f, "");
}

static void test_lost_by_a_single_bond(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	kernel.error = -ENOMEM;
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1150);
	kernel.error = 0;
	run(f, T0 + 1150);
	assert_int_equal(kernel.alls, 2);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_deaf),
		TEST(test_deaf_and_renamed),
		TEST(test_deaf_and_lying),
		TEST(test_deaf_restarts_graces),
		TEST(test_deaf_from_the_start),
		TEST(test_lost),
		TEST(test_lost_by_a_single_bond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
