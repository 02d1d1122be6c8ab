/* SPDX-License-Identifier: BSD-2-Clause */
/* The start of sysUpTime: it stays, except when there is another master. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "range.h"
#include "state/uptime.h"

#define MASTER_MS 5004321 /* when the master's sysUpTime was 0 */

/* What is read while the process waits so long before each second clock. */
static struct uptime_reading read_at(int64_t began_ms, int64_t now_ms,
				     int64_t wait_ms, int64_t wait_again_ms)
{
	return (struct uptime_reading){
		.before_ms = now_ms,
		.uptime_cs = (uint32_t)((now_ms + wait_ms - began_ms) / 10),
		.after_ms = now_ms + wait_ms + wait_again_ms,
	};
}

static void test_first(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);

	(void)state;
	assert_uint_in_range(uptime_began_ms(0, &reading), MASTER_MS,
			     MASTER_MS + 9);
	/* Whatever the length of its life. */
	reading = read_at(3, 250, 0, 0);
	assert_uint_in_range(uptime_began_ms(0, &reading), 3, 12);
}

static void test_rounding(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);

	(void)state;
	for (int64_t now_ms = 6000000; now_ms < 6000100; now_ms++) {
		reading = read_at(MASTER_MS, now_ms, 0, 1);
		assert_int_equal(uptime_began_ms(kept_ms, &reading), kept_ms);
	}
}

static void test_preempted(void **state)
{
	static const int64_t waits_ms[] = { 0, 5, 99, 101, 990, 1020, 60000 };
	const size_t count = sizeof(waits_ms) / sizeof(waits_ms[0]);
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			reading = read_at(MASTER_MS, 7000000, waits_ms[i],
					  waits_ms[j]);
			assert_int_equal(uptime_began_ms(kept_ms, &reading),
					 kept_ms);
		}
	}
}

/* The session was opened again, and the answer read late, or sooner than the
   first one was. */
static void test_late_answer(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);

	(void)state;
	reading = read_at(MASTER_MS + 900, 7000000, 0, 0);
	assert_int_equal(uptime_began_ms(kept_ms, &reading), kept_ms);
	reading = read_at(MASTER_MS - 900, 7000000, 0, 0);
	assert_int_equal(uptime_began_ms(kept_ms, &reading), kept_ms);
}

static void test_other_master(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);

	(void)state;
	reading = read_at(7000000, 7000100, 0, 0);
	assert_uint_in_range(uptime_began_ms(kept_ms, &reading), 7000000,
			     7000009);
	reading = read_at(MASTER_MS + 1100, 7000100, 0, 0);
	assert_uint_in_range(uptime_began_ms(kept_ms, &reading),
			     MASTER_MS + 1100, MASTER_MS + 1109);
}

/* sysUpTime continues from 0 after 2^32 hundredths: the master is the same, and
   the time of its 0 moves by so much and no more. */
static void test_wrap(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 6000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);
	int64_t wrap_ms = kept_ms + UPTIME_WRAP_MS;

	(void)state;
	for (int64_t late_ms = -20; late_ms < 20; late_ms++) {
		int64_t began_ms;

		reading = read_at(MASTER_MS, wrap_ms + late_ms, 3, 4);
		began_ms = uptime_began_ms(kept_ms, &reading);
		assert_true(began_ms == kept_ms || began_ms == wrap_ms);
		assert_int_equal(began_ms == wrap_ms, reading.uptime_cs < 1000);
		/* Also by the result, and from it, after three more. */
		reading = read_at(MASTER_MS,
				  wrap_ms + 3 * UPTIME_WRAP_MS + 70000, 0, 0);
		assert_int_equal(uptime_began_ms(began_ms, &reading),
				 wrap_ms + 3 * UPTIME_WRAP_MS);
	}
}

/* From the first hundredth on that does not fit into an int. */
static void test_unsigned(void **state)
{
	struct uptime_reading reading = { .before_ms = 5000,
					  .uptime_cs = 0x80000000,
					  .after_ms = 5001 };

	(void)state;
	assert_int_equal(uptime_began_ms(0, &reading),
			 5000 - 0x80000000LL * 10);
	reading.uptime_cs = UINT32_MAX;
	assert_int_equal(uptime_began_ms(0, &reading),
			 5000 - UINT32_MAX * 10LL);
}

static void test_backwards(void **state)
{
	struct uptime_reading reading = read_at(MASTER_MS, 60000000, 0, 0);
	int64_t kept_ms = uptime_began_ms(0, &reading);

	(void)state;
	reading = read_at(MASTER_MS + 5000, 60000010, 0, 0);
	kept_ms = uptime_began_ms(kept_ms, &reading);
	assert_uint_in_range(kept_ms, MASTER_MS + 5000, MASTER_MS + 5009);
	reading = read_at(MASTER_MS - 5000, 60000020, 0, 0);
	assert_uint_in_range(uptime_began_ms(kept_ms, &reading),
			     MASTER_MS - 5000, MASTER_MS - 4991);
}

static void test_last_zero(void **state)
{
	static const int64_t began[] = { 5000, -5000, -UPTIME_WRAP_MS + 9000,
					 -3 * UPTIME_WRAP_MS };

	(void)state;
	for (size_t i = 0; i < sizeof(began) / sizeof(began[0]); i++) {
		int64_t wrap_ms = began[i] + UPTIME_WRAP_MS;

		/* The clock may be behind the master's for a moment. */
		assert_int_equal(uptime_last_zero_ms(began[i], began[i] - 3),
				 began[i]);
		assert_int_equal(uptime_last_zero_ms(began[i], began[i]),
				 began[i]);
		assert_int_equal(uptime_last_zero_ms(began[i], wrap_ms - 1),
				 began[i]);
		assert_int_equal(uptime_last_zero_ms(began[i], wrap_ms),
				 wrap_ms);
		assert_int_equal(
		    uptime_last_zero_ms(began[i],
					wrap_ms + 2 * UPTIME_WRAP_MS + 1),
		    wrap_ms + 2 * UPTIME_WRAP_MS);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_preempted),
		cmocka_unit_test(test_late_answer),
		cmocka_unit_test(test_other_master),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_unsigned),
		cmocka_unit_test(test_backwards),
		cmocka_unit_test(test_last_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
