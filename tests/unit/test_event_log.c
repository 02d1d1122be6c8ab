/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event log: rising indexes, a limit, lookups.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "named_agent.h"
#include "state/event_log.h"

/* The event whose at_ms tells which one it is. */
static uint32_t append(struct event_log *log, int64_t at_ms)
{
	struct event event = { .type = EVENT_BOND_ADDED, .at_ms = at_ms };
	uint32_t index = 0;

	assert_int_equal(event_log_append(log, &event, 1000 + at_ms,
					  EVENT_FATE_QUEUED, &index),
			 0);
	return index;
}

/* Holds the rows `first` to `last`, where row i is event number i. */
static void assert_holds(const struct event_log *log, uint32_t first,
			 uint32_t last)
{
	assert_int_equal(event_log_last(log), last);
	assert_null(event_log_find(log, first - 1));
	assert_null(event_log_find(log, last + 1));
	assert_null(event_log_lower_bound(log, (int64_t)last + 1));
	assert_int_equal(event_log_lower_bound(log, 0)->index, first);
	for (uint32_t index = first; index <= last; index++) {
		const struct event_log_entry *entry =
		    event_log_find(log, index);

		assert_non_null(entry);
		assert_int_equal(entry->index, index);
		assert_int_equal(entry->event.at_ms, index);
		assert_int_equal(entry->wall_ms, 1000 + (int64_t)index);
		assert_ptr_equal(event_log_lower_bound(log, index), entry);
	}
}

static void empty_log_has_nothing(void **state)
{
	struct event_log *log = event_log_new(10, 1);

	(void)state;
	assert_int_equal(event_log_last(log), 0);
	assert_null(event_log_find(log, 0));
	assert_null(event_log_find(log, 1));
	assert_null(event_log_lower_bound(log, 0));
	event_log_set_fate(log, 1, EVENT_FATE_DROPPED);
	assert_int_equal(event_log_set_limit(log, 3), 0);
	event_log_free(log);
	event_log_free(NULL);
}

static void oldest_goes_first(void **state)
{
	struct event_log *log = event_log_new(100, 1);

	(void)state;
	for (uint32_t n = 1; n <= 1234; n++) {
		assert_int_equal(append(log, n), n);
		if (n == 1 || n == 16 || n == 17 || n == 100)
			assert_holds(log, 1, n);
		if (n == 101 || n == 150 || n == 1234)
			assert_holds(log, n - 99, n);
	}
	event_log_free(log);
}

static void limit_of_one_and_of_zero(void **state)
{
	(void)state;
	for (size_t limit = 0; limit <= 1; limit++) {
		struct event_log *log = event_log_new(limit, 0);

		append(log, 1);
		assert_holds(log, 1, 1);
		append(log, 2);
		assert_holds(log, 2, 2);
		event_log_free(log);
	}
}

static void goes_on_from_the_first_index(void **state)
{
	struct event_log *log = event_log_new(10, 501);

	(void)state;
	assert_int_equal(append(log, 501), 501);
	assert_int_equal(append(log, 502), 502);
	assert_holds(log, 501, 502);
	event_log_free(log);
}

static void goes_on_after_an_earlier_life(void **state)
{
	struct event_log *log = event_log_new(10, 1);

	(void)state;
	event_log_go_on(log, 500);
	assert_int_equal(event_log_last(log), 500);
	assert_null(event_log_find(log, 500));
	assert_null(event_log_lower_bound(log, 0));
	assert_int_equal(append(log, 501), 501);
	assert_int_equal(append(log, 502), 502);
	assert_holds(log, 501, 502);
	event_log_free(log);

	log = event_log_new(10, 1);
	event_log_go_on(log, UINT32_MAX);
	assert_int_equal(append(log, 1), 1);
	assert_holds(log, 1, 1);
	event_log_free(log);
}

static void another_limit_keeps_the_newest(void **state)
{
	struct event_log *log = event_log_new(8, 1);

	(void)state;
	for (uint32_t n = 1; n <= 11; n++)
		append(log, n);
	assert_int_equal(event_log_set_limit(log, 3), 0);
	assert_holds(log, 9, 11);
	append(log, 12);
	assert_holds(log, 10, 12);
	assert_int_equal(event_log_set_limit(log, 5), 0);
	assert_holds(log, 10, 12);
	for (uint32_t n = 13; n <= 20; n++)
		append(log, n);
	assert_holds(log, 16, 20);
	event_log_free(log);
}

static void fate_is_kept(void **state)
{
	struct event_log *log = event_log_new(2, 1);

	(void)state;
	for (uint32_t n = 1; n <= 3; n++)
		append(log, n);
	event_log_set_fate(log, 1, EVENT_FATE_DROPPED); /* has gone */
	event_log_set_fate(log, 2, EVENT_FATE_ACKNOWLEDGED);
	event_log_set_fate(log, 4, EVENT_FATE_DROPPED);
	assert_fate(event_log_find(log, 2)->fate, EVENT_FATE_ACKNOWLEDGED);
	assert_fate(event_log_find(log, 3)->fate, EVENT_FATE_QUEUED);
	event_log_free(log);
}

/* An index is never given twice to rows that are there together. */
static void begins_anew_after_the_last_index(void **state)
{
	struct event_log *log = event_log_new(10, UINT32_MAX - 1);

	(void)state;
	assert_int_equal(append(log, 1), UINT32_MAX - 1);
	assert_int_equal(append(log, 2), UINT32_MAX);
	assert_int_equal(event_log_find(log, UINT32_MAX)->event.at_ms, 2);
	assert_int_equal(append(log, 1), 1);
	assert_int_equal(append(log, 2), 2);
	assert_null(event_log_find(log, UINT32_MAX));
	assert_holds(log, 1, 2);
	event_log_free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_log_has_nothing),
		cmocka_unit_test(oldest_goes_first),
		cmocka_unit_test(limit_of_one_and_of_zero),
		cmocka_unit_test(goes_on_from_the_first_index),
		cmocka_unit_test(goes_on_after_an_earlier_life),
		cmocka_unit_test(another_limit_keeps_the_newest),
		cmocka_unit_test(fate_is_kept),
		cmocka_unit_test(begins_anew_after_the_last_index),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
