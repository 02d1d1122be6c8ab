/* SPDX-License-Identifier: BSD-2-Clause */
/* Bonds and slaves that come, move and go, as far as a dump reaches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tracker_fixture.h"

static void test_release(void **state)
{
	struct fixture *f = *state;

	start(f);
	/* No master any more, nor anything of a slave. */
	assert_need(tell(f, link_of(1, "v1", UP), 2000), TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_int_equal(f->set.bonds[0].slave_count, 2);
	/* Should it be a slave still, it has joined again. */
	assert_true(f->set.bonds[0].restart_grace);
	assert_events(f, "");
	put(f, bond_of(10, "bond0", 0));
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, 10, 2001);
	assert_events(f, "activeSlaveChanged(bond0), slaveRemoved(bond0 v1)");
	assert_int_equal(f->set.bonds[0].slave_count, 1);
	assert_int_equal(f->set.table_changed_ms, 2001);
	assert_true(f->set.bonds[0].changed);
}

/* Enslaving: events without a master are still queued when a dump has seen
   the slave already. It is not removed for them. */
static void test_stale_event_removes_nothing(void **state)
{
	struct fixture *f = *state;

	start(f);
	(void)tell(f, link_of(1, "v1", UP), 2000);
	put_start(f);
	dump(f, 10, 2001);
	assert_events(f, "");
	assert_int_equal(f->set.bonds[0].slave_count, 2);
}

static void test_slave_joins(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	put_start(f);
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	bond = &f->set.bonds[0];
	assert_events(f, "slaveAdded(bond0 v3)");
	assert_true(bond->restart_grace);
	assert_true(bond->changed);
	assert_int_equal(bond->slave_count, 3);
	assert_int_equal(bond_slave(bond, 3)->began_ms, 2000);
	assert_int_equal(f->set.table_changed_ms, 2000);
}

static void test_slave_moves(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 10);
	dump(f, 0, 1000);
	f->record.text[0] = '\0';
	put_two_bonds(f, 20);
	dump(f, 0, 2000);
	assert_events(f, "slaveRemoved(bond0 v2), slaveAdded(bond1 v2)");
	/* And back, seen by the event, then by the one bond's dump. */
	assert_need(tell(f, slave_of(2, "v2", DOWN, 10), 3000),
		    TRACKER_NEEDS_BOND);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 3000);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 3000);
	put_start(f);
	dump(f, 10, 3001);
	assert_events(f, "slaveRemoved(bond1 v2), slaveAdded(bond0 v2)");
	assert_int_equal(bond_set_get(&f->set, 20)->slave_count, 0);
	assert_true(bond_set_get(&f->set, 20)->changed);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 3001);
	assert_int_equal(bond_set_get(&f->set, 10)->slave_count, 2);
}

static void test_bond_deleted(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = bond_of(10, "bond0", 0);

	start(f);
	gone.gone = true;
	assert_need(tell(f, gone, 2000), TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	assert_true(f->set.bonds[0].restart_grace);
	dump(f, 10, 2001); /* empty: there is no such bond */
	assert_events(f, "slaveRemoved(bond0 v1), slaveRemoved(bond0 v2), "
			 "bondRemoved(bond0)");
	assert_int_equal(f->set.count, 0);
	assert_int_equal(f->set.table_changed_ms, 2001);
}

/* What is raised is cleared before the bond goes. */
static void test_deleted_with_a_raise(void **state)
{
	struct fixture *f = *state;

	start(f);
	raise_kind(f, DISCREPANCY_FALSE_UP, 0, "");
	dump(f, 0, 4000);
	assert_events(f, "falseUp cleared(bond0), slaveRemoved(bond0 v1), "
			 "slaveRemoved(bond0 v2), bondRemoved(bond0)");
}

/* Another bond is not swept by a dump of this one. */
static void test_scope(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->record.text[0] = '\0';
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	/* Of another bond, by whatever way it came in: not its business. */
	put(f, slave_of(9, "v9", UP, 20));
	put(f, bond_of(30, "bond3", 0));
	dump(f, 10, 2000);
	assert_events(f, "");
	assert_int_equal(f->set.count, 2);
	assert_int_equal(bond_set_get(&f->set, 20)->slave_count, 1);
}

/* One goes, and the others rest, whatever marks they have from when they
   came. */
static void test_others_rest_when_one_goes(void **state)
{
	struct fixture *f = *state;

	for (int ifindex = 10; ifindex < 14; ifindex++) {
		put(f, bond_of(ifindex, "bond", 0));
		put(f, slave_of(ifindex + 10, "v", UP, ifindex));
	}
	f->tracker.quiet = true;
	dump(f, 0, 1000);
	f->tracker.quiet = false;
	dump(f, 10, 2000); /* empty: there is no such bond */
	assert_events(f, "slaveRemoved(bond v), bondRemoved(bond)");
	put(f, bond_of(12, "bond", 0));
	dump(f, 12, 3000);
	assert_events(f, "slaveRemoved(bond v)");
	dump(f, 13, 4000);
	assert_events(f, "slaveRemoved(bond v), bondRemoved(bond)");
	assert_int_equal(f->set.count, 2);
	assert_int_equal(bond_set_get(&f->set, 11)->slave_count, 1);
	assert_int_equal(bond_set_get(&f->set, 12)->slave_count, 0);
}

/* The number is another kind of link now: a DELLINK was missed. */
static void test_number_reused(void **state)
{
	struct fixture *f = *state;

	start(f);
	assert_need(tell(f, link_of(10, "dummy0", UP), 2000),
		    TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	put(f, link_of(10, "dummy0", UP));
	dump(f, 0, 2001);
	assert_events(f, "slaveRemoved(bond0 v1), slaveRemoved(bond0 v2), "
			 "bondRemoved(bond0)");
}

/* One ended, and another one's dump: its time has not come. */
static void test_ended_beyond_the_scope(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->record.text[0] = '\0';
	tracker_caught_up(&f->tracker);
	(void)tell(f, deleted(bond_of(20, "bond1", 0)), 2000);
	dump(f, 10, 2000);
	assert_events(f, "slaveRemoved(bond0 v1), bondRemoved(bond0)");
	dump(f, 20, 2000);
	assert_events(f, "slaveRemoved(bond1 v2), bondRemoved(bond1)");
}

static bool not_mgmt(void *ctx, const char *name)
{
	(void)ctx;
	return strncmp(name, "mgmt", 4) != 0;
}

static void test_filter(void **state)
{
	struct fixture *f = *state;

	f->tracker.filter.wanted = not_mgmt;
	put(f, bond_of(10, "mgmt0", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 0, 1000);
	assert_int_equal(f->set.count, 0);
	assert_need(tell(f, bond_of(10, "mgmt0", 0), 1500),
		    TRACKER_NEEDS_NOTHING);
	assert_need(tell(f, slave_of(1, "v1", UP, 10), 1500),
		    TRACKER_NEEDS_NOTHING);
	/* Renamed into what is wanted. */
	assert_need(tell(f, bond_of(10, "bond0", 0), 2000), TRACKER_NEEDS_NOW);
	put(f, bond_of(10, "bond0", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 10, 2001);
	assert_events(f, "bondAdded(bond0), slaveAdded(bond0 v1)");
	/* And out of it. */
	assert_need(tell(f, bond_of(10, "mgmt1", 0), 3000), TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3000);
	put(f, bond_of(10, "mgmt1", 0));
	put(f, slave_of(1, "v1", UP, 10));
	dump(f, 10, 3001);
	assert_events(f, "slaveRemoved(bond0 v1), bondRemoved(bond0)");
	assert_int_equal(f->set.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_release),
		TEST(test_stale_event_removes_nothing),
		TEST(test_slave_joins),
		TEST(test_slave_moves),
		TEST(test_bond_deleted),
		TEST(test_deleted_with_a_raise),
		TEST(test_scope),
		TEST(test_others_rest_when_one_goes),
		TEST(test_number_reused),
		TEST(test_ended_beyond_the_scope),
		TEST(test_filter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
