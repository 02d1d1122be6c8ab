/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of an updelay, which the kernel does not announce. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "judge_fixture.h"

static void test_end_of_updelay(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "0D", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	sample_slaves(bond, "1B", START_MS + 100);
	judge(100);
	assert_carrier(effective(1), DOWN);
	/* Eleven looks of 132 ms: see carrier_monitor_ticks_ms(). */
	assert_int_equal(judge_next_ms(&set), START_MS + 1552);
	judge(1551);
	assert_carrier(effective(1), DOWN);
	judge(1552);
	assert_carrier(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	/* What comes next: slaveFalseDown after 2000 + (2 + 10) * 132 of BACK,
	   then falseDown. */
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 3584);
	judge(100 + 3584);
	assert_int_equal(judge_next_ms(&set), START_MS + 1552 + 3584);
}

/* The kernel is silent when DOWN becomes BACK: no up, down, up meanwhile. */
static void test_updelay_before_the_kernel_looks(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "0D", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	sample_slaves(bond, "1D", START_MS + 100);
	judge(100);
	assert_carrier(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 11 * 132);
	sample_slaves(bond, "1B", START_MS + 190);
	judge(190);
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 11 * 132);
	sample_slaves(bond, "1U*", START_MS + 1150);
	sample_report(bond, true, true);
	judge(1150);
	assert_carrier(effective(1), UP);
	assert_int_equal(emitted.count, 1);
	judge(10000);
	assert_int_equal(emitted.count, 1);
}

/* What was DOWN with a link when first seen may be in its updelay, or may have
   been so for ever. */
static void test_updelay_of_an_old_link(void **state)
{
	(void)state;
	make(1, MII, "1D", false);
	get(1)->attrs.updelay_ms = 60000;
	judge(0);
	assert_carrier(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), START_MS + 601 * 132);
	judge(601 * 132);
	assert_carrier(effective(1), UP);
	assert_true(pending(1) & DISCREPANCY_BIT(DISCREPANCY_FALSE_DOWN));
}

/* A driver that knows no speed refuses the slave after each updelay. */
static void test_updelay_that_begins_again(void **state)
{
	static const char *const cycle[] = { "1B", "1D", "1B", "1D", "1B" };

	(void)state;
	make(1, MII, "1D", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_carrier(effective(1), DOWN);
	for (int i = 0; i < 5; i++) {
		int after_ms = 11 * 132 + i * 1000;

		sample_slaves(get(1), cycle[i], START_MS + after_ms);
		judge(after_ms);
		assert_carrier(effective(1), UP);
	}
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
}

static void test_two_updelays(void **state)
{
	(void)state;
	make(1, MII, "1B 0D 1B", false);
	get(1)->attrs.updelay_ms = 1000;
	get(1)->slaves[2].held_ms += 50;
	judge(0);
	assert_int_equal(judge_next_ms(&set), START_MS + 1452);
	judge(1452);
	assert_int_equal(judge_next_ms(&set), START_MS + 1502);
}

/* Under ARP a slave with a link may be down for ever. */
static void test_no_time_for_an_updelay_under_arp(void **state)
{
	(void)state;
	make(1, ARP, "1D 1B", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_carrier(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
}

static void test_no_time_for_an_updelay_without_link(void **state)
{
	(void)state;
	make(1, MII, "0B", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
}

/* What was held back by an updelay waits for the kernel to be read. */
static void test_nothing_runs_out_unseen(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "1B", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	bond->link.distrusted = true;
	bond->changed = true;
	judge(10);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	bond->link.distrusted = false;
	bond->changed = true;
	judge(20);
	assert_int_equal(judge_next_ms(&set), START_MS + 11 * 132);
	set.status = BOND_SET_LOST;
	judge(30);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	assert_int_equal(bond->verdict.until_ms, INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_end_of_updelay),
		TEST(test_updelay_before_the_kernel_looks),
		TEST(test_updelay_of_an_old_link),
		TEST(test_updelay_that_begins_again),
		TEST(test_two_updelays),
		TEST(test_no_time_for_an_updelay_under_arp),
		TEST(test_no_time_for_an_updelay_without_link),
		TEST(test_nothing_runs_out_unseen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
