/* SPDX-License-Identifier: BSD-2-Clause */
/* The judge over a set: history, events, bonds on bonds, what is not seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/lower_links.h"
#include "bond/schedule.h"
#include "decision/judge.h"
#include "remove_bond.h"
#include "sample.h"

#define START_MS INT64_C(1000000)
#define BASE_MS	 2000
#define UP	 CARRIER_UP
#define DOWN	 CARRIER_DOWN
#define UNKNOWN	 CARRIER_UNKNOWN
#define AB	 BOND_MODE_ACTIVEBACKUP
#define NONE	 CARRIER_MONITOR_NONE
#define MII	 CARRIER_MONITOR_MII

#define CLEARED	 EVENT_DISCREPANCY_CLEARED

static struct bond_set set;
static struct judge_policy policy;
static struct sample_log log_;
static struct event_sink sink;

static int setup(void **state)
{
	(void)state;
	bond_set_init(&set);
	set.status = BOND_SET_SYNCHRONISED;
	judge_policy_defaults(&policy);
	sink = sample_sink(&log_);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	bond_set_fini(&set);
	return 0;
}

static struct bond *get(int ifindex)
{
	struct bond *bond = bond_set_find(&set, ifindex);

	assert_non_null(bond);
	return bond;
}

static void judge(int64_t after_ms)
{
	assert_int_equal(judge_run(&set, &policy, &sink, START_MS + after_ms),
			 0);
}

static size_t events(int bond, enum event_type type)
{
	return sample_count(&log_, bond, type, DISCREPANCY_NONE);
}

static enum carrier effective(int bond)
{
	return get(bond)->verdict.effective;
}

static unsigned int raised(int bond)
{
	return discrepancy_raised(&get(bond)->discrepancies);
}

static unsigned int pending(int bond)
{
	return discrepancy_pending(&get(bond)->discrepancies);
}

/* A bond with these slaves that says of itself what is true, or UP. */
static void make(int ifindex, enum carrier_monitor monitor, const char *slaves,
		 bool reported)
{
	struct bond *bond = sample_bond(&set, ifindex, AB, monitor);

	sample_slaves(bond, slaves, START_MS);
	sample_report(bond, reported, reported);
}

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
	assert_int_equal(log_.count, 0);
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
	assert_int_equal(log_.count, 1);
	assert_int_equal(log_.events[0].type, EVENT_EFFECTIVE_UP);
	assert_int_equal(log_.events[0].kind, DISCREPANCY_NONE);
	assert_int_equal(log_.events[0].bond, 1);
	assert_int_equal(log_.events[0].slave, 0);
	assert_string_equal(log_.events[0].bond_name, "bond1");
	assert_string_equal(log_.events[0].slave_name, "");
	assert_int_equal(log_.events[0].at_ms, START_MS + 10);
	assert_int_equal(log_.events[0].effective, UP);
	assert_int_equal(log_.events[0].reason, CARRIER_REASON_LINK_UP);
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
	assert_int_equal(effective(1), UNKNOWN);
	assert_int_equal(bond->effective_changed_ms, START_MS + 10);
	sample_slaves(bond, "1U*", START_MS);
	judge(20);
	assert_int_equal(effective(1), UP);
	assert_int_equal(log_.count, 0);
	assert_int_equal(bond->effective_transitions, 0);

	sample_slaves(bond, "?U*", START_MS);
	judge(30);
	sample_slaves(bond, "0U*", START_MS);
	judge(40);
	assert_int_equal(log_.count, 1);
	assert_int_equal(log_.events[0].type, EVENT_EFFECTIVE_DOWN);
	assert_int_equal(bond->effective_transitions, 1);
}

static void test_unknown_first(void **state)
{
	(void)state;
	make(1, NONE, "?U*", true);
	judge(0);
	assert_int_equal(effective(1), UNKNOWN);
	sample_slaves(get(1), "0U*", START_MS);
	judge(10);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(log_.count, 0);
	assert_int_equal(get(1)->effective_transitions, 0);
}

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
	assert_int_equal(pending(1), both);
	assert_int_equal(judge_next_ms(&set), START_MS + BASE_MS);
	/* Nothing changed, but its time has come. */
	judge(BASE_MS);
	assert_int_equal(raised(1), both);
	assert_int_equal(bond->slaves[0].discrepancies,
			 DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_int_equal(bond->discrepancy_raises, 2);
	assert_int_equal(bond->discrepancy_changed_ms, START_MS + BASE_MS);
	assert_int_equal(set.state_changed_ms, START_MS + BASE_MS);
	assert_int_equal(log_.count, 2);
	assert_int_equal(log_.events[0].type, EVENT_DISCREPANCY_RAISED);
	assert_int_equal(log_.events[0].kind, DISCREPANCY_FALSE_UP);
	assert_int_equal(log_.events[0].slave, 0);
	assert_string_equal(log_.events[0].slave_name, "");
	assert_int_equal(log_.events[0].reason, CARRIER_REASON_NO_SLAVE_UP);
	assert_int_equal(log_.events[1].kind, DISCREPANCY_SLAVE_FALSE_UP);
	assert_int_equal(log_.events[1].slave, slave);
	assert_string_equal(log_.events[1].slave_name, "v101");

	sample_slaves(bond, "1U*", START_MS);
	judge(10000);
	assert_int_equal(judge_next_ms(&set), START_MS + 10000 + BASE_MS);
	judge(10000 + BASE_MS);
	assert_int_equal(raised(1), 0);
	assert_int_equal(bond->slaves[0].discrepancies, 0);
	assert_int_equal(bond->discrepancy_raises, 2);
	assert_int_equal(bond->discrepancy_changed_ms,
			 START_MS + 10000 + BASE_MS);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	/* effectiveUp came before the clears; each clear sees what is left. */
	assert_int_equal(log_.count, 5);
	assert_int_equal(log_.events[2].type, EVENT_EFFECTIVE_UP);
	assert_int_equal(log_.raised[2], both);
	assert_int_equal(log_.events[3].type, CLEARED);
	assert_int_equal(log_.raised[3],
			 DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP));
	assert_int_equal(log_.raised[4], 0);
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
	assert_int_equal(raised(1), 0);
}

static void test_only_what_changed(void **state)
{
	(void)state;
	make(1, NONE, "0D", false);
	judge(0);
	sample_slaves(get(1), "1U*", START_MS);
	get(1)->changed = false;
	judge(10);
	assert_int_equal(effective(1), DOWN);
	get(1)->changed = true;
	judge(20);
	assert_int_equal(effective(1), UP);
	assert_false(get(1)->changed);
}

static void test_end_of_updelay(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "0D", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	sample_slaves(bond, "1B", START_MS + 100);
	judge(100);
	assert_int_equal(effective(1), DOWN);
	/* Eleven looks of 132 ms: see carrier_monitor_ticks_ms(). */
	assert_int_equal(judge_next_ms(&set), START_MS + 1552);
	judge(1551);
	assert_int_equal(effective(1), DOWN);
	judge(1552);
	assert_int_equal(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	/* What comes next: slaveFalseDown after 2000 + (2 + 10) * 132 of BACK,
	   then falseDown. */
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 3584);
	judge(100 + 3584);
	assert_int_equal(judge_next_ms(&set), START_MS + 1552 + 3584);
}

/* The kernel is silent when DOWN becomes BACK: no up, down, up meanwhile. */
static void test_updelay_before_the_kernel_looks(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "0D", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	sample_slaves(bond, "1D", START_MS + 100);
	judge(100);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 11 * 132);
	sample_slaves(bond, "1B", START_MS + 190);
	judge(190);
	assert_int_equal(judge_next_ms(&set), START_MS + 100 + 11 * 132);
	sample_slaves(bond, "1U*", START_MS + 1150);
	sample_report(bond, true, true);
	judge(1150);
	assert_int_equal(effective(1), UP);
	assert_int_equal(log_.count, 1);
	judge(10000);
	assert_int_equal(log_.count, 1);
}

/* What a manager makes of raises and clears: how many stand under the names. */
static int standing(const char *bond_name, const char *slave_name)
{
	int count = 0;

	for (size_t i = 0; i < log_.count; i++) {
		const struct event *event = &log_.events[i];

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

/* What was DOWN with a link when first seen may be in its updelay, or may have
   been so for ever. */
static void test_updelay_of_an_old_link(void **state)
{
	(void)state;
	make(1, MII, "1D", false);
	get(1)->attrs.updelay_ms = 60000;
	judge(0);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), START_MS + 601 * 132);
	judge(601 * 132);
	assert_int_equal(effective(1), UP);
	assert_true(pending(1) & DISCREPANCY_BIT(DISCREPANCY_FALSE_DOWN));
}

/* A driver that knows no speed refuses the slave after each updelay. */
static void test_updelay_that_begins_again(void **state)
{
	static const char *const cycle[] = { "1B", "1D", "1B", "1D", "1B" };

	(void)state;
	make(1, MII, "1D", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_int_equal(effective(1), DOWN);
	for (int i = 0; i < 5; i++) {
		int after_ms = 11 * 132 + i * 1000;

		sample_slaves(get(1), cycle[i], START_MS + after_ms);
		judge(after_ms);
		assert_int_equal(effective(1), UP);
	}
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
}

static void test_two_updelays(void **state)
{
	(void)state;
	make(1, MII, "1B 0D 1B", false);
	get(1)->attrs.updelay_ms = 1000;
	get(1)->slaves[2].held_ms += 50;
	judge(0);
	assert_int_equal(judge_next_ms(&set), START_MS + 1452);
	judge(1452);
	assert_int_equal(judge_next_ms(&set), START_MS + 1502);
}

/* Under ARP a slave with a link may be down for ever. */
static void test_no_time_for_an_updelay_under_arp(void **state)
{
	(void)state;
	make(1, CARRIER_MONITOR_ARP, "1D 1B", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
}

static void test_no_time_for_an_updelay_without_link(void **state)
{
	(void)state;
	make(1, MII, "0B", false);
	get(1)->attrs.updelay_ms = 1000;
	judge(0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
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
	assert_int_equal(bond->slaves[0].discrepancies, false_up);
	assert_int_equal(bond->slaves[1].discrepancies, false_up);
	assert_int_equal(bond->slaves[2].discrepancies, 0);
	assert_int_equal(log_.count, 0);
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
	assert_int_equal(raised(1), 0);
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
	assert_int_equal(bond->verdict.reason, CARRIER_REASON_ADMIN_DOWN);
	judge(10000 + BASE_MS);
	assert_int_equal(events(1, CLEARED), 2);
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
	assert_int_equal(raised(1), 0);
	judge(1000 + BASE_MS);
	assert_int_not_equal(raised(1), 0);
}

/* bond1 on bond101 on bond10101: the outer ones have the lower ifindexes. */
static void make_tower(const char *innermost)
{
	make(1, MII, "1U*", true);
	make(101, MII, "1U*", true);
	make(10101, NONE, innermost, true);
}

static void test_three_deep(void **state)
{
	(void)state;
	make_tower("0U*");
	judge(0);
	assert_int_equal(effective(10101), DOWN);
	assert_int_equal(effective(101), DOWN);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(get(1)->slaves[0].below, DOWN);

	/* Only the innermost has changed. */
	sample_slaves(get(10101), "1U*", START_MS);
	judge(10);
	assert_int_equal(effective(10101), UP);
	assert_int_equal(effective(101), UP);
	assert_int_equal(effective(1), UP);
	assert_int_equal(log_.count, 3);
	assert_int_equal(log_.events[0].bond, 10101);
	assert_int_equal(log_.events[1].bond, 101);
	assert_int_equal(log_.events[2].bond, 1);
	/* What they stand on has just been read: they need not be. */
	assert_int_equal(get(1)->reread_at_ms, 0);
	assert_int_equal(get(101)->reread_at_ms, 0);
	/* Judged with what is below: no need to come back. */
	assert_false(get(1)->changed);
	assert_false(get(101)->changed);

	/* All at once, in whatever order they are stored. */
	sample_slaves(get(10101), "0U*", START_MS);
	get(1)->changed = get(101)->changed = true;
	judge(20);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(log_.count, 6);
	assert_int_equal(log_.events[3].bond, 10101);
	assert_int_equal(log_.events[5].bond, 1);
}

static void test_outer_with_the_higher_ifindex(void **state)
{
	struct slave *slave;

	(void)state;
	make(1, NONE, "0U*", true);
	make(2, MII, "", true);
	assert_int_equal(bond_set_add_slave(get(2), 1, 0, &slave), 0);
	slave->link = get(1)->link;
	slave->attrs.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	judge(0);
	assert_int_equal(effective(2), DOWN);
	sample_slaves(get(1), "1U*", START_MS);
	judge(10);
	assert_int_equal(effective(2), UP);
	assert_int_equal(log_.count, 2);
}

static void join(int outer, int inner)
{
	struct slave *slave;

	assert_int_equal(bond_set_add_slave(get(outer), inner, 0, &slave), 0);
	slave->link = get(inner)->link;
	slave->link.flags |= LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING;
	slave->attrs.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
}

/* As deep as the kernel allows: eight below one. */
static void test_the_deepest_tower(void **state)
{
	enum { BONDS = LINK_DEPTH_MAX + 1 };

	(void)state;
	for (int i = 1; i < BONDS; i++)
		make(i, MII, "", true);
	make(BONDS, NONE, "1U*", true);
	for (int i = 1; i < BONDS; i++)
		join(i, i + 1);
	judge(0);
	for (int i = 1; i <= BONDS; i++)
		assert_int_equal(effective(i), UP);

	/* Nobody speaks before those below have. */
	sample_slaves(get(BONDS), "0U*", START_MS);
	for (int i = 1; i <= BONDS; i++)
		get(i)->changed = true;
	judge(10);
	assert_int_equal(log_.count, BONDS);
	for (int i = 0; i < BONDS; i++)
		assert_int_equal(log_.events[i].bond, BONDS - i);
}

/* Two bonds that claim to be each other's slave, with graces that are due. */
static void test_a_circle_of_bonds(void **state)
{
	(void)state;
	make(1, MII, "", true);
	make(2, MII, "", true);
	join(1, 2);
	join(2, 1);
	get(1)->slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	get(2)->slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	for (int i = 0; i < 5; i++) {
		judge(i * 2 * BASE_MS);
		assert_int_equal(effective(1), UNKNOWN);
		assert_int_equal(effective(2), UNKNOWN);
	}
	assert_int_equal(log_.count, 0);
}

static void test_no_glitch_between_bonds(void **state)
{
	(void)state;
	make(1, MII, "1U* 0D", true);
	make(101, NONE, "1U*", true);
	judge(0);
	assert_int_equal(effective(1), UP);
	/* The inner bond goes as the other slave comes. */
	sample_slaves(get(101), "0U*", START_MS);
	sample_slaves(get(1), "1U* 1U", START_MS);
	judge(10);
	assert_int_equal(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
	/* And the other way round. */
	sample_slaves(get(101), "1U*", START_MS);
	sample_slaves(get(1), "1U* 0D", START_MS);
	judge(20);
	assert_int_equal(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 0);
}

/* ... nor where the inner bond is not the first slave. */
static void test_no_glitch_with_a_later_slave(void **state)
{
	(void)state;
	make(1, MII, "0D 1U*", true);
	make(102, NONE, "1U*", true);
	judge(0);
	sample_slaves(get(102), "0U*", START_MS);
	sample_slaves(get(1), "1U 1U*", START_MS);
	judge(10);
	sample_slaves(get(102), "1U*", START_MS);
	sample_slaves(get(1), "0D 1U*", START_MS);
	judge(20);
	assert_int_equal(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
}

static void put_lower(int ifindex, bool lower_up, int lower)
{
	struct link_state link = { .ifindex = ifindex,
				   .flags = LINK_FLAG_UP,
				   .lower = lower };

	if (lower_up)
		link.flags |= LINK_FLAG_LOWER_UP;
	assert_int_equal(bond_set_put_lower(&set, &link), 0);
	get(1)->changed = true;
}

/* Slave v101 of bond1 is a VLAN on that link. */
static void stand_on(int lower)
{
	make(1, MII, "1U*", true);
	bond_set_slave_lower(get(1), &get(1)->slaves[0], lower);
}

static void test_vlan_on_a_link(void **state)
{
	(void)state;
	stand_on(50);
	judge(0);
	assert_int_equal(effective(1), UNKNOWN); /* not seen yet */
	put_lower(50, true, 0);
	judge(10);
	assert_int_equal(effective(1), UP);
	put_lower(50, false, 0);
	judge(20);
	assert_int_equal(effective(1), DOWN);
}

/* Of a slave without a link it is not known why: nothing below is down. */
static void test_nothing_below(void **state)
{
	(void)state;
	make(1, MII, "0D", false);
	judge(0);
	assert_int_equal(get(1)->slaves[0].below, UP);
	assert_int_equal(effective(1), DOWN);
}

/* Eight devices below one is what the kernel allows. */
static void test_the_deepest_vlans(void **state)
{
	(void)state;
	stand_on(51);
	for (int i = 1; i <= LINK_DEPTH_MAX; i++)
		put_lower(50 + i, true, i < LINK_DEPTH_MAX ? 51 + i : 0);
	judge(0);
	assert_int_equal(effective(1), UP);
	put_lower(50 + LINK_DEPTH_MAX, false, 0);
	judge(10);
	assert_int_equal(effective(1), DOWN);
}

static void test_vlan_on_a_vlan(void **state)
{
	(void)state;
	stand_on(50);
	put_lower(50, true, 60);
	put_lower(60, true, 0);
	judge(0);
	assert_int_equal(effective(1), UP);
	put_lower(60, false, 0);
	judge(10);
	assert_int_equal(effective(1), DOWN);
}

/* As many devices below a slave as the kernel allows, and one more: judging
   looks as far down as marking goes up. */
static void test_depth(void **state)
{
	const int last = 50 + LINK_DEPTH_MAX - 1;

	(void)state;
	stand_on(50);
	for (int ifindex = 50; ifindex < last; ifindex++)
		put_lower(ifindex, true, ifindex + 1);
	put_lower(last, true, 0);
	judge(0);
	assert_int_equal(effective(1), UP);
	assert_true(lower_links_mark_upper(&set, last, INT64_MAX));

	put_lower(last, true, last + 1);
	put_lower(last + 1, true, 0);
	judge(10);
	assert_int_equal(effective(1), UNKNOWN);
	assert_false(lower_links_mark_upper(&set, last + 1, INT64_MAX));
}

/* Nobody judges it, and what it claims may be false. */
static void test_bond_that_is_not_in_the_set(void **state)
{
	struct link_state link = { .ifindex = 50,
				   .flags = LINK_FLAG_UP | LINK_FLAG_LOWER_UP,
				   .is_bond = true };

	(void)state;
	make(1, MII, "1U*", true);
	get(1)->slaves[0].link.is_bond = true;
	judge(0);
	assert_int_equal(effective(1), UNKNOWN);
	assert_int_equal(get(1)->slaves[0].corrected, UNKNOWN);

	/* Below a VLAN. */
	make(2, MII, "1U*", true);
	assert_int_equal(bond_set_put_lower(&set, &link), 0);
	bond_set_slave_lower(get(2), &get(2)->slaves[0], 50);
	judge(10);
	assert_int_equal(effective(2), UNKNOWN);
}

static void test_malformed_lower(void **state)
{
	struct link_state link = { .ifindex = 50,
				   .flags = LINK_FLAG_LOWER_UP,
				   .distrusted = true };

	(void)state;
	stand_on(50);
	assert_int_equal(bond_set_put_lower(&set, &link), 0);
	judge(0);
	assert_int_equal(effective(1), UNKNOWN);
}

static void test_vlan_on_a_bond(void **state)
{
	(void)state;
	stand_on(7);
	make(7, NONE, "0U*", true);
	judge(0);
	assert_int_equal(effective(1), DOWN);
	sample_slaves(get(7), "1U*", START_MS);
	judge(10);
	assert_int_equal(effective(1), UP);

	/* With another VLAN between. */
	bond_set_slave_lower(get(1), &get(1)->slaves[0], 50);
	put_lower(50, true, 7);
	judge(20);
	assert_int_equal(effective(1), UP);
	sample_slaves(get(7), "0U*", START_MS);
	judge(30);
	assert_int_equal(effective(1), DOWN);
}

/* No kernel says so, but a recording may. */
static void test_circles(void **state)
{
	(void)state;
	stand_on(50);
	put_lower(50, true, 51);
	put_lower(51, true, 50);
	judge(0);
	assert_int_equal(effective(1), UNKNOWN);

	make(101, NONE, "1U*", true); /* the slave of bond1 ... */
	make(10101, NONE, "", true);
	bond_set_slave_lower(get(101), &get(101)->slaves[0], 10101);
	get(101)->slaves[0].link.ifindex = 1; /* ... has bond1 as its own */
	get(1)->changed = true;
	judge(10);
	assert_int_not_equal(effective(1), UP);
	judge(20);
	assert_int_not_equal(effective(1), UP);
}

static void test_resynchronising(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	set.status = BOND_SET_RESYNCHRONISING;
	judge(BASE_MS);
	assert_int_equal(raised(1), 0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	sample_slaves(bond, "1U*", START_MS);
	judge(BASE_MS + 1);
	assert_int_equal(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_UP), 1);
	sample_slaves(bond, "0U*", START_MS);
	judge(BASE_MS + 2);
	assert_int_equal(raised(1), 0);

	/* Not marked as changed: judged all the same. */
	bond->changed = false;
	set.status = BOND_SET_RESYNCHRONISING;
	judge(BASE_MS + 3);
	set.status = BOND_SET_SYNCHRONISED;
	judge(BASE_MS + 4);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);

	/* Nor is anything cleared. */
	set.status = BOND_SET_RESYNCHRONISING;
	sample_slaves(bond, "1U*", START_MS);
	judge(10000);
	judge(20000);
	assert_int_equal(events(1, CLEARED), 0);
	set.status = BOND_SET_SYNCHRONISED;
	judge(30000);
	judge(30000 + BASE_MS);
	assert_int_equal(events(1, CLEARED), 2);
}

static void test_lost(void **state)
{
	(void)state;
	make(1, NONE, "1U* 0U", true);
	make(2, NONE, "0U*", true);
	judge(0);
	judge(BASE_MS - 1);
	set.status = BOND_SET_LOST;
	judge(BASE_MS);
	assert_int_equal(effective(1), UNKNOWN);
	assert_int_equal(get(1)->verdict.reason,
			 CARRIER_REASON_NOT_SYNCHRONISED);
	assert_int_equal(get(1)->slaves[0].corrected, UNKNOWN);
	assert_int_equal(get(1)->slaves[1].corrected, UNKNOWN);
	assert_int_equal(get(1)->verdict.slaves_usable, 0);
	assert_int_equal(get(1)->effective_changed_ms, START_MS + BASE_MS);
	assert_int_equal(effective(2), UNKNOWN);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	judge(50000);
	assert_int_equal(get(1)->effective_changed_ms, START_MS + BASE_MS);
	assert_int_equal(log_.count, 0);

	/* Found again, and nothing is marked as changed. */
	set.status = BOND_SET_SYNCHRONISED;
	judge(60000);
	assert_int_equal(effective(1), UP);
	assert_int_equal(effective(2), DOWN);
	assert_int_equal(log_.count, 0);
	judge(60000 + BASE_MS - 1);
	assert_int_equal(log_.count, 0);
	judge(60000 + BASE_MS);
	assert_int_equal(events(2, EVENT_DISCREPANCY_RAISED), 2);
	assert_int_equal(get(2)->discrepancies.items[0].since_ms, START_MS);

	/* What is raised stays raised while nothing can be known. */
	set.status = BOND_SET_LOST;
	judge(70000);
	judge(90000);
	assert_int_equal(events(2, CLEARED), 0);
	set.status = BOND_SET_SYNCHRONISED;
	sample_slaves(get(1), "0U*", START_MS);
	judge(91000);
	assert_int_equal(events(2, EVENT_DISCREPANCY_RAISED), 2);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 1);
}

/* What was held back by an updelay waits for the kernel to be read. */
static void test_nothing_runs_out_unseen(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, MII, "1B", false);
	bond = get(1);
	bond->attrs.updelay_ms = 1000;
	judge(0);
	bond->link.distrusted = true;
	bond->changed = true;
	judge(10);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	bond->link.distrusted = false;
	bond->changed = true;
	judge(20);
	assert_int_equal(judge_next_ms(&set), START_MS + 11 * 132);
	set.status = BOND_SET_LOST;
	judge(30);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	assert_int_equal(bond->verdict.until_ms, INT64_MAX);
}

static void test_lost_from_the_start(void **state)
{
	(void)state;
	set.status = BOND_SET_LOST;
	make(1, NONE, "1U*", true);
	judge(0);
	assert_int_equal(effective(1), UNKNOWN);
	assert_true(get(1)->judged);
	set.status = BOND_SET_SYNCHRONISED;
	judge(10);
	assert_int_equal(effective(1), UP);
	assert_int_equal(log_.count, 0);
}

/* A truth that is hidden ends nothing, and nothing begins in it. */
static void test_hidden_truth(void **state)
{
	const unsigned int false_up = DISCREPANCY_BIT(DISCREPANCY_FALSE_UP);

	(void)state;
	make(1, NONE, "0U* 0U", true);
	judge(0);
	judge(2000);
	assert_true(raised(1) & false_up);
	sample_slaves(get(1), "0U* ?U", START_MS + 3000);
	get(1)->changed = true;
	judge(3000);
	assert_int_equal(effective(1), UNKNOWN);
	judge(10000);
	assert_true(raised(1) & false_up);
	assert_int_equal(events(1, CLEARED), 0);
	sample_slaves(get(1), "1U* 0U", START_MS + 11000);
	get(1)->changed = true;
	judge(11000);
	judge(13000);
	assert_false(raised(1) & false_up);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED),
			 events(1, CLEARED) +
			     1); /* slaveFalseUp of the other */
}

/* What was pending when the truth was lost begins anew. */
static void test_hidden_truth_restarts(void **state)
{
	(void)state;
	make(1, NONE, "0U*", true);
	judge(0);
	sample_slaves(get(1), "?U*", START_MS + 100);
	get(1)->changed = true;
	judge(100);
	sample_slaves(get(1), "0U*", START_MS + 2500);
	judge(2500);
	assert_int_equal(raised(1), 0);
	judge(4499);
	assert_int_equal(raised(1), 0);
	judge(4500);
	assert_true(raised(1) & DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
}

static void test_distrusted_bond(void **state)
{
	struct bond *bond;

	(void)state;
	make(1, NONE, "0U*", true);
	bond = get(1);
	judge(0);
	judge(BASE_MS);
	assert_int_equal(events(1, EVENT_DISCREPANCY_RAISED), 2);
	bond->link.distrusted = true;
	bond->changed = true;
	judge(10000);
	bond->changed = true;
	judge(20000);
	assert_int_equal(effective(1), UNKNOWN);
	assert_int_equal(events(1, CLEARED), 0);
	assert_int_equal(judge_next_ms(&set), INT64_MAX);
	bond->link.distrusted = false;
	judge(30000);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(log_.count, 2);
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
	assert_int_equal(events(101, CLEARED), 2);
	assert_int_equal(get(101)->discrepancies.count, 0);
	assert_int_equal(get(101)->slaves[0].discrepancies, 0);
	assert_int_equal(set.state_changed_ms, START_MS + 10002);
	assert_true(get(1)->changed);
	assert_int_equal(get(1)->reread_at_ms, 0);

	/* The link that was a bond is none any more. */
	remove_bond(&set, 101);
	judge(10003);
	assert_int_equal(effective(1), UP);
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
		{ CARRIER_MONITOR_ARP, "1U*", "1D", true, true },
		{ CARRIER_MONITOR_ARP, "1U*", "0D", true, false },
		{ CARRIER_MONITOR_ARP, "1U*", "0D 1D", true, true },
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
	assert_int_equal(log_.count, 2);
	assert_int_equal(log_.events[1].type, CLEARED);
	assert_int_equal(log_.events[1].slave, 102);
	assert_string_equal(log_.events[1].slave_name, "v102");
}

static void test_strict_policy(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_bond(&set, 1, BOND_MODE_8023AD, MII);
	sample_slaves(bond, "1U/1!", START_MS);
	sample_ad(bond, "1,1,y");
	sample_report(bond, true, true);
	judge(0);
	assert_int_equal(effective(1), UP);
	policy.strict_lacp = true;
	bond->changed = true;
	judge(10);
	assert_int_equal(effective(1), DOWN);
	assert_int_equal(pending(1), DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
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
#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(test_history_of_effective),
		test(test_unknown_is_no_transition),
		test(test_unknown_first),
		test(test_raise_and_clear),
		test(test_nobody_listens),
		test(test_only_what_changed),
		test(test_end_of_updelay),
		test(test_updelay_before_the_kernel_looks),
		test(test_a_rename_clears_and_raises),
		test(test_updelay_of_an_old_link),
		test(test_updelay_that_begins_again),
		test(test_two_updelays),
		test(test_no_time_for_an_updelay_under_arp),
		test(test_no_time_for_an_updelay_without_link),
		test(test_next_is_the_soonest),
		test(test_restored),
		test(test_restart),
		test(test_admin_down_and_up),
		test(test_down_and_up_unseen),
		test(test_three_deep),
		test(test_outer_with_the_higher_ifindex),
		test(test_the_deepest_tower),
		test(test_a_circle_of_bonds),
		test(test_no_glitch_between_bonds),
		test(test_no_glitch_with_a_later_slave),
		test(test_vlan_on_a_link),
		test(test_nothing_below),
		test(test_the_deepest_vlans),
		test(test_vlan_on_a_vlan),
		test(test_depth),
		test(test_bond_that_is_not_in_the_set),
		test(test_malformed_lower),
		test(test_vlan_on_a_bond),
		test(test_circles),
		test(test_resynchronising),
		test(test_lost),
		test(test_nothing_runs_out_unseen),
		test(test_lost_from_the_start),
		test(test_hidden_truth),
		test(test_hidden_truth_restarts),
		test(test_distrusted_bond),
		test(test_retire),
		test(test_reading_matters),
		test(test_slave_leaves),
		test(test_strict_policy),
		test(test_many_bonds),
		test(test_defaults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
