/* SPDX-License-Identifier: BSD-2-Clause */
/* What slaves stand on: devices below them, and other bonds. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

static void test_lowers(void **state)
{
	struct fixture *f = *state;
	struct link_event gone = link_of(6, "eth6", 0);

	gone.gone = true;
	put_lowers(f, UP);
	dump(f, 0, 1000);
	assert_int_equal(f->set.lower_count, 2);
	assert_non_null(bond_set_lower(&f->set, 5));
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);

	put_lowers(f, UP);
	dump(f, 0, 1500);
	assert_false(f->set.bonds[0].changed);
	assert_need(tell(f, link_of(6, "eth6", DOWN), 2000),
		    TRACKER_NEEDS_BOND);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, DOWN);
	assert_true(f->set.bonds[0].changed);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 2050);

	put_lowers(f, UP);
	dump(f, 10, 2050);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);
	assert_true(f->set.bonds[0].changed);

	assert_need(tell(f, gone, 3000), TRACKER_NEEDS_BOND);
	assert_true(bond_set_lower(&f->set, 6)->distrusted);
	assert_int_equal(f->set.bonds[0].reread_at_ms, 3000);
	put(f, bond_of(10, "bond0", 4));
	f->batch.items[0].bond.present &=
	    ~BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
	dump(f, 0, 3001);
	assert_int_equal(f->set.lower_count, 0);
}

/* A message that can't be read says that the device is there: where, as it was
   known. */
static void test_distrusted_lowers(void **state)
{
	struct fixture *f = *state;

	put_lowers(f, UP);
	dump(f, 0, 1000);
	put_lowers(f, UP);
	f->batch.items[2] = distrusted(5);
	f->batch.items[3] = distrusted(6);
	dump(f, 0, 2000);
	assert_int_equal(f->set.lower_count, 2);
	assert_true(bond_set_lower(&f->set, 5)->distrusted);
	assert_int_equal(bond_set_lower(&f->set, 5)->lower, 6);
	assert_true(bond_set_lower(&f->set, 6)->distrusted);
	assert_int_equal(bond_set_lower(&f->set, 6)->flags, UP);
	assert_true(f->set.bonds[0].changed);
	put_lowers(f, UP);
	dump(f, 0, 3000);
	assert_false(bond_set_lower(&f->set, 5)->distrusted);
}

/* A slave on as many devices as the kernel allows, each of which comes in the
   dump before what stands on it; without the last of them, if so wanted. */
static void put_deep(struct fixture *f, bool last)
{
	struct link_event slave = slave_of(40, "top", UP, 50);

	slave.link.lower = 40 - 1;
	put(f, bond_of(50, "bond0", 40));
	put(f, slave);
	for (int i = 1; i <= LINK_DEPTH_MAX; i++)
		if (i < LINK_DEPTH_MAX || last)
			put(f,
			    link_of_vlan(40 - i, "below",
					 i < LINK_DEPTH_MAX ? 40 - i - 1 : 0));
}

static void test_deep_lowers(void **state)
{
	struct fixture *f = *state;

	put_deep(f, true);
	dump(f, 0, 1000);
	assert_int_equal(f->set.lower_count, LINK_DEPTH_MAX);
	put_deep(f, false);
	dump(f, 50, 2000);
	assert_int_equal(f->set.lower_count, LINK_DEPTH_MAX - 1);
	assert_true(f->set.bonds[0].changed);
	/* It was just read. */
	assert_int_equal(f->set.bonds[0].reread_at_ms, 0);
}

/* What is below any slave of the one bond. */
static void test_missing_lowers(void **state)
{
	struct fixture *f = *state;

	f->set.stack.wanted = true;
	for (int pass = 0; pass < 2; pass++) {
		put(f, bond_of(10, "bond0", 1));
		for (int i = 1; i <= 3; i++) {
			struct link_event slave = slave_of(i, "vlan", UP, 10);

			slave.link.lower = 20 + i;
			put(f, slave);
			if (pass == 0)
				put(f, link_of(20 + i, "eth", UP));
		}
		dump(f, pass ? 10 : 0, 1000);
		assert_int_equal(f->set.lower_count, pass ? 0 : 3);
		assert_true(f->set.stack.stale);
		f->set.stack.stale = false;
	}
}

/* No kernel says so, but a capture may. */
static void test_lowers_in_a_circle(void **state)
{
	struct fixture *f = *state;

	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		f->batch.items[3].link.lower = 5;
		dump(f, pass ? 10 : 0, 1000);
		assert_int_equal(f->set.lower_count, 2);
	}
}

/* Two bonds' slaves on one device: both notice, also from a dump. */
static void test_shared_lower(void **state)
{
	static const unsigned int flags[] = { UP, UP, DOWN };
	struct fixture *f = *state;

	for (size_t i = 0; i < 3; i++) {
		for (int b = 0; b < 2; b++) {
			struct link_event slave =
			    slave_of(4 + b, b ? "x" : "y", UP, 10 + b);

			slave.link.lower = 6;
			put(f, bond_of(10 + b, b ? "bond1" : "bond0", 0));
			put(f, slave);
		}
		put(f, link_of(6, "eth6", flags[i]));
		dump(f, 0, (int64_t)(1000 * (i + 1)));
		assert_int_equal(f->set.bonds[0].changed, i != 1);
		assert_int_equal(f->set.bonds[1].changed, i != 1);
	}
}

/* A bond that is a slave: one message, two roles. */
static void test_bond_in_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event inner = bond_of(20, "bond1", 0);

	inner.master = 10;
	inner.bond_slave = true;
	put(f, bond_of(10, "bond0", 20));
	put(f, inner);
	dump(f, 0, 1000);
	assert_events(
	    f, "bondAdded(bond0), bondAdded(bond1), slaveAdded(bond0 bond1)");
	inner.link.flags = DOWN;
	assert_need(tell(f, inner, 2000), TRACKER_NEEDS_BOND);
	assert_events(f, "slaveLowerDown(bond0 bond1)");
	assert_int_equal(bond_set_get(&f->set, 20)->link.flags, DOWN);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 2050);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 2050);
	/* The outer bond's dump holds the inner one as a slave. */
	inner.link.flags = UP;
	put(f, bond_of(10, "bond0", 20));
	put(f, inner);
	dump(f, 10, 3000);
	assert_events(f, "slaveLowerUp(bond0 bond1)");
	assert_int_equal(bond_set_get(&f->set, 20)->link.flags, UP);
	inner.gone = true;
	(void)tell(f, inner, 4000);
	assert_int_equal(bond_set_get(&f->set, 20)->reread_at_ms, 4000);
	assert_int_equal(bond_set_get(&f->set, 10)->reread_at_ms, 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lowers),
		TEST(test_distrusted_lowers),
		TEST(test_deep_lowers),
		TEST(test_missing_lowers),
		TEST(test_lowers_in_a_circle),
		TEST(test_shared_lower),
		TEST(test_bond_in_bond),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
