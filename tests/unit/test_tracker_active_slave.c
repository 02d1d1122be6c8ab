/* SPDX-License-Identifier: BSD-2-Clause */
/* The active slave changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

static void test_active_slave(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	(void)tell(f, bond_of(10, "bond0", 2), 2000);
	assert_events(f, "activeSlaveChanged(bond0 v2)");
	assert_false(bond->restart_grace);
	(void)tell(f, bond_of(10, "bond0", 2), 2100);
	assert_events(f, "");
	(void)tell(f, bond_of(10, "bond0", 0), 2200);
	assert_events(f, "activeSlaveChanged(bond0)");
	(void)tell(f, bond_of(10, "bond0", 1), 2300);
	assert_events(f, "activeSlaveChanged(bond0 v1)");
	assert_int_equal(bond->active_slave_changes, 3);
	assert_int_equal(f->set.table_changed_ms, 0);
}

/* The name is worth waiting for: the dump brings it. */
static void test_active_slave_unheard_of(void **state)
{
	struct fixture *f = *state;
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	(void)tell(f, bond_of(10, "bond0", 3), 2000);
	assert_events(f, "");
	assert_int_equal(bond->active_slave_changes, 1);
	assert_int_equal(bond->reread_at_ms, 2000);
	put(f, bond_of(10, "bond0", 3));
	put(f, slave_of(1, "v1", UP, 10));
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	assert_events(f, "slaveRemoved(bond0 v2), slaveAdded(bond0 v3), "
			 "activeSlaveChanged(bond0 v3)");

	/* The dump is the first to say anything. */
	put(f, bond_of(10, "bond0", 4));
	put(f, slave_of(3, "v3", UP, 10));
	put(f, slave_of(4, "v4", UP, 10));
	dump(f, 0, 3000);
	assert_events(f, "slaveRemoved(bond0 v1), slaveAdded(bond0 v4), "
			 "activeSlaveChanged(bond0 v4)");

	/* What nobody names is told by its number, and each only once. */
	(void)tell(f, bond_of(10, "bond0", 5), 4000);
	(void)tell(f, bond_of(10, "bond0", 4), 4000);
	assert_events(
	    f, "activeSlaveChanged(bond0), activeSlaveChanged(bond0 v4)");
	(void)tell(f, bond_of(10, "bond0", 5), 5000);
	put(f, bond_of(10, "bond0", 5));
	put(f, slave_of(3, "v3", UP, 10));
	put(f, slave_of(4, "v4", UP, 10));
	dump(f, 10, 5000);
	assert_events(f, "activeSlaveChanged(bond0)");
	(void)tell(f, bond_of(10, "bond0", 6), 6000);
	dump(f, 0, 6000);
	assert_events(f, "activeSlaveChanged(bond0), slaveRemoved(bond0 v3), "
			 "slaveRemoved(bond0 v4), bondRemoved(bond0)");
}

/* What is owed of one bond does not wait for another's dump, or end by it. */
static void test_active_slave_out_of_scope(void **state)
{
	struct fixture *f = *state;

	start(f);
	put(f, bond_of(20, "bond1", 0));
	dump(f, 20, 1500);
	assert_events(f, "bondAdded(bond1)");
	(void)tell(f, bond_of(10, "bond0", 3), 2000);
	put(f, bond_of(20, "bond1", 0));
	assert_int_equal(tracker_dump(&f->tracker, &f->batch, 20, 2000), 0);
	link_batch_clear(&f->batch);
	assert_events(f, "");
	put_start(f);
	f->batch.items[0].bond.active_slave = 3;
	put(f, slave_of(3, "v3", UP, 10));
	dump(f, 10, 2000);
	assert_events(f, "slaveAdded(bond0 v3), activeSlaveChanged(bond0 v3)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_active_slave),
		TEST(test_active_slave_unheard_of),
		TEST(test_active_slave_out_of_scope),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
