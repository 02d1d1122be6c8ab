/* SPDX-License-Identifier: BSD-2-Clause */
/* The state machine of grace and hold, and the graces themselves. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/bond_set.h"
#include "bond/uapi.h"
#include "decision/discrepancy_step.h"
#include "decision/finding.h"
#include "range.h"
#include "sample.h"

#define START_MS INT64_C(1000000)
#define GRACE_MS 2000 /* of an unmonitored bond: the base */

#define FALSE_UP DISCREPANCY_FALSE_UP
#define SLAVE_UP DISCREPANCY_SLAVE_FALSE_UP

/* One bond, one state, and what it said: "+1 " a raise, "-1 " a clear. */
struct scene {
	struct bond_set set;
	struct bond *bond;
	struct discrepancy_state state;
	struct discrepancy_policy policy;
	char said[256];
	char name[DISCREPANCY_NAME_SIZE]; /* of the last that was said */
	int64_t since_ms;
};

static void open_scene(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	bond_set_init(&scene->set);
	scene->bond = sample_bond(&scene->set, 1, BOND_MODE_ROUNDROBIN,
				  CARRIER_MONITOR_NONE);
	sample_slaves(scene->bond, "0U 0U", START_MS);
	scene->policy.grace_base_ms = GRACE_MS;
	scene->policy.lacp_grace_fast_ms = 10000;
	scene->policy.lacp_grace_slow_ms = 100000;
}

static void close_scene(struct scene *scene)
{
	discrepancy_fini(&scene->state);
	assert_int_equal(scene->state.count, 0);
	bond_set_fini(&scene->set);
}

static void say(void *ctx, const struct discrepancy *item, bool raised)
{
	struct scene *scene = ctx;
	size_t length = strlen(scene->said);

	snprintf(scene->said + length, sizeof(scene->said) - length, "%c%d ",
		 raised ? '+' : '-', item->kind);
	memcpy(scene->name, item->slave_name, sizeof(scene->name));
	scene->since_ms = item->since_ms;
}

/* One step with these findings, in their order; `count` of them. */
static void step(struct scene *scene, int64_t after_ms, bool restart,
		 struct finding *items, size_t count)
{
	struct finding_list findings = { items, count, count };

	assert_int_equal(discrepancy_step(&scene->state, scene->bond, &findings,
					  &scene->policy, restart,
					  START_MS + after_ms, say, scene),
			 0);
}

static void with_false_up(struct scene *scene, int64_t after_ms)
{
	struct finding found = { FALSE_UP, 0 };

	step(scene, after_ms, false, &found, 1);
}

static void without(struct scene *scene, int64_t after_ms)
{
	step(scene, after_ms, false, NULL, 0);
}

static void test_raise_and_clear(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	assert_int_equal(discrepancy_next_ms(&scene.state), INT64_MAX);

	with_false_up(&scene, 0);
	assert_int_equal(discrepancy_pending(&scene.state),
			 DISCREPANCY_BIT(FALSE_UP));
	assert_int_equal(discrepancy_raised(&scene.state), 0);
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + GRACE_MS);
	with_false_up(&scene, GRACE_MS - 1);
	assert_string_equal(scene.said, "");
	with_false_up(&scene, GRACE_MS);
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(scene.since_ms, START_MS);
	assert_int_equal(discrepancy_raised(&scene.state),
			 DISCREPANCY_BIT(FALSE_UP));
	assert_int_equal(discrepancy_pending(&scene.state), 0);
	assert_int_equal(discrepancy_next_ms(&scene.state), INT64_MAX);
	with_false_up(&scene, 50000);
	assert_string_equal(scene.said, "+1 ");

	without(&scene, 60000);
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(discrepancy_raised(&scene.state),
			 DISCREPANCY_BIT(FALSE_UP));
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + 60000 + GRACE_MS);
	without(&scene, 60000 + GRACE_MS - 1);
	assert_string_equal(scene.said, "+1 ");
	without(&scene, 60000 + GRACE_MS);
	assert_string_equal(scene.said, "+1 -1 ");
	assert_int_equal(discrepancy_raised(&scene.state), 0);
	assert_int_equal(scene.state.count, 0);
	close_scene(&scene);
}

static void test_restored(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	assert_int_equal(discrepancy_restore(&scene.state, FALSE_UP, "bond1", 0,
					     "", START_MS - 5000),
			 0);
	assert_int_equal(
	    discrepancy_restore(&scene.state, FALSE_UP, "", 0, "", 0), -EEXIST);
	/* It stands: nothing is said, whatever the grace. */
	assert_int_equal(discrepancy_raised(&scene.state),
			 DISCREPANCY_BIT(FALSE_UP));
	with_false_up(&scene, 0);
	with_false_up(&scene, GRACE_MS);
	assert_string_equal(scene.said, "");
	assert_true(scene.state.items[0].since_ms == START_MS - 5000);
	without(&scene, 2 * GRACE_MS);
	without(&scene, 3 * GRACE_MS);
	assert_string_equal(scene.said, "-1 ");
	close_scene(&scene);

	/* It was over when the agent came: after the hold. */
	open_scene(&scene);
	(void)strcpy(scene.bond->link.name, "FIFTEEN-LETTERS");
	assert_int_equal(discrepancy_restore(&scene.state, SLAVE_UP,
					     "FIFTEEN-LETTERS", 7,
					     "fifteen-letters", 0),
			 0);
	assert_string_equal(scene.state.items[0].bond_name, "FIFTEEN-LETTERS");
	without(&scene, 0);
	without(&scene, GRACE_MS - 1);
	assert_string_equal(scene.said, "");
	without(&scene, GRACE_MS);
	assert_string_equal(scene.name, "fifteen-letters");
	assert_int_equal(scene.state.count, 0);
	close_scene(&scene);
}

static void test_flicker_in_grace_is_not_said(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	for (int64_t at = 0; at < 20 * GRACE_MS; at += GRACE_MS) {
		with_false_up(&scene, at);
		with_false_up(&scene, at + GRACE_MS - 2);
		without(&scene, at + GRACE_MS - 1);
		assert_int_equal(scene.state.count, 0);
	}
	assert_string_equal(scene.said, "");
	close_scene(&scene);
}

static void test_back_within_the_hold(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	with_false_up(&scene, 0);
	with_false_up(&scene, GRACE_MS);
	for (int64_t at = 10000; at < 10000 + 20 * GRACE_MS; at += GRACE_MS) {
		without(&scene, at);
		with_false_up(&scene, at + GRACE_MS - 1);
	}
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(scene.state.items[0].since_ms, START_MS);
	/* Nor does a step that comes too late make two of one. */
	without(&scene, 100000);
	with_false_up(&scene, 200000);
	assert_string_equal(scene.said, "+1 ");
	without(&scene, 300000);
	without(&scene, 400000);
	assert_string_equal(scene.said, "+1 -1 ");
	close_scene(&scene);
}

static void test_the_hold_is_the_base_alone(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	scene.bond->attrs.miimon_ms = 100;
	scene.bond->attrs.downdelay_ms = 5000;
	with_false_up(&scene, 0);
	with_false_up(&scene, GRACE_MS + 52 * 132 - 1);
	assert_string_equal(scene.said, "");
	with_false_up(&scene, GRACE_MS + 52 * 132);
	assert_string_equal(scene.said, "+1 ");
	without(&scene, 10000);
	without(&scene, 10000 + GRACE_MS - 1);
	assert_string_equal(scene.said, "+1 ");
	without(&scene, 10000 + GRACE_MS);
	assert_string_equal(scene.said, "+1 -1 ");
	close_scene(&scene);
}

static void test_no_grace(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	scene.policy.grace_base_ms = 0;
	with_false_up(&scene, 0);
	assert_string_equal(scene.said, "+1 ");
	without(&scene, 0);
	assert_string_equal(scene.said, "+1 -1 ");
	assert_int_equal(scene.state.count, 0);
	close_scene(&scene);
}

static void test_restart(void **state)
{
	struct finding found[] = { { FALSE_UP, 0 }, { SLAVE_UP, 101 } };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	step(&scene, 0, false, found, 1);
	step(&scene, GRACE_MS, false, found, 2);
	assert_string_equal(scene.said, "+1 ");
	/* At the last moment; the raised one is not touched. */
	step(&scene, 2 * GRACE_MS, true, found, 2);
	assert_string_equal(scene.said, "+1 ");
	step(&scene, 3 * GRACE_MS - 1, false, found, 2);
	assert_string_equal(scene.said, "+1 ");
	step(&scene, 3 * GRACE_MS, false, found, 2);
	assert_string_equal(scene.said, "+1 +8 ");
	/* It began when it was first seen. */
	assert_int_equal(scene.since_ms, START_MS + GRACE_MS);
	close_scene(&scene);
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
	struct scene scene;

	(void)state;
	open_scene(&scene);
	false_up_by(&scene, false, 0);
	false_up_by(&scene, true, 1000);
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + AGREED_MS);
	false_up_by(&scene, true, AGREED_MS - 1);
	assert_string_equal(scene.said, "");
	false_up_by(&scene, true, AGREED_MS);
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(scene.since_ms, START_MS);
	close_scene(&scene);
}

/* ... to one that may not: it has the whole of its own grace, and no more. */
static void test_shorter_grace_meanwhile(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	false_up_by(&scene, true, 0);
	false_up_by(&scene, false, 50000);
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + 50000 + GRACE_MS);
	false_up_by(&scene, false, 50000 + GRACE_MS - 1);
	assert_string_equal(scene.said, "");
	false_up_by(&scene, false, 50000 + GRACE_MS);
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(scene.since_ms, START_MS);
	close_scene(&scene);
}

/* Causes that take turns: neither makes the other begin again for ever. */
static void test_causes_that_take_turns(void **state)
{
	struct scene scene;
	int64_t after_ms;

	(void)state;
	open_scene(&scene);
	for (after_ms = 0; after_ms < AGREED_MS; after_ms += 500) {
		false_up_by(&scene, after_ms % 1000 == 0, after_ms);
		assert_string_equal(scene.said, "");
	}
	false_up_by(&scene, true, after_ms);
	assert_string_equal(scene.said, "+1 ");
	close_scene(&scene);
}

/* A restart counts for the grace of the cause that comes after it, too. */
static void test_longer_grace_after_a_restart(void **state)
{
	struct finding found = { FALSE_UP, 0 };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	false_up_by(&scene, false, 0);
	step(&scene, 1500, true, &found, 1);
	false_up_by(&scene, true, 2500);
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + 1500 + AGREED_MS);
	false_up_by(&scene, true, 1500 + AGREED_MS);
	assert_string_equal(scene.said, "+1 ");
	assert_int_equal(scene.since_ms, START_MS);
	close_scene(&scene);
}

static void test_each_slave_for_itself(void **state)
{
	struct finding both[] = { { SLAVE_UP, 101 }, { SLAVE_UP, 102 } };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	step(&scene, 0, false, &both[1], 1);
	step(&scene, 1000, false, both, 2);
	assert_int_equal(scene.state.items[0].slave, 101);
	assert_int_equal(scene.state.items[1].slave, 102);
	step(&scene, GRACE_MS, false, both, 2);
	assert_string_equal(scene.said, "+8 ");
	assert_string_equal(scene.name, "v102");
	assert_int_equal(discrepancy_raised_for(&scene.state, 101), 0);
	assert_int_equal(discrepancy_raised_for(&scene.state, 102),
			 DISCREPANCY_BIT(SLAVE_UP));
	/* One raised, one pending: the kind is in both sets. */
	assert_int_equal(discrepancy_pending(&scene.state),
			 discrepancy_raised(&scene.state));
	step(&scene, 1000 + GRACE_MS, false, both, 2);
	assert_string_equal(scene.said, "+8 +8 ");
	assert_string_equal(scene.name, "v101");
	close_scene(&scene);
}

static void test_cleared_under_its_name(void **state)
{
	struct finding found = { SLAVE_UP, 102 };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	step(&scene, 0, false, &found, 1);
	step(&scene, GRACE_MS, false, &found, 1);
	bond_set_remove_slave(scene.bond, 102);
	memset(scene.name, 0, sizeof(scene.name));
	without(&scene, 10000);
	without(&scene, 10000 + GRACE_MS);
	assert_string_equal(scene.said, "+8 -8 ");
	assert_string_equal(scene.name, "v102");
	close_scene(&scene);
}

static void test_many_in_any_order(void **state)
{
	enum { SLAVES = 40 };
	struct finding all[SLAVES];
	struct scene scene;

	(void)state;
	open_scene(&scene);
	for (int i = 0; i < SLAVES; i++)
		all[i] = (struct finding){ SLAVE_UP, 101 + i };
	/* The upper half first, then all: they go in before it. */
	step(&scene, 0, false, &all[SLAVES / 2], SLAVES / 2);
	step(&scene, 1, false, all, SLAVES);
	assert_int_equal(scene.state.count, SLAVES);
	for (int i = 0; i < SLAVES; i++)
		assert_int_equal(scene.state.items[i].slave, 101 + i);
	/* Every second goes. */
	for (int i = 0; i < SLAVES / 2; i++)
		all[i] = all[2 * i];
	step(&scene, 2, false, all, SLAVES / 2);
	assert_int_equal(scene.state.count, SLAVES / 2);
	for (int i = 0; i < SLAVES / 2; i++)
		assert_int_equal(scene.state.items[i].slave, 101 + 2 * i);
	close_scene(&scene);
}

static void test_clear_all(void **state)
{
	struct finding found[] = { { FALSE_UP, 0 },
				   { SLAVE_UP, 101 },
				   { SLAVE_UP, 102 } };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	step(&scene, 0, false, found, 2);
	step(&scene, GRACE_MS, false, found, 2);
	/* One is clearing, one raised, one pending. */
	step(&scene, GRACE_MS + 1, false, &found[1], 2);
	assert_string_equal(scene.said, "+1 +8 ");
	discrepancy_step_clear(&scene.state, 0, say, &scene);
	assert_string_equal(scene.said, "+1 +8 -1 -8 ");
	assert_int_equal(scene.state.count, 0);
	discrepancy_step_clear(&scene.state, 0, say, &scene);
	assert_string_equal(scene.said, "+1 +8 -1 -8 ");
	close_scene(&scene);
}

/* One slave's go, in the order of the list; the others stay. */
static void test_clear_a_slave(void **state)
{
	struct finding found[] = { { FALSE_UP, 0 },
				   { DISCREPANCY_ACTIVE_SLAVE_DOWN, 101 },
				   { SLAVE_UP, 101 },
				   { SLAVE_UP, 102 } };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	step(&scene, 0, false, found, 4);
	step(&scene, GRACE_MS, false, found, 4);
	assert_string_equal(scene.said, "+1 +5 +8 +8 ");
	discrepancy_step_clear(&scene.state, 101, say, &scene);
	assert_string_equal(scene.said, "+1 +5 +8 +8 -5 -8 ");
	assert_int_equal(scene.state.count, 2);
	assert_int_equal(discrepancy_raised(&scene.state),
			 DISCREPANCY_BIT(FALSE_UP) | DISCREPANCY_BIT(SLAVE_UP));
	close_scene(&scene);
}

/* What is said is in the state already, and what is over no more. */
static void check_state(void *ctx, const struct discrepancy *item, bool raised)
{
	struct scene *scene = ctx;
	unsigned int kinds = discrepancy_raised(&scene->state);

	assert_int_equal((kinds & DISCREPANCY_BIT(item->kind)) != 0, raised);
	say(ctx, item, raised);
}

static void test_emitted_from_a_state_that_agrees(void **state)
{
	struct finding found = { FALSE_UP, 0 };
	struct finding_list some = { &found, 1, 1 }, none = { 0 };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	scene.policy.grace_base_ms = 0;
	assert_int_equal(discrepancy_step(&scene.state, scene.bond, &some,
					  &scene.policy, false, START_MS,
					  check_state, &scene),
			 0);
	/* Under another name it is over, and raised again. */
	(void)strcpy(scene.bond->link.name, "renamed");
	assert_int_equal(discrepancy_step(&scene.state, scene.bond, &some,
					  &scene.policy, false, START_MS,
					  check_state, &scene),
			 0);
	assert_int_equal(discrepancy_step(&scene.state, scene.bond, &none,
					  &scene.policy, false, START_MS,
					  check_state, &scene),
			 0);
	assert_string_equal(scene.said, "+1 -1 +1 -1 ");
	close_scene(&scene);
}

static void test_graces(void **state)
{
	struct scene scene;
	struct bond *bond;

	(void)state;
	open_scene(&scene);
	bond = scene.bond;
#define grace(kind) finding_grace_ms(bond, DISCREPANCY_##kind, &scene.policy)
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
	close_scene(&scene);
}

/*
 * The kernel counts a delay in looks, each of which begins when the last one
 * has been made: with HZ=100 a timer for 100 ms may end after 120 ms, and a
 * delay of 6 s after 7.2 s and its last look. A tick more than that is ours.
 */
static void test_delay_of_late_ticks(void **state)
{
	const int64_t kernel_ms = 62 * 120;
	struct finding found = { FALSE_UP, 0 };
	struct scene scene;

	(void)state;
	open_scene(&scene);
	scene.policy.grace_base_ms = 0;
	scene.bond->attrs.miimon_ms = 100;
	scene.bond->attrs.downdelay_ms = 6000;
	step(&scene, 0, false, &found, 1);
	step(&scene, kernel_ms, false, &found, 1);
	assert_string_equal(scene.said, "");
	step(&scene, 62 * 132 - 1, false, &found, 1);
	assert_string_equal(scene.said, "");
	step(&scene, 62 * 132, false, &found, 1);
	assert_string_equal(scene.said, "+1 ");
	close_scene(&scene);
}

/* Where a timer's granularity is what counts: HZ=1000, 512 ms, 64 ms late. */
static void test_interval_of_late_ticks(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene);
	scene.bond->attrs.miimon_ms = 512;
	assert_uint_in_range(
	    finding_grace_ms(scene.bond, DISCREPANCY_FALSE_UP, &scene.policy),
	    2000 + 2 * (512 + 64), 2000 + 2 * (512 + 64 + 40));
	close_scene(&scene);
}

/* Only slaveFalseDown waits for the whole of an updelay. */
static void test_huge_delays(void **state)
{
	const enum discrepancy_kind kind = DISCREPANCY_SLAVE_FALSE_DOWN;
	struct scene scene;
	struct bond *bond;
	struct finding found = { kind, 0 };

	(void)state;
	open_scene(&scene);
	bond = scene.bond;
	bond->attrs.miimon_ms = UINT32_MAX;
	bond->attrs.updelay_ms = UINT32_MAX;
	bond->attrs.downdelay_ms = UINT32_MAX;
	assert_int_equal(grace(FALSE_UP), 32000);
	assert_int_equal(grace(SLAVE_FALSE_DOWN), UINT32_MAX);
	step(&scene, 0, false, &found, 1);
	assert_int_equal(discrepancy_next_ms(&scene.state),
			 START_MS + UINT32_MAX);
	step(&scene, UINT32_MAX - INT64_C(1), false, &found, 1);
	assert_string_equal(scene.said, "");
	step(&scene, UINT32_MAX, false, &found, 1);
	assert_string_equal(scene.said, "+9 ");
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
	close_scene(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raise_and_clear),
		cmocka_unit_test(test_restored),
		cmocka_unit_test(test_flicker_in_grace_is_not_said),
		cmocka_unit_test(test_back_within_the_hold),
		cmocka_unit_test(test_the_hold_is_the_base_alone),
		cmocka_unit_test(test_no_grace),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_longer_grace_meanwhile),
		cmocka_unit_test(test_shorter_grace_meanwhile),
		cmocka_unit_test(test_causes_that_take_turns),
		cmocka_unit_test(test_longer_grace_after_a_restart),
		cmocka_unit_test(test_each_slave_for_itself),
		cmocka_unit_test(test_cleared_under_its_name),
		cmocka_unit_test(test_many_in_any_order),
		cmocka_unit_test(test_clear_all),
		cmocka_unit_test(test_clear_a_slave),
		cmocka_unit_test(test_emitted_from_a_state_that_agrees),
		cmocka_unit_test(test_graces),
		cmocka_unit_test(test_delay_of_late_ticks),
		cmocka_unit_test(test_interval_of_late_ticks),
		cmocka_unit_test(test_huge_delays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
