/* SPDX-License-Identifier: BSD-2-Clause */
/* Slaves that stand on other devices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bond/lower_links.h"
#include "judge_fixture.h"

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
	assert_carrier(effective(1), UNKNOWN); /* not seen yet */
	put_lower(50, true, 0);
	judge(10);
	assert_carrier(effective(1), UP);
	put_lower(50, false, 0);
	judge(20);
	assert_carrier(effective(1), DOWN);
}

/* Of a slave without a link it is not known why: nothing below is down. */
static void test_nothing_below(void **state)
{
	(void)state;
	make(1, MII, "0D", false);
	judge(0);
	assert_carrier(get(1)->slaves[0].below, UP);
	assert_carrier(effective(1), DOWN);
}

/* Eight devices below one is what the kernel allows. */
static void test_the_deepest_vlans(void **state)
{
	(void)state;
	stand_on(51);
	for (int i = 1; i <= LINK_DEPTH_MAX; i++)
		put_lower(50 + i, true, i < LINK_DEPTH_MAX ? 51 + i : 0);
	judge(0);
	assert_carrier(effective(1), UP);
	put_lower(50 + LINK_DEPTH_MAX, false, 0);
	judge(10);
	assert_carrier(effective(1), DOWN);
}

static void test_vlan_on_a_vlan(void **state)
{
	(void)state;
	stand_on(50);
	put_lower(50, true, 60);
	put_lower(60, true, 0);
	judge(0);
	assert_carrier(effective(1), UP);
	put_lower(60, false, 0);
	judge(10);
	assert_carrier(effective(1), DOWN);
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
	assert_carrier(effective(1), UP);
	assert_true(lower_links_mark_upper(&set, last, INT64_MAX));

	put_lower(last, true, last + 1);
	put_lower(last + 1, true, 0);
	judge(10);
	assert_carrier(effective(1), UNKNOWN);
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
	assert_carrier(effective(1), UNKNOWN);
	assert_carrier(get(1)->slaves[0].corrected, UNKNOWN);

	/* Below a VLAN. */
	make(2, MII, "1U*", true);
	assert_int_equal(bond_set_put_lower(&set, &link), 0);
	bond_set_slave_lower(get(2), &get(2)->slaves[0], 50);
	judge(10);
	assert_carrier(effective(2), UNKNOWN);
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
	assert_carrier(effective(1), UNKNOWN);
}

static void test_vlan_on_a_bond(void **state)
{
	(void)state;
	stand_on(7);
	make(7, NONE, "0U*", true);
	judge(0);
	assert_carrier(effective(1), DOWN);
	sample_slaves(get(7), "1U*", START_MS);
	judge(10);
	assert_carrier(effective(1), UP);

	/* With another VLAN between. */
	bond_set_slave_lower(get(1), &get(1)->slaves[0], 50);
	put_lower(50, true, 7);
	judge(20);
	assert_carrier(effective(1), UP);
	sample_slaves(get(7), "0U*", START_MS);
	judge(30);
	assert_carrier(effective(1), DOWN);
}

/* No kernel says so, but a capture may. */
static void test_circles(void **state)
{
	(void)state;
	stand_on(50);
	put_lower(50, true, 51);
	put_lower(51, true, 50);
	judge(0);
	assert_carrier(effective(1), UNKNOWN);

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_vlan_on_a_link),
		TEST(test_nothing_below),
		TEST(test_the_deepest_vlans),
		TEST(test_vlan_on_a_vlan),
		TEST(test_depth),
		TEST(test_bond_that_is_not_in_the_set),
		TEST(test_malformed_lower),
		TEST(test_vlan_on_a_bond),
		TEST(test_circles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
