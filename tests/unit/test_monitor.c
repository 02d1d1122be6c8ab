/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor opened, at rest, and configured again. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static void test_open(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	assert_int_equal(monitor_fd(f->monitor), 42);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_int_equal(bond10(f)->slave_count, 1);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
}

static void on_first(void *ctx, struct bond_set *set, int64_t now_ms)
{
	struct fixture *f = ctx;
	char word[32];

	assert_int_equal(kernel.locked, 1);
	assert_int_equal(set->count, 1);
	(void)snprintf(word, sizeof(word), "first@%d", (int)(now_ms - T0));
	record_word(&f->record, word);
}

/* The kernel can't be read at the start: as at any other time, it is tried
   again, and nothing is told of bonds until they have been read. */
static void open_in_trouble(struct fixture *f, int error)
{
	static const int waits[] = { 100,  200,	 400,	800,   1600,
				     3200, 6400, 12800, 15000, 15000 };
	int64_t now_ms = T0;

	f->options.first = on_first;
	f->options.first_ctx = f;
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100);
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	kernel.error = error;
	assert_int_equal(monitor_open(&f->monitor, &f->options, T0), 0);
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		(void)put_bond(&kernel.events, 10, BOND_MODE_ROUNDROBIN, 100);
		(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
		run(f, now_ms);
		assert_int_equal(kernel.alls, 1 + i);
		assert_int_equal(monitor_begun(f->monitor), error);
		assert_status(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
		assert_int_equal(monitor_counters(f->monitor).lost_error,
				 -error);
		now_ms += waits[i];
		assert_int_equal(monitor_next_ms(f->monitor), now_ms);
		run(f, now_ms - 1);
	}
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
	assert_events(f, "");
	kernel.error = 0;
	run(f, now_ms);
	assert_events(f, "first@55500");
	assert_int_equal(monitor_begun(f->monitor), 0);
	assert_status(monitor_bonds(f->monitor)->status, BOND_SET_SYNCHRONISED);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	run(f, now_ms + 60000);
	assert_events(f, "");
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
}

static void test_open_interrupted(void **state)
{
	open_in_trouble(*state, -EAGAIN);
}

static void test_open_unanswered(void **state)
{
	open_in_trouble(*state, -ETIMEDOUT);
}

static void test_open_forbidden(void **state)
{
	open_in_trouble(*state, -EPERM);
}

static void test_errors(void **state)
{
	(void)state;
	assert_true(monitor_error_passes(-EINPROGRESS));
	assert_true(monitor_error_passes(-EAGAIN));
	assert_true(monitor_error_passes(-ETIMEDOUT));
	assert_false(monitor_error_passes(0));
	assert_false(monitor_error_passes(-EPERM));
	assert_string_equal(monitor_error_text(-EAGAIN),
			    "links change faster than they can be read");
	assert_string_equal(monitor_error_text(-ETIMEDOUT),
			    "the kernel does not answer");
	assert_string_equal(monitor_error_text(-EPERM), strerror(EPERM));
}

/* Nothing is wrong and nothing silent: nothing to do for a minute. */
static void test_idle(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	for (int64_t t = 0; t < 60000; t += 500)
		run(f, T0 + t);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	/* Who did not ask has nothing to catch up with. */
	kernel.heard = 0;
	run(f, T0 + 59600 - 2500);
	assert_int_equal(kernel.heard, 1);
	run(f, T0 + 60000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 120000);
}

static bool nothing_wanted(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return false;
}

static void test_configure(void **state)
{
	struct fixture *f = *state;
	struct tracker_filter all = { 0 };
	struct tracker_filter none = { .wanted = nothing_wanted };

	open_lying(f);
	f->options.policy.discrepancy.grace_base_ms = 500;
	monitor_configure(f->monitor, &f->options.policy, &all, 10000);
	assert_true(monitor_next_ms(f->monitor) <= T0);
	run(f, T0 + 10);
	assert_int_equal(kernel.alls, 2);
	/* The grace that is set now is that of what is pending, too. */
	run(f, T0 + 509);
	assert_events(f, "");
	run(f, T0 + 510);
	assert_events(f, "falseUp raised, slaveFalseUp raised");
	assert_int_equal(monitor_bonds(f->monitor)->count, 1);
	run(f, T0 + 10009);
	assert_int_equal(kernel.alls, 2);
	run(f, T0 + 10010);
	assert_int_equal(kernel.alls, 3);
	f->record.text[0] = '\0';
	monitor_configure(f->monitor, &f->options.policy, &none, 0);
	run(f, T0 + 11000);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
	assert_events(
	    f,
	    "falseUp cleared, slaveFalseUp cleared, slaveRemoved, bondRemoved");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 71000);
}

static void test_filter_of_names(void **state)
{
	struct fixture *f = *state;

	f->options.filter.wanted = nothing_wanted;
	open_healthy(f);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
}

static void test_counters(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.stats.malformed = 3;
	kernel.stats.bad_attrs = 4;
	kernel.stats.interrupted = 5;
	run(f, T0 + 1);
	assert_int_equal(monitor_counters(f->monitor).interrupted, 5);
	assert_int_equal(monitor_counters(f->monitor).malformed, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_open),
		TEST(test_open_interrupted),
		TEST(test_open_unanswered),
		TEST(test_open_forbidden),
		TEST(test_errors),
		TEST(test_idle),
		TEST(test_configure),
		TEST(test_filter_of_names),
		TEST(test_counters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
