/* SPDX-License-Identifier: BSD-2-Clause */
/* The decision at its edges: what is odd, absent or not to be believed. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "decision/carrier.h"
#include "named.h"
#include "sample.h"
#include "words.h"

#define NOW_MS	 INT64_C(1000000)
#define NO_ATTR	 0
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

static struct carrier_verdict decide_case(const struct verdict_case *test)
{
	struct bond *bond = sample_alone(test->mode, test->monitor);

	bond->attrs.min_links = test->min_links;
	sample_slaves(bond, test->slaves, NOW_MS);
	sample_ad(bond, test->ad);
	if (test->absent)
		bond->attrs.present &= ~BOND_ATTR_BIT(test->absent);
	sample_correct(bond, NOW_MS);
	return carrier_decide(bond, test->strict, NOW_MS);
}

static void test_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(verdict_cases) / sizeof(verdict_cases[0]);
	     i++) {
		const struct verdict_case *test = &verdict_cases[i];
		struct carrier_verdict verdict = decide_case(test);

		if (verdict.effective != test->effective ||
		    verdict.reason != test->reason)
			fail_msg("%s: %s %s, not %s %s", test->what,
				 named_carrier(verdict.effective),
				 named_reason(verdict.reason),
				 named_carrier(test->effective),
				 named_reason(test->reason));
	}
}

static void test_counts_slaves(void **state)
{
	struct bond *bond;
	struct carrier_verdict verdict;

	(void)state;
	bond = sample_alone(AB, MII);
	bond->attrs.updelay_ms = 1000;
	sample_slaves(bond, "1U* 1B 0D ?U", NOW_MS);
	sample_correct(bond, NOW_MS);
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_int_equal(verdict.slaves_lower_up, 2);
	assert_int_equal(verdict.slaves_usable, 1);
}

static void test_admin_down_beats_all_but_distrust(void **state)
{
	struct bond *bond;
	struct carrier_verdict verdict;

	(void)state;
	bond = sample_alone(7, MII);
	sample_slaves(bond, "1U", NOW_MS);
	sample_correct(bond, NOW_MS);
	bond->link.flags = 0;
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_carrier(verdict.effective, CARRIER_DOWN);
	assert_reason(verdict.reason, CARRIER_REASON_ADMIN_DOWN);

	bond->link.distrusted = true;
	verdict = carrier_decide(bond, false, NOW_MS);
	assert_carrier(verdict.effective, CARRIER_UNKNOWN);
	assert_reason(verdict.reason, NOT_SYNC);
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
		assert_carrier(carrier_slave_link(&slave), cases[i][2]);
		slave.link.distrusted = true;
		assert_carrier(carrier_slave_link(&slave), UNKNOWN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_counts_slaves),
		cmocka_unit_test(test_admin_down_beats_all_but_distrust),
		cmocka_unit_test(test_what_stands_below),
	};

	return cmocka_run_group_tests(tests, NULL, sample_alone_end);
}
