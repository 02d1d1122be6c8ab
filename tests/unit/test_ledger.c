/* SPDX-License-Identifier: BSD-2-Clause */
/* The ledger: a clear is owed for a raise that was notified, and only then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named_agent.h"
#include "state/ledger.h"

static struct event event_of(int bond, int slave, enum discrepancy_kind kind)
{
	struct event event = { .bond = bond, .slave = slave, .kind = kind };

	memcpy(event.bond_name, "bond0", sizeof("bond0"));
	return event;
}

static void raise_it(struct ledger *ledger, const struct event *event,
		     uint32_t index, bool notify)
{
	assert_int_equal(ledger_raised(ledger, event, 77, index, notify), 0);
}

static void a_clear_is_owed_until_it_is_acknowledged(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };

	(void)state;
	raise_it(&ledger, &event, 10, true);
	assert_raise(ledger.entries[0].raise, LEDGER_OWED);
	assert_true(ledger_owes_clear(&ledger, &event));
	ledger_acknowledged(&ledger, 10);
	assert_raise(ledger.entries[0].raise, LEDGER_ACKNOWLEDGED);
	ledger_cleared(&ledger, &event, 11, false);
	assert_int_equal(ledger.count, 1);
	assert_true(ledger.entries[0].over);
	assert_false(ledger_owes_clear(&ledger, &event));
	ledger_acknowledged(&ledger, 12);
	assert_int_equal(ledger.count, 1);
	ledger_acknowledged(&ledger, 11);
	assert_int_equal(ledger.count, 0);
	ledger_fini(&ledger);
}

static void a_silent_raise_is_owed_no_clear(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };

	(void)state;
	raise_it(&ledger, &event, 10, false);
	assert_false(ledger_owes_clear(&ledger, &event));
	ledger_cleared(&ledger, &event, 11, false);
	assert_int_equal(ledger.count, 0);
	ledger_fini(&ledger);
}

static void a_dropped_raise_is_owed_no_clear(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };

	(void)state;
	raise_it(&ledger, &event, 10, true);
	ledger_dropped(&ledger, 10);
	assert_false(ledger_owes_clear(&ledger, &event));
	ledger_cleared(&ledger, &event, 11, false);
	/* ... unless that is in the queue already. */
	raise_it(&ledger, &event, 12, true);
	ledger_cleared(&ledger, &event, 13, false);
	ledger_dropped(&ledger, 12);
	assert_int_equal(ledger.count, 1);
	assert_raise(ledger.entries[0].raise, LEDGER_ACKNOWLEDGED);
	ledger_dropped(&ledger, 13);
	assert_int_equal(ledger.count, 0);
	ledger_fini(&ledger);
}

static void each_is_found_by_bond_slave_and_kind(void **state)
{
	struct event told = event_of(3, 4, DISCREPANCY_SLAVE_FALSE_UP);
	struct event others[] = {
		event_of(3, 4, DISCREPANCY_SLAVE_FALSE_DOWN),
		event_of(3, 5, DISCREPANCY_SLAVE_FALSE_UP),
		event_of(2, 4, DISCREPANCY_SLAVE_FALSE_UP),
	};
	struct ledger ledger = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 3; i++)
		raise_it(&ledger, &others[i], 20 + i, false);
	raise_it(&ledger, &told, 10, true);
	assert_true(ledger_owes_clear(&ledger, &told));
	for (size_t i = 0; i < 3; i++)
		assert_false(ledger_owes_clear(&ledger, &others[i]));
	ledger_cleared(&ledger, &others[1], 30, false);
	assert_int_equal(ledger.count, 3);
	assert_true(ledger_owes_clear(&ledger, &told));
	ledger_fini(&ledger);
}

static void raised_again_is_another_entry(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };

	(void)state;
	raise_it(&ledger, &event, 10, true);
	ledger_cleared(&ledger, &event, 11, false);
	raise_it(&ledger, &event, 12, true);
	assert_int_equal(ledger.count, 2);
	assert_true(ledger_owes_clear(&ledger, &event));
	ledger_acknowledged(&ledger, 11);
	assert_int_equal(ledger.count, 1);
	assert_int_equal(ledger.entries[0].raise_index, 12);
	ledger_fini(&ledger);
}

static void a_held_clear_is_found(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };

	(void)state;
	raise_it(&ledger, &event, 10, true);
	assert_null(ledger_held(&ledger));
	ledger_cleared(&ledger, &event, 11, true);
	assert_ptr_equal(ledger_held(&ledger), &ledger.entries[0]);
	ledger_fini(&ledger);
}

static void every_change_is_seen(void **state)
{
	struct event event = event_of(3, 0, DISCREPANCY_FALSE_UP);
	struct ledger ledger = { 0 };
	uint64_t revision = ledger.revision;

	(void)state;
	raise_it(&ledger, &event, 10, true);
	assert_true(ledger.revision > revision);
	revision = ledger.revision;
	ledger_acknowledged(&ledger, 10);
	assert_true(ledger.revision > revision);
	revision = ledger.revision;
	ledger_cleared(&ledger, &event, 11, false);
	assert_true(ledger.revision > revision);
	revision = ledger.revision;
	ledger_acknowledged(&ledger, 99);
	assert_true(ledger.revision == revision);
	ledger_acknowledged(&ledger, 11);
	assert_true(ledger.revision > revision);
	ledger_fini(&ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clear_is_owed_until_it_is_acknowledged),
		cmocka_unit_test(a_silent_raise_is_owed_no_clear),
		cmocka_unit_test(a_dropped_raise_is_owed_no_clear),
		cmocka_unit_test(each_is_found_by_bond_slave_and_kind),
		cmocka_unit_test(raised_again_is_another_entry),
		cmocka_unit_test(a_held_clear_is_found),
		cmocka_unit_test(every_change_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
