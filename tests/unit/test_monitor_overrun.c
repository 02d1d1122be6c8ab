/* SPDX-License-Identifier: BSD-2-Clause */
/* Events are lost, or come faster than they can be read. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static void test_overrun(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	run(f, T0 + 1500);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	/* It may have been right in between: the grace began anew. */
	run(f, T0 + 3499);
	assert_events(f, "");
	run(f, T0 + 3500);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

/* ... of every bond. */
static void test_overrun_of_two(void **state)
{
	struct fixture *f = *state;

	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 0);
	(void)put_slave(&kernel.links, 2, 20, DOWN, BOND_LINK_UP);
	open_lying(f);
	kernel.overrun = true;
	run(f, T0 + 1500);
	run(f, T0 + 3499);
	assert_events(f, "");
	run(f, T0 + 3500);
	assert_events(f, "falseUp raised, slaveFalseUp raised, falseUp raised, "
			 "slaveFalseUp raised");
}

/* What is read while events are dropped makes nothing synchronised, not even
   what was lost. */
static void test_found_while_congested(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.error = -EIO;
	run(f, T0 + 60000);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
	kernel.error = 0;
	kernel.congested = kernel.overrun = true;
	kernel.heard = 0;
	run(f, T0 + 60050);
	/* Nor is there anything to catch up with, where nothing is asked. */
	assert_int_equal(kernel.heard, 1);
	run(f, T0 + 61050);
	assert_status(monitor_bonds(f->monitor)->status,
		      BOND_SET_RESYNCHRONISING);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
}

/* While the kernel still drops events, nothing is read again: neither
   everything nor a bond whose time has come. */
static void test_congested(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	kernel.congested = true;
	for (int64_t t = 1500; t < 2500; t += 100) {
		(void)put_slave(&kernel.events, 1, 10, DOWN, BOND_LINK_UP);
		run(f, T0 + t);
		assert_status(monitor_bonds(f->monitor)->status,
			      BOND_SET_RESYNCHRONISING);
	}
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	assert_events(f, "");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 2500);
	kernel.congested = false;
	run(f, T0 + 2490);
	assert_int_equal(kernel.alls, 2);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	run(f, T0 + 4489);
	assert_events(f, "");
	run(f, T0 + 4490);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

/* A flood without end: everything is read now and then, so that values grow
   no older than that, but it is not called synchronised and nothing is
   raised. */
static void test_congested_for_ever(void **state)
{
	static const int64_t reads[] = {
		1000, 3000, 7000, 15000, 30000, 45000
	};
	struct fixture *f = *state;
	size_t done = 0;

	open_lying(f);
	kernel.overrun = true;
	kernel.congested = true;
	for (int64_t t = 0; t <= 46000; t += 100) {
		if (t == 2500)
			kernel.links.items[1].link.flags = UP;
		run(f, T0 + 100 + t);
		while (done < sizeof(reads) / sizeof(reads[0]) &&
		       reads[done] <= t)
			done++;
		assert_int_equal(kernel.alls, 1 + done);
		assert_status(monitor_bonds(f->monitor)->status,
			      BOND_SET_RESYNCHRONISING);
		assert_carrier(bond10(f)->verdict.effective,
			       t < 3000 ? CARRIER_DOWN : CARRIER_UP);
	}
	assert_int_equal(done, 6);
	assert_int_equal(kernel.ones, 0);
	assert_events(f, "slaveLowerUp, effectiveUp");
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	kernel.congested = false;
	run(f, T0 + 46200);
	assert_int_equal(kernel.alls, 8);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	/* The next one begins with short waits again. */
	kernel.overrun = true;
	kernel.congested = true;
	run(f, T0 + 46300);
	run(f, T0 + 47299);
	assert_int_equal(kernel.alls, 8);
	run(f, T0 + 47300);
	assert_int_equal(kernel.alls, 9);
	assert_int_equal(monitor_counters(f->monitor).overruns, 2);
}

/* Interrupted over and over: nothing is said until it has been read. */
static void test_overrun_and_no_dump(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	kernel.error = -EAGAIN;
	run(f, T0 + 100);
	assert_status(monitor_bonds(f->monitor)->status,
		      BOND_SET_RESYNCHRONISING);
	for (int i = 0; i < 10; i++)
		run(f, monitor_next_ms(f->monitor));
	assert_status(monitor_bonds(f->monitor)->status,
		      BOND_SET_RESYNCHRONISING);
	assert_events(f, "");
	assert_carrier(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	kernel.error = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_events(f, "");
}

/* A dump that is interrupted is no reason to doubt what events say. */
static void test_interrupted_resync(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.error = -EAGAIN;
	run(f, T0 + 60000);
	assert_status(monitor_bonds(f->monitor)->status,
		      BOND_SET_RESYNCHRONISING);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60100);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	kernel.error = 0;
	run(f, T0 + 60100);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_overrun),
		TEST(test_overrun_of_two),
		TEST(test_found_while_congested),
		TEST(test_congested),
		TEST(test_congested_for_ever),
		TEST(test_overrun_and_no_dump),
		TEST(test_interrupted_resync),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
