/* SPDX-License-Identifier: BSD-2-Clause */
/* Kinds and warnings where the oracle has no row: odd, absent, unknown. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "decision/finding.h"
#include "decision/judge.h"
#include "named.h"
#include "sample.h"
#include "words.h"

#define NOW_MS	1000000
#define NO_ATTR 0

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
		const struct bond *bond;
		unsigned int kinds;

		bond_set_init(&set);
		judge_case(&set, test);
		bond = &set.bonds[0];
		kinds = discrepancy_pending(&bond->discrepancies);
		if (kinds != test->kinds)
			fail_msg("%s: %s, not %s", test->what,
				 named_kinds(kinds), named_kinds(test->kinds));
		if (finding_warnings(bond) != test->warnings)
			fail_msg("%s: %s, not %s", test->what,
				 named_warnings(finding_warnings(bond)),
				 named_warnings(test->warnings));
		assert_warnings(bond->warnings, test->warnings);
		bond_set_fini(&set);
	}
}

/* Words ask of a kind, too; and of a bond that nothing is expected of. */
static void test_what_holds(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(RR, NONE);
	sample_slaves(bond, "0U", NOW_MS);
	sample_correct(bond, NOW_MS);
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
}

/* A bond that nobody monitors has no lag, and its options add no grace; nor
   does an attribute that the kernel did not send. */
static void test_what_adds_no_grace(void **state)
{
	struct judge_policy policy;
	struct bond *bond;

	(void)state;
	judge_policy_defaults(&policy);
	bond = sample_alone(RR, NONE);
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
}

static void test_order_and_growth(void **state)
{
	struct finding_list found = { NULL, 0, 0 };
	struct bond *bond;

	(void)state;
	bond = sample_alone(RR, NONE);
	sample_slaves(bond,
		      "0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D 0U 1D "
		      "0U 1D 0U 1D",
		      NOW_MS);
	sample_correct(bond, NOW_MS);
	bond->verdict.effective = CARRIER_UP;
	assert_int_equal(finding_list_fill(bond, &found), 0);

	/* falseDown, staleCarrier, ten slaves each false up and down */
	assert_int_equal(found.count, 22);
	assert_kind(found.items[0].kind, DISCREPANCY_FALSE_DOWN);
	assert_int_equal(found.items[0].slave, 0);
	assert_kind(found.items[1].kind, DISCREPANCY_STALE_CARRIER);
	for (int i = 0; i < 10; i++) {
		assert_kind(found.items[2 + i].kind,
			    DISCREPANCY_SLAVE_FALSE_UP);
		assert_int_equal(found.items[2 + i].slave, 101 + 2 * i);
		assert_kind(found.items[12 + i].kind,
			    DISCREPANCY_SLAVE_FALSE_DOWN);
		assert_int_equal(found.items[12 + i].slave, 102 + 2 * i);
	}

	/* It appends. */
	assert_int_equal(finding_list_fill(bond, &found), 0);
	assert_int_equal(found.count, 44);
	finding_list_fini(&found);
	assert_int_equal(found.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings_and_warnings),
		cmocka_unit_test(test_what_holds),
		cmocka_unit_test(test_what_adds_no_grace),
		cmocka_unit_test(test_order_and_growth),
	};

	return cmocka_run_group_tests(tests, NULL, sample_alone_end);
}
