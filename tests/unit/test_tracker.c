/* SPDX-License-Identifier: BSD-2-Clause */
/* Events and dumps into a set: what is known afterwards. */
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tracker_fixture.h"

static void test_first_dump(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;
	const struct slave *slave;

	start(f);
	assert_int_equal(f->set.count, 1);
	bond = bond_set_get(&f->set, 10);
	assert_non_null(bond);
	assert_string_equal(bond->link.name, "bond0");
	assert_int_equal(bond->slave_count, 2);
	assert_int_equal(bond->began_ms, 1000);
	assert_int_equal(bond->active_slave_changes, 0);
	assert_carrier(bond->verdict.effective, CARRIER_UNKNOWN);
	assert_int_equal(bond->attrs.miimon_ms, 100);
	slave = bond_slave(bond, 2);
	assert_non_null(slave);
	assert_int_equal(slave->link.flags, DOWN);
	assert_int_equal(slave->began_ms, 1000);
	assert_int_equal(slave->lower_up_changed_ms, 1000);
	assert_int_equal(slave->lower_up_transitions, 0);
}

/* Slaves first: the order of a dump means nothing. */
static void test_added_is_told(void **state)
{
	struct fixture *f = *state;

	put(f, slave_of(2, "v2", DOWN, 10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(3, "v3", UP, 77)); /* of no bond we see */
	put(f, bond_of(10, "bond0", 1));
	dump(f, 0, 1000);
	assert_events(
	    f, "bondAdded(bond0), slaveAdded(bond0 v1), slaveAdded(bond0 v2)");
	assert_int_equal(f->set.table_changed_ms, 1000);
	assert_true(f->set.bonds[0].changed);
	/* Until it is judged nothing is known of it. */
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
	assert_int_equal(f->set.bonds[0].effective_changed_ms, 1000);
	assert_int_equal(f->set.bonds[0].discrepancy_changed_ms, 1000);
	assert_carrier(f->set.bonds[0].verdict.effective, CARRIER_UNKNOWN);
	assert_reason(f->set.bonds[0].verdict.reason,
		      CARRIER_REASON_NOT_SYNCHRONISED);
	assert_carrier(f->set.bonds[0].slaves[0].corrected, CARRIER_UNKNOWN);
}

static void test_same_dump_changes_nothing(void **state)
{
	struct fixture *f = *state;

	start(f);
	put_start(f);
	/* An inner bond comes twice. */
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 0, 2000);
	assert_events(f, "");
	assert_false(f->set.bonds[0].changed);
	assert_false(f->set.bonds[0].restart_grace);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_int_equal(f->set.state_changed_ms, 0);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
}

static void test_slave_event(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	start(f);
	assert_need(tell(f, slave_of(1, "v1", DOWN, 10), 3000),
		    TRACKER_NEEDS_BOND);
	assert_events(f, "slaveLowerDown(bond0 v1)");
	slave = bond_slave(&f->set.bonds[0], 1);
	assert_int_equal(slave->lower_up_transitions, 1);
	assert_int_equal(slave->lower_up_changed_ms, 3000);
	assert_int_equal(slave->link.flags, DOWN);
	assert_true(f->set.bonds[0].changed);
	assert_false(f->set.bonds[0].restart_grace);
	assert_int_equal(f->set.state_changed_ms, 3000);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3050);
	/* The next event does not put the re-read off. */
	(void)tell(f, slave_of(1, "v1", UP, 10), 3040);
	assert_events(f, "slaveLowerUp(bond0 v1)");
	assert_int_equal(slave->lower_up_transitions, 2);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3050);
}

static bool tell_changes(struct fixture *f, struct link_event event)
{
	f->set.bonds[0].changed = false;
	(void)tell(f, event, 2000);
	return f->set.bonds[0].changed;
}

/* Each of these alone is a reason to judge, and the same again is none. */
static void test_what_is_to_judge(void **state)
{
	struct fixture *f = *state;
	struct link_event links[7];

	start(f);
	for (int bond = 0; bond < 2; bond++) {
		struct link_event event =
		    bond ? bond_of(10, "bond0", 1) : slave_of(1, "v1", UP, 10);

		for (int i = 0; i < 7; i++)
			links[i] = event;
		links[1].link.flags = DOWN;
		links[2].link.has_operstate = true;
		links[3].link.has_operstate = true;
		links[3].link.operstate = 6;
		links[4].link.lower = 7;
		(void)strcpy(links[5].link.name, "renamed");
		if (bond)
			links[6].bond.min_links = 1;
		else
			links[6].slave.mii_status = BOND_LINK_DOWN;
		(void)tell(f, event, 2000);
		for (int i = 1; i < 7; i++) {
			assert_true(tell_changes(f, links[i]));
			assert_false(tell_changes(f, links[i]));
			if (i != 2) /* to the operstate alone */
				assert_true(tell_changes(f, event));
		}
		(void)tell(f, distrusted(bond ? 10 : 1), 2000);
		assert_true(tell_changes(f, event));
		assert_false(tell_changes(f, event));
	}
}

static void test_new_is_not_believed_from_an_event(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_need(tell(f, bond_of(20, "bond1", 0), 2000), TRACKER_NEEDS_NOW);
	assert_int_equal(f->need_ifindex, 20);
	assert_int_equal(f->set.count, 1);
	/* A new slave of a known bond: that bond is due at once. */
	assert_need(tell(f, slave_of(3, "v3", UP, 10), 2000),
		    TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
	/* A slave of an unheard-of bond. */
	assert_need(tell(f, slave_of(4, "v4", UP, 30), 2000),
		    TRACKER_NEEDS_NOW);
	assert_int_equal(f->need_ifindex, 30);
	assert_events(f, "");
}

static void test_others_are_no_business_of_ours(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = bond_of(20, "bond1", 0);
	struct link_event port = link_of(6, "p", UP);

	start(f);
	gone.gone = true;
	port.master = 10; /* says so, but is no bond's slave */
	assert_need(tell(f, link_of(5, "eth0", UP), 2000),
		    TRACKER_NEEDS_NOTHING);
	assert_need(tell(f, gone, 2000), TRACKER_NEEDS_NOTHING);
	assert_need(tell(f, port, 2000), TRACKER_NEEDS_NOTHING);
	assert_false(f->set.bonds[0].changed);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 0);
	/* A slave of a bond in another namespace. */
	assert_need(tell(f, slave_of(9, "v9", UP, 0), 2000),
		    TRACKER_NEEDS_NOTHING);
}

static void test_options_of_a_slave(void **state)
{
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 3; i++) {
		struct link_event slave = slave_of(1, "v1", UP, 10);

		(void)tell(f, slave, 2000);
		f->set.table_changed_ms = 0;
		if (i == 0)
			slave.slave.prio = 1;
		if (i == 1)
			slave.slave.queue_id = 1;
		if (i == 2)
			slave.slave.actor_port_prio = 1;
		(void)tell(f, slave, 3000);
		assert_int_equal(f->set.table_changed_ms, 3000);
		(void)tell(f, slave, 4000);
		assert_int_equal(f->set.table_changed_ms, 3000);
	}
}

/* What is merged has an order: of each link the last word alone counts. */
static void test_merge_takes_the_last_word(void **state)
{
	struct fixture *f = *state;

	start(f);
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
	put(f, slave_of(2, "v2", UP, 10));
	dump(f, TRACKER_SCOPE_MERGE, 2000);
	assert_events(f, "slaveLowerUp(bond0 v2)");
	assert_int_equal(f->set.bonds[0].slaves[0].lower_up_transitions, 0);
	assert_int_equal(f->set.bonds[0].slaves[1].lower_up_transitions, 1);
}

static void test_distrusted_event(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	assert_need(tell(f, distrusted(99), 2000), TRACKER_NEEDS_NOTHING);
	assert_false(bond->changed);
	assert_need(tell(f, distrusted(10), 2000), TRACKER_NEEDS_BOND);
	assert_true(bond->link.distrusted);
	assert_true(bond->changed);
	assert_int_equal(bond->reread_at_ms, 2000);
	assert_string_equal(bond->link.name, "bond0");
	bond->reread_at_ms = 0;
	assert_need(tell(f, distrusted(2), 3000), TRACKER_NEEDS_BOND);
	assert_true(bond_slave(bond, 2)->link.distrusted);
	assert_int_equal(bond->reread_at_ms, 3000);
	assert_events(f, "");
	put_start(f);
	dump(f, 10, 3001);
	assert_false(bond->link.distrusted);
	assert_false(bond_slave(bond, 2)->link.distrusted);
	assert_events(f, "");
}

/* What is in a dump but can't be read is there, and is not swept. */
static void test_distrusted_in_a_dump(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	put(f, distrusted(10));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, distrusted(2));
	put(f, distrusted(99));
	dump(f, 0, 2000);
	assert_events(f, "");
	assert_int_equal(f->set.count, 1);
	assert_true(bond->link.distrusted);
	assert_false(bond_slave(bond, 1)->link.distrusted);
	assert_true(bond_slave(bond, 2)->link.distrusted);
	assert_true(bond->changed);
	/* It was just read: the next time is soon enough. */
	assert_int_equal(bond->reread_at_ms, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_first_dump),
		TEST(test_added_is_told),
		TEST(test_same_dump_changes_nothing),
		TEST(test_slave_event),
		TEST(test_what_is_to_judge),
		TEST(test_new_is_not_believed_from_an_event),
		TEST(test_others_are_no_business_of_ours),
		TEST(test_options_of_a_slave),
		TEST(test_merge_takes_the_last_word),
		TEST(test_distrusted_event),
		TEST(test_distrusted_in_a_dump),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
