/* SPDX-License-Identifier: BSD-2-Clause */
/* Connect, register, ping, wait, give up, and log each reason once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "agentx/reconnect.h"
#include "named_agent.h"
#include "range.h"

#define PING_MS 15000
#define SEED	4711

enum { NOT_THERE = 2, REFUSED = 111 };

static struct reconnect fresh(int64_t now_ms)
{
	struct reconnect machine;

	reconnect_init(&machine, PING_MS, SEED, now_ms);
	return machine;
}

static struct reconnect up(int64_t now_ms)
{
	struct reconnect machine = fresh(now_ms);

	assert_step(reconnect_step(&machine, now_ms), RECONNECT_CONNECT);
	reconnect_opened(&machine, now_ms);
	reconnect_registered(&machine, now_ms);
	assert_state(machine.state, RECONNECT_UP);
	return machine;
}

static void delays_double_to_the_limit(void **state)
{
	struct reconnect machine = fresh(1000);
	int64_t now_ms = 1000;
	uint32_t delay_ms = RECONNECT_DELAY_MIN_MS;

	(void)state;
	for (int i = 0; i < 20; i++) {
		int64_t wait_ms;

		assert_step(reconnect_step(&machine, now_ms),
			    RECONNECT_CONNECT);
		reconnect_failed(&machine, NOT_THERE, now_ms);
		wait_ms = machine.next_ms - now_ms;
		assert_uint_in_range(wait_ms, delay_ms * 3 / 4,
				     delay_ms * 5 / 4);
		assert_step(reconnect_step(&machine, machine.next_ms - 1),
			    RECONNECT_NOTHING);
		now_ms = machine.next_ms;
		delay_ms = delay_ms * 2 > RECONNECT_DELAY_MAX_MS
			       ? RECONNECT_DELAY_MAX_MS
			       : delay_ms * 2;
	}
	assert_int_equal(delay_ms, RECONNECT_DELAY_MAX_MS);
}

static void seeds_spread_the_attempts(void **state)
{
	struct reconnect one = fresh(0), other;
	int apart = 0;

	(void)state;
	reconnect_init(&other, PING_MS, SEED + 1, 0);
	for (int i = 0; i < 10; i++) {
		reconnect_failed(&one, NOT_THERE, 0);
		reconnect_failed(&other, NOT_THERE, 0);
		apart += one.next_ms != other.next_ms;
	}
	assert_uint_in_range(apart, 5, 10);
}

static void each_reason_is_logged_once(void **state)
{
	struct reconnect machine = fresh(0);

	(void)state;
	assert_true(reconnect_failed(&machine, NOT_THERE, 0));
	for (int i = 1; i < 100; i++)
		assert_false(reconnect_failed(&machine, NOT_THERE, i));
	assert_true(reconnect_failed(&machine, REFUSED, 100));
	assert_false(reconnect_failed(&machine, NOT_THERE, 101));
	assert_false(reconnect_failed(&machine, REFUSED, 102));
	/* After a connection it is logged again. */
	reconnect_opened(&machine, 200);
	reconnect_registered(&machine, 201);
	reconnect_lost(&machine, 202);
	assert_true(reconnect_failed(&machine, NOT_THERE, 300));
}

static void more_reasons_than_fit_are_not_logged(void **state)
{
	struct reconnect machine = fresh(0);

	(void)state;
	for (int i = 0; i < RECONNECT_REASONS_MAX; i++)
		assert_true(reconnect_failed(&machine, i, 0));
	assert_false(reconnect_failed(&machine, 1000, 0));
}

static void unanswered_registration_is_given_up(void **state)
{
	struct reconnect machine = fresh(0);

	(void)state;
	reconnect_opened(&machine, 10);
	assert_step(
	    reconnect_step(&machine, 10 + RECONNECT_REGISTER_TIMEOUT_MS - 1),
	    RECONNECT_NOTHING);
	assert_step(
	    reconnect_step(&machine, 10 + RECONNECT_REGISTER_TIMEOUT_MS),
	    RECONNECT_GIVE_UP);
}

static void answered_pings_keep_it_up(void **state)
{
	struct reconnect machine = up(0);

	(void)state;
	assert_step(reconnect_step(&machine, PING_MS - 1), RECONNECT_NOTHING);
	assert_step(reconnect_step(&machine, PING_MS), RECONNECT_PING);
	assert_step(reconnect_step(&machine, PING_MS + 1), RECONNECT_NOTHING);
	assert_false(reconnect_answered(&machine, PING_MS + 5));
	assert_step(reconnect_step(&machine, 2 * PING_MS + 4),
		    RECONNECT_NOTHING);
	assert_step(reconnect_step(&machine, 2 * PING_MS + 5), RECONNECT_PING);
}

static void ping_can_be_requested(void **state)
{
	struct reconnect machine = up(0);

	(void)state;
	reconnect_ping_now(&machine, 100);
	assert_int_equal(machine.next_ms, 100);
	assert_step(reconnect_step(&machine, 100), RECONNECT_PING);
	/* A second request neither shortens nor extends the timeout. */
	reconnect_ping_now(&machine, 200);
	assert_int_equal(machine.next_ms, 100 + RECONNECT_PING_TIMEOUT_MS);
	assert_step(reconnect_step(&machine, 200), RECONNECT_NOTHING);
	assert_false(reconnect_answered(&machine, 300));
	assert_int_equal(machine.next_ms, 300 + PING_MS);

	/* Without a connection it has no effect. */
	machine = fresh(0);
	reconnect_failed(&machine, NOT_THERE, 0);
	reconnect_ping_now(&machine, 1);
	assert_step(reconnect_step(&machine, 1), RECONNECT_NOTHING);
}

static void silence_is_logged_once_and_ends(void **state)
{
	struct reconnect machine = up(0);
	const int64_t silent_ms = PING_MS + RECONNECT_PING_TIMEOUT_MS;

	(void)state;
	assert_step(reconnect_step(&machine, PING_MS), RECONNECT_PING);
	assert_step(reconnect_step(&machine, silent_ms - 1), RECONNECT_NOTHING);
	assert_step(reconnect_step(&machine, silent_ms), RECONNECT_LOG_SILENT);
	/* A minute in SIGSTOP: no pings, no messages, no new connection. */
	for (int64_t now_ms = silent_ms; now_ms < silent_ms + 60000;
	     now_ms += 100)
		assert_step(reconnect_step(&machine, now_ms),
			    RECONNECT_NOTHING);
	assert_true(reconnect_answered(&machine, silent_ms + 60000));
	assert_state(machine.state, RECONNECT_UP);
	assert_false(reconnect_answered(&machine, silent_ms + 60001));
}

static void endless_silence_is_given_up(void **state)
{
	struct reconnect machine = up(0);
	const int64_t silent_ms = PING_MS + RECONNECT_PING_TIMEOUT_MS;

	(void)state;
	assert_step(reconnect_step(&machine, PING_MS), RECONNECT_PING);
	assert_step(reconnect_step(&machine, silent_ms), RECONNECT_LOG_SILENT);
	assert_step(
	    reconnect_step(&machine, silent_ms + RECONNECT_SILENCE_MAX_MS),
	    RECONNECT_GIVE_UP);
}

static void lasting_connection_resets_the_delay(void **state)
{
	struct reconnect machine = fresh(0);

	(void)state;
	for (int i = 0; i < 20; i++)
		reconnect_failed(&machine, NOT_THERE, 0);
	reconnect_opened(&machine, 1000);
	reconnect_registered(&machine, 1000);
	reconnect_lost(&machine, 1000 + RECONNECT_DELAY_MAX_MS);
	assert_uint_in_range(machine.next_ms - 1000 - RECONNECT_DELAY_MAX_MS, 1,
			     RECONNECT_DELAY_MIN_MS * 5 / 4);
}

static void often_restarted_peer_is_found_soon(void **state)
{
	struct reconnect machine = fresh(0);
	int64_t now_ms = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		/* Absent for two attempts, then present for two seconds. */
		reconnect_failed(&machine, NOT_THERE, now_ms);
		now_ms = machine.next_ms;
		reconnect_failed(&machine, NOT_THERE, now_ms);
		now_ms = machine.next_ms;
		reconnect_opened(&machine, now_ms);
		reconnect_registered(&machine, now_ms);
		now_ms += 2000;
		reconnect_lost(&machine, now_ms);
		assert_uint_in_range(machine.next_ms - now_ms, 1,
				     RECONNECT_DELAY_MIN_MS * 5 / 4);
	}
}

static void peer_that_closes_at_once_is_backed_off(void **state)
{
	struct reconnect machine = fresh(0);
	int64_t now_ms = 0;
	int connections = 0;

	(void)state;
	while (now_ms < 600000) {
		now_ms = machine.next_ms;
		assert_step(reconnect_step(&machine, now_ms),
			    RECONNECT_CONNECT);
		connections++;
		reconnect_opened(&machine, now_ms);
		reconnect_registered(&machine, now_ms);
		reconnect_lost(&machine, now_ms + 1);
	}
	assert_uint_in_range(connections, 20, 80);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(delays_double_to_the_limit),
		cmocka_unit_test(seeds_spread_the_attempts),
		cmocka_unit_test(each_reason_is_logged_once),
		cmocka_unit_test(more_reasons_than_fit_are_not_logged),
		cmocka_unit_test(unanswered_registration_is_given_up),
		cmocka_unit_test(answered_pings_keep_it_up),
		cmocka_unit_test(ping_can_be_requested),
		cmocka_unit_test(silence_is_logged_once_and_ends),
		cmocka_unit_test(endless_silence_is_given_up),
		cmocka_unit_test(lasting_connection_resets_the_delay),
		cmocka_unit_test(often_restarted_peer_is_found_soon),
		cmocka_unit_test(peer_that_closes_at_once_is_backed_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
