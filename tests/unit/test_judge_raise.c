/* SPDX-License-Identifier: BSD-2-Clause */
/* Discrepancies are raised, and cleared, under the names of their links. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "bond/schedule.h"
#include "judge_fixture.h"

static void test_raise_and_clear(void **state)
{
	const unsigned int both = DISCREPANCY_BIT(DISCREPANCY_FALSE_UP) |
				  DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP);
	struct bond *bond;
	int slave;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	slave = sample_slave_ifindex(bond, 0);
	judge(0);
	assert_kinds(pending(1), both);
	assert_int_equal(judge_next_ms(&set), START_MS + BASE_MS);
	/* Nothing changed, but its time has come. */
	judge(BASE_MS);
	assert_kinds(raised(1), both);
	assert_kinds(bond->slaves[0].discrepancies,
		     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_int_equal(bond->discrepancy_raises, 2);
	assert_int_equal(bond->discrepancy_changed_ms, START_MS + BASE_MS);
	assert_int_equal(set.state_changed_ms, START_MS + BASE_MS);
	assert_int_equal(emitted.count, 2);
	assert_event_type(emitted.events[0].type, EVENT_DISCREPANCY_RAISED);
	assert_kind(emitted.events[0].kind, DISCREPANCY_FALSE_UP);
	assert_int_equal(emitted.events[0].slave, 0);
	assert_string_equal(emitted.events[0].slave_name, "");
	assert_reason(emitted.events[0].reason, CARRIER_REASON_NO_SLAVE_UP);
	assert_kind(emitted.events[1].kind, DISCREPANCY_SLAVE_FALSE_UP);
	assert_int_equal(emitted.events[1].slave, slave);
	assert_string_equal(emitted.events[1].slave_name, "v101");

	sample_slaves(bond, "1U*", START_MS);
	judge(10000);
	assert_int_equal(judge_next_ms(&set), START_MS + 10000 + BASE_MS);
	judge(10000 + BASE_MS);
	assert_kinds(raised(1), 0);
	assert_kinds(bond->slaves[0].discrepancies, 0);
	assert_int_equal(bond->discrepancy_raises, 2);
	assert_int_equal(bond->discrepancy_changed_ms,
			 START_MS + 10000 + BASE_MS);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	/* effectiveUp came before the clears; each clear sees what is left. */
	assert_int_equal(emitted.count, 5);
	assert_event_type(emitted.events[2].type, EVENT_EFFECTIVE_UP);
	assert_kinds(emitted.raised[2], both);
	assert_event_type(emitted.events[3].type, EVENT_DISCREPANCY_CLEARED);
	assert_kinds(emitted.raised[3],
		     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_kinds(emitted.raised[4], 0);
}

/* What a manager makes of raises and clears: how many stand under the names. */
static int standing(const char *bond_name, const char *slave_name)
{
	int count = 0;

	for (size_t i = 0; i < emitted.count; i++) {
		const struct event *event = &emitted.events[i];

		if (event->kind == DISCREPANCY_NONE ||
		    strcmp(event->bond_name, bond_name) != 0 ||
		    strcmp(event->slave_name, slave_name) != 0)
			continue;
		count += event->type == EVENT_DISCREPANCY_RAISED ? 1 : -1;
		assert_true(count == 0 || count == 1);
	}
	return count;
}

static void test_a_rename_clears_and_raises(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U", true);
	bond = get(1);
	strcpy(bond->link.name, "early");
	judge(0);
	strcpy(bond->link.name, "raised");
	strcpy(bond->slaves[0].link.name, "eth0");
	schedule_judge(bond);
	judge(2000);
	assert_int_equal(standing("raised", ""), 1);
	assert_int_equal(standing("raised", "eth0"), 1);

	strcpy(bond->link.name, "late");
	strcpy(bond->slaves[0].link.name, "eth1");
	schedule_judge(bond);
	judge(3000);
	assert_int_equal(standing("raised", ""), 0);
	assert_int_equal(standing("raised", "eth0"), 0);
	assert_int_equal(standing("late", ""), 1);
	assert_int_equal(standing("late", "eth1"), 1);
	assert_true(raised(1) & DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));

	/* On its way out it keeps them. */
	sample_slaves(bond, "1U", START_MS + 4000);
	strcpy(bond->slaves[0].link.name, "eth1");
	schedule_judge(bond);
	judge(4000);
	strcpy(bond->link.name, "last");
	schedule_judge(bond);
	judge(5000);
	judge(6000);
	assert_int_equal(standing("late", ""), 0);
	assert_int_equal(standing("late", "eth1"), 0);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 4);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 4);
}

/* What an earlier life raised is of its slaves, too. */
static void test_restored(void **state)
{
	const unsigned int false_up =
	    DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP);
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U 0U 1U*", true);
	bond = get(1);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
		    discrepancy_restore(
			&bond->discrepancies, DISCREPANCY_SLAVE_FALSE_UP,
			"bond1", sample_slave_ifindex(bond, i),
			bond->slaves[i].link.name, START_MS - 5000),
		    0);
	judge(0);
	assert_kinds(bond->slaves[0].discrepancies, false_up);
	assert_kinds(bond->slaves[1].discrepancies, false_up);
	assert_kinds(bond->slaves[2].discrepancies, 0);
	assert_int_equal(emitted.count, 0);
}

static void test_restart(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	bond->restart_grace = true;
	bond->changed = true;
	judge(BASE_MS - 1);
	assert_false(bond->restart_grace);
	assert_int_equal(judge_next_ms(&set), START_MS + 2 * BASE_MS - 1);
	judge(2 * BASE_MS - 2);
	assert_kinds(raised(1), 0);
	judge(2 * BASE_MS - 1);
	assert_int_not_equal(raised(1), 0);
	assert_int_equal(bond->discrepancies.items[0].since_ms, START_MS);
}

static void test_admin_down_and_up(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	judge(BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);

	bond->link.flags = 0;
	bond->changed = true;
	judge(10000);
	assert_reason(bond->verdict.reason, CARRIER_REASON_ADMIN_DOWN);
	judge(10000 + BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_CLEARED), 2);
	assert_int_equal(bond->discrepancies.count, 0);
	judge(20000);

	bond->link.flags = LINK_FLAG_UP;
	sample_report(bond, true, true);
	judge(30000);
	judge(30000 + BASE_MS - 1);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);
	judge(30000 + BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 4);
}

/* Down and up again while nothing could be raised: it begins anew. */
static void test_down_and_up_unseen(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	set.status = BOND_SET_RESYNCHRONISING;
	bond->link.flags &= ~LINK_FLAG_UP;
	bond->changed = true;
	judge(500);
	bond->link.flags |= LINK_FLAG_UP;
	bond->changed = true;
	set.status = BOND_SET_SYNCHRONISED;
	judge(1000);
	judge(1000 + BASE_MS - 1);
	assert_kinds(raised(1), 0);
	judge(1000 + BASE_MS);
	assert_int_not_equal(raised(1), 0);
}

static void test_slave_leaves(void **state)
{
	(void)state;
	make(1, NONE, "1U* 0U", true);
	judge(0);
	judge(BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 1);
	sample_slaves(get(1), "1U*", START_MS);
	judge(10000);
	judge(10000 + BASE_MS);
	assert_int_equal(emitted.count, 2);
	assert_event_type(emitted.events[1].type, EVENT_DISCREPANCY_CLEARED);
	assert_int_equal(emitted.events[1].slave, 102);
	assert_string_equal(emitted.events[1].slave_name, "v102");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_raise_and_clear),
		TEST(test_a_rename_clears_and_raises),
		TEST(test_restored),
		TEST(test_restart),
		TEST(test_admin_down_and_up),
		TEST(test_down_and_up_unseen),
		TEST(test_slave_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
