/* SPDX-License-Identifier: BSD-2-Clause */
/* A discrepancy is raised in time, and not without another look. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static void test_raise_in_time(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 2000);
	run(f, T0 + 1999);
	assert_events(f, "");
	run(f, T0 + 2000);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

/* The kernel has mended it without a word: nothing is to be said. */
static void test_look_before_a_raise(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	assert_int_not_equal(discrepancy_pending(&bond10(f)->discrepancies), 0);
	kernel.links.items[1].link.flags = UP;
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 10);
	assert_events(f, "slaveLowerUp, effectiveUp");
	assert_kinds(discrepancy_pending(&bond10(f)->discrepancies), 0);
}

/* Nothing can be said while the truth is hidden: no need to look for it more
   often than at others that change in silence. */
static void test_no_look_while_hidden(void **state)
{
	struct fixture *f = *state;
	struct link_event *slave;

	open_lying(f);
	/* It stands on what can't be seen, from now on. */
	slave = put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	slave->link.lower = 5;
	kernel.links.items[1] = *slave;
	run(f, T0 + 1000);
	assert_events(f, "slaveLowerUp");
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
	assert_int_not_equal(discrepancy_pending(&bond10(f)->discrepancies), 0);
	run(f, T0 + 1050); /* after the event */
	run(f, T0 + 1100); /* since the filter has been extended */
	kernel.ones = 0;
	for (int64_t t = 2000; t < 6000; t += 10)
		run(f, T0 + t);
	assert_int_equal(kernel.ones, 0);
	for (int64_t t = 6000; t < 7000; t += 10)
		run(f, T0 + t);
	assert_int_equal(kernel.ones, 1);

	/* Seen again, and wrong: after another grace, and another look. */
	kernel.links.items[1].link.lower = 0;
	kernel.links.items[1].link.flags = DOWN;
	run(f, T0 + 12000);
	assert_events(f, "slaveLowerDown");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 14000);
	kernel.ones = 0;
	run(f, T0 + 14000);
	assert_int_equal(kernel.ones, 1);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

/* The look before a raise came to nothing: not raised on an old view. */
static void test_interrupted_look(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.error = -EAGAIN;
	run(f, T0 + 2000);
	assert_events(f, "");
	kernel.error = 0;
	run(f, T0 + 2100);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_raise_in_time),
		TEST(test_look_before_a_raise),
		TEST(test_no_look_while_hidden),
		TEST(test_interrupted_look),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
