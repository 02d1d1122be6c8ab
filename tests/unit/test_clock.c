/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates, on machines of 32 bits too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

/* The year in 4 digits and the rest in 2, as date(1) has it. */
static const char *shown(int64_t at_ms)
{
	static char text[64];
	struct tm tm;

	if (!clock_local(at_ms, &tm))
		return "none";
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	return text;
}

static void test_dates(void **state)
{
	(void)state;
	assert_string_equal(shown(0), "1970-01-01 00:00:00");
	assert_string_equal(shown(999), "1970-01-01 00:00:00");
	assert_string_equal(shown(-1), "1969-12-31 23:59:59");
	assert_string_equal(shown(-1000), "1969-12-31 23:59:59");
	assert_string_equal(shown(2147483648000), "2038-01-19 03:14:08");
	assert_string_equal(shown(4294967296000), "2106-02-07 06:28:16");
}

static void test_clocks_agree(void **state)
{
	int64_t before_ms = clock_wall_ms(), us = clock_wall_us(),
		after_ms = clock_wall_ms();

	(void)state;
	assert_true(before_ms > 1700000000000); /* 2023 */
	assert_true(us / 1000 >= before_ms && us / 1000 <= after_ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_clocks_agree),
	};

	setenv("TZ", "UTC0", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
