/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of an event's notification stands in its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named_agent.h"
#include "state/delivery.h"
#include "state/event_router.h"

#define QUEUE	    5
#define EVENTS	    100
#define THROTTLE_MS 5000

static struct shared shared;
static struct event_router router;
static struct settings settings;
static int64_t now_ms;

static int setup(void **state)
{
	(void)state;
	now_ms = 10000000;
	settings_init(&settings);
	memset(&router, 0, sizeof(router));
	router.shared = &shared;
	router.throttle = throttle_new(THROTTLE_MS);
	return router.throttle ? shared_init(&shared, EVENTS, QUEUE) : -1;
}

static int teardown(void **state)
{
	(void)state;
	throttle_free(router.throttle);
	shared_fini(&shared);
	settings_fini(&settings);
	return 0;
}

static void tell(enum event_type type, int ifindex)
{
	struct bond bond = { .link.ifindex = ifindex };
	struct event event = { .type = type, .bond = ifindex, .at_ms = now_ms };

	event_router_event(&router, &settings, &event, &bond);
}

/* N not applicable, Q queued, A acknowledged, D dropped, S suppressed. */
static void assert_fates(const char *expected)
{
	static const char letters[] = {
		[EVENT_FATE_NOT_APPLICABLE] = 'N', [EVENT_FATE_QUEUED] = 'Q',
		[EVENT_FATE_ACKNOWLEDGED] = 'A',   [EVENT_FATE_DROPPED] = 'D',
		[EVENT_FATE_SUPPRESSED] = 'S',
	};

	assert_int_equal(event_log_last(shared.events), strlen(expected));
	for (uint32_t i = 1; expected[i - 1]; i++) {
		int fate = event_log_find(shared.events, i)->fate;
		const char *wanted =
		    memchr(letters, expected[i - 1], sizeof(letters));

		assert_non_null(wanted);
		if (fate != wanted - letters)
			fail_msg("event %u of %s is %s, not %s", i, expected,
				 named_fate(fate),
				 named_fate((int)(wanted - letters)));
	}
}

static void what_is_not_wanted_is_not_applicable(void **state)
{
	(void)state;
	settings.notify.effective = false;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_SLAVE_ADDED, 7);
	settings.notify.effective = true;
	tell(EVENT_EFFECTIVE_UP, 7);
	assert_fates("NNQ");
	assert_int_equal(outbox_count(shared.outbox), 1);
}

static void flapping_is_suppressed_but_for_the_last(void **state)
{
	struct outbox_item item;

	(void)state;
	for (int i = 0; i < 10; i++) {
		tell(i % 2 ? EVENT_EFFECTIVE_UP : EVENT_EFFECTIVE_DOWN, 7);
		now_ms += 10;
	}
	/* The first has gone, the last is held: it will go, too. */
	assert_fates("QSSSSSSSSQ");
	assert_int_equal(outbox_count(shared.outbox), 1);
	assert_int_equal(shared.counters.suppressed, 8);

	assert_true(throttle_due(router.throttle, now_ms + THROTTLE_MS, &item));
	event_router_push(&router, &item);
	assert_int_equal(item.index, 10);
	assert_event_type(item.event.type, EVENT_EFFECTIVE_UP);
	assert_fates("QSSSSSSSSQ");
	assert_int_equal(outbox_count(shared.outbox), 2);
}

/* Else it would go out when due, and be the last and wrong word. */
static void what_is_held_goes_when_the_truth_is_not_notified(void **state)
{
	struct outbox_item item;

	(void)state;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_EFFECTIVE_UP, 7); /* held */
	tell(EVENT_EFFECTIVE_DOWN, 8);
	tell(EVENT_EFFECTIVE_UP, 8); /* held */
	settings.notify.effective = false;
	tell(EVENT_SLAVE_LOWER_DOWN, 7);
	assert_fates("QQQQN");
	tell(EVENT_EFFECTIVE_DOWN, 7);
	assert_fates("QSQQNN");
	assert_int_equal(shared.counters.suppressed, 1);

	settings.notify.effective = true;
	shared.control.notifications_enabled = false;
	tell(EVENT_EFFECTIVE_DOWN, 8);
	assert_fates("QSQSNNN");
	assert_int_equal(shared.counters.suppressed, 2);
	assert_false(
	    throttle_due(router.throttle, now_ms + THROTTLE_MS, &item));
}

static void bonds_do_not_throttle_each_other(void **state)
{
	(void)state;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_EFFECTIVE_DOWN, 8);
	tell(EVENT_EFFECTIVE_UP, 7);
	tell(EVENT_EFFECTIVE_DOWN, 7);
	assert_fates("QQSQ");
	assert_int_equal(outbox_count(shared.outbox), 2);
}

static void overflow_drops_the_oldest(void **state)
{
	(void)state;
	for (int bond = 1; bond <= QUEUE + 3; bond++)
		tell(EVENT_EFFECTIVE_DOWN, bond);
	assert_fates("DDDQQQQQ");
	assert_int_equal(shared.counters.dropped, 3);
	assert_int_equal(outbox_waiting(shared.outbox)->index, 4);
}

static void what_is_in_flight_is_not_dropped(void **state)
{
	(void)state;
	for (int bond = 1; bond <= QUEUE; bond++)
		tell(EVENT_EFFECTIVE_DOWN, bond);
	assert_int_equal(outbox_next(shared.outbox, 16)->index, 1);
	tell(EVENT_EFFECTIVE_DOWN, QUEUE + 1);
	assert_fates("QDQQQQ");
}

static void only_a_raise_that_is_notified_awaits_its_file(void **state)
{
	(void)state;
	tell(EVENT_SLAVE_ADDED, 7);
	assert_false(shared.work);
	assert_true(shared.unsaved);
	tell(EVENT_EFFECTIVE_DOWN, 7);
	assert_true(shared.work);
	settings.notify.discrepancy = false;
	tell(EVENT_DISCREPANCY_RAISED, 7);
	assert_false(shared.awaited);
	settings.notify.discrepancy = true;
	tell(EVENT_DISCREPANCY_RAISED, 8);
	assert_true(shared.awaited);
}

/* Takes the next for sending, which has to be that one; its id. */
static uint32_t take(uint32_t index, unsigned int form)
{
	struct outbox_item item;
	int64_t next_ms;

	assert_true(delivery_take(&shared, 16, 0, &item, now_ms, &next_ms));
	assert_int_equal(item.index, index);
	assert_int_equal(item.forms, form);
	return item.id;
}

static void an_event_in_two_forms_is_two_notifications(void **state)
{
	uint32_t own, link;

	(void)state;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_DISCREPANCY_RAISED, 7);
	tell(EVENT_ACTIVE_SLAVE_CHANGED, 7);
	assert_fates("QQN");
	assert_int_equal(outbox_count(shared.outbox), 3);
	own = take(1, OUTBOX_OWN);
	link = take(1, OUTBOX_IF_LINK);
	(void)take(2, OUTBOX_OWN);
	delivery_settle(&shared, link, DELIVERY_DONE);
	assert_fates("QQN");
	assert_int_equal(shared.counters.sent, 1);
	delivery_settle(&shared, own, DELIVERY_DONE);
	assert_fates("AQN");
	assert_int_equal(shared.counters.sent, 2);
	delivery_settle(&shared, own, DELIVERY_DONE); /* once more: nothing */
	assert_int_equal(shared.counters.sent, 2);
}

static void if_link_is_sent_alone_where_it_is_wanted_alone(void **state)
{
	(void)state;
	settings.notify.if_link = true;
	settings.notify.effective = false;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	assert_int_equal(outbox_count(shared.outbox), 1);
	delivery_settle(&shared, take(1, OUTBOX_IF_LINK), DELIVERY_DONE);
	assert_fates("A");
}

static void a_row_is_dropped_when_one_of_its_forms_is(void **state)
{
	uint32_t own, link;

	(void)state;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_EFFECTIVE_DOWN, 8);
	own = take(1, OUTBOX_OWN);
	link = take(1, OUTBOX_IF_LINK);
	delivery_settle(&shared, own, DELIVERY_REFUSED);
	assert_fates("DQ");
	delivery_settle(&shared, link, DELIVERY_DONE);
	assert_fates("DQ");
	assert_int_equal(shared.counters.dropped, 1);
	assert_int_equal(shared.counters.sent, 1);

	/* Of the oldest there is room for one form only. */
	outbox_set_limit(shared.outbox, 1, shared_dropped, &shared);
	assert_fates("DD");
	assert_int_equal(shared.counters.dropped, 2);
	delivery_settle(&shared, take(2, OUTBOX_IF_LINK), DELIVERY_DONE);
	assert_fates("DD");
}

static void without_a_sink_both_forms_are_for_nobody(void **state)
{
	uint32_t own, link;

	(void)state;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	own = take(1, OUTBOX_OWN);
	link = take(1, OUTBOX_IF_LINK);
	delivery_settle(&shared, own, DELIVERY_NOBODY);
	assert_fates("Q");
	delivery_settle(&shared, link, DELIVERY_NOBODY);
	assert_fates("N");
	assert_int_equal(shared.counters.sent, 0);
}

static void both_forms_are_held_and_suppressed_together(void **state)
{
	struct outbox_item item;

	(void)state;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_EFFECTIVE_UP, 7);   /* held */
	tell(EVENT_EFFECTIVE_DOWN, 7); /* takes its place */
	assert_fates("QSQ");
	assert_int_equal(shared.counters.suppressed, 2);
	assert_int_equal(outbox_count(shared.outbox), 2);
	assert_true(throttle_due(router.throttle, now_ms + THROTTLE_MS, &item));
	event_router_push(&router, &item);
	assert_int_equal(outbox_count(shared.outbox), 4);
	(void)take(1, OUTBOX_OWN);
	(void)take(1, OUTBOX_IF_LINK);
	(void)take(3, OUTBOX_OWN);
	(void)take(3, OUTBOX_IF_LINK);
}

static void if_link_turned_off_takes_back_what_is_held(void **state)
{
	struct outbox_item item;

	(void)state;
	settings.notify.effective = false;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_EFFECTIVE_UP, 7); /* held */
	settings.notify.if_link = false;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	assert_fates("QSN");
	assert_int_equal(shared.counters.suppressed, 1);
	assert_false(
	    throttle_due(router.throttle, now_ms + THROTTLE_MS, &item));
}

/* Until the master agent has the ifOperStatus that they tell of. */
static void if_link_may_have_to_wait(void **state)
{
	int64_t until_ms = now_ms + 100, next_ms = INT64_MAX;
	struct outbox_item item;

	(void)state;
	settings.notify.if_link = true;
	tell(EVENT_EFFECTIVE_DOWN, 7);
	tell(EVENT_DISCREPANCY_RAISED, 7);
	assert_true(
	    delivery_take(&shared, 16, until_ms, &item, now_ms, &next_ms));
	assert_int_equal(item.forms, OUTBOX_OWN);
	assert_false(
	    delivery_take(&shared, 16, until_ms, &item, now_ms, &next_ms));
	assert_int_equal(next_ms, until_ms);
	assert_int_equal(outbox_in_flight(shared.outbox), 1);
	assert_true(
	    delivery_take(&shared, 16, until_ms, &item, until_ms, &next_ms));
	assert_int_equal(item.forms, OUTBOX_IF_LINK);
	assert_int_equal(item.index, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    what_is_not_wanted_is_not_applicable, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    flapping_is_suppressed_but_for_the_last, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_is_held_goes_when_the_truth_is_not_notified, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    bonds_do_not_throttle_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(overflow_drops_the_oldest,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_is_in_flight_is_not_dropped, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    only_a_raise_that_is_notified_awaits_its_file, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    an_event_in_two_forms_is_two_notifications, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    if_link_is_sent_alone_where_it_is_wanted_alone, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    a_row_is_dropped_when_one_of_its_forms_is, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    without_a_sink_both_forms_are_for_nobody, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    both_forms_are_held_and_suppressed_together, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    if_link_turned_off_takes_back_what_is_held, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(if_link_may_have_to_wait, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
