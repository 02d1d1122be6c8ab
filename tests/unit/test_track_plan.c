/* SPDX-License-Identifier: BSD-2-Clause */
/* What a track file must hold, and when: tables of time and observation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "keepalived/track_plan.h"
#include "sample.h"

struct fixture {
	struct track_plan *track;
	struct bond_set set;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture.track = track_plan_new();
	bond_set_init(&fixture.set);
	*state = &fixture;
	return fixture.track ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	track_plan_free(fixture->track);
	bond_set_fini(&fixture->set);
	return 0;
}

static void put_bond(struct fixture *fixture, int ifindex, const char *name,
		     enum carrier effective)
{
	struct bond *bond = sample_add(&fixture->set, ifindex);

	snprintf(bond->link.name, sizeof(bond->link.name), "%s", name);
	bond->verdict.effective = effective;
}

static void observe(struct fixture *fixture, int64_t now_ms)
{
	assert_int_equal(
	    track_plan_observe(fixture->track, &fixture->set, now_ms), 0);
}

/* All orders of that time, carried out: "bond0=1 bond1=0 ". */
static const char *orders(struct fixture *fixture, int64_t now_ms)
{
	static char text[256];
	struct track_order order;
	size_t length = 0;

	text[0] = '\0';
	while (track_plan_next(fixture->track, now_ms, &order)) {
		assert_true(length + 32 < sizeof(text));
		length += (size_t)snprintf(text + length, 32, "%s=%d ",
					   order.name, order.up ? 0 : 1);
		track_plan_done(fixture->track, &order, 0, now_ms);
	}
	return text;
}

#define UP   CARRIER_UP
#define DOWN CARRIER_DOWN

static void only_known_to_be_up_is_up(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "a", CARRIER_UP);
	put_bond(fixture, 2, "b", CARRIER_DOWN);
	put_bond(fixture, 3, "c", CARRIER_UNKNOWN);
	assert_string_equal(orders(fixture, 0), "");
	assert_true(track_plan_next_ms(fixture->track) == INT64_MAX);
	observe(fixture, 10);
	assert_string_equal(orders(fixture, 10), "a=0 b=1 c=1 ");
	put_bond(fixture, 1, "a", CARRIER_UNKNOWN);
	observe(fixture, 20);
	assert_string_equal(orders(fixture, 20), "a=1 ");
}

static void changes_hold_before_they_are_written(void **state)
{
	static const struct {
		int64_t at_ms;
		enum carrier observed;
		const char *orders;
		int64_t next_ms; /* but for the file's being looked at again */
	} steps[] = {
		{ 0, UP, "x=0 ", 0 },	  { 100, DOWN, "", 400 },
		{ 350, UP, "", 0 },	  { 360, DOWN, "", 660 },
		{ 500, DOWN, "", 660 },	  { 659, DOWN, "", 660 },
		{ 660, DOWN, "x=1 ", 0 }, { 700, UP, "", 1700 },
		{ 1600, DOWN, "", 0 },	  { 1601, UP, "", 2601 },
		{ 2600, UP, "", 2601 },	  { 2601, UP, "x=0 ", 0 },
	};
	struct fixture *fixture = *state;
	int64_t looked_at_ms = 0;

	track_plan_set_delays(fixture->track, 300, 1000);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		int64_t next_ms = steps[i].next_ms;

		put_bond(fixture, 1, "x", steps[i].observed);
		observe(fixture, steps[i].at_ms);
		assert_string_equal(orders(fixture, steps[i].at_ms),
				    steps[i].orders);
		if (*steps[i].orders)
			looked_at_ms = steps[i].at_ms;
		if (next_ms == 0)
			next_ms = looked_at_ms + TRACK_AGAIN_MS;
		assert_int_equal(track_plan_next_ms(fixture->track), next_ms);
	}
}

static void without_delays_a_change_is_written_at_once(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "x", UP);
	observe(fixture, 5);
	assert_string_equal(orders(fixture, 5), "x=0 ");
	put_bond(fixture, 1, "x", DOWN);
	observe(fixture, 6);
	assert_true(track_plan_next_ms(fixture->track) <= 6);
	assert_string_equal(orders(fixture, 6), "x=1 ");
	put_bond(fixture, 1, "x", UP);
	observe(fixture, 6);
	assert_string_equal(orders(fixture, 6), "x=0 ");
}

static void a_start_waits_for_nothing_a_newcomer_for_its_rise(void **state)
{
	struct fixture *fixture = *state;

	track_plan_set_delays(fixture->track, 300, 1000);
	put_bond(fixture, 1, "old", UP);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "old=0 ");
	put_bond(fixture, 2, "new", UP);
	observe(fixture, 10);
	assert_string_equal(orders(fixture, 10), "new=1 ");
	assert_int_equal(track_plan_next_ms(fixture->track), 1010);
	assert_string_equal(orders(fixture, 1010), "new=0 ");
}

static void the_file_of_a_bond_that_is_gone_says_down(void **state)
{
	struct fixture *fixture = *state;

	track_plan_set_delays(fixture->track, 300, 1000);
	put_bond(fixture, 1, "x", UP);
	put_bond(fixture, 2, "y", DOWN);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "x=0 y=1 ");
	sample_remove(&fixture->set, 1);
	sample_remove(&fixture->set, 2);
	observe(fixture, 10);
	assert_string_equal(orders(fixture, 10), "x=1 ");
	/* y's is looked at once more. */
	assert_string_equal(orders(fixture, TRACK_AGAIN_MS), "y=1 ");
	assert_true(track_plan_next_ms(fixture->track) == INT64_MAX);
}

/* It went while nobody kept its file. */
static void a_file_that_is_nobodys_says_down(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "bond0", CARRIER_UP);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "bond0=0 ");
	assert_int_equal(track_plan_found_up(fixture->track, "bond0"), 0);
	assert_int_equal(track_plan_found_up(fixture->track, "gone0"), 0);
	assert_int_equal(
	    track_plan_found_up(fixture->track, "sixteen-letters-"), 0);
	assert_string_equal(orders(fixture, 1), "gone0=1 ");
	/* And is forgotten. */
	assert_string_equal(orders(fixture, 1 + TRACK_AGAIN_MS), "bond0=0 ");
}

static void a_renamed_bond_has_another_file(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "x", UP);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "x=0 ");
	put_bond(fixture, 1, "y", UP);
	observe(fixture, 10);
	assert_string_equal(orders(fixture, 10), "x=1 y=0 ");
	put_bond(fixture, 1, "x", UP);
	observe(fixture, 20);
	assert_string_equal(orders(fixture, 20), "x=0 y=1 ");
}

/* Removed and made again before its file could be written. */
static void one_that_comes_back_begins_anew(void **state)
{
	struct fixture *fixture = *state;

	track_plan_set_delays(fixture->track, 300, 1000);
	put_bond(fixture, 1, "x", UP);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "x=0 ");
	sample_remove(&fixture->set, 1);
	observe(fixture, 10);
	put_bond(fixture, 2, "x", UP);
	observe(fixture, 20);
	assert_string_equal(orders(fixture, 20), "x=1 ");
	assert_string_equal(orders(fixture, 1019), "");
	assert_string_equal(orders(fixture, 1020), "x=0 ");
}

static void what_fails_is_tried_again_and_told(void **state)
{
	struct fixture *fixture = *state;
	char name[LINK_NAME_SIZE] = "";
	struct track_order order;

	put_bond(fixture, 1, "a", UP);
	put_bond(fixture, 2, "b", UP);
	observe(fixture, 0);
	for (int i = 0; i < 2; i++) {
		assert_true(track_plan_next(fixture->track, 0, &order));
		track_plan_done(fixture->track, &order,
				order.name[0] == 'b' ? -ENOSPC : 0, 0);
	}
	assert_false(track_plan_next(fixture->track, 0, &order));
	assert_int_equal(track_plan_trouble(fixture->track, name), -ENOSPC);
	assert_string_equal(name, "b");
	assert_int_equal(track_plan_next_ms(fixture->track), TRACK_RETRY_MS);
	/* A change does not wait for that. */
	put_bond(fixture, 2, "b", DOWN);
	observe(fixture, 10);
	assert_string_equal(orders(fixture, 10), "b=1 ");
	assert_int_equal(track_plan_trouble(fixture->track, name), 0);
}

/* The bond went down while the writer was busy writing that it is up. */
static void an_order_that_is_overtaken_is_followed_by_the_next(void **state)
{
	struct fixture *fixture = *state;
	struct track_order order;

	put_bond(fixture, 1, "x", UP);
	observe(fixture, 0);
	assert_true(track_plan_next(fixture->track, 0, &order));
	assert_true(order.up);
	put_bond(fixture, 1, "x", DOWN);
	observe(fixture, 1);
	track_plan_done(fixture->track, &order, 0, 2);
	assert_string_equal(orders(fixture, 2), "x=1 ");

	/* And here it was removed. */
	put_bond(fixture, 1, "x", UP);
	observe(fixture, 3);
	assert_true(track_plan_next(fixture->track, 3, &order));
	assert_true(order.up);
	sample_remove(&fixture->set, 1);
	observe(fixture, 4);
	track_plan_done(fixture->track, &order, 0, 5);
	assert_string_equal(orders(fixture, 5), "x=1 ");
}

static void another_folder_gets_all_files(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "a", UP);
	put_bond(fixture, 2, "b", DOWN);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "a=0 b=1 ");
	assert_string_equal(orders(fixture, 1), "");
	track_plan_moved(fixture->track);
	assert_string_equal(orders(fixture, 1), "a=0 b=1 ");
}

static void files_are_looked_at_again(void **state)
{
	struct fixture *fixture = *state;

	put_bond(fixture, 1, "a", UP);
	observe(fixture, 0);
	assert_string_equal(orders(fixture, 0), "a=0 ");
	assert_string_equal(orders(fixture, TRACK_AGAIN_MS - 1), "");
	assert_string_equal(orders(fixture, TRACK_AGAIN_MS), "a=0 ");
	assert_int_equal(track_plan_next_ms(fixture->track),
			 2 * TRACK_AGAIN_MS);
}

/* Only what was seen to say the opposite may be turned without a look. */
static void what_is_not_known_is_looked_at(void **state)
{
	static const struct {
		int64_t at_ms;
		enum carrier observed;
		int err; /* of the order */
		bool turned;
	} steps[] = {
		{ 0, UP, 0, false },
		{ 10, DOWN, 0, true },
		{ 20, UP, -ENOSPC, true },
		{ 20 + TRACK_RETRY_MS, UP, 0, false },
		{ 20 + TRACK_RETRY_MS + TRACK_AGAIN_MS, UP, 0, false },
		{ 9000, DOWN, -EIO, true },
		{ 9001, UP, 0, false },
	};
	struct fixture *fixture = *state;
	struct track_order order;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		put_bond(fixture, 1, "x", steps[i].observed);
		observe(fixture, steps[i].at_ms);
		assert_true(
		    track_plan_next(fixture->track, steps[i].at_ms, &order));
		assert_int_equal(order.up, steps[i].observed == UP);
		assert_int_equal(order.turned, steps[i].turned);
		track_plan_done(fixture->track, &order, steps[i].err,
				steps[i].at_ms);
	}

	put_bond(fixture, 1, "x", DOWN);
	observe(fixture, 9002);
	track_plan_moved(fixture->track);
	assert_true(track_plan_next(fixture->track, 9002, &order));
	assert_false(order.turned);

	/* Overtaken: what was written meanwhile is known all the same. */
	put_bond(fixture, 1, "x", UP);
	observe(fixture, 9003);
	track_plan_done(fixture->track, &order, 0, 9003);
	assert_true(track_plan_next(fixture->track, 9003, &order));
	assert_true(order.up && order.turned);
}

static void many_bonds_keep_their_order(void **state)
{
	struct fixture *fixture = *state;
	struct track_order order;
	char name[LINK_NAME_SIZE], last[LINK_NAME_SIZE] = "";

	for (int i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "bond%d", i * 7 % 500);
		put_bond(fixture, i + 1, name, i % 2 ? UP : DOWN);
	}
	observe(fixture, 0);
	for (int i = 0; i < 500; i++) {
		const struct bond *bond;

		assert_true(track_plan_next(fixture->track, 0, &order));
		assert_true(strcmp(order.name, last) > 0);
		memcpy(last, order.name, sizeof(last));
		bond = bond_set_find_name(&fixture->set, order.name);
		assert_non_null(bond);
		assert_int_equal(order.up, bond->verdict.effective == UP);
		track_plan_done(fixture->track, &order, 0, 0);
	}
	assert_false(track_plan_next(fixture->track, 0, &order));
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_known_to_be_up_is_up),
		TEST(changes_hold_before_they_are_written),
		TEST(without_delays_a_change_is_written_at_once),
		TEST(a_start_waits_for_nothing_a_newcomer_for_its_rise),
		TEST(the_file_of_a_bond_that_is_gone_says_down),
		TEST(a_file_that_is_nobodys_says_down),
		TEST(a_renamed_bond_has_another_file),
		TEST(one_that_comes_back_begins_anew),
		TEST(what_fails_is_tried_again_and_told),
		TEST(an_order_that_is_overtaken_is_followed_by_the_next),
		TEST(another_folder_gets_all_files),
		TEST(files_are_looked_at_again),
		TEST(what_is_not_known_is_looked_at),
		TEST(many_bonds_keep_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
