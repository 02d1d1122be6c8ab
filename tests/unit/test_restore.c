/* SPDX-License-Identifier: BSD-2-Clause */
/* What an earlier life left: found again, or over; told what was owed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>

#include "base/clock.h"
#include "named_agent.h"
#include "sample.h"
#include "state/restore.h"

#define NOW_MS 10000000

static struct shared shared;
static struct bond_set set;
static struct event_router router;

static int setup(void **state)
{
	(void)state;
	memset(&router, 0, sizeof(router));
	router.shared = &shared;
	bond_set_init(&set);
	if (shared_init(&shared, 100, 100))
		return -1;
	shared.bonds = &set;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bond_set_fini(&set);
	shared_fini(&shared);
	return 0;
}

static void name_it(struct link_state *link, const char *name)
{
	snprintf(link->name, sizeof(link->name), "%s", name);
}

/* A bond of that name, with one slave, `v0`. */
static struct bond *make(int ifindex, const char *name)
{
	struct bond *bond = sample_bond(&set, ifindex, BOND_MODE_ACTIVEBACKUP,
					CARRIER_MONITOR_NONE);

	sample_slaves(bond, "0U*", NOW_MS);
	name_it(&bond->link, name);
	name_it(&bond->slaves[0].link, "v0");
	return bond;
}

static struct ledger_entry *leave(enum ledger_raise raise, int bond, int slave)
{
	struct ledger_entry entry = { .kind = slave ? DISCREPANCY_SLAVE_FALSE_UP
						    : DISCREPANCY_FALSE_UP,
				      .raise = raise,
				      .bond = bond,
				      .bond_name = "bond0",
				      .slave = slave,
				      .since_wall_ms = clock_wall_ms() };

	if (slave)
		memcpy(entry.slave_name, "v0", 3);
	assert_int_equal(ledger_add(&shared.ledger, &entry), 0);
	return &shared.ledger.entries[shared.ledger.count - 1];
}

static void restore(void)
{
	restore_apply(&shared, &set, NOW_MS);
	restore_send(&router);
}

/* The events, in order: R for a raise, C for a clear, c for one that is not
   notified. */
static void assert_events(const char *expected)
{
	size_t count = strlen(expected);

	assert_int_equal(event_log_last(shared.events), count);
	for (uint32_t i = 1; i <= count; i++) {
		const struct event_log_entry *row =
		    event_log_find(shared.events, i);

		assert_event_type(row->event.type,
				  expected[i - 1] == 'R'
				      ? EVENT_DISCREPANCY_RAISED
				      : EVENT_DISCREPANCY_CLEARED);
		assert_fate(row->fate, expected[i - 1] == 'c'
					   ? EVENT_FATE_NOT_APPLICABLE
					   : EVENT_FATE_QUEUED);
	}
	assert_int_equal(outbox_count(shared.outbox), strcspn(expected, "c"));
}

static void assert_raised(int bond, unsigned int kinds)
{
	assert_kinds(
	    discrepancy_raised(&bond_set_find(&set, bond)->discrepancies),
	    kinds);
}

static void what_was_told_stands_in_silence(void **state)
{
	int slave = sample_slave_ifindex(make(5, "bond0"), 0);

	(void)state;
	leave(LEDGER_ACKNOWLEDGED, 5, 0);
	leave(LEDGER_ACKNOWLEDGED, 5, slave);
	leave(LEDGER_SILENT, 6, 0);
	shared.ledger.entries[2].kind = DISCREPANCY_FALSE_DOWN;
	restore();
	assert_events("");
	assert_raised(5, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP) |
			     DISCREPANCY_BIT(DISCREPANCY_FALSE_DOWN) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_int_equal(shared.ledger.count, 3);
}

static void names_count(void **state)
{
	int slave = sample_slave_ifindex(make(7, "bond0"), 0);

	(void)state;
	make(5, "other");
	leave(LEDGER_ACKNOWLEDGED, 5, 0);
	leave(LEDGER_ACKNOWLEDGED, 5, slave + 1);
	restore();
	assert_events("");
	assert_raised(5, 0);
	assert_raised(7, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_int_equal(shared.ledger.entries[0].bond, 7);
	assert_int_equal(shared.ledger.entries[1].slave, slave);
}

static void a_number_alone_does_not_count(void **state)
{
	(void)state;
	make(5, "another");
	leave(LEDGER_ACKNOWLEDGED, 5, 0);
	restore();
	assert_events("C");
	assert_raised(5, 0);
	assert_string_equal(event_log_find(shared.events, 1)->event.bond_name,
			    "bond0");
}

/* Bond 5 was bond0 when it was raised, and has another name; bond 7 is bond0
   now, and was raised too. */
static void another_bonds_raise_takes_no_place(void **state)
{
	(void)state;
	make(5, "other");
	make(7, "bond0");
	leave(LEDGER_ACKNOWLEDGED, 5, 0);
	leave(LEDGER_ACKNOWLEDGED, 7, 0);
	restore();
	assert_events("C");
	assert_raised(7, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
	assert_int_equal(event_log_find(shared.events, 1)->event.bond, 5);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(shared.ledger.entries[i].bond,
				 shared.ledger.entries[i].over ? 5 : 7);
}

/* A clear that is owed keeps the number of its raise. */
static void what_is_over_keeps_its_number(void **state)
{
	(void)state;
	make(7, "bond0");
	leave(LEDGER_ACKNOWLEDGED, 5, 0)->over = true;
	restore();
	assert_events("C");
	assert_int_equal(event_log_find(shared.events, 1)->event.bond, 5);
}

static void what_is_gone_is_over_at_once(void **state)
{
	(void)state;
	make(5, "bond0");
	leave(LEDGER_ACKNOWLEDGED, 5, 4711)->slave_name[0] = 'x';
	leave(LEDGER_ACKNOWLEDGED, 6, 0)->bond_name[0] = 'x';
	restore();
	assert_events("CC");
	assert_int_equal(shared.ledger.count, 2);
	ledger_acknowledged(&shared.ledger, 1);
	ledger_acknowledged(&shared.ledger, 2);
	assert_int_equal(shared.ledger.count, 0);
}

static void silence_is_kept_to_the_end(void **state)
{
	(void)state;
	leave(LEDGER_SILENT, 5, 0);
	restore();
	assert_events("c");
	assert_int_equal(shared.ledger.count, 0);
}

static void what_is_owed_is_told(void **state)
{
	(void)state;
	make(5, "bond0");
	leave(LEDGER_OWED, 5, 0);
	restore();
	assert_events("R");
	ledger_acknowledged(&shared.ledger, 1);
	assert_raise(shared.ledger.entries[0].raise, LEDGER_ACKNOWLEDGED);
}

static void an_owed_pair_is_told_in_order(void **state)
{
	(void)state;
	make(5, "bond0");
	leave(LEDGER_OWED, 5, 0)->over = true;
	restore();
	assert_events("RC");
	assert_raised(5, 0);
	assert_true(shared.ledger.entries[0].over);
}

/* That happens before what is owed was told. */
static void hear_first(enum event_type type, enum discrepancy_kind kind,
		       const struct bond *bond)
{
	struct event event = { .type = type,
			       .kind = kind,
			       .bond = bond->link.ifindex };
	struct settings settings;

	settings_init(&settings);
	router.throttle = throttle_new(0);
	strcpy(event.bond_name, bond->link.name);
	event_router_event(&router, &settings, &event, bond);
	restore_send(&router);
	settings_fini(&settings);
	throttle_free(router.throttle);
}

/* Over before its raise was told: the raise goes first all the same. */
static void an_owed_raise_goes_before_its_clear(void **state)
{
	struct ledger_entry *left = leave(LEDGER_OWED, 5, 0);

	(void)state;
	hear_first(EVENT_DISCREPANCY_CLEARED, left->kind, make(5, "bond0"));
	assert_events("RC");
}

/* ... and a pair of before goes before a raise of now. */
static void an_owed_pair_goes_before_a_new_raise(void **state)
{
	struct ledger_entry *left = leave(LEDGER_OWED, 5, 0);

	(void)state;
	left->over = true;
	hear_first(EVENT_DISCREPANCY_RAISED, left->kind, make(5, "bond0"));
	assert_events("RCR");
}

/* ... also where another bond has its name now, and is raised without a grace:
   a manager would take the clear for that one's. */
static void an_owed_clear_goes_before_a_raise_under_its_names(void **state)
{
	struct ledger_entry *left = leave(LEDGER_ACKNOWLEDGED, 5, 0);

	(void)state;
	left->over = true;
	hear_first(EVENT_DISCREPANCY_RAISED, left->kind, make(7, "bond0"));
	assert_events("CR");
}

/* Two slaves, or two bonds, swapped names meanwhile: each alarm stands with who
   has the name now. */
static void names_that_were_swapped(void **state)
{
	struct bond *bond = make(5, "bond1");
	int first, second;

	(void)state;
	sample_slaves(bond, "0U 0U", NOW_MS);
	first = sample_slave_ifindex(bond, 0);
	second = sample_slave_ifindex(bond, 1);
	name_it(&bond->link, "bond1");
	name_it(&bond->slaves[0].link, "v1");
	name_it(&bond->slaves[1].link, "v0");
	make(7, "bond0");
	/* bond0 was 5, bond1 was 7; v0 was the first, v1 the second. */
	leave(LEDGER_ACKNOWLEDGED, 5, 0);
	strcpy(leave(LEDGER_ACKNOWLEDGED, 7, 0)->bond_name, "bond1");
	strcpy(leave(LEDGER_ACKNOWLEDGED, 5, first)->bond_name, "bond1");
	strcpy(leave(LEDGER_ACKNOWLEDGED, 5, second)->bond_name, "bond1");
	strcpy(shared.ledger.entries[3].slave_name, "v1");
	restore();
	assert_events("");
	assert_int_equal(shared.ledger.entries[0].bond, 7);
	assert_int_equal(shared.ledger.entries[1].bond, 5);
	assert_int_equal(shared.ledger.entries[2].slave, second);
	assert_int_equal(shared.ledger.entries[3].slave, first);
	assert_raised(5, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_raised(7, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
}

static void a_clock_set_back_makes_no_future(void **state)
{
	(void)state;
	make(5, "bond0");
	leave(LEDGER_ACKNOWLEDGED, 5, 0)->since_wall_ms += 3600000;
	restore();
	assert_true(bond_set_find(&set, 5)->discrepancies.items[0].since_ms <=
		    NOW_MS);
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(what_was_told_stands_in_silence),
		test(names_count),
		test(a_number_alone_does_not_count),
		test(another_bonds_raise_takes_no_place),
		test(what_is_over_keeps_its_number),
		test(what_is_gone_is_over_at_once),
		test(silence_is_kept_to_the_end),
		test(what_is_owed_is_told),
		test(an_owed_pair_is_told_in_order),
		test(an_owed_raise_goes_before_its_clear),
		test(an_owed_pair_goes_before_a_new_raise),
		test(an_owed_clear_goes_before_a_raise_under_its_names),
		test(names_that_were_swapped),
		test(a_clock_set_back_makes_no_future),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
