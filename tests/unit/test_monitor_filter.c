/* SPDX-License-Identifier: BSD-2-Clause */
/* The filter of the event socket lets through what concerns our bonds. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static bool hears(int ifindex)
{
	return !kernel.filtering || linkfilter_covers(&kernel.filter, ifindex);
}

/* Bond 10 and its slave 1, and what a VLAN slave stands on: 4 on 5. */
static void test_filter(void **state)
{
	struct fixture *f = *state;
	struct link_event *event;

	open_healthy(f);
	assert_true(kernel.filtering);
	assert_true(hears(1) && hears(10));
	assert_false(hears(2) || hears(4) || hears(5));

	put_slave(&kernel.links, 4, 10, UP, BOND_LINK_UP)->link.lower = 5;
	event = link_of_put(&kernel.links, link_of(5, "lower", UP));
	event->master = 10; /* so that this fake's dump of bond 10 has it */
	(void)put_slave(&kernel.events, 4, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_true(hears(4) && hears(5) && hears(1));
	assert_false(hears(2));
	/* What 5 did before it was heard of may have been missed. */
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);

	kernel.links.count = 2; /* 4 and 5 are gone */
	run(f, T0 + 60000);
	assert_true(hears(1) && hears(10));
	assert_false(hears(4) || hears(5));
}

/* The same found by a dump of everything. */
static void test_filter_extends_in_resync(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	put_slave(&kernel.links, 4, 10, UP, BOND_LINK_UP)->link.lower = 5;
	(void)link_of_put(&kernel.links, link_of(5, "lower", UP));
	run(f, T0 + 60000);
	assert_true(hears(4) && hears(5));
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60050);
}

static void test_filter_refused(void **state)
{
	struct fixture *f = *state;

	kernel.filter_error = -ENOMEM;
	open_healthy(f);
	assert_false(kernel.filtering);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	kernel.filter_error = 0;
	run(f, T0 + 60000);
	assert_true(kernel.filtering);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_filter),
		TEST(test_filter_extends_in_resync),
		TEST(test_filter_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
