/* SPDX-License-Identifier: BSD-2-Clause */
/* The judge over a set: history, events, and when to come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "judge_fixture.h"

static void test_history_of_effective(void **state)
{
	struct bond *bond;
	uint64_t changes;

	(void)state;
	make(1, NONE, "0D", false);
	changes = set.carrier_changes;
	bond = get(1);
	judge(0);
	assert_int_equal(bond->effective_changed_ms, START_MS);
	assert_int_equal(bond->effective_transitions, 0);
	assert_int_equal(emitted.count, 0);
	judge(5);
	assert_int_equal(bond->effective_changed_ms, START_MS);
	assert_int_equal(set.carrier_changes, changes + 1);

	sample_slaves(bond, "1U*", START_MS);
	sample_report(bond, true, true);
	judge(10);
	assert_int_equal(set.carrier_changes, changes + 2);
	assert_int_equal(bond->effective_changed_ms, START_MS + 10);
	assert_int_equal(set.state_changed_ms, START_MS + 10);
	assert_int_equal(bond->effective_transitions, 1);
	assert_int_equal(emitted.count, 1);
	assert_event_type(emitted.events[0].type, EVENT_EFFECTIVE_UP);
	assert_kind(emitted.events[0].kind, DISCREPANCY_NONE);
	assert_int_equal(emitted.events[0].bond, 1);
	assert_int_equal(emitted.events[0].slave, 0);
	assert_string_equal(emitted.events[0].bond_name, "bond1");
	assert_string_equal(emitted.events[0].slave_name, "");
	assert_int_equal(emitted.events[0].at_ms, START_MS + 10);
	assert_carrier(emitted.events[0].effective, UP);
	assert_reason(emitted.events[0].reason, CARRIER_REASON_LINK_UP);
}

static void test_unknown_is_no_transition(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "1U*", true);
	bond = get(1);
	judge(0);
	sample_slaves(bond, "?U*", START_MS);
	judge(10);
	assert_carrier(effective(1), UNKNOWN);
	assert_int_equal(bond->effective_changed_ms, START_MS + 10);
	sample_slaves(bond, "1U*", START_MS);
	judge(20);
	assert_carrier(effective(1), UP);
	assert_int_equal(emitted.count, 0);
	assert_int_equal(bond->effective_transitions, 0);

	sample_slaves(bond, "?U*", START_MS);
	judge(30);
	sample_slaves(bond, "0U*", START_MS);
	judge(40);
	assert_int_equal(emitted.count, 1);
	assert_event_type(emitted.events[0].type, EVENT_EFFECTIVE_DOWN);
	assert_int_equal(bond->effective_transitions, 1);
}

static void test_unknown_first(void **state)
{
	(void)state;
	make(1, NONE, "?U*", true);
	judge(0);
	assert_carrier(effective(1), UNKNOWN);
	sample_slaves(get(1), "0U*", START_MS);
	judge(10);
	assert_carrier(effective(1), DOWN);
	assert_int_equal(emitted.count, 0);
	assert_int_equal(get(1)->effective_transitions, 0);
}

static void test_nobody_listens(void **state)
{
	(void)state;
	sink.emit = NULL;
	make(1, NONE, "0U*", true);
	judge(0);
	judge(BASE_MS);
	assert_int_equal(get(1)->discrepancy_raises, 2);
	judge_retire(&set, get(1), 0, NULL, START_MS + BASE_MS);
	assert_kinds(raised(1), 0);
}

static void test_only_what_changed(void **state)
{
	(void)state;
	make(1, NONE, "0D", false);
	judge(0);
	sample_slaves(get(1), "1U*", START_MS);
	get(1)->changed = false;
	judge(10);
	assert_carrier(effective(1), DOWN);
	get(1)->changed = true;
	judge(20);
	assert_carrier(effective(1), UP);
	assert_false(get(1)->changed);
}

/* Whichever bond it is. */
static void test_next_is_the_soonest(void **state)
{
	(void)state;
	make(1, NONE, "0U*", true);
	make(2, NONE, "1U*", true);
	make(3, NONE, "1U*", true);
	judge(0);
	sample_slaves(get(2), "0U*", START_MS);
	judge(500);
	assert_int_equal(judge_next_ms(&set), START_MS + BASE_MS);
	judge(BASE_MS);
	assert_int_equal(judge_next_ms(&set), START_MS + 500 + BASE_MS);
}

static void test_retire(void **state)
{
	(void)state;
	make(1, MII, "1U*", true);
	make(101, NONE, "0U*", true);
	judge(0);
	judge(10000);
	assert_int_equal(events(101, EVENT_DISCREPANCY_RAISED), 2);
	/* One of the two is clearing by now. */
	sample_report(get(101), false, true);
	judge(10001);

	assert_false(get(1)->changed);
	judge_retire(&set, get(101), 0, &sink, START_MS + 10002);
	assert_int_equal(events(101, EVENT_DISCREPANCY_CLEARED), 2);
	assert_int_equal(get(101)->discrepancies.count, 0);
	assert_kinds(get(101)->slaves[0].discrepancies, 0);
	assert_int_equal(set.state_changed_ms, START_MS + 10002);
	assert_true(get(1)->changed);
	assert_int_equal(get(1)->reread_at_ms, 0);

	/* The link that was a bond is none any more. */
	sample_remove(&set, 101);
	judge(10003);
	assert_carrier(effective(1), UP);
}

/* Before a carrier changes by an event alone: may what the kernel changed
   without one make a difference? */
static void test_reading_matters(void **state)
{
	static const struct {
		enum carrier_monitor monitor;
		const char *before, *after;
		bool up, expected;
	} cases[] = {
		{ MII, "1U*", "1U*", true, false },
		{ MII, "0D", "1U*", true, true },
		{ MII, "1U*", "0U*", true, false },
		{ MII, "1U*", "?U*", true, true },
		{ MII, "1U*", "", true, false },
		{ MII, "1U*", "1U*", false, false },
		{ ARP, "1U*", "1D", true, true },
		{ ARP, "1U*", "0D", true, false },
		{ ARP, "1U*", "0D 1D", true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int number = 1 + (int)i;
		struct bond *bond;

		make(number, cases[i].monitor, cases[i].before, true);
		judge(0);
		bond = get(number);
		sample_slaves(bond, cases[i].after, START_MS);
		if (!cases[i].up)
			bond->link.flags = 0;
		if (judge_reading_matters(&set, bond, &policy, START_MS) !=
		    cases[i].expected)
			fail_msg("case %zu: reading matters, or not", i);
		judge(10);
	}
}

static void test_strict_policy(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_bond(&set, 1, LACP, MII);
	sample_slaves(bond, "1U/1!", START_MS);
	sample_ad(bond, "1,1,y");
	sample_report(bond, true, true);
	judge(0);
	assert_carrier(effective(1), UP);
	policy.strict_lacp = true;
	bond->changed = true;
	judge(10);
	assert_carrier(effective(1), DOWN);
	assert_kinds(pending(1), DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
}

static void test_many_bonds(void **state)
{
	enum { BONDS = 300 };

	(void)state;
	for (int i = 1; i <= BONDS; i++)
		make(i, NONE, "0U*", true);
	judge(0);
	/* What nobody listens to can't overflow the log. */
	sink.emit = NULL;
	judge(BASE_MS);
	for (int i = 1; i <= BONDS; i++)
		assert_int_equal(get(i)->discrepancy_raises, 2);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
}

static void test_defaults(void **state)
{
	(void)state;
	assert_int_equal(policy.discrepancy.grace_base_ms, 2000);
	assert_int_equal(policy.discrepancy.lacp_grace_fast_ms, 10000);
	assert_int_equal(policy.discrepancy.lacp_grace_slow_ms, 100000);
	assert_false(policy.strict_lacp);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	judge(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_history_of_effective),
		TEST(test_unknown_is_no_transition),
		TEST(test_unknown_first),
		TEST(test_nobody_listens),
		TEST(test_only_what_changed),
		TEST(test_next_is_the_soonest),
		TEST(test_retire),
		TEST(test_reading_matters),
		TEST(test_strict_policy),
		TEST(test_many_bonds),
		TEST(test_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
