/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A number under another name: a link that was renamed, or another link that
 * was made with the number of one that has gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

/* put_start() under other names, and v1 with other flags. */
static void dump_as(struct fixture *f, const char *bond, const char *v1,
		    unsigned int v1_flags, int scope, int64_t now_ms)
{
	put(f, bond_of(10, bond, 1));
	put(f, slave_of(1, v1, v1_flags, 10));
	put(f, slave_of(2, "v2", DOWN, 10));
	dump(f, scope, now_ms);
}

static void test_rename(void **state)
{
	struct fixture *f = *state;
	uint64_t changes;

	start(f);
	changes = f->set.carrier_changes;
	assert_need(tell(f, bond_of(10, "uplink", 1), 2000),
		    TRACKER_NEEDS_BOND);
	assert_int_equal(f->set.carrier_changes, changes + 1);
	assert_string_equal(f->set.bonds[0].link.name, "uplink");
	assert_int_equal(f->set.table_changed_ms, 2000);
	assert_false(f->set.bonds[0].restart_grace);
	(void)tell(f, slave_of(1, "left", UP, 10), 3000);
	assert_string_equal(f->set.bonds[0].slaves[0].link.name, "left");
	assert_int_equal(f->set.table_changed_ms, 3000);
	assert_events(f, "");
	/* The number is a bond of another name. Should what is queued say
	   nothing of it, it is renamed, and history goes on. */
	for (int i = 0; i < 2; i++) {
		assert_string_equal(f->set.bonds[0].link.name, "uplink");
		put(f, bond_of(10, "bond0", 1));
		put(f, slave_of(1, "left", UP, 10));
		dump(f, 0, 4000);
		assert_int_equal(f->set.bonds[0].slave_count, 2 - i);
		assert_int_equal(f->set.bonds[0].reread_at_ms,
				 i ? 0 : 4000 + TRACKER_REREAD_MS);
		tracker_caught_up(&f->tracker);
	}
	assert_string_equal(f->set.bonds[0].link.name, "bond0");
	assert_events(f, "slaveRemoved(bond0 v2)");
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
	assert_int_equal(f->set.table_changed_ms, 4000);
}

/* Deleted and made in one go, as another one: it inherits nothing, and what is
   said last of the old one bears its name. */
static void test_bond_made_again(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	tracker_caught_up(&f->tracker);
	raise_kind(f, DISCREPANCY_FALSE_UP, 0, "");
	f->set.bonds[0].discrepancy_raises = 1;
	(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2000);
	assert_need(tell(f, bond_of(10, "other", 2), 2000), TRACKER_NEEDS_BOND);
	(void)tell(f, slave_of(1, "v1", DOWN, 10), 2000);
	assert_events(f, "");
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
	put(f, bond_of(10, "other", 1));
	put(f, slave_of(1, "v1", DOWN, 10));
	dump(f, 10, 2001);
	assert_events(f, "falseUp cleared(bond0), slaveRemoved(bond0 v1), "
			 "slaveRemoved(bond0 v2), bondRemoved(bond0), "
			 "bondAdded(other), slaveAdded(other v1)");
	assert_int_equal(f->set.count, 1);
	bond = &f->set.bonds[0];
	assert_int_equal(bond->began_ms, 2001);
	assert_int_equal(bond->discrepancies.count, 0);
	assert_int_equal(bond->discrepancy_raises, 0);
	assert_int_equal(bond->slave_count, 1);
	assert_int_equal(bond->slaves[0].began_ms, 2001);
	assert_int_equal(bond->slaves[0].lower_up_transitions, 0);
}

/* The dump comes between: it shows the new one before the end of the old one
   is heard of. */
static void test_bond_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	raise_kind(f, DISCREPANCY_FALSE_UP, 0, "");
	for (int i = 0; i < 2; i++) {
		put(f, bond_of(10, "other", 0));
		put(f, slave_of(1, "v1", UP, 10));
		dump(f, 0, 2000);
		assert_events(
		    f, i ? "falseUp cleared(bond0), slaveRemoved(bond0 v1), "
			   "slaveRemoved(bond0 v2), bondRemoved(bond0), "
			   "bondAdded(other), slaveAdded(other v1)"
			 : "");
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2001);
		(void)tell(f, bond_of(10, "other", 0), 2001);
	}
}

/* ... nor another bond's that the dump shows before it. */
static void test_second_bond_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	put_two_bonds(f, 20);
	dump(f, 0, 1000);
	f->record.text[0] = '\0';
	tracker_caught_up(&f->tracker);
	put(f, bond_of(10, "bond0", 1));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, bond_of(20, "other", 0));
	put(f, slave_of(2, "v2", UP, 20));
	dump(f, 0, 2000);
	assert_events(f, "");
	assert_string_equal(f->set.bonds[1].link.name, "bond1");
}

/* Nothing was queued, so it is renamed; and the next time again. */
static void test_renamed_unheard(void **state)
{
	static const char *const names[] = { "one", "two" };
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 2; i++) {
		tracker_caught_up(&f->tracker);
		dump_as(f, names[i], "v1", UP, 0, 2000);
		assert_string_not_equal(f->set.bonds[0].link.name, names[i]);
		tracker_caught_up(&f->tracker);
		dump_as(f, names[i], "v1", UP, 0, 2050);
		assert_string_equal(f->set.bonds[0].link.name, names[i]);
		assert_events(f, "");
	}
}

/* An event has the known name: what a later dump shows is doubtful again. */
static void test_doubt_that_is_over(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		dump_as(f, "bond0", "new", UP, 0, 2000);
		assert_string_equal(f->set.bonds[0].slaves[0].link.name, "v1");
		(void)tell(f, slave_of(1, "v1", UP, 10), 2010);
		tracker_caught_up(&f->tracker);
	}
	assert_events(f, "");
}

/* The message was queued before the dump that the bond came with: what that
   showed was made after it. */
static void test_end_of_one_before(void **state)
{
	struct fixture *f = *state;

	start(f);
	for (int i = 0; i < 2; i++) {
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 2000);
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 2000);
		assert_int_equal(f->set.bonds[0].reread_at_ms, 2000);
		put_start(f);
		dump(f, 0, 2000);
		assert_events(f, "");
	}
	tracker_caught_up(&f->tracker);
	(void)tell(f, deleted(bond_of(10, "bond0", 0)), 3000);
	for (int i = 0; i < 2; i++) {
		put_start(f);
		dump(f, 0, 3000);
		assert_events(f,
			      i ? ""
				: "slaveRemoved(bond0 v1), slaveRemoved(bond0 "
				  "v2), bondRemoved(bond0), bondAdded(bond0), "
				  "slaveAdded(bond0 v1), slaveAdded(bond0 v2)");
		/* Once more, from before that dump. */
		(void)tell(f, deleted(bond_of(10, "bond0", 0)), 3000);
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 3000);
	}
	assert_int_equal(f->set.bonds[0].began_ms, 3000);
}

static void test_slave_made_again(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	start(f);
	tracker_caught_up(&f->tracker);
	raise_kind(f, DISCREPANCY_SLAVE_FALSE_UP, 1, "v1");
	raise_kind(f, DISCREPANCY_SLAVE_FALSE_UP, 2, "v2");
	(void)tell(f, slave_of(1, "v1", DOWN, 10), 1500);
	assert_events(f, "slaveLowerDown(bond0 v1)");
	(void)tell(f, deleted(slave_of(1, "v1", DOWN, 10)), 2000);
	(void)tell(f, slave_of(1, "new", UP, 10), 2000);
	assert_events(f, "");
	dump_as(f, "bond0", "new", UP, 10, 2001);
	assert_events(f, "slaveFalseUp cleared(bond0 v1), slaveRemoved(bond0 "
			 "v1), slaveAdded(bond0 new)");
	slave = &f->set.bonds[0].slaves[0];
	assert_int_equal(slave->began_ms, 2001);
	assert_int_equal(slave->lower_up_transitions, 0);
	assert_int_equal(f->set.bonds[0].discrepancies.count, 1);
	assert_int_equal(f->set.bonds[0].began_ms, 1000);
}

/* The dump comes between, as above: nothing is said of the old one under the
   new one's name. */
static void test_slave_made_again_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		dump_as(f, "bond0", "new", DOWN, 10, 2000);
		assert_events(
		    f,
		    i ? "slaveRemoved(bond0 v1), slaveAdded(bond0 new)" : "");
		(void)tell(f, deleted(slave_of(1, "v1", UP, 10)), 2001);
		(void)tell(f, slave_of(1, "new", DOWN, 10), 2001);
	}
	assert_int_equal(f->set.bonds[0].slaves[0].began_ms, 2000);
	assert_int_equal(f->set.bonds[0].slaves[0].lower_up_transitions, 0);
}

/* Nothing is heard of an end: it is renamed, and history goes on. */
static void test_slave_renamed_unheard(void **state)
{
	struct fixture *f = *state;

	start(f);
	tracker_caught_up(&f->tracker);
	for (int i = 0; i < 2; i++) {
		dump_as(f, "bond0", "new", DOWN, 10, 2000);
		assert_events(f, i ? "slaveLowerDown(bond0 new)" : "");
		assert_int_equal(f->set.bonds[0].reread_at_ms,
				 i ? 0 : 2000 + TRACKER_REREAD_MS);
		tracker_caught_up(&f->tracker);
	}
	assert_int_equal(f->set.bonds[0].slaves[0].began_ms, 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rename),
		TEST(test_bond_made_again),
		TEST(test_bond_made_again_unheard),
		TEST(test_second_bond_made_again_unheard),
		TEST(test_renamed_unheard),
		TEST(test_doubt_that_is_over),
		TEST(test_end_of_one_before),
		TEST(test_slave_made_again),
		TEST(test_slave_made_again_unheard),
		TEST(test_slave_renamed_unheard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
