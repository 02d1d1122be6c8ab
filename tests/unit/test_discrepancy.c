/* SPDX-License-Identifier: BSD-2-Clause */
/* The state machine of grace and hold. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "discrepancy_fixture.h"

static void test_raise_and_clear(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(discrepancy_next_ms(&scene->state), INT64_MAX);

	with_false_up(scene, 0);
	assert_kinds(discrepancy_pending(&scene->state),
		     DISCREPANCY_BIT(FALSE_UP));
	assert_kinds(discrepancy_raised(&scene->state), 0);
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + GRACE_MS);
	with_false_up(scene, GRACE_MS - 1);
	assert_events(scene, "");
	with_false_up(scene, GRACE_MS);
	assert_events(scene, "falseUp raised");
	assert_int_equal(scene->since_ms, START_MS);
	assert_kinds(discrepancy_raised(&scene->state),
		     DISCREPANCY_BIT(FALSE_UP));
	assert_kinds(discrepancy_pending(&scene->state), 0);
	assert_int_equal(discrepancy_next_ms(&scene->state), INT64_MAX);
	with_false_up(scene, 50000);
	assert_events(scene, "");

	without(scene, 60000);
	assert_events(scene, "");
	assert_kinds(discrepancy_raised(&scene->state),
		     DISCREPANCY_BIT(FALSE_UP));
	assert_int_equal(discrepancy_next_ms(&scene->state),
			 START_MS + 60000 + GRACE_MS);
	without(scene, 60000 + GRACE_MS - 1);
	assert_events(scene, "");
	without(scene, 60000 + GRACE_MS);
	assert_events(scene, "falseUp cleared");
	assert_kinds(discrepancy_raised(&scene->state), 0);
	assert_int_equal(scene->state.count, 0);
}

static void test_restored(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(discrepancy_restore(&scene->state, FALSE_UP, "bond1",
					     0, "", START_MS - 5000),
			 0);
	assert_int_equal(
	    discrepancy_restore(&scene->state, FALSE_UP, "", 0, "", 0),
	    -EEXIST);
	/* It stands: nothing is said, whatever the grace. */
	assert_kinds(discrepancy_raised(&scene->state),
		     DISCREPANCY_BIT(FALSE_UP));
	with_false_up(scene, 0);
	with_false_up(scene, GRACE_MS);
	assert_events(scene, "");
	assert_true(scene->state.items[0].since_ms == START_MS - 5000);
	without(scene, 2 * GRACE_MS);
	without(scene, 3 * GRACE_MS);
	assert_events(scene, "falseUp cleared");
	close_scene(scene);

	/* It was over when the agent came: after the hold. */
	open_scene(scene);
	(void)strcpy(scene->bond->link.name, "FIFTEEN-LETTERS");
	assert_int_equal(discrepancy_restore(&scene->state, SLAVE_UP,
					     "FIFTEEN-LETTERS", 7,
					     "fifteen-letters", 0),
			 0);
	assert_string_equal(scene->state.items[0].bond_name, "FIFTEEN-LETTERS");
	without(scene, 0);
	without(scene, GRACE_MS - 1);
	assert_events(scene, "");
	without(scene, GRACE_MS);
	assert_string_equal(scene->name, "fifteen-letters");
	assert_int_equal(scene->state.count, 0);
}

static void test_flicker_in_grace_is_not_said(void **state)
{
	struct scene *scene = *state;

	for (int64_t at = 0; at < 20 * GRACE_MS; at += GRACE_MS) {
		with_false_up(scene, at);
		with_false_up(scene, at + GRACE_MS - 2);
		without(scene, at + GRACE_MS - 1);
		assert_int_equal(scene->state.count, 0);
	}
	assert_events(scene, "");
}

static void test_back_within_the_hold(void **state)
{
	struct scene *scene = *state;

	with_false_up(scene, 0);
	with_false_up(scene, GRACE_MS);
	for (int64_t at = 10000; at < 10000 + 20 * GRACE_MS; at += GRACE_MS) {
		without(scene, at);
		with_false_up(scene, at + GRACE_MS - 1);
	}
	assert_events(scene, "falseUp raised");
	assert_int_equal(scene->state.items[0].since_ms, START_MS);
	/* Nor does a step that comes too late make two of one. */
	without(scene, 100000);
	with_false_up(scene, 200000);
	assert_events(scene, "");
	without(scene, 300000);
	without(scene, 400000);
	assert_events(scene, "falseUp cleared");
}

static void test_no_grace(void **state)
{
	struct scene *scene = *state;

	scene->policy.grace_base_ms = 0;
	with_false_up(scene, 0);
	assert_events(scene, "falseUp raised");
	without(scene, 0);
	assert_events(scene, "falseUp cleared");
	assert_int_equal(scene->state.count, 0);
}

static void test_restart(void **state)
{
	struct scene *scene = *state;
	struct finding found[] = { { FALSE_UP, 0 }, { SLAVE_UP, 101 } };

	step(scene, 0, false, found, 1);
	step(scene, GRACE_MS, false, found, 2);
	assert_events(scene, "falseUp raised");
	/* At the last moment; the raised one is not touched. */
	step(scene, 2 * GRACE_MS, true, found, 2);
	assert_events(scene, "");
	step(scene, 3 * GRACE_MS - 1, false, found, 2);
	assert_events(scene, "");
	step(scene, 3 * GRACE_MS, false, found, 2);
	assert_events(scene, "slaveFalseUp raised");
	/* It began when it was first seen. */
	assert_int_equal(scene->since_ms, START_MS + GRACE_MS);
}

static void test_each_slave_for_itself(void **state)
{
	struct scene *scene = *state;
	struct finding both[] = { { SLAVE_UP, 101 }, { SLAVE_UP, 102 } };

	step(scene, 0, false, &both[1], 1);
	step(scene, 1000, false, both, 2);
	assert_int_equal(scene->state.items[0].slave, 101);
	assert_int_equal(scene->state.items[1].slave, 102);
	step(scene, GRACE_MS, false, both, 2);
	assert_events(scene, "slaveFalseUp raised");
	assert_string_equal(scene->name, "v102");
	assert_int_equal(discrepancy_raised_for(&scene->state, 101), 0);
	assert_kinds(discrepancy_raised_for(&scene->state, 102),
		     DISCREPANCY_BIT(SLAVE_UP));
	/* One raised, one pending: the kind is in both sets. */
	assert_kinds(discrepancy_pending(&scene->state),
		     discrepancy_raised(&scene->state));
	step(scene, 1000 + GRACE_MS, false, both, 2);
	assert_events(scene, "slaveFalseUp raised");
	assert_string_equal(scene->name, "v101");
}

static void test_cleared_under_its_name(void **state)
{
	struct scene *scene = *state;
	struct finding found = { SLAVE_UP, 102 };

	step(scene, 0, false, &found, 1);
	step(scene, GRACE_MS, false, &found, 1);
	bond_set_remove_slave(scene->bond, 102);
	memset(scene->name, 0, sizeof(scene->name));
	without(scene, 10000);
	without(scene, 10000 + GRACE_MS);
	assert_events(scene, "slaveFalseUp raised, slaveFalseUp cleared");
	assert_string_equal(scene->name, "v102");
}

static void test_many_in_any_order(void **state)
{
	struct scene *scene = *state;
	enum { SLAVES = 40 };
	struct finding all[SLAVES];

	for (int i = 0; i < SLAVES; i++)
		all[i] = (struct finding){ SLAVE_UP, 101 + i };
	/* The upper half first, then all: they go in before it. */
	step(scene, 0, false, &all[SLAVES / 2], SLAVES / 2);
	step(scene, 1, false, all, SLAVES);
	assert_int_equal(scene->state.count, SLAVES);
	for (int i = 0; i < SLAVES; i++)
		assert_int_equal(scene->state.items[i].slave, 101 + i);
	/* Every second goes. */
	for (int i = 0; i < SLAVES / 2; i++)
		all[i] = all[2 * i];
	step(scene, 2, false, all, SLAVES / 2);
	assert_int_equal(scene->state.count, SLAVES / 2);
	for (int i = 0; i < SLAVES / 2; i++)
		assert_int_equal(scene->state.items[i].slave, 101 + 2 * i);
}

static void test_clear_all(void **state)
{
	struct scene *scene = *state;
	struct finding found[] = { { FALSE_UP, 0 },
				   { SLAVE_UP, 101 },
				   { SLAVE_UP, 102 } };

	step(scene, 0, false, found, 2);
	step(scene, GRACE_MS, false, found, 2);
	/* One is clearing, one raised, one pending. */
	step(scene, GRACE_MS + 1, false, &found[1], 2);
	assert_events(scene, "falseUp raised, slaveFalseUp raised");
	discrepancy_step_clear(&scene->state, 0, keep, scene);
	assert_events(scene, "falseUp cleared, slaveFalseUp cleared");
	assert_int_equal(scene->state.count, 0);
	discrepancy_step_clear(&scene->state, 0, keep, scene);
	assert_events(scene, "");
}

/* One slave's go, in the order of the list; the others stay. */
static void test_clear_a_slave(void **state)
{
	struct scene *scene = *state;
	struct finding found[] = { { FALSE_UP, 0 },
				   { DISCREPANCY_ACTIVE_SLAVE_DOWN, 101 },
				   { SLAVE_UP, 101 },
				   { SLAVE_UP, 102 } };

	step(scene, 0, false, found, 4);
	step(scene, GRACE_MS, false, found, 4);
	assert_events(scene, "falseUp raised, activeSlaveDown raised, "
			     "slaveFalseUp raised, slaveFalseUp raised");
	discrepancy_step_clear(&scene->state, 101, keep, scene);
	assert_events(scene, "activeSlaveDown cleared, slaveFalseUp cleared");
	assert_int_equal(scene->state.count, 2);
	assert_kinds(discrepancy_raised(&scene->state),
		     DISCREPANCY_BIT(FALSE_UP) | DISCREPANCY_BIT(SLAVE_UP));
}

/* What is said is in the state already, and what is over no more. */
static void check_state(void *ctx, const struct discrepancy *item, bool raised)
{
	struct scene *scene = ctx;
	unsigned int kinds = discrepancy_raised(&scene->state);

	assert_int_equal((kinds & DISCREPANCY_BIT(item->kind)) != 0, raised);
	keep(ctx, item, raised);
}

static void test_emitted_from_a_state_that_agrees(void **state)
{
	struct scene *scene = *state;
	struct finding found = { FALSE_UP, 0 };
	struct finding_list some = { &found, 1, 1 }, none = { 0 };

	scene->policy.grace_base_ms = 0;
	assert_int_equal(discrepancy_step(&scene->state, scene->bond, &some,
					  &scene->policy, false, START_MS,
					  check_state, scene),
			 0);
	/* Under another name it is over, and raised again. */
	(void)strcpy(scene->bond->link.name, "renamed");
	assert_int_equal(discrepancy_step(&scene->state, scene->bond, &some,
					  &scene->policy, false, START_MS,
					  check_state, scene),
			 0);
	assert_int_equal(discrepancy_step(&scene->state, scene->bond, &none,
					  &scene->policy, false, START_MS,
					  check_state, scene),
			 0);
	assert_events(
	    scene,
	    "falseUp raised, falseUp cleared, falseUp raised, falseUp cleared");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_raise_and_clear),
		TEST(test_restored),
		TEST(test_flicker_in_grace_is_not_said),
		TEST(test_back_within_the_hold),
		TEST(test_no_grace),
		TEST(test_restart),
		TEST(test_each_slave_for_itself),
		TEST(test_cleared_under_its_name),
		TEST(test_many_in_any_order),
		TEST(test_clear_all),
		TEST(test_clear_a_slave),
		TEST(test_emitted_from_a_state_that_agrees),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
