/* SPDX-License-Identifier: BSD-2-Clause */
/* Bonds that are slaves of bonds. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "judge_fixture.h"

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
	assert_carrier(effective(10101), DOWN);
	assert_carrier(effective(101), DOWN);
	assert_carrier(effective(1), DOWN);
	assert_carrier(get(1)->slaves[0].below, DOWN);

	/* Only the innermost has changed. */
	sample_slaves(get(10101), "1U*", START_MS);
	judge(10);
	assert_carrier(effective(10101), UP);
	assert_carrier(effective(101), UP);
	assert_carrier(effective(1), UP);
	assert_int_equal(emitted.count, 3);
	assert_int_equal(emitted.events[0].bond, 10101);
	assert_int_equal(emitted.events[1].bond, 101);
	assert_int_equal(emitted.events[2].bond, 1);
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
	assert_carrier(effective(1), DOWN);
	assert_int_equal(emitted.count, 6);
	assert_int_equal(emitted.events[3].bond, 10101);
	assert_int_equal(emitted.events[5].bond, 1);
}

static void test_outer_with_the_higher_ifindex(void **state)
{
	struct slave *slave;

	(void)state;
	make(1, NONE, "0U*", true);
	make(2, MII, "", true);
	slave = sample_add_slave(get(2), 1);
	slave->link = get(1)->link;
	slave->attrs.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	judge(0);
	assert_carrier(effective(2), DOWN);
	sample_slaves(get(1), "1U*", START_MS);
	judge(10);
	assert_carrier(effective(2), UP);
	assert_int_equal(emitted.count, 2);
}

static void join(int outer, int inner)
{
	struct slave *slave = sample_add_slave(get(outer), inner);

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
		assert_carrier(effective(i), UP);

	/* Nobody speaks before those below have. */
	sample_slaves(get(BONDS), "0U*", START_MS);
	for (int i = 1; i <= BONDS; i++)
		get(i)->changed = true;
	judge(10);
	assert_int_equal(emitted.count, BONDS);
	for (int i = 0; i < BONDS; i++)
		assert_int_equal(emitted.events[i].bond, BONDS - i);
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
		assert_carrier(effective(1), UNKNOWN);
		assert_carrier(effective(2), UNKNOWN);
	}
	assert_int_equal(emitted.count, 0);
}

static void test_no_glitch_between_bonds(void **state)
{
	(void)state;
	make(1, MII, "1U* 0D", true);
	make(101, NONE, "1U*", true);
	judge(0);
	assert_carrier(effective(1), UP);
	/* The inner bond goes as the other slave comes. */
	sample_slaves(get(101), "0U*", START_MS);
	sample_slaves(get(1), "1U* 1U", START_MS);
	judge(10);
	assert_carrier(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
	/* And the other way round. */
	sample_slaves(get(101), "1U*", START_MS);
	sample_slaves(get(1), "1U* 0D", START_MS);
	judge(20);
	assert_carrier(effective(1), UP);
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
	assert_carrier(effective(1), UP);
	assert_int_equal(events(1, EVENT_EFFECTIVE_DOWN), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_three_deep),
		TEST(test_outer_with_the_higher_ifindex),
		TEST(test_the_deepest_tower),
		TEST(test_a_circle_of_bonds),
		TEST(test_no_glitch_between_bonds),
		TEST(test_no_glitch_with_a_later_slave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
