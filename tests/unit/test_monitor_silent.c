/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel changes without a word is read again, each in its time. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "monitor_fixture.h"

/* Of these the kernel changes something without a word. */
static void test_silent_ones_every_five_seconds(void **state)
{
	static const struct {
		uint8_t mode;
		uint32_t miimon_ms;
		unsigned int bond_flags;
		unsigned int flags;
		int mii;
		bool watched;
	} rows[] = {
		{ BOND_MODE_ROUNDROBIN, 100, UP, UP, BOND_LINK_UP, false },
		{ BOND_MODE_ROUNDROBIN, 100, 0, UP, BOND_LINK_UP, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, 0, BOND_LINK_DOWN, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, DOWN, BOND_LINK_DOWN, false },
		{ BOND_MODE_8023AD, 100, UP, UP, BOND_LINK_UP, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, UP, BOND_LINK_BACK, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, DOWN, BOND_LINK_FAIL, true },
		{ BOND_MODE_ROUNDROBIN, 0, UP, DOWN, BOND_LINK_UP, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f;

		assert_int_equal(setup(state), 0);
		f = *state;
		/* Pending for an hour, where something is wrong. */
		f->options.policy.discrepancy.grace_base_ms = 3600000;
		(void)put_bond(&kernel.links, 10, rows[i].mode,
			       rows[i].miimon_ms);
		kernel.links.items[0].link.flags = rows[i].bond_flags;
		(void)put_slave(&kernel.links, 1, 10, rows[i].flags,
				rows[i].mii);
		(void)put_slave(&kernel.links, 2, 10, UP, BOND_LINK_UP);
		if (rows[i].miimon_ms == 0)
			kernel.links.items[2].slave.mii_status = BOND_LINK_DOWN;
		open_at(f, T0);
		for (int64_t t = 1; t < 5000; t += 100)
			run(f, T0 + t);
		assert_int_equal(kernel.ones, 0);
		assert_int_equal(monitor_next_ms(f->monitor),
				 T0 + (rows[i].watched ? 5000 : 60000));
		run(f, T0 + 5000);
		run(f, T0 + 9999);
		assert_int_equal(kernel.ones, rows[i].watched ? 1 : 0);
		run(f, T0 + 10000);
		assert_int_equal(kernel.ones, rows[i].watched ? 2 : 0);
		assert_int_equal(teardown(state), 0);
	}
	assert_int_equal(setup(state), 0);
}

/* The driver does not say that an updelay is over, nor that it has found the
   link gone: before the agent calls it over, it looks. */
static void test_asks_before_an_updelay_ends(void **state)
{
	const int64_t end_ms = T0 + 11 * 132;
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100)
	    ->bond.updelay_ms = 1000;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_BACK);
	open_at(f, T0);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_int_equal(monitor_next_ms(f->monitor), end_ms);
	kernel.links.items[1].link.flags = DOWN;
	run(f, end_ms);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_events(f, "slaveLowerDown");
}

/* Nor what happens in a downdelay, whichever slave it is of. */
static void test_watches_every_slave(void **state)
{
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100)
	    ->bond.downdelay_ms = 9000;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	(void)put_slave(&kernel.links, 2, 10, DOWN, BOND_LINK_FAIL);
	open_at(f, T0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 5000);
	run(f, T0 + 5000);
	assert_int_equal(kernel.ones, 1);
}

/* Who reads one bond shortly before all are read reads all. */
static void test_two_readings_in_one(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_FAIL);
	run(f, T0 + 57000);
	run(f, T0 + 57050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 1);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_FAIL);
	run(f, T0 + 58000);
	assert_int_equal(kernel.alls, 1);
	run(f, T0 + 58050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 118050);
}

static enum carrier effective(struct fixture *f, int ifindex)
{
	return bond_set_get(monitor_bonds(f->monitor), ifindex)
	    ->verdict.effective;
}

/* Bonds 10 to 17 with a slave each, 1 to 8. */
static void put_eight(uint8_t mode)
{
	for (int i = 0; i < 8; i++) {
		(void)put_bond(&kernel.links, 10 + i, mode, 100);
		(void)put_slave(&kernel.links, 1 + i, 10 + i, UP, BOND_LINK_UP);
	}
}

/* Of many, those that something happens to, and those whose time has come. */
static void test_each_in_its_time(void **state)
{
	struct fixture *f = *state;

	f->options.policy.discrepancy.grace_base_ms = 3000;
	put_eight(BOND_MODE_ROUNDROBIN);
	kernel.links.items[10].bond.miimon_ms = 0; /* bond 15 lies */
	kernel.links.items[11].link.flags = DOWN;
	open_at(f, T0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 3000);
	(void)put_slave(&kernel.events, 3, 12, DOWN, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_carrier(effective(f, 12), CARRIER_DOWN);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 12);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 3000);
	run(f, T0 + 3000);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(kernel.last_one, 15);
	assert_int_equal(bond_set_raised_count(monitor_bonds(f->monitor),
					       DISCREPANCY_FALSE_UP),
			 1);
	assert_int_equal(kernel.alls, 1);
}

/* A bond to which nothing has happened, but to the bond that it has for a
   slave. */
static void test_what_a_resting_bond_stands_on(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_ROUNDROBIN);
	(void)put_slave(&kernel.links, 17, 10, UP, BOND_LINK_UP);
	kernel.links.items[1].link.flags = DOWN; /* 10 has that one only */
	open_at(f, T0);
	assert_carrier(effective(f, 10), CARRIER_UP);
	(void)put_slave(&kernel.events, 8, 17, DOWN, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_carrier(effective(f, 17), CARRIER_DOWN);
	assert_carrier(effective(f, 10), CARRIER_DOWN);
	assert_carrier(effective(f, 11), CARRIER_UP);
}

/* When the kernel is lost and found all bonds are, resting or not. */
static void test_lost_and_found_while_resting(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_ROUNDROBIN);
	open_at(f, T0);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	kernel.error = -ENOMEM;
	run(f, T0 + 1050);
	for (int i = 0; i < 8; i++)
		assert_carrier(effective(f, 10 + i), CARRIER_UNKNOWN);
	kernel.error = 0;
	run(f, T0 + 1150);
	for (int i = 0; i < 8; i++)
		assert_carrier(effective(f, 10 + i), CARRIER_UP);
}

/* What is read with all others is read again five seconds after that. */
static void test_rest_begins_anew_with_a_resync(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_8023AD);
	open_at(f, T0);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 2950);
	for (int64_t t = 3000; t < 58000; t += 5000) {
		run(f, T0 + t);
		run(f, T0 + t + 2000);
	}
	assert_int_equal(kernel.alls, 1);
	run(f, T0 + 58000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 63000);
}

static void test_many_due_is_one_dump(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 17; i++)
		(void)put_bond(&kernel.links, 10 + i, BOND_MODE_8023AD, 100);
	open_at(f, T0);
	run(f, T0 + 5000);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	/* One less, and each is asked for. */
	link_batch_clear(&kernel.links);
	for (int i = 0; i < 16; i++)
		(void)put_bond(&kernel.links, 10 + i, BOND_MODE_8023AD, 100);
	run(f, T0 + 10000); /* the last is gone now */
	assert_int_equal(kernel.alls, 3);
	run(f, T0 + 15000);
	assert_int_equal(kernel.ones, 16);
	assert_int_equal(kernel.alls, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_silent_ones_every_five_seconds),
		TEST(test_asks_before_an_updelay_ends),
		TEST(test_watches_every_slave),
		TEST(test_two_readings_in_one),
		TEST(test_each_in_its_time),
		TEST(test_what_a_resting_bond_stands_on),
		TEST(test_lost_and_found_while_resting),
		TEST(test_rest_begins_anew_with_a_resync),
		TEST(test_many_due_is_one_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
