/* SPDX-License-Identifier: BSD-2-Clause */
/* At most one per interval and bond, and the last word is always said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "named_agent.h"
#include "range.h"
#include "state/throttle.h"

#define INTERVAL_MS 5000

static struct outbox_item item(int bond, uint32_t index)
{
	struct outbox_item item = { 0 };

	item.index = index;
	item.event.bond = bond;
	item.forms = OUTBOX_OWN | OUTBOX_IF_LINK;
	return item;
}

static enum throttle_verdict offer(struct throttle *throttle, int bond,
				   uint32_t index, int64_t now_ms,
				   uint32_t suppressed)
{
	struct outbox_item offered = item(bond, index);
	struct outbox_item got = { .index = UINT32_MAX };
	enum throttle_verdict verdict =
	    throttle_offer(throttle, &offered, now_ms, &got);

	assert_int_equal(got.index, suppressed);
	return verdict;
}

static int setup(void **state)
{
	*state = throttle_new(INTERVAL_MS);
	return *state ? 0 : -1;
}

static int teardown(void **state)
{
	throttle_free(*state);
	return 0;
}

static void first_is_sent_at_once(void **state)
{
	struct outbox_item out;

	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_int_equal(throttle_next_ms(*state), INT64_MAX);
	assert_false(throttle_due(*state, 100000, &out));
}

static void last_of_a_flap_is_sent_when_due(void **state)
{
	struct outbox_item out;

	assert_throttle(offer(*state, 7, 1, 1000, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 7, 2, 1001, 0), THROTTLE_HELD);
	assert_throttle(offer(*state, 7, 3, 1002, 2), THROTTLE_HELD);
	assert_throttle(offer(*state, 7, 4, 5999, 3), THROTTLE_HELD);
	assert_int_equal(throttle_next_ms(*state), 6000);
	assert_false(throttle_due(*state, 5999, &out));
	assert_true(throttle_due(*state, 6000, &out));
	assert_int_equal(out.index, 4);
	assert_int_equal(out.forms, OUTBOX_OWN | OUTBOX_IF_LINK);
	assert_int_equal(throttle_next_ms(*state), INT64_MAX);
	/* What was held counts as sent when it was handed out. */
	assert_throttle(offer(*state, 7, 5, 10999, 0), THROTTLE_HELD);
	assert_true(throttle_due(*state, 11000, &out));
	assert_int_equal(out.index, 5);
}

static void an_overdue_one_is_replaced_by_a_newer(void **state)
{
	struct outbox_item out;

	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 7, 2, 10, 0), THROTTLE_HELD);
	assert_throttle(offer(*state, 7, 3, 9000, 2), THROTTLE_SEND);
	assert_false(throttle_due(*state, 100000, &out));
}

static void bonds_do_not_hold_each_other_back(void **state)
{
	struct outbox_item out;

	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 8, 2, 1, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 8, 3, 2, 0), THROTTLE_HELD);
	assert_throttle(offer(*state, 7, 4, 3, 0), THROTTLE_HELD);
	assert_true(throttle_due(*state, 5000, &out));
	assert_int_equal(out.index, 4);
	assert_false(throttle_due(*state, 5000, &out));
	assert_true(throttle_due(*state, 5001, &out));
	assert_int_equal(out.index, 3);
}

static void a_removed_bond_has_its_last_word_now(void **state)
{
	struct outbox_item out;

	assert_false(throttle_forget(*state, 7, &out));
	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 7, 2, 10, 0), THROTTLE_HELD);
	assert_true(throttle_forget(*state, 7, &out));
	assert_int_equal(out.index, 2);
	/* Another bond may get the same ifindex: it starts anew. */
	assert_throttle(offer(*state, 7, 3, 20, 0), THROTTLE_SEND);
	assert_false(throttle_forget(*state, 7, &out));
}

static void what_is_not_notified_takes_back_what_is_held(void **state)
{
	struct outbox_item out;

	assert_false(throttle_withdraw(*state, 7, &out));
	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_false(throttle_withdraw(*state, 7, &out));
	assert_throttle(offer(*state, 7, 2, 10, 0), THROTTLE_HELD);
	assert_false(throttle_withdraw(*state, 8, &out));
	assert_true(throttle_withdraw(*state, 7, &out));
	assert_int_equal(out.index, 2);
	assert_int_equal(out.forms, OUTBOX_OWN | OUTBOX_IF_LINK);
	assert_false(throttle_withdraw(*state, 7, &out));
	assert_int_equal(throttle_next_ms(*state), INT64_MAX);
	/* The interval goes on. */
	assert_throttle(offer(*state, 7, 3, 20, 0), THROTTLE_HELD);
	assert_true(throttle_due(*state, 5000, &out));
	assert_int_equal(out.index, 3);
}

static void hundred_a_second_for_a_minute(void **state)
{
	struct outbox_item out, got;
	unsigned int sent = 0, suppressed = 0;
	uint32_t last = 0;

	for (int64_t now_ms = 0; now_ms < 60000; now_ms += 10) {
		struct outbox_item offered = item(7, (uint32_t)now_ms + 1);

		if (throttle_due(*state, now_ms, &out))
			sent++;
		if (throttle_offer(*state, &offered, now_ms, &got) ==
		    THROTTLE_SEND)
			sent++;
		suppressed += got.index != 0;
		last = offered.index;
	}
	assert_true(throttle_due(*state, 70000, &out));
	sent++;
	assert_int_equal(out.index, last);
	assert_uint_in_range(sent, 12, 13);
	assert_int_equal(sent + suppressed, 6000);
}

static void zero_holds_nothing(void **state)
{
	throttle_set_interval(*state, 0);
	assert_throttle(offer(*state, 7, 1, 0, 0), THROTTLE_SEND);
	assert_throttle(offer(*state, 7, 2, 0, 0), THROTTLE_SEND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(first_is_sent_at_once, setup,
						teardown),
		cmocka_unit_test_setup_teardown(last_of_a_flap_is_sent_when_due,
						setup, teardown),
		cmocka_unit_test_setup_teardown(
		    an_overdue_one_is_replaced_by_a_newer, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    bonds_do_not_hold_each_other_back, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    a_removed_bond_has_its_last_word_now, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    what_is_not_notified_takes_back_what_is_held, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(hundred_a_second_for_a_minute,
						setup, teardown),
		cmocka_unit_test_setup_teardown(zero_holds_nothing, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
