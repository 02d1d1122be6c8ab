/* SPDX-License-Identifier: BSD-2-Clause */
/* The decision at its edges: what is odd, absent or not to be believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/bond_set.h"
#include "bond/uapi.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "sample.h"

#define NOW_MS	 INT64_C(1000000)
#define UP	 CARRIER_UP
#define DOWN	 CARRIER_DOWN
#define UNKNOWN	 CARRIER_UNKNOWN
#define NONE	 CARRIER_MONITOR_NONE
#define MII	 CARRIER_MONITOR_MII
#define ARP	 CARRIER_MONITOR_ARP
#define NO_ATTR	 0
#define RR	 BOND_MODE_ROUNDROBIN
#define AB	 BOND_MODE_ACTIVEBACKUP
#define LACP	 BOND_MODE_8023AD
#define NOT_SYNC CARRIER_REASON_NOT_SYNCHRONISED

struct verdict_case {
	const char *what;
	unsigned int mode;
	enum carrier_monitor monitor;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	int absent; /* an attribute of the bond that the kernel did not send */
	bool strict;
	enum carrier effective;
	enum carrier_reason reason;
};

/* clang-format off */
static const struct verdict_case verdict_cases[] = {
	/* 802.3ad: who counts */
	{ "no slaves", LACP, MII, 0, "", NULL, NO_ATTR, false,
	  DOWN, CARRIER_REASON_NO_SLAVES },
	{ "no slaves, yet AD_INFO", LACP, MII, 0, "", "1,2,y", NO_ATTR, false,
	  DOWN, CARRIER_REASON_NO_SLAVES },
	{ "nobody stands in aggregator 0", LACP, MII, 0, "1U/0 1U/0", NULL,
	  NO_ATTR, false, DOWN, CARRIER_REASON_NO_AGGREGATOR },
	{ "nor when 0 is said to be active", LACP, MII, 0, "1U/0 1U/0",
	  "0,2,y", NO_ATTR, false, DOWN, CARRIER_REASON_NO_AGGREGATOR },
	{ "nor where there is no attribute", LACP, MII, 0, "1U 1U", NULL,
	  NO_ATTR, false, DOWN, CARRIER_REASON_NO_AGGREGATOR },
	{ "nor when one is active all the same", LACP, MII, 0, "1U 1U",
	  "1,2,y", NO_ATTR, false, DOWN, CARRIER_REASON_NO_AGGREGATOR },
	{ "torn: the best one that there is", LACP, MII, 0,
	  "1U/1 1U/2", "3,2,y", NO_ATTR, false, UP, CARRIER_REASON_LINK_UP },
	{ "torn, with min_links", LACP, MII, 2, "1U/1 1U/2", "3,2,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "torn, and no link", LACP, MII, 0, "0D/1 0D/2", "3,2,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_NO_SLAVE_UP },
	{ "min_links 1 is as 0", LACP, MII, 1, "1U/1 0D/1", "1,1,y", NO_ATTR,
	  false, UP, CARRIER_REASON_LINK_UP },
	{ "more min_links than slaves", LACP, MII, 9, "1U/1 1U/1", "1,2,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "the most min_links there can be", LACP, MII, UINT32_MAX,
	  "1U/1 1U/1", "1,2,y", NO_ATTR, false,
	  DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "the largest group by links, not by slaves", LACP, MII, 2,
	  "1U/1 0D/1 0D/1 1U/2 1U/2", NULL, NO_ATTR, false,
	  UP, CARRIER_REASON_LINK_UP },
	{ "who has a link, before more of whom it is not known", LACP, MII, 0,
	  "1-/1 1-/1 1U/2", NULL, NO_ATTR, false, UP, CARRIER_REASON_LINK_UP },
	{ "no group reaches min_links", LACP, MII, 2, "1U/1 1U/2 1U/3", NULL,
	  NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "another aggregator takes over", LACP, MII, 0, "0D/1 1U/2",
	  "1,1,y", NO_ATTR, false, UP, CARRIER_REASON_LINK_UP },
	{ "the best of the others does", LACP, MII, 2, "0U/1 1U/2 1U/3 1U/3",
	  "1,1,y", NO_ATTR, false, UP, CARRIER_REASON_LINK_UP },
	{ "no sum of the others does", LACP, MII, 2, "0U/1 1U/2 1U/3",
	  "1,1,y", NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "not as long as the active one has a link", LACP, MII, 2,
	  "1U/1 0U/1 1U/2 1U/2", "1,2,y", NO_ATTR, false,
	  DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "nor where it might have one", LACP, MII, 0, "?U/1 1U/2", "1,1,y",
	  NO_ATTR, false, UNKNOWN, NOT_SYNC },
	{ "a slave in none takes over nothing", LACP, MII, 0, "0D/1 1U",
	  "1,1,y", NO_ATTR, false, DOWN, CARRIER_REASON_NO_AGGREGATOR },

	/* 802.3ad: all ports disabled, from the start as far as is known */
	{ "all ports disabled", LACP, MII, 0, "1D/1 1D/1", "1,0,y", NO_ATTR,
	  false, DOWN, CARRIER_REASON_PORTS_DISABLED },
	{ "disabled, and too few anyway", LACP, MII, 3, "1D/1 1D/1", "1,0,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_PORTS_DISABLED },
	{ "disabled, without a link", LACP, MII, 0, "0D/1 0D/1", "1,0,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_NO_SLAVE_UP },
	{ "disabled, nobody watches", LACP, NONE, 0, "1D/1", "1,0,y", NO_ATTR,
	  false, DOWN, CARRIER_REASON_PORTS_DISABLED },
	{ "disabled, under strict LACP", LACP, MII, 0, "1D/1!", "1,0,y",
	  NO_ATTR, true, DOWN, CARRIER_REASON_PORTS_DISABLED },
	{ "disabled, and the driver stays though another has a link", LACP,
	  MII, 0, "0D/1 1U/2", "1,0,y", NO_ATTR, false,
	  DOWN, CARRIER_REASON_PORTS_DISABLED },
	{ "one port is enough", LACP, MII, 0, "1U/1 1D/1", "1,1,y", NO_ATTR,
	  false, UP, CARRIER_REASON_LINK_UP },

	/* 802.3ad: what is not known */
	{ "may stand anywhere", LACP, MII, 0, "?U/1", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "may stand in the active one", LACP, MII, 2, "1U/1 ?U/1", "1,2,y",
	  NO_ATTR, false, UNKNOWN, NOT_SYNC },
	{ "could not help if it did", LACP, MII, 3, "1U/1 ?U/1", "1,2,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "is not needed", LACP, MII, 0, "1U/1 ?U/1", "1,2,y", NO_ATTR, false,
	  UP, CARRIER_REASON_LINK_UP },
	{ "stands in none, for certain", LACP, MII, 2, "1U/1 1U", "1,2,y",
	  NO_ATTR, false, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "has no link anyway", LACP, MII, 0, "0D 0D", NULL, NO_ATTR, false,
	  DOWN, CARRIER_REASON_NO_SLAVE_UP },
	{ "how many links are needed?", LACP, MII, 0, "1U/1", "1,1,y",
	  IFLA_BOND_MIN_LINKS, false, UNKNOWN, NOT_SYNC },
	{ "and may the other one count?", LACP, MII, 0, "1U/1 ?U/1", "1,2,y",
	  IFLA_BOND_MIN_LINKS, false, UNKNOWN, NOT_SYNC },
	{ "one at the least", LACP, MII, 0, "0D/1", "1,1,y",
	  IFLA_BOND_MIN_LINKS, false, DOWN, CARRIER_REASON_NO_SLAVE_UP },

	/* strict LACP */
	{ "strict: ready", LACP, MII, 0, "1U/1", "1,1,y", NO_ATTR, true,
	  UP, CARRIER_REASON_LINK_UP },
	{ "strict: not ready", LACP, MII, 0, "1U/1!", "1,1,y", NO_ATTR, true,
	  DOWN, CARRIER_REASON_NOT_DISTRIBUTING },
	{ "strict: none in the active aggregator", LACP, MII, 0, "1U/1! 1U/2",
	  "1,1,y", NO_ATTR, true, DOWN, CARRIER_REASON_NOT_DISTRIBUTING },
	{ "strict: nor in any", LACP, MII, 0, "1U! 1U!", "1,1,y", NO_ATTR,
	  true, DOWN, CARRIER_REASON_NO_AGGREGATOR },
	{ "strict: not enabled, so its bits are of before", LACP, MII, 0,
	  "1D/1", "1,1,y", NO_ATTR, true,
	  DOWN, CARRIER_REASON_NOT_DISTRIBUTING },
	{ "strict: enabled still, while it fails", LACP, MII, 0, "1F/1",
	  "1,1,y", NO_ATTR, true, UP, CARRIER_REASON_LINK_UP },
	{ "strict: enabled or not?", LACP, NONE, 0, "1-/1", "1,1,y", NO_ATTR,
	  true, UNKNOWN, NOT_SYNC },
	{ "not strict: not ready", LACP, MII, 0, "1U/1!", "1,1,y", NO_ATTR,
	  false, UP, CARRIER_REASON_LINK_UP },
	{ "strict: one of two", LACP, MII, 2, "1U/1 1U/1!", "1,2,y", NO_ATTR,
	  true, DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET },
	{ "strict: the best is who distributes, not who has most links", LACP,
	  MII, 0, "1U/1! 1U/1! 1U/2", NULL, NO_ATTR, true,
	  UP, CARRIER_REASON_LINK_UP },
	{ "strict: or might", LACP, MII, 0, "1U/1! 1U/1! 1-/2", NULL, NO_ATTR,
	  true, UNKNOWN, NOT_SYNC },
	{ "strict: nobody does, so links count", LACP, MII, 0, "0D/1 1U/2!",
	  NULL, NO_ATTR, true, DOWN, CARRIER_REASON_NOT_DISTRIBUTING },
	{ "strict is of 802.3ad alone", AB, MII, 0, "1U!", NULL, NO_ATTR, true,
	  UP, CARRIER_REASON_LINK_UP },

	/* a slave's link */
	{ "FAIL, but the carrier came back", AB, MII, 0, "1F*", NULL, NO_ATTR,
	  false, UP, CARRIER_REASON_LINK_UP },
	{ "a malformed slave alone", AB, MII, 0, "?U*", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "a malformed slave beside a good one", AB, MII, 0, "?U* 1U", NULL,
	  NO_ATTR, false, UP, CARRIER_REASON_LINK_UP },
	{ "a malformed slave beside a dead one", AB, MII, 0, "?U* 0D", NULL,
	  NO_ATTR, false, UNKNOWN, NOT_SYNC },
	{ "malformed in 802.3ad", LACP, MII, 0, "?U/1 0D/1", "1,2,y", NO_ATTR,
	  false, UNKNOWN, NOT_SYNC },
	{ "no mii_status under miimon", RR, MII, 0, "1-", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "no mii_status under ARP", RR, ARP, 0, "1-", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "no mii_status, no link", RR, ARP, 0, "0-", NULL, NO_ATTR, false,
	  DOWN, CARRIER_REASON_NO_SLAVE_UP },
	{ "no mii_status, nobody needs it", RR, NONE, 0, "1-", NULL, NO_ATTR,
	  false, UP, CARRIER_REASON_LINK_UP },

	/* the monitor */
	{ "no miimon, ARP off", RR, NONE, 0, "1U", NULL, IFLA_BOND_MIIMON,
	  false, UNKNOWN, NOT_SYNC },
	{ "no arp_interval, miimon 0", RR, NONE, 0, "1U", NULL,
	  IFLA_BOND_ARP_INTERVAL, false, UNKNOWN, NOT_SYNC },
	{ "no arp_interval under miimon", RR, MII, 0, "1U", NULL,
	  IFLA_BOND_ARP_INTERVAL, false, UP, CARRIER_REASON_LINK_UP },
	{ "no miimon under ARP", RR, ARP, 0, "1U", NULL, IFLA_BOND_MIIMON,
	  false, UP, CARRIER_REASON_LINK_UP },
	{ "no miimon, no link", RR, NONE, 0, "0U", NULL, IFLA_BOND_MIIMON,
	  false, DOWN, CARRIER_REASON_NO_SLAVE_UP },
	{ "BACK for an unknown time", RR, MII, 0, "1B", NULL,
	  IFLA_BOND_UPDELAY, false, UNKNOWN, NOT_SYNC },

	/* the mode */
	{ "no mode", RR, MII, 0, "1U", NULL, IFLA_BOND_MODE, false,
	  UNKNOWN, NOT_SYNC },
	{ "a mode to come", 7, MII, 0, "1U", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "the last mode to come", 255, MII, 0, "0D", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
	{ "a mode to come, no slaves", 7, MII, 0, "", NULL, NO_ATTR, false,
	  UNKNOWN, NOT_SYNC },
};
/* clang-format on */

static void correct(struct bond *bond, int64_t now_ms)
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		struct slave *slave = &bond->slaves[i];

		slave->below = CARRIER_UP;
		slave->corrected = carrier_slave_corrected(bond, slave, now_ms);
	}
}

static struct carrier_verdict decide_case(struct bond_set *set,
					  const struct verdict_case *test)
{
	struct bond *bond = sample_bond(set, 1, test->mode, test->monitor);

	bond->attrs.min_links = test->min_links;
	sample_slaves(bond, test->slaves, NOW_MS);
	sample_ad(bond, test->ad);
	if (test->absent)
		bond->attrs.present &= ~BOND_ATTR_BIT(test->absent);
	correct(bond, NOW_MS);
	return carrier_decide(bond, test->strict, NOW_MS);
}

static void test_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(verdict_cases) / sizeof(verdict_cases[0]);
	     i++) {
		const struct verdict_case *test = &verdict_cases[i];
		struct carrier_verdict verdict;
		struct bond_set set;

		bond_set_init(&set);
		verdict = decide_case(&set, test);
		if (verdict.effective != test->effective ||
		    verdict.reason != test->reason)
			fail_msg("%s: carrier %d reason %d, not %d %d",
				 test->what, verdict.effective, verdict.reason,
				 test->effective, test->reason);
		bond_set_fini(&set);
	}
}

static void test_counts_slaves(void **state)
{
	struct bond_set set;
	struct bond *bond;
	struct carrier_verdict verdict;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, AB, MII);
	bond->attrs.updelay_ms = 1000;
	sample_slaves(bond, "1U* 1B 0D ?U", NOW_MS);
	correct(bond, NOW_MS);
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_int_equal(verdict.slaves_lower_up, 2);
	assert_int_equal(verdict.slaves_usable, 1);
	bond_set_fini(&set);
}

static void test_admin_down_beats_all_but_distrust(void **state)
{
	struct bond_set set;
	struct bond *bond;
	struct carrier_verdict verdict;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, 7, MII);
	sample_slaves(bond, "1U", NOW_MS);
	correct(bond, NOW_MS);
	bond->link.flags = 0;
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_int_equal(verdict.effective, CARRIER_DOWN);
	assert_int_equal(verdict.reason, CARRIER_REASON_ADMIN_DOWN);

	bond->link.distrusted = true;
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_int_equal(verdict.effective, CARRIER_UNKNOWN);
	assert_int_equal(verdict.reason, NOT_SYNC);
	bond_set_fini(&set);
}

static void test_ad_info_without_its_parts(void **state)
{
	const unsigned int needed[] = {
		0,
		BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR),
		BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS),
	};
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		sample_slaves(bond, "1U/1 0D/2", NOW_MS);
		sample_ad(bond, "1,1,y");
		bond->attrs.ad.present = needed[i];
		correct(bond, NOW_MS);
		assert_int_equal(carrier_decide(bond, false, NOW_MS).effective,
				 UNKNOWN);
		assert_false(carrier_is_torn(bond));

		sample_slaves(bond, "0D/1 0D/2", NOW_MS);
		correct(bond, NOW_MS);
		assert_int_equal(carrier_decide(bond, false, NOW_MS).effective,
				 DOWN);
	}
	bond->attrs.ad.present = 0;
	assert_int_equal(carrier_kernel(bond), UNKNOWN);
	bond_set_fini(&set);
}

static enum carrier decide_at(struct bond *bond, bool strict, int64_t now_ms)
{
	correct(bond, now_ms);
	return carrier_decide(bond, strict, now_ms).effective;
}

/* Every port is disabled, and a cable is plugged: the kernel may take two
   looks and the updelay until it enables the port. */
static void test_a_plug_finds_no_port_disabled(void **state)
{
	const int64_t plug_ms = NOW_MS + 5000, due_ms = plug_ms + 4 * 132;
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	sample_slaves(bond, "0D/1", NOW_MS);
	sample_ad(bond, "1,0,y");
	assert_int_equal(decide_at(bond, false, NOW_MS), DOWN);
	assert_int_equal(carrier_decide(bond, false, NOW_MS).until_ms,
			 INT64_MAX);

	sample_slaves(bond, "1D/1", plug_ms);
	bond->attrs.updelay_ms = 200;
	assert_int_equal(decide_at(bond, false, plug_ms), DOWN);
	assert_int_equal(carrier_decide(bond, false, plug_ms).until_ms,
			 plug_ms + 3 * 132);
	bond->attrs.updelay_ms = 0;
	assert_int_equal(decide_at(bond, false, plug_ms), UP);
	assert_int_equal(carrier_decide(bond, false, plug_ms).until_ms,
			 plug_ms + 2 * 132);
	assert_int_equal(decide_at(bond, false, plug_ms + 2 * 132 - 1), UP);
	assert_int_equal(decide_at(bond, false, plug_ms + 2 * 132), DOWN);
	assert_int_equal(carrier_decide(bond, false, plug_ms + 2 * 132).reason,
			 CARRIER_REASON_PORTS_DISABLED);

	/* Enabled in time. */
	sample_ad(bond, "1,1,y");
	assert_int_equal(decide_at(bond, false, due_ms), UP);
	assert_int_equal(carrier_decide(bond, false, due_ms).until_ms,
			 INT64_MAX);

	/* A flap too short to be seen: the ports go, and the link is there. */
	sample_ad(bond, "1,0,y");
	bond->no_ports_since_ms = due_ms;
	assert_int_equal(decide_at(bond, false, due_ms + 2 * 132 - 1), UP);
	assert_int_equal(decide_at(bond, false, due_ms + 2 * 132), DOWN);

	/* Another one is plugged: that does not enable the first. */
	sample_slaves(bond, "1D/1 0D/1", due_ms + 1000);
	sample_slaves(bond, "1D/1 1D/1", due_ms + 2000);
	assert_int_equal(decide_at(bond, false, due_ms + 2000), DOWN);
	bond_set_fini(&set);
}

/* The partner fell silent, and the cable was out: LACP's bits are of before
   until the port is enabled and the LACP machine has had its turn. */
static void test_bits_of_before(void **state)
{
	const int64_t plug_ms = NOW_MS + 5000, up_ms = plug_ms + 100;
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	sample_ad(bond, "1,1,y");
	sample_slaves(bond, "1U/1", NOW_MS);
	assert_int_equal(decide_at(bond, true, NOW_MS), UP);
	sample_slaves(bond, "0D/1", NOW_MS);
	assert_int_equal(decide_at(bond, true, NOW_MS), DOWN);

	sample_slaves(bond, "1D/1", plug_ms);
	assert_int_equal(decide_at(bond, true, plug_ms), DOWN);
	assert_int_equal(decide_at(bond, true, up_ms), DOWN);
	sample_slaves(bond, "1U/1", up_ms);
	assert_int_equal(decide_at(bond, true, up_ms), DOWN);
	assert_int_equal(carrier_decide(bond, true, up_ms).until_ms,
			 up_ms + 2 * 132);
	assert_true(carrier_decide(bond, true, up_ms).awaits_lacp);
	assert_int_equal(decide_at(bond, true, up_ms + 2 * 132 - 1), DOWN);
	assert_int_equal(decide_at(bond, true, up_ms + 2 * 132), UP);
	assert_int_equal(decide_at(bond, false, up_ms), UP);
	assert_int_equal(carrier_decide(bond, false, up_ms).until_ms,
			 INT64_MAX);

	/* A downdelay that was not used up: the port was enabled throughout. */
	sample_slaves(bond, "0F/1", up_ms + 5000);
	sample_slaves(bond, "1U/1", up_ms + 5050);
	assert_int_equal(decide_at(bond, true, up_ms + 5050), UP);

	/* Its link came back without a known speed: not enabled. */
	sample_slaves(bond, "0D/1", up_ms + 6000);
	sample_slaves(bond, "1F/1", up_ms + 7000);
	assert_int_equal(decide_at(bond, true, up_ms + 7000), DOWN);
	assert_int_equal(decide_at(bond, true, up_ms + 99000), DOWN);
	assert_int_equal(carrier_decide(bond, true, up_ms + 99000).until_ms,
			 INT64_MAX);
	bond_set_fini(&set);
}

/* Only what LACP alone keeps down waits for it. */
static void test_awaits_lacp(void **state)
{
	static const struct {
		const char *slaves;
		uint32_t min_links;
		bool expected;
	} cases[] = {
		{ "1U/1!", 0, true },	    { "1U/1", 0, false },
		{ "0D/1!", 0, false },	    { "1U/1! 1U/1", 2, true },
		{ "1U/1! 0D/1", 2, false }, { "1U!", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bond_set set;
		struct bond *bond;

		bond_set_init(&set);
		bond = sample_bond(&set, 1, LACP, MII);
		bond->attrs.min_links = cases[i].min_links;
		sample_ad(bond, "1,2,y");
		sample_slaves(bond, cases[i].slaves, NOW_MS);
		correct(bond, NOW_MS);
		assert_int_equal(carrier_decide(bond, true, NOW_MS).awaits_lacp,
				 cases[i].expected);
		bond_set_fini(&set);
	}
}

static void test_torn(void **state)
{
	static const struct {
		unsigned int mode;
		const char *slaves;
		const char *ad;
		bool expected;
	} cases[] = {
		{ LACP, "1U/1 1U/2", "3,2,y", true },
		{ LACP, "0D/1 1U/2", "1,1,y", false },
		{ LACP, "1U 1U", "1,2,y", true },
		{ LACP, "1U/0", "0,1,y", true },
		{ LACP, "?U/1 1U/2", "3,2,y", false },
		{ LACP, "1U/1", NULL, false },
		{ LACP, "", "1,1,y", false },
		{ AB, "1U/1", "3,1,y", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bond_set set;
		struct bond *bond;

		bond_set_init(&set);
		bond = sample_bond(&set, 1, cases[i].mode, MII);
		sample_ad(bond, cases[i].ad);
		sample_slaves(bond, cases[i].slaves, NOW_MS);
		assert_int_equal(carrier_is_torn(bond), cases[i].expected);
		bond->link.distrusted = true;
		assert_false(carrier_is_torn(bond));
		bond_set_fini(&set);
	}
}

static void test_strict_without_a_state(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	sample_slaves(bond, "1U/1", NOW_MS);
	sample_ad(bond, "1,1,y");
	bond->slaves[0].attrs.present &=
	    ~SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	correct(bond, NOW_MS);
	assert_int_equal(carrier_decide(bond, true, NOW_MS).effective, UNKNOWN);
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective, UP);

	/* The kernel's own option does the same, when it is on. */
	bond->attrs.present |= BOND_ATTR_BIT(UAPI_BOND_LACP_STRICT);
	bond->attrs.min_links = 1;
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective, UP);
	bond->attrs.lacp_strict = 1;
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective,
			 UNKNOWN);
	/* It compares with min_links as it is: with 0 it decides nothing. */
	bond->attrs.min_links = 0;
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective, UP);
	assert_int_equal(carrier_decide(bond, true, NOW_MS).effective, UNKNOWN);
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective,
			 UNKNOWN);
	bond->attrs.present |= BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	bond->attrs.min_links = 1;

	/* Either bit alone is not enough. */
	bond->slaves[0].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	bond->slaves[0].attrs.actor_oper_state = UAPI_LACP_COLLECTING;
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective, DOWN);
	bond->slaves[0].attrs.actor_oper_state = UAPI_LACP_DISTRIBUTING;
	assert_int_equal(carrier_decide(bond, false, NOW_MS).effective, DOWN);
	bond_set_fini(&set);
}

static void test_updelay(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, MII);
	bond->attrs.updelay_ms = 300;
	sample_slaves(bond, "1B", NOW_MS);
	/* Three looks of the kernel, and one until it looks, which come late:
	   see carrier_monitor_ticks_ms. */
	correct(bond, NOW_MS + 4 * 132 - 1);
	assert_int_equal(bond->slaves[0].corrected, DOWN);
	correct(bond, NOW_MS + 4 * 132);
	assert_int_equal(bond->slaves[0].corrected, UP);
	/* Whenever the kernel itself is done with waiting, so are we. */
	sample_slaves(bond, "1U", NOW_MS + 301);
	correct(bond, NOW_MS + 301);
	assert_int_equal(bond->slaves[0].corrected, UP);

	sample_slaves(bond, "1B", NOW_MS);
	bond->attrs.updelay_ms = UINT32_MAX;
	correct(bond, NOW_MS + INT64_C(42949674) * 132 - 1);
	assert_int_equal(bond->slaves[0].corrected, DOWN);
	correct(bond, NOW_MS + INT64_C(42949674) * 132);
	assert_int_equal(bond->slaves[0].corrected, UP);

	/* The link came back, and the kernel has not looked yet. */
	bond->attrs.updelay_ms = 300;
	sample_slaves(bond, "0D", NOW_MS);
	sample_slaves(bond, "1D", NOW_MS + 50);
	correct(bond, NOW_MS + 50 + 4 * 132 - 1);
	assert_int_equal(bond->slaves[0].corrected, DOWN);
	correct(bond, NOW_MS + 50 + 4 * 132);
	assert_int_equal(bond->slaves[0].corrected, UP);
	bond->attrs.updelay_ms = 0;
	correct(bond, NOW_MS + 50);
	assert_int_equal(bond->slaves[0].corrected, UP);
	bond->attrs.updelay_ms = 300;
	bond->attrs.miimon_ms = 0;
	correct(bond, NOW_MS + 50);
	assert_int_equal(bond->slaves[0].corrected, UP);
	bond->attrs.miimon_ms = 100;

	/* Without a link an updelay that is over helps nobody. */
	sample_slaves(bond, "0B", NOW_MS);
	correct(bond, NOW_MS + UINT32_MAX);
	assert_int_equal(bond->slaves[0].corrected, DOWN);
	bond_set_fini(&set);
}

/* Every number of the driver's but 0 is an interval. */
static void test_the_shortest_intervals(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, NONE);
	assert_int_equal(carrier_monitor(bond), NONE);
	bond->attrs.miimon_ms = 1;
	assert_int_equal(carrier_monitor(bond), MII);
	bond->attrs.miimon_ms = 0;
	bond->attrs.arp_interval_ms = 1;
	assert_int_equal(carrier_monitor(bond), ARP);
	bond_set_fini(&set);
}

/* Who is not held is not released; and an updelay of one look takes two, for
   the kernel has to see the link first. */
static void test_release(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, RR, MII);
	sample_slaves(bond, "1B", NOW_MS);
	bond->attrs.updelay_ms = 100;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 NOW_MS + 2 * 132);
	bond->slaves[0].held_ms = 0;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
	bond->slaves[0].held_ms = NOW_MS;
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_UPDELAY);
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
	bond->attrs.present |= BOND_ATTR_BIT(IFLA_BOND_UPDELAY);
	bond->attrs.miimon_ms = 0;
	assert_int_equal(carrier_slave_release_ms(bond, &bond->slaves[0]),
			 INT64_MIN);
	bond_set_fini(&set);
}

/* The clock counts from the boot, and the agent may come first of all: what was
   so from the start is not as young as the clock. */
static void test_a_young_clock(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	sample_slaves(bond, "1U/1", 1);
	sample_ad(bond, "1,1,y");
	assert_int_equal(decide_at(bond, true, 1), UP);
	sample_ad(bond, "1,0,y");
	assert_int_equal(decide_at(bond, false, 1), DOWN);
	assert_int_equal(carrier_decide(bond, false, 1).reason,
			 CARRIER_REASON_PORTS_DISABLED);
	bond_set_fini(&set);
}

static void test_what_stands_below(void **state)
{
	/* LOWER_UP, what is below, and the link. */
	static const enum carrier cases[][3] = {
		{ UP, UP, UP },		  { UP, DOWN, DOWN },
		{ UP, UNKNOWN, UNKNOWN }, { DOWN, UP, DOWN },
		{ DOWN, DOWN, DOWN },	  { DOWN, UNKNOWN, DOWN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct slave slave = { .below = cases[i][1] };

		if (cases[i][0] == UP)
			slave.link.flags = LINK_FLAG_LOWER_UP;
		assert_int_equal(carrier_slave_link(&slave), cases[i][2]);
		slave.link.distrusted = true;
		assert_int_equal(carrier_slave_link(&slave), UNKNOWN);
	}
}

struct kernel_case {
	const char *what;
	unsigned int mode;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	bool strict; /* lacp_strict */
	enum carrier expected;
};

/* clang-format off */
static const struct kernel_case kernel_cases[] = {
	{ "no slaves", RR, 0, "", NULL, false, DOWN },
	{ "no slaves, yet AD_INFO", LACP, 0, "", "1,1,y", false, DOWN },
	{ "believes mii_status, not the link", AB, 0, "0U*", NULL, false, UP },
	{ "FAIL, DOWN and BACK are not up", RR, 0, "1F 1D 1B", NULL, false,
	  DOWN },
	{ "min_links is of 802.3ad", RR, 2, "1U", NULL, false, UP },
	{ "does not tell", RR, 0, "1-", NULL, false, UNKNOWN },
	{ "tells enough", RR, 0, "1- 1U", NULL, false, UP },
	{ "malformed", RR, 0, "?U 0D", NULL, false, UNKNOWN },
	{ "no aggregator", LACP, 0, "1U/1", NULL, false, DOWN },
	{ "ports, whatever the links", LACP, 2, "0D/1 0D/1", "1,2,n", false,
	  UP },
	{ "no port, none wanted", LACP, 0, "0D/1", "1,0,n", false, UP },
	{ "too few ports", LACP, 2, "1U/1 1U/1", "1,1,y", false, DOWN },
	{ "strict: not ready", LACP, 1, "1U/1!", "1,1,y", true, DOWN },
	{ "strict: not ready, and none wanted", LACP, 0, "1U/1!", "1,1,y", true,
	  UP },
	{ "strict: ready", LACP, 1, "1U/1", "1,1,y", true, UP },
	{ "strict: ready elsewhere", LACP, 1, "1U/2 0D/1!", "1,1,y", true,
	  DOWN },
	{ "strict: bits of before are the kernel's too", LACP, 1, "0D/1",
	  "1,1,y", true, UP },
	{ "torn", LACP, 1, "1U/2", "1,0,y", false, UNKNOWN },
	{ "torn, strict", LACP, 1, "1U/2", "1,1,y", true, UNKNOWN },
	{ "strict: too few", LACP, 2, "1U/1 1U/1!", "1,2,y", true, DOWN },
	{ "strict: enough", LACP, 2, "1U/1 1U/1", "1,2,y", true, UP },
	{ "strict: one is, behind one that is not", LACP, 1, "1U/1! 1U/1",
	  "1,2,y", true, UP },
	{ "a mode to come", 7, 0, "1U", NULL, false, UNKNOWN },
};
/* clang-format on */

static void test_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kernel_cases) / sizeof(kernel_cases[0]);
	     i++) {
		const struct kernel_case *test = &kernel_cases[i];
		struct bond_set set;
		struct bond *bond;

		bond_set_init(&set);
		bond = sample_bond(&set, 1, test->mode, MII);
		bond->attrs.min_links = test->min_links;
		bond->attrs.present |= BOND_ATTR_BIT(UAPI_BOND_LACP_STRICT);
		bond->attrs.lacp_strict = test->strict;
		sample_slaves(bond, test->slaves, NOW_MS);
		sample_ad(bond, test->ad);
		if (carrier_kernel(bond) != test->expected)
			fail_msg("%s: %d, not %d", test->what,
				 carrier_kernel(bond), test->expected);
		bond->link.distrusted = true;
		assert_int_equal(carrier_kernel(bond), UNKNOWN);
		bond_set_fini(&set);
	}
}

static void test_kernel_wants_min_links(void **state)
{
	struct bond_set set;
	struct bond *bond;

	(void)state;
	bond_set_init(&set);
	bond = sample_bond(&set, 1, LACP, MII);
	sample_slaves(bond, "1U/1", NOW_MS);
	sample_ad(bond, "1,1,y");
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	assert_int_equal(carrier_kernel(bond), UNKNOWN);
	bond_set_fini(&set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_counts_slaves),
		cmocka_unit_test(test_admin_down_beats_all_but_distrust),
		cmocka_unit_test(test_ad_info_without_its_parts),
		cmocka_unit_test(test_a_plug_finds_no_port_disabled),
		cmocka_unit_test(test_bits_of_before),
		cmocka_unit_test(test_awaits_lacp),
		cmocka_unit_test(test_torn),
		cmocka_unit_test(test_strict_without_a_state),
		cmocka_unit_test(test_updelay),
		cmocka_unit_test(test_the_shortest_intervals),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_a_young_clock),
		cmocka_unit_test(test_what_stands_below),
		cmocka_unit_test(test_kernel),
		cmocka_unit_test(test_kernel_wants_min_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
