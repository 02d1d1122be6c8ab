/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds and warnings where the oracle has no row: odd, absent, unknown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "decision/finding.h"
#include "decision/judge.h"
#include "range.h"
#include "sample.h"

#define NOW_MS	   1000000
#define NONE	   CARRIER_MONITOR_NONE
#define MII	   CARRIER_MONITOR_MII
#define ARP	   CARRIER_MONITOR_ARP
#define NO_ATTR	   0
#define RR	   BOND_MODE_ROUNDROBIN
#define AB	   BOND_MODE_ACTIVEBACKUP
#define LACP	   BOND_MODE_8023AD

#define K1	   DISCREPANCY_BIT(DISCREPANCY_FALSE_UP)
#define K2	   DISCREPANCY_BIT(DISCREPANCY_FALSE_DOWN)
#define K3	   DISCREPANCY_BIT(DISCREPANCY_OPER_STATUS_MISMATCH)
#define K4	   DISCREPANCY_BIT(DISCREPANCY_STALE_CARRIER)
#define K5	   DISCREPANCY_BIT(DISCREPANCY_ACTIVE_SLAVE_DOWN)
#define K6	   DISCREPANCY_BIT(DISCREPANCY_NO_LACP_PARTNER)
#define K7	   DISCREPANCY_BIT(DISCREPANCY_SPLIT_AGGREGATOR)
#define K8	   DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP)
#define K9	   DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN)

#define W(name)	   DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_##name)
#define UNMON	   W(UNMONITORED)
#define UNVERIFIED W(LINK_UNVERIFIED)
#define IGNORED	   W(MIN_LINKS_IGNORED)
#define ARPDOWN	   W(ARP_DOWN)
#define DEGR	   W(DEGRADED)
#define SLOW	   W(SLOW_MONITOR)

struct finding_case {
	const char *what;
	unsigned int mode;
	enum carrier_monitor monitor;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	const char *flags; /* of the bond: U up, R RUNNING, L LOWER_UP,
			      ? malformed */
	int absent; /* an attribute of the bond that the kernel did not send */
	unsigned int kinds;
	unsigned int warnings;
};

/* clang-format off */
static const struct finding_case cases[] = {
	{ "healthy", AB, MII, 0, "1U* 1U", NULL, "URL", NO_ATTR, 0, 0 },
	{ "malformed bond", AB, NONE, 2, "0U*", NULL, "URL?", NO_ATTR, 0, 0 },
	{ "administratively down, all stale", AB, ARP, 0, "1D 0U*", NULL, "RL",
	  NO_ATTR, 0, 0 },
	{ "administratively down, its options still odd", AB, NONE, 2, "1Uv*",
	  NULL, "", NO_ATTR, 0, UNMON | IGNORED | UNVERIFIED },

	/* while the effective carrier is unknown */
	{ "neither falseUp", AB, NONE, 0, "?U*", NULL, "URL", NO_ATTR, 0,
	  UNMON },
	{ "nor falseDown", AB, NONE, 0, "?D", NULL, "U", NO_ATTR, 0, UNMON },
	{ "nor staleCarrier in a mode to come", 7, MII, 2, "1D", NULL, "URL",
	  NO_ATTR, K9, DEGR },
	{ "but a mismatch can be seen", 7, MII, 0, "1U", NULL, "UR", NO_ATTR,
	  K3, 0 },

	{ "staleCarrier up", RR, MII, 0, "1U", NULL, "U", NO_ATTR, K2 | K4, 0 },
	{ "stale and mismatched", RR, MII, 0, "0D", NULL, "UL", NO_ATTR,
	  K3 | K4, DEGR },
	{ "stale in 802.3ad", LACP, MII, 0, "1U/1", NULL, "URL", NO_ATTR, K4,
	  0 },
	{ "not stale for all we know", LACP, MII, 0, "1U/1", "1,1,y", "URL",
	  IFLA_BOND_MIN_LINKS, 0, 0 },

	{ "nobody has a link: no activeSlaveDown", AB, MII, 0, "0F* 0D", NULL,
	  "U", NO_ATTR, 0, DEGR },
	{ "somebody may have one", AB, MII, 0, "0F* ?U", NULL, "URL", NO_ATTR,
	  0, DEGR },
	{ "no active slave", AB, MII, 0, "0D 1U", NULL, "URL", NO_ATTR, 0,
	  DEGR },
	{ "in balance-tlb too", BOND_MODE_TLB, MII, 0, "0F* 1U", NULL, "URL",
	  NO_ATTR, K5, DEGR },
	{ "the active one malformed", AB, MII, 0, "?F* 1U", NULL, "URL",
	  NO_ATTR, 0, 0 },

	{ "no partner without AD_INFO is another matter", LACP, MII, 0, "0D/1",
	  NULL, "U", NO_ATTR, 0, DEGR },
	{ "AD_INFO in another mode", AB, MII, 0, "1U/2*", "1,1,n", "URL",
	  NO_ATTR, 0, 0 },
	{ "split: not without a link", LACP, MII, 0, "1U/1 0D/2", "1,1,y",
	  "URL", NO_ATTR, 0, DEGR },
	{ "split: without the attribute it stands in none", LACP, MII, 0,
	  "1U/1 1U", "1,1,y", "URL", NO_ATTR, K7, 0 },
	{ "split: in no aggregator", LACP, MII, 0, "1U/1 1U/0", "1,1,y",
	  "URL", NO_ATTR, K7, 0 },
	{ "two split", LACP, MII, 0, "1U/1 1U/2 1U/3", "1,1,n", "URL",
	  NO_ATTR, K6 | K7, 0 },

	{ "slaveFalseDown is not of ARP", RR, ARP, 0, "1D 1U", NULL, "URL",
	  NO_ATTR, 0, ARPDOWN | DEGR },
	{ "nor of who knows what", RR, NONE, 0, "1D", NULL, "U",
	  IFLA_BOND_MIIMON, 0, 0 },
	{ "FAIL without link: as it should", RR, MII, 0, "0F 1U", NULL, "URL",
	  NO_ATTR, 0, DEGR },
	{ "BACK: pending while its updelay may hold it", RR, MII, 0, "1B 1U",
	  NULL, "URL", NO_ATTR, K9, DEGR },
	{ "refused, in its moment of DOWN", AB, MII, 0, "1U* 1D", NULL, "URL",
	  NO_ATTR, K9, DEGR },
	{ "BACK when the monitor was taken away", RR, NONE, 0, "1U 1B", NULL,
	  "URL", NO_ATTR, K9, UNMON | DEGR },
	{ "FAIL when the monitor was taken away", RR, NONE, 0, "1U 1F", NULL,
	  "URL", NO_ATTR, K9, UNMON | DEGR },
	{ "no mii_status, no falsehood", RR, NONE, 0, "0- 1-", NULL, "U",
	  NO_ATTR, K2, UNMON | DEGR },

	{ "unmonitored, for all we know", RR, NONE, 0, "1U", NULL, "URL",
	  IFLA_BOND_ARP_INTERVAL, 0, 0 },
	{ "unverified", RR, MII, 0, "1U 1Uv", NULL, "URL", NO_ATTR, 0,
	  UNVERIFIED },
	{ "no link, nothing to verify", RR, MII, 0, "1U 0Dv", NULL, "URL",
	  NO_ATTR, 0, DEGR },
	{ "min_links is for 802.3ad", LACP, MII, 1, "1U/1", "1,1,y", "URL",
	  NO_ATTR, 0, 0 },
	{ "the least min_links", RR, MII, 1, "1U", NULL, "URL", NO_ATTR, 0,
	  IGNORED },
	{ "min_links not told", RR, MII, 1, "1U", NULL, "URL",
	  IFLA_BOND_MIN_LINKS, 0, 0 },
	{ "ARP waits for all", AB, ARP, 0, "1F 1B", NULL, "U", NO_ATTR, 0,
	  ARPDOWN | DEGR },
	{ "ARP says nothing", RR, ARP, 0, "1-", NULL, "URL", NO_ATTR, 0, 0 },
};
/* clang-format on */

static void set_flags(struct bond *bond, const char *flags)
{
	bond->link.flags = 0;
	if (strchr(flags, 'U'))
		bond->link.flags |= LINK_FLAG_UP;
	if (strchr(flags, 'R'))
		bond->link.flags |= LINK_FLAG_RUNNING;
	if (strchr(flags, 'L'))
		bond->link.flags |= LINK_FLAG_LOWER_UP;
	bond->link.distrusted = strchr(flags, '?') != NULL;
}

static void judge_case(struct bond_set *set, const struct finding_case *test)
{
	struct bond *bond = sample_bond(set, 1, test->mode, test->monitor);
	struct event_sink sink = { NULL, NULL };
	struct judge_policy policy;

	judge_policy_defaults(&policy);
	set->status = BOND_SET_SYNCHRONISED;
	bond->attrs.min_links = test->min_links;
	bond->attrs.updelay_ms = 5000;
	sample_slaves(bond, test->slaves, NOW_MS);
	sample_ad(bond, test->ad);
	set_flags(bond, test->flags);
	if (test->absent)
		bond->attrs.present &= ~BOND_ATTR_BIT(test->absent);
	assert_int_equal(judge_run(set, &policy, &sink, NOW_MS), 0);
}

static void test_findings_and_warnings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct finding_case *test = &cases[i];
		struct bond_set set;
		unsigned int kinds, warnings;

		bond_set_init(&set);
		judge_case(&set, test);
		kinds = discrepancy_pending(&set.bonds[0].discrepancies);
		warnings = finding_warnings(&set.bonds[0]);
		if (kinds != test->kinds || warnings != test->warnings)
			fail_msg("%s: kinds 0x%x warnings 0x%x, "
				 "not 0x%x 0x%x",
				 test->what, kinds, warnings, test->kinds,
				 test->warnings);
		assert_int_equal(set.bonds[0].warnings, warnings);
		bond_set_fini(&set);
	}
}

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
	assert_int_equal(discrepancy_raised(&story.bond->discrepancies), 0);
	assert_int_equal(story.bond->warnings, 0);
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
		assert_int_equal(story.bond->warnings, UNMON | DEGR);
		bond_set_fini(&story.set);
	}
}

/* LACP had not agreed yet when the cable went, at a driver that is blind: the
   grace is that of the cable. */
static void test_cable_out_before_the_agreement(void **state)
{
	struct story story;

	(void)state;
	story_begin(&story, BOND_MODE_8023AD, MII);
	sample_ad(story.bond, "1,1,y");
	story.policy.strict_lacp = true;
	live(&story, "1U/1!", 1000);
	live(&story, "0U/1!", 10000);
	/* two looks, 132 ms each, and the base */
	assert_in_range(raised_after_ms(&story, DISCREPANCY_FALSE_UP),
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
	assert_int_equal(discrepancy_raised(&story.bond->discrepancies),
			 K1 | K8);
	assert_int_equal(story.bond->warnings, SLOW | DEGR);
	bond_set_fini(&story.set);

	story_begin(&story, AB, ARP);
	story.bond->attrs.arp_interval_ms = 60000;
	live(&story, "0U* 0U", 90000);
	assert_int_equal(raised_after_ms(&story, DISCREPANCY_FALSE_UP), 32000);
	assert_int_equal(story.bond->warnings, SLOW | DEGR);
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

/* Words ask of a kind, too; and of a bond that nothing is expected of. */
static void test_what_holds(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, NONE);
	sample_slaves(bond, "0U", NOW_MS);
	bond->slaves[0].below = CARRIER_UP;
	bond->verdict.effective = CARRIER_DOWN;
	sample_report(bond, true, true);
	assert_true(finding_holds(bond, DISCREPANCY_FALSE_UP, NULL));
	assert_true(
	    finding_holds(bond, DISCREPANCY_SLAVE_FALSE_UP, &bond->slaves[0]));
	assert_false(finding_holds(bond, DISCREPANCY_SLAVE_FALSE_UP, NULL));
	assert_false(finding_holds(bond, DISCREPANCY_NONE, NULL));
	bond->link.flags &= ~LINK_FLAG_UP;
	assert_false(finding_holds(bond, DISCREPANCY_FALSE_UP, NULL));
	assert_false(
	    finding_holds(bond, DISCREPANCY_SLAVE_FALSE_UP, &bond->slaves[0]));
	bond->link.flags |= LINK_FLAG_UP;
	bond->link.distrusted = true;
	assert_false(finding_holds(bond, DISCREPANCY_FALSE_UP, NULL));
	assert_int_equal(finding_slave_warnings(bond, &bond->slaves[0]), 0);
	bond_set_fini(&set);
}

/* A bond that nobody monitors has no lag, and its options add no grace; nor
   does an attribute that the kernel did not send. */
static void test_what_adds_no_grace(void **state)
{
	struct judge_policy policy;
	struct bond_set set;
	struct bond *bond;

	(void)state;
	judge_policy_defaults(&policy);
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, NONE);
	bond->attrs.updelay_ms = 60000;
	assert_int_equal(finding_monitor_lag_ms(bond), 0);
	assert_int_equal(
	    finding_grace_ms(bond, DISCREPANCY_FALSE_UP, &policy.discrepancy),
	    2000);
	bond->attrs.miimon_ms = 100;
	bond->attrs.present &= ~(BOND_ATTR_BIT(IFLA_BOND_UPDELAY) |
				 BOND_ATTR_BIT(IFLA_BOND_DOWNDELAY));
	assert_int_equal(
	    finding_grace_ms(bond, DISCREPANCY_FALSE_UP, &policy.discrepancy),
	    2000 + 2 * 132);
	bond_set_fini(&set);
}

static void test_order_and_growth(void **state)
{
	struct finding_list found = { NULL, 0, 0 };
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, NONE);
	sample_slaves(bond,
		      "0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D "
		      "0U 1D 0U 1D",
		      NOW_MS);
	for (size_t i = 0; i < bond->slave_count; i++)
		bond->slaves[i].below = CARRIER_UP;
	bond->verdict.effective = CARRIER_UP;
	assert_int_equal(finding_list_fill(bond, &found), 0);

	/* falseDown, staleCarrier, ten slaves each false up and down */
	assert_int_equal(found.count, 22);
	assert_int_equal(found.items[0].kind, DISCREPANCY_FALSE_DOWN);
	assert_int_equal(found.items[0].slave, 0);
	assert_int_equal(found.items[1].kind, DISCREPANCY_STALE_CARRIER);
	for (int i = 0; i < 10; i++) {
		assert_int_equal(found.items[2 + i].kind,
				 DISCREPANCY_SLAVE_FALSE_UP);
		assert_int_equal(found.items[2 + i].slave, 101 + 2 * i);
		assert_int_equal(found.items[12 + i].kind,
				 DISCREPANCY_SLAVE_FALSE_DOWN);
		assert_int_equal(found.items[12 + i].slave, 102 + 2 * i);
	}

	/* It appends. */
	assert_int_equal(finding_list_fill(bond, &found), 0);
	assert_int_equal(found.count, 44);
	finding_list_fini(&found);
	assert_int_equal(found.count, 0);
	bond_set_fini(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings_and_warnings),
		cmocka_unit_test(test_refused_slave_changes_for_ever),
		cmocka_unit_test(test_monitor_taken_away),
		cmocka_unit_test(test_cable_out_before_the_agreement),
		cmocka_unit_test(test_delays_are_no_falsehood),
		cmocka_unit_test(test_slow_monitor),
		cmocka_unit_test(test_slow_is_over_ten_seconds),
		cmocka_unit_test(test_what_holds),
		cmocka_unit_test(test_what_adds_no_grace),
		cmocka_unit_test(test_order_and_growth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
