/* SPDX-License-Identifier: BSD-2-Clause */
/* The LACPDU counters of slaves are read for whoever wants them. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static void assert_lacp_asked(struct fixture *f, const char *expected)
{
	kernel.lacp_asked[0] = '\0';
	monitor_read_lacp_stats(f->monitor);
	assert_int_equal(kernel.locked, 0);
	assert_string_equal(kernel.lacp_asked, expected);
}

/* For the counters of slaves in 802.3ad, once after each look at the bond, and
   only when somebody wants them. */
static void test_lacp_stats(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	put_bond(&kernel.links, 10, BOND_MODE_8023AD, 100);
	put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	put_slave(&kernel.links, 2, 10, UP, BOND_LINK_UP);
	put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	put_slave(&kernel.links, 3, 20, UP, BOND_LINK_UP);
	open_at(f, T0);
	run(f, T0 + 5000);
	assert_string_equal(kernel.lacp_asked, "");
	slave = bond_slave(bond_set_get(monitor_bonds(f->monitor), 10), 2);
	assert_int_equal(slave->lacp.present, 0);

	assert_lacp_asked(f, "1 2 ");
	assert_true(slave->lacp.counts[BOND_3AD_STAT_LACPDU_RX] == 20);
	run(f, T0 + 5001);
	assert_lacp_asked(f, "");
	run(f, T0 + 10000);
	assert_lacp_asked(f, "1 2 ");

	/* Not while the kernel can't be read at all. */
	kernel.error = -EIO;
	run(f, T0 + 15000);
	assert_lacp_asked(f, "");
	run(f, monitor_next_ms(f->monitor)); /* for everything */
	assert_lacp_asked(f, "");
	kernel.error = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_lacp_asked(f, "1 2 ");

	/* What can't be read is not known; the others' is asked for. */
	kernel.lacp_error = -ENODEV;
	run(f, T0 + 25000);
	assert_lacp_asked(f, "1 2 ");
	assert_int_equal(slave->lacp.present, 0);
	/* But a kernel that does not answer is asked once. */
	kernel.lacp_error = -ETIMEDOUT;
	run(f, T0 + 35000);
	assert_lacp_asked(f, "1 ");
	kernel.lacp_error = 0;
	run(f, T0 + 45000);
	assert_lacp_asked(f, "1 2 ");
	assert_int_equal(slave->lacp.present, 1);
}

/* Of every bond; and of none because another one has gone. */
static void test_lacp_stats_of_two(void **state)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 2; i++) {
		put_bond(&kernel.links, 10 * i, BOND_MODE_8023AD, 100);
		put_slave(&kernel.links, i, 10 * i, UP, BOND_LINK_UP);
	}
	open_at(f, T0);
	assert_lacp_asked(f, "1 2 ");
	assert_lacp_asked(f, "");
	kernel.links.items[0].kind = LINK_KIND_OTHER;
	(void)link_of_put(&kernel.events, link_of(10, "bond", UP));
	run(f, T0 + 1000);
	assert_int_equal(monitor_bonds(f->monitor)->count, 1);
	assert_lacp_asked(f, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lacp_stats),
		TEST(test_lacp_stats_of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
