/* SPDX-License-Identifier: BSD-2-Clause */
/* How long the grace of each kind is, and what it is when the cause changes. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "discrepancy_fixture.h"
#include "range.h"

static void test_the_hold_is_the_base_alone(void **state)
{
	struct scene *scene = *state;

	scene->bond->attrs.miimon_ms = 100;
	scene->bond->attrs.downdelay_ms = 5000;
	with_false_up(scene, 0);
	with_false_up(scene, GRACE_MS + 52 * 132 - 1);
	assert_events(scene, "");
	with_false_up(scene, GRACE_MS + 52 * 132);
	assert_events(scene, "falseUp raised");
	without(scene, 10000);
	without(scene, 10000 + GRACE_MS - 1);
	assert_events(scene, "");
	without(scene, 10000 + GRACE_MS);
	assert_events(scene, "falseUp cleared");
}

/* With strict LACP: its links would do, and LACP has yet to agree. */
#define AGREED_MS (GRACE_MS + 100000)

static void false_up_by(struct scene *scene, bool lacp, int64_t after_ms)
{
	scene->bond->verdict.awaits_lacp = lacp;
	with_false_up(scene, after_ms);
}

/* The cause changes while it is pending, to one that may last longer. */
static void test_longer_grace_meanwhile(void **state)
{
	struct scene *scene = *state;

	false_up_by(scene, false, 0);
	false_up_by(scene, true, 1000);
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + AGREED_MS);
	false_up_by(scene, true, AGREED_MS - 1);
	assert_events(scene, "");
	false_up_by(scene, true, AGREED_MS);
	assert_events(scene, "falseUp raised");
	assert_int_equal(scene->since_ms, START_MS);
}

/* ... to one that may not: it has the whole of its own grace, and no more. */
static void test_shorter_grace_meanwhile(void **state)
{
	struct scene *scene = *state;

	false_up_by(scene, true, 0);
	false_up_by(scene, false, 50000);
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + 50000 + GRACE_MS);
	false_up_by(scene, false, 50000 + GRACE_MS - 1);
	assert_events(scene, "");
	false_up_by(scene, false, 50000 + GRACE_MS);
	assert_events(scene, "falseUp raised");
	assert_int_equal(scene->since_ms, START_MS);
}

/* Causes that take turns: neither makes the other begin again for ever. */
static void test_causes_that_take_turns(void **state)
{
	struct scene *scene = *state;
	int64_t after_ms;

	for (after_ms = 0; after_ms < AGREED_MS; after_ms += 500) {
		false_up_by(scene, after_ms % 1000 == 0, after_ms);
		assert_events(scene, "");
	}
	false_up_by(scene, true, after_ms);
	assert_events(scene, "falseUp raised");
}

/* A restart counts for the grace of the cause that comes after it, too. */
static void test_longer_grace_after_a_restart(void **state)
{
	struct scene *scene = *state;
	struct finding found = { FALSE_UP, 0 };

	false_up_by(scene, false, 0);
	step(scene, 1500, true, &found, 1);
	false_up_by(scene, true, 2500);
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + 1500 + AGREED_MS);
	false_up_by(scene, true, 1500 + AGREED_MS);
	assert_events(scene, "falseUp raised");
	assert_int_equal(scene->since_ms, START_MS);
}

static void test_graces(void **state)
{
	struct scene *scene = *state;
	struct bond *bond;

	bond = scene->bond;
#define grace(kind) finding_grace_ms(bond, DISCREPANCY_##kind, &scene->policy)
	bond->attrs.updelay_ms = 4000; /* nobody to wait for it */
	assert_int_equal(grace(FALSE_UP), 2000);

	bond->attrs.miimon_ms = 100;
	bond->attrs.updelay_ms = 300;
	bond->attrs.downdelay_ms = 700;
	/* Two looks and seven: 100 ms, an eighth of it and 20 ms each. */
	assert_int_equal(grace(FALSE_DOWN), 2000 + (2 + 7) * 132);
	bond->attrs.updelay_ms = 900;
	assert_int_equal(grace(STALE_CARRIER), 2000 + (2 + 9) * 132);
	bond->attrs.updelay_ms = 901; /* not of this kernel's making */
	assert_int_equal(grace(STALE_CARRIER), 2000 + (2 + 10) * 132);
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_UPDELAY);
	assert_int_equal(grace(STALE_CARRIER), 2000 + (2 + 7) * 132);

	bond->attrs.miimon_ms = 0;
	bond->attrs.arp_interval_ms = 250;
	bond->attrs.missed_max = 5;
	assert_int_equal(grace(ACTIVE_SLAVE_DOWN), 2000 + 8 * (250 + 31 + 20));
	/* Kernels before 5.17 have 2, and do not say so. */
	bond->attrs.present &= ~BOND_ATTR_BIT(UAPI_BOND_MISSED_MAX);
	assert_int_equal(grace(ACTIVE_SLAVE_DOWN), 2000 + 5 * (250 + 31 + 20));

	assert_int_equal(grace(NO_LACP_PARTNER), 100000);
	assert_int_equal(grace(SPLIT_AGGREGATOR), 100000);
	bond->attrs.lacp_rate = 1;
	assert_int_equal(grace(NO_LACP_PARTNER), 10000);
	assert_int_equal(grace(SPLIT_AGGREGATOR), 10000);
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE);
	assert_int_equal(grace(NO_LACP_PARTNER), 100000);
}

/*
 * The kernel counts a delay in looks, each of which begins when the last one
 * has been made: with HZ=100 a timer for 100 ms may end after 120 ms, and a
 * delay of 6 s after 7.2 s and its last look. A tick more than that is ours.
 */
static void test_delay_of_late_ticks(void **state)
{
	struct scene *scene = *state;
	const int64_t kernel_ms = 62 * 120;
	struct finding found = { FALSE_UP, 0 };

	scene->policy.grace_base_ms = 0;
	scene->bond->attrs.miimon_ms = 100;
	scene->bond->attrs.downdelay_ms = 6000;
	step(scene, 0, false, &found, 1);
	step(scene, kernel_ms, false, &found, 1);
	assert_events(scene, "");
	step(scene, 62 * 132 - 1, false, &found, 1);
	assert_events(scene, "");
	step(scene, 62 * 132, false, &found, 1);
	assert_events(scene, "falseUp raised");
}

/* Where a timer's granularity is what counts: HZ=1000, 512 ms, 64 ms late. */
static void test_interval_of_late_ticks(void **state)
{
	struct scene *scene = *state;

	scene->bond->attrs.miimon_ms = 512;
	assert_uint_in_range(
	    finding_grace_ms(scene->bond, DISCREPANCY_FALSE_UP, &scene->policy),
	    2000 + 2 * (512 + 64), 2000 + 2 * (512 + 64 + 40));
}

/* Only slaveFalseDown waits for the whole of an updelay. */
static void test_huge_delays(void **state)
{
	struct scene *scene = *state;
	const enum discrepancy_kind kind = DISCREPANCY_SLAVE_FALSE_DOWN;
	struct bond *bond;
	struct finding found = { kind, 0 };

	bond = scene->bond;
	bond->attrs.miimon_ms = UINT32_MAX;
	bond->attrs.updelay_ms = UINT32_MAX;
	bond->attrs.downdelay_ms = UINT32_MAX;
	assert_int_equal(grace(FALSE_UP), 32000);
	assert_int_equal(grace(SLAVE_FALSE_DOWN), UINT32_MAX);
	step(scene, 0, false, &found, 1);
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + UINT32_MAX);
	step(scene, UINT32_MAX - INT64_C(1), false, &found, 1);
	assert_events(scene, "");
	step(scene, UINT32_MAX, false, &found, 1);
	assert_events(scene, "slaveFalseDown raised");
	bond->attrs.updelay_ms = 0;
	assert_int_equal(grace(SLAVE_FALSE_DOWN), 32000);

	bond->attrs.miimon_ms = 100;
	bond->attrs.updelay_ms = 60000;
	assert_int_equal(grace(FALSE_UP), 32000);
	assert_int_equal(grace(SLAVE_FALSE_DOWN), 2000 + 602 * 132);

	bond->attrs.miimon_ms = 0;
	bond->attrs.arp_interval_ms = UINT32_MAX;
	bond->attrs.missed_max = UINT8_MAX;
	assert_int_equal(grace(FALSE_UP), 32000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_hold_is_the_base_alone),
		TEST(test_longer_grace_meanwhile),
		TEST(test_shorter_grace_meanwhile),
		TEST(test_causes_that_take_turns),
		TEST(test_longer_grace_after_a_restart),
		TEST(test_graces),
		TEST(test_delay_of_late_ticks),
		TEST(test_interval_of_late_ticks),
		TEST(test_huge_delays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
