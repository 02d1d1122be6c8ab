/* SPDX-License-Identifier: BSD-2-Clause */
/* Bonds that come, go, and come again under a number that was used. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "monitor_fixture.h"

static void test_one_reread_after_events(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	for (int i = 0; i < 3; i++) {
		(void)put_slave(&kernel.events, 1, 10, i % 2 ? UP : DOWN,
				BOND_LINK_UP);
		run(f, T0 + 1000 + 10 * i);
	}
	assert_events(f, "slaveLowerDown, effectiveDown, slaveLowerUp, "
			 "effectiveUp, slaveLowerDown, effectiveDown");
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1049);
	assert_int_equal(kernel.ones, 0);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 10);
	assert_events(
	    f, "slaveLowerUp, effectiveUp"); /* what the kernel's list says */
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
}

static void test_new_bond_at_once(void **state)
{
	struct fixture *f = *state;
	struct link_event bond;

	open_healthy(f);
	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	bond = kernel.links.items[2];
	bond.link.flags = DOWN; /* without slaves, as it should be */
	kernel.links.items[2] = bond;
	for (int i = 0; i < 5; i++)
		(void)link_of_put(&kernel.events, bond);
	run(f, T0 + 1000);
	assert_events(f, "bondAdded");
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 20);
	assert_true(bond_set_get(monitor_bonds(f->monitor), 20)->judged);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
}

/* Each is read once, whatever is said of it. */
static void test_new_bonds_at_once(void **state)
{
	static const int bonds[] = { 20, 30, 30, 20, 30 };
	struct fixture *f = *state;

	open_healthy(f);
	for (int i = 0; i < 5; i++) {
		if (i < 2)
			(void)put_bond(&kernel.links, bonds[i],
				       BOND_MODE_ROUNDROBIN, 100);
		(void)put_bond(&kernel.events, bonds[i], BOND_MODE_ROUNDROBIN,
			       100);
	}
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(monitor_bonds(f->monitor)->count, 3);
}

/* One that comes while a single bond is read does not wait for the next time
   that something is heard. */
static void test_new_bond_during_a_dump(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	(void)put_bond(&kernel.meanwhile, 20, BOND_MODE_ROUNDROBIN, 100);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(kernel.last_one, 20);
	assert_events(f, "bondAdded");
}

static void test_deleted_bond_at_once(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	link_batch_clear(&kernel.links);
	(void)link_of_put(&kernel.events, gone);
	run(f, T0 + 1000);
	assert_events(f, "slaveRemoved, bondRemoved");
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
}

/* Deleted, and what is there now can't be read: it is not known, and whoever
   asks for it is not told that it is up. */
static void test_deleted_and_no_dump(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	for (size_t i = 0; i < 2; i++) {
		link_batch_clear(&kernel.links);
		kernel.error = 0;
		open_healthy(f);
		gone = kernel.links.items[i];
		gone.gone = true;
		kernel.error = -EAGAIN;
		(void)link_of_put(&kernel.events, gone);
		run(f, T0 + 1000);
		assert_status(monitor_bonds(f->monitor)->status,
			      BOND_SET_RESYNCHRONISING);
		assert_carrier(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
		assert_events(f, "");
		monitor_close(f->monitor);
		kernel.alls = 0;
	}
	f->monitor = NULL;
}

/* Deleted, and another one made with its number, all of it in the queue. */
static void test_bond_made_again(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	(void)link_of_put(&kernel.events, gone);
	strcpy(kernel.links.items[0].link.name, "other");
	(void)link_of_put(&kernel.events, kernel.links.items[0]);
	run(f, T0 + 1000);
	assert_events(f, "slaveRemoved, bondRemoved, bondAdded, slaveAdded");
	assert_int_equal(bond10(f)->began_ms, T0 + 1000);
}

/* The queue has not been empty since the bond was read: what it says of the
   end of that number may be older than the bond. */
static void test_end_of_an_earlier_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	kernel.more = true;
	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	(void)link_of_put(&kernel.events, gone);
	run(f, T0 + 1000);
	assert_events(f, "");
	kernel.more = false;
	run(f, T0 + 2000);
	(void)link_of_put(&kernel.events, gone);
	run(f, T0 + 3000);
	assert_events(f, "slaveRemoved, bondRemoved, bondAdded, slaveAdded");
}

/* A bond comes while another one is read, and is read after it. Whatever is
   heard of it later is younger, and its end is its own. */
static void test_end_of_one_that_came_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct link_event came;

	open_healthy(f);
	(void)link_of_put(&kernel.events, kernel.links.items[0]);
	run(f, T0 + 1000);
	came = *put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	(void)link_of_put(&kernel.meanwhile, came);
	run(f, T0 + 1000 + TRACKER_REREAD_MS);
	assert_events(f, "bondAdded");

	came.gone = true;
	(void)link_of_put(&kernel.events, came);
	run(f, T0 + 9000);
	assert_events(f, "bondRemoved, bondAdded");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_reread_after_events),
		TEST(test_new_bond_at_once),
		TEST(test_new_bonds_at_once),
		TEST(test_new_bond_during_a_dump),
		TEST(test_deleted_bond_at_once),
		TEST(test_deleted_and_no_dump),
		TEST(test_bond_made_again),
		TEST(test_end_of_an_earlier_bond),
		TEST(test_end_of_one_that_came_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
