/* SPDX-License-Identifier: BSD-2-Clause */
/* When the watchdog is fed, as tables of time, beat and verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "named_agent.h"
#include "process/watchdog.h"

#define BEGIN 5000000

struct step {
	int64_t now_ms;
	int64_t beat_ms;
	enum watchdog_verdict expected;
};

static void follow(struct watchdog *watchdog, const struct step *steps,
		   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum watchdog_verdict verdict =
		    watchdog_ask(watchdog, BEGIN + steps[i].beat_ms,
				 BEGIN + steps[i].now_ms);

		if (verdict != steps[i].expected)
			fail_msg("step %zu is %s, not %s", i,
				 named_watchdog(verdict),
				 named_watchdog(steps[i].expected));
	}
}

#define FOLLOW(watchdog, steps)                                                \
	follow(watchdog, steps, sizeof(steps) / sizeof((steps)[0]))

static void test_without_a_timeout_nothing_is_fed(void **state)
{
	static const struct step steps[] = {
		{ 0, 0, WATCHDOG_WAIT },
		{ 100000, 100000, WATCHDOG_WAIT },
		{ 900000, 0, WATCHDOG_WAIT },
	};
	struct watchdog watchdog;

	(void)state;
	watchdog_init(&watchdog, 0, BEGIN);
	assert_true(watchdog_next_ms(&watchdog) == INT64_MAX);
	FOLLOW(&watchdog, steps);
}

/* A minute: fed at once, then four times as often as it must be. */
static void test_fed_while_both_go_round(void **state)
{
	static const struct step steps[] = {
		{ 0, 0, WATCHDOG_FEED },
		{ 1, 0, WATCHDOG_WAIT },
		{ 14999, 14000, WATCHDOG_WAIT },
		{ 15000, 14000, WATCHDOG_FEED },
		{ 15001, 15001, WATCHDOG_WAIT },
		{ 31000, 16000, WATCHDOG_FEED },
		{ 45999, 45999, WATCHDOG_WAIT },
		{ 46000, 45999, WATCHDOG_FEED },
	};
	struct watchdog watchdog;

	(void)state;
	watchdog_init(&watchdog, 60000, BEGIN);
	FOLLOW(&watchdog, steps);
	assert_true(watchdog_next_ms(&watchdog) == BEGIN + 61000);
}

/* The kernel thread stands still from 16 s on, and goes on at 80 s. */
static void test_not_fed_while_the_other_stands_still(void **state)
{
	static const struct step steps[] = {
		{ 0, 0, WATCHDOG_FEED },
		{ 15000, 15000, WATCHDOG_FEED },
		{ 30000, 16000, WATCHDOG_FEED },
		{ 45000, 16000, WATCHDOG_FEED },
		{ 60000, 16000, WATCHDOG_STALE },
		{ 60001, 16000, WATCHDOG_WAIT },
		{ 75000, 16000, WATCHDOG_STALE },
		{ 90000, 80000, WATCHDOG_FEED },
	};
	struct watchdog watchdog;

	(void)state;
	watchdog_init(&watchdog, 60000, BEGIN);
	FOLLOW(&watchdog, steps);
}

/* The verdict stands before the service manager's patience ends: from the
   last beat to the last feeding is less than the timeout. */
static void test_stale_before_the_timeout(void **state)
{
	static const int64_t timeouts_ms[] = { 1, 3, 4, 1000, 60000 };

	(void)state;
	for (size_t i = 0; i < sizeof(timeouts_ms) / sizeof(*timeouts_ms);
	     i++) {
		struct watchdog watchdog;
		int64_t fed_ms = -1;

		watchdog_init(&watchdog, timeouts_ms[i], BEGIN);
		assert_true(watchdog.every_ms > 0);
		for (int64_t at = 0; at <= 4 * timeouts_ms[i] + 4; at++)
			if (watchdog_ask(&watchdog, BEGIN, BEGIN + at) ==
			    WATCHDOG_FEED)
				fed_ms = at;
		assert_true(fed_ms >= 0 && fed_ms <= timeouts_ms[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_a_timeout_nothing_is_fed),
		cmocka_unit_test(test_fed_while_both_go_round),
		cmocka_unit_test(test_not_fed_while_the_other_stands_still),
		cmocka_unit_test(test_stale_before_the_timeout),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
