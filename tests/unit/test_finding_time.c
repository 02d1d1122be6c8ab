/* SPDX-License-Identifier: BSD-2-Clause */
/* Findings as time passes: what is raised, when, and what never is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "decision/finding.h"
#include "decision/judge.h"
#include "named.h"
#include "range.h"
#include "sample.h"
#include "words.h"

#define NOW_MS 1000000

/* A bond that the real judge looks at, time after time. */
struct story {
	struct bond_set set;
	struct bond *bond;
	struct judge_policy policy;
	struct sample_log log;
	struct event_sink sink;
	int64_t now_ms;
};

static void story_begin(struct story *story, unsigned int mode,
			enum carrier_monitor monitor)
{
	memset(story, 0, sizeof(*story));
	bond_set_init(&story->set);
	story->set.status = BOND_SET_SYNCHRONISED;
	judge_policy_defaults(&story->policy);
	story->sink = sample_sink(&story->log);
	story->bond = sample_bond(&story->set, 1, mode, monitor);
	sample_report(story->bond, true, true);
	story->now_ms = NOW_MS;
}

static void look(struct story *story)
{
	assert_int_equal(
	    judge_run(&story->set, &story->policy, &story->sink, story->now_ms),
	    0);
}

/* The slaves are so for that long; it is looked every 100 ms. */
static void live(struct story *story, const char *slaves, int64_t for_ms)
{
	int64_t end_ms = story->now_ms + for_ms;

	sample_slaves(story->bond, slaves, story->now_ms);
	look(story);
	while (story->now_ms < end_ms) {
		story->now_ms += 100;
		story->bond->changed = true;
		look(story);
	}
}

static size_t raises(const struct story *story, enum discrepancy_kind kind)
{
	return sample_count(&story->log, 1, EVENT_DISCREPANCY_RAISED, kind);
}

static int64_t raised_after_ms(const struct story *story,
			       enum discrepancy_kind kind)
{
	assert_int_equal(raises(story, kind), 1);
	for (size_t i = 0; i < story->log.count; i++) {
		const struct event *event = &story->log.events[i];

		if (event->type == EVENT_DISCREPANCY_RAISED &&
		    event->kind == kind)
			return event->at_ms - NOW_MS;
	}
	return -1;
}

/* Row 45: the driver takes a slave without a known speed up, and down again
   at once, for ever. */
static void test_refused_slave_changes_for_ever(void **state)
{
	struct story story;

	(void)state;
	story_begin(&story, AB, MII);
	story.bond->attrs.updelay_ms = 1000;
	for (int turn = 0; turn < 20; turn++) {
		live(&story, "1U* 1B", 1000);
		live(&story, "1U* 1D", 100);
	}
	/* two looks and ten of the updelay, 132 ms each, and the base */
	assert_uint_in_range(
	    raised_after_ms(&story, DISCREPANCY_SLAVE_FALSE_DOWN),
	    2000 + 12 * 132, 2000 + 12 * 132 + 100);
	assert_int_equal(sample_count(&story.log, 1, EVENT_DISCREPANCY_CLEARED,
				      DISCREPANCY_NONE),
			 0);
	assert_true(story.bond->warnings & DEGR);
	live(&story, "1U* 1U", 3000);
	assert_kinds(discrepancy_raised(&story.bond->discrepancies), 0);
	assert_warnings(story.bond->warnings, 0);
	bond_set_fini(&story.set);
}

/* Row 46. */
static void test_monitor_taken_away(void **state)
{
	static const char *const frozen[] = { "1U 1B", "1U 1F", "1U 1D" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct story story;

		story_begin(&story, RR, NONE);
		live(&story, frozen[i], 10000);
		assert_int_equal(
		    raised_after_ms(&story, DISCREPANCY_SLAVE_FALSE_DOWN),
		    2000);
		assert_warnings(story.bond->warnings, UNMON | DEGR);
		bond_set_fini(&story.set);
	}
}

/* LACP had not agreed yet when the cable went, at a driver that is blind: the
   grace is that of the cable. */
static void test_cable_out_before_the_agreement(void **state)
{
	struct story story;

	(void)state;
	story_begin(&story, LACP, MII);
	sample_ad(story.bond, "1,1,y");
	story.policy.strict_lacp = true;
	live(&story, "1U/1!", 1000);
	live(&story, "0U/1!", 10000);
	/* two looks, 132 ms each, and the base */
	assert_uint_in_range(raised_after_ms(&story, DISCREPANCY_FALSE_UP),
			     1000 + 2264, 1000 + 2264 + 100);
	bond_set_fini(&story.set);
}

/* What is in order is never raised, however long the delays are. */
static void test_delays_are_no_falsehood(void **state)
{
	(void)state;
	for (uint32_t delay_ms = 0; delay_ms <= 120000;
	     delay_ms += delay_ms < 2000 ? 500 : 59000) {
		struct story story;

		story_begin(&story, AB, MII);
		story.bond->attrs.updelay_ms = delay_ms;
		story.bond->attrs.downdelay_ms = delay_ms;
		live(&story, "1U* 0D", 1000);
		live(&story, "1U* 1D", 100); /* plugged, not looked yet */
		/* Each look may be late by an eighth and two jiffies. */
		live(&story, "1U* 1B", (int64_t)delay_ms * 132 / 100);
		live(&story, "1U* 1U", 5000);
		live(&story, "1U* 0F", 100);
		live(&story, "1U* 1F", 200); /* back at once */
		live(&story, "1U* 1U", 5000);
		live(&story, "1U* 0F", delay_ms);
		live(&story, "1U* 0D", 5000);
		assert_int_equal(raises(&story, DISCREPANCY_NONE), 0);
		bond_set_fini(&story.set);
	}
}

/* Row 47: a monitor that hardly looks does not put the truth off for ever. */
static void test_slow_monitor(void **state)
{
	struct story story;

	(void)state;
	story_begin(&story, AB, MII);
	story.bond->attrs.miimon_ms = 100000;
	live(&story, "0U* 0U", 90000);
	assert_int_equal(raised_after_ms(&story, DISCREPANCY_FALSE_UP), 32000);
	assert_kinds(discrepancy_raised(&story.bond->discrepancies), K1 | K8);
	assert_warnings(story.bond->warnings, SLOW | DEGR);
	bond_set_fini(&story.set);

	story_begin(&story, AB, ARP);
	story.bond->attrs.arp_interval_ms = 60000;
	live(&story, "0U* 0U", 90000);
	assert_int_equal(raised_after_ms(&story, DISCREPANCY_FALSE_UP), 32000);
	assert_warnings(story.bond->warnings, SLOW | DEGR);
	bond_set_fini(&story.set);
}

/* The lag is of the looks alone: a delay is what somebody wants. */
static void test_slow_is_over_ten_seconds(void **state)
{
	static const struct {
		enum carrier_monitor monitor;
		uint32_t interval_ms;
		uint8_t missed_max;
		uint32_t delay_ms;
		bool slow;
	} lags[] = {
		{ MII, 100, 2, 0, false },
		{ MII, 10000, 2, 0, false },
		{ MII, 10001, 2, 0, true },
		{ MII, 4294967295, 2, 0, true },
		{ MII, 100, 2, 60000, false },
		{ ARP, 1000, 2, 0, false },
		{ ARP, 3333, 2, 0, false },
		{ ARP, 3334, 2, 0, true },
		{ ARP, 1000, 10, 0, true },
		{ ARP, 4294967295, 255, 0, true },
		{ NONE, 4294967295, 2, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lags) / sizeof(lags[0]); i++) {
		struct story story;
		struct bond_attrs *attrs;

		story_begin(&story, AB, lags[i].monitor);
		attrs = &story.bond->attrs;
		if (lags[i].monitor == MII)
			attrs->miimon_ms = lags[i].interval_ms;
		if (lags[i].monitor == ARP)
			attrs->arp_interval_ms = lags[i].interval_ms;
		attrs->missed_max = lags[i].missed_max;
		attrs->updelay_ms = lags[i].delay_ms;
		attrs->downdelay_ms = lags[i].delay_ms;
		if (((finding_warnings(story.bond) & SLOW) != 0) !=
		    lags[i].slow)
			fail_msg("lag %zu: slowMonitor is wrong", i);
		bond_set_fini(&story.set);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused_slave_changes_for_ever),
		cmocka_unit_test(test_monitor_taken_away),
		cmocka_unit_test(test_cable_out_before_the_agreement),
		cmocka_unit_test(test_delays_are_no_falsehood),
		cmocka_unit_test(test_slow_monitor),
		cmocka_unit_test(test_slow_is_over_ten_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
