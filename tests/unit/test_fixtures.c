/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver's ways to be wrong, recorded on a real kernel and lived through
 * again here: tests/lab/fixtures.story says how each came about.
 *
 * Expected is what the design's table of recipes says of each, after grace,
 * and what must have been told on the way there.
 */
#include <dirent.h>
#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byte_order.h"
#include "capture/replay.h"
#include "named.h"

/* Sets of kinds, and of warnings. */
#define K(kind)	      DISCREPANCY_BIT(kind)
#define FALSE_UP      K(DISCREPANCY_FALSE_UP)
#define FALSE_DOWN    K(DISCREPANCY_FALSE_DOWN)
#define MISMATCH      K(DISCREPANCY_OPER_STATUS_MISMATCH)
#define ACTIVE_DOWN   K(DISCREPANCY_ACTIVE_SLAVE_DOWN)
#define NO_PARTNER    K(DISCREPANCY_NO_LACP_PARTNER)
#define SPLIT	      K(DISCREPANCY_SPLIT_AGGREGATOR)
#define SLAVE_UP      K(DISCREPANCY_SLAVE_FALSE_UP)
#define SLAVE_DOWN    K(DISCREPANCY_SLAVE_FALSE_DOWN)
#define SLAVE_DORMANT K(DISCREPANCY_SLAVE_NOT_OPERATIONAL)

#define W(warning)    DISCREPANCY_WARNING_BIT(warning)
#define UNMONITORED   W(DISCREPANCY_WARNING_UNMONITORED)
#define MIN_IGNORED   W(DISCREPANCY_WARNING_MIN_LINKS_IGNORED)
#define ARP_DOWN      W(DISCREPANCY_WARNING_ARP_DOWN)
#define DEGRADED      W(DISCREPANCY_WARNING_DEGRADED)

#define LINK_UP	      CARRIER_UP, CARRIER_REASON_LINK_UP
#define NO_SLAVE_UP   CARRIER_DOWN, CARRIER_REASON_NO_SLAVE_UP
#define NO_SLAVES     CARRIER_DOWN, CARRIER_REASON_NO_SLAVES
#define TOO_FEW	      CARRIER_DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET
#define NO_PORTS      CARRIER_DOWN, CARRIER_REASON_PORTS_DISABLED
#define ADMIN_DOWN    CARRIER_DOWN, CARRIER_REASON_ADMIN_DOWN

struct expectation {
	const char *fixture;
	const char *bond;
	bool running;
	enum carrier effective;
	enum carrier_reason reason;
	unsigned int kinds;
	unsigned int warnings;
	/* What was told: up, down (effective carrier), +N raised, -N cleared
	   (kind N). */
	const char *story;
};

static const struct expectation expectations[] = {
	{ "a-unmonitored", "bond0", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	{ "a-unmonitored", "bond1", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	{ "a-unmonitored", "bond2", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	{ "a-unmonitored", "bond3", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	{ "a-unmonitored", "bond4", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	{ "a-unmonitored", "bond5", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "+1 +8 +8" },
	/* Plugging cures nothing: the hold is not over when it ends. */
	{ "a-repaired", "bond0", false, NO_SLAVE_UP, 0, DEGRADED,
	  "+1 +8 +8 up down -1 -8 -8" },
	{ "a2-unmonitored-lacp", "bond0", true, NO_SLAVE_UP,
	  FALSE_UP | NO_PARTNER | SLAVE_UP, UNMONITORED | DEGRADED,
	  "down +8 +1 +8 +6" },
	{ "b-no-slaves", "bond0", false, NO_SLAVES, 0, 0, "" },
	{ "c-no-partner", "bond0", true, LINK_UP, NO_PARTNER | SPLIT, 0,
	  "up +6 +7" },
	{ "c2-silent-partner", "bond0", true, LINK_UP, NO_PARTNER | SPLIT, 0,
	  "+6 +7" },
	{ "d-dead-active-slave", "bond0", true, LINK_UP, ACTIVE_DOWN | SLAVE_UP,
	  UNMONITORED | DEGRADED, "up down up +8 +5" },
	{ "e-use-carrier", "bond0", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  DEGRADED, "up down +8 +1 +8" },
	{ "e2-downdelay", "bond0", false, NO_SLAVE_UP, 0, DEGRADED, "up down" },
	{ "e2-downdelay", "bond1", false, NO_SLAVE_UP, 0, DEGRADED, "up down" },
	{ "e3-updelay", "bond0", true, LINK_UP, 0, 0, "up" },
	{ "e3-updelay", "bond1", true, LINK_UP, 0, DEGRADED, "up" },
	{ "f-min-links", "bond0", false, TOO_FEW, 0, DEGRADED, "down" },
	{ "f-min-links", "bond1", true, LINK_UP, 0, MIN_IGNORED | DEGRADED,
	  "" },
	{ "g-monitor-taken-away", "bond0", false, LINK_UP,
	  FALSE_DOWN | SLAVE_DOWN, UNMONITORED | DEGRADED, "up +2 +9 +9" },
	{ "g2-never-monitored-lacp", "bond0", false, LINK_UP,
	  FALSE_DOWN | SLAVE_UP, UNMONITORED | DEGRADED, "up +8 +2" },
	{ "g3-no-speed", "b-tlb", false, LINK_UP, FALSE_DOWN | SLAVE_DOWN,
	  DEGRADED, "up down up +2 +9" },
	{ "g3-no-speed", "b-alb", false, LINK_UP, FALSE_DOWN | SLAVE_DOWN,
	  DEGRADED, "up down up +2 +9" },
	{ "g3-no-speed", "b-802.3ad", false, LINK_UP, FALSE_DOWN | SLAVE_DOWN,
	  DEGRADED, "up +2 +9" },
	{ "h-slave-set-down", "bond0", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "up down +8 +1 +8" },
	{ "h2-bond-in-bond", "inner", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "down +1 +8" },
	{ "h2-bond-in-bond", "outer", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  DEGRADED, "down +1 +8" },
	{ "h2-bond-in-bond", "below", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  UNMONITORED | DEGRADED, "down +1 +8" },
	{ "h2-bond-in-bond", "above", true, NO_SLAVE_UP, FALSE_UP | SLAVE_UP,
	  DEGRADED, "down +1 +8" },
	{ "h3-slave-moved", "bond0", true, LINK_UP, 0, 0, "up" },
	{ "i-dormant-slave", "bond0", true, LINK_UP, SLAVE_DORMANT, 0,
	  "up +10" },
	{ "i-dormant-slave", "bond1", true, LINK_UP, SLAVE_DORMANT, 0,
	  "up +10" },
	{ "i2-dormant-bond", "bond0", false, LINK_UP, FALSE_DOWN | MISMATCH, 0,
	  "up +2 +3" },
	{ "l-arp", "bond0", true, LINK_UP, 0, ARP_DOWN | DEGRADED, "down up" },
	{ "l-arp", "bond1", false, NO_SLAVE_UP, 0, ARP_DOWN | DEGRADED, "" },
	/* The cable in use is pulled three times, and nothing is told. */
	{ "n-two-switches", "bond0", true, LINK_UP, SPLIT, 0, "+7" },
	/* Down first, since for a moment neither has a link. */
	{ "o-ports-disabled", "bond0", true, NO_PORTS, FALSE_UP | SLAVE_DOWN,
	  DEGRADED, "down up down +9 +9 +1" },
	{ "m-everything-goes", "renamed", false, ADMIN_DOWN, 0, 0, "" },
};
#define EXPECTATION_COUNT (sizeof(expectations) / sizeof(expectations[0]))

struct listener {
	const struct expectation *expected;
	char story[512];
};

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct listener *listener = ctx;
	size_t length = strlen(listener->story);
	char *end = listener->story + length;
	size_t rest = sizeof(listener->story) - length;
	const char *gap = length ? " " : "";

	(void)bond;
	if (strcmp(event->bond_name, listener->expected->bond) != 0)
		return;
	if (event->type == EVENT_EFFECTIVE_UP)
		snprintf(end, rest, "%sup", gap);
	else if (event->type == EVENT_EFFECTIVE_DOWN)
		snprintf(end, rest, "%sdown", gap);
	else if (event->type == EVENT_DISCREPANCY_RAISED)
		snprintf(end, rest, "%s+%d", gap, (int)event->kind);
	else if (event->type == EVENT_DISCREPANCY_CLEARED)
		snprintf(end, rest, "%s-%d", gap, (int)event->kind);
}

static struct replay *live_through(const char *fixture,
				   const struct event_sink *sink)
{
	struct replay_options options = { .sink = *sink };
	struct capture_reader *reader;
	struct capture_error error = { "" };
	struct replay *replay;
	char path[512];

	needs_order_of_fixtures();
	snprintf(path, sizeof(path), "%s/%s.pcap", FIXTURES, fixture);
	if (capture_reader_open(&reader, path, &error))
		fail_msg("%s", error.text);
	judge_policy_defaults(&options.policy);
	assert_int_equal(replay_new(&replay, &options), 0);
	if (replay_all(replay, reader, &error))
		fail_msg("%s: %s", path, error.text);
	capture_reader_close(reader);
	return replay;
}

static void test_expectation(void **state)
{
	const struct expectation *expected = *state;
	struct listener listener = { .expected = expected };
	struct event_sink sink = { on_event, &listener };
	struct replay *replay = live_through(expected->fixture, &sink);
	const struct bond *bond =
	    bond_set_find_name(replay_bonds(replay), expected->bond);

	assert_string_equal(listener.story, expected->story);
	assert_non_null(bond);
	assert_int_equal(link_running(&bond->link), expected->running);
	assert_carrier(bond->verdict.effective, expected->effective);
	assert_reason(bond->verdict.reason, expected->reason);
	assert_kinds(discrepancy_raised(&bond->discrepancies), expected->kinds);
	assert_int_equal(bond->warnings, expected->warnings);
	assert_int_equal(replay_counts(replay).malformed, 0);
	assert_int_equal(replay_counts(replay).bad_attrs, 0);
	replay_free(replay);
}

static bool is_expected(const char *file)
{
	for (size_t i = 0; i < EXPECTATION_COUNT; i++) {
		size_t length = strlen(expectations[i].fixture);

		if (strncmp(file, expectations[i].fixture, length) == 0 &&
		    strcmp(file + length, ".pcap") == 0)
			return true;
	}
	return false;
}

/* No capture lies there that nothing is expected of. */
static void test_all_are_expected(void **state)
{
	DIR *dir = opendir(FIXTURES);
	struct dirent *entry;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (fnmatch("*.pcap", entry->d_name, 0) == 0 &&
		    !is_expected(entry->d_name))
			fail_msg("nothing is expected of %s", entry->d_name);
	}
	closedir(dir);
}

struct farewell {
	size_t raised;
	size_t cleared;
	size_t bonds_removed;
	size_t slaves_removed;
};

static void count_farewells(void *ctx, const struct event *event,
			    const struct bond *bond)
{
	struct farewell *farewell = ctx;

	(void)bond;
	farewell->raised += event->type == EVENT_DISCREPANCY_RAISED;
	farewell->cleared += event->type == EVENT_DISCREPANCY_CLEARED;
	farewell->bonds_removed += event->type == EVENT_BOND_REMOVED;
	farewell->slaves_removed += event->type == EVENT_SLAVE_REMOVED;
}

/* A bond that goes takes its discrepancies with it, each with a clear. */
static void test_farewell(void **state)
{
	struct farewell farewell = { 0 };
	struct event_sink sink = { count_farewells, &farewell };
	struct replay *replay = live_through("m-everything-goes", &sink);

	(void)state;
	assert_int_equal(farewell.raised, 3);
	assert_int_equal(farewell.cleared, 3);
	assert_int_equal(farewell.bonds_removed, 1);
	assert_int_equal(farewell.slaves_removed, 2);
	assert_int_equal(replay_bonds(replay)->count, 1);
	replay_free(replay);
}

int main(void)
{
	struct CMUnitTest tests[EXPECTATION_COUNT + 2] = {
		cmocka_unit_test(test_all_are_expected),
		cmocka_unit_test(test_farewell),
	};
	static char names[EXPECTATION_COUNT][64];

	for (size_t i = 0; i < EXPECTATION_COUNT; i++) {
		const struct expectation *expected = &expectations[i];
		union {
			const void *from;
			void *to;
		} borrowed = { expected };

		snprintf(names[i], sizeof(names[i]), "%s: %s",
			 expected->fixture, expected->bond);
		tests[i + 2] = (struct CMUnitTest){
			.name = names[i],
			.test_func = test_expectation,
			.initial_state = borrowed.to,
		};
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
