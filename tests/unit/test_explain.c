/* SPDX-License-Identifier: BSD-2-Clause */
/* Verdicts, findings and remedies are right for the bond they are about. */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "explain_fixture.h"

static void verdicts_count(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(verdict(f), "none of its 2 slaves has a link");
	f->bond.slave_count = 1;
	assert_string_equal(verdict(f), "its only slave has no link");
	f->bond.slave_count = 2;
	f->bond.verdict.slaves_lower_up = 1;
	assert_string_equal(verdict(f), "none of its 2 slaves is usable, "
					"though 1 shows LOWER_UP");
	f->bond.slave_count = 1;
	assert_string_equal(verdict(f), "its only slave is not usable, "
					"though it shows LOWER_UP");
	f->bond.slave_count = 2;
	f->bond.verdict.slaves_lower_up = 0;
	plug(f, 0);
	assert_string_equal(verdict(f), "1 of its 2 slaves is usable");
	plug(f, 1);
	assert_string_equal(verdict(f), "2 of its 2 slaves are usable");
	f->bond.verdict.reason = CARRIER_REASON_MIN_LINKS_NOT_MET;
	f->bond.attrs.min_links = 3;
	assert_has(verdict(f), "min_links (3)");
	f->bond.verdict.reason = CARRIER_REASON_NO_SLAVES;
	assert_string_equal(verdict(f), "it has no slaves");
	f->bond.verdict.reason = CARRIER_REASON_ADMIN_DOWN;
	assert_string_equal(verdict(f), "it is administratively down");
	f->bond.verdict.reason = CARRIER_REASON_NO_AGGREGATOR;
	assert_string_equal(verdict(f), "it has no active aggregator");
	f->bond.verdict.reason = CARRIER_REASON_NOT_DISTRIBUTING;
	assert_has(verdict(f), "LACP lets no slave of its aggregator");
	f->bond.verdict.reason = CARRIER_REASON_PORTS_DISABLED;
	assert_has(verdict(f), "all ports of its active aggregator disabled");
	f->bond.verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	assert_has(verdict(f), "cannot be read");
	f->bond.attrs.mode = 9;
	assert_has(verdict(f), "mode 9 is unknown");
	f->bond.link.distrusted = true;
	assert_has(verdict(f), "malformed");
}

/* Recipe a, the bug this project is about. */
static void unmonitored_false_up(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(
	    finding(f, DISCREPANCY_FALSE_UP, ""),
	    "bond0 is RUNNING, but none of its 2 slaves has a link");
	assert_has(remedy(f, DISCREPANCY_FALSE_UP),
		   "miimon is 0: this bond never looks at its slaves; set "
		   "miimon 100 (ip link set bond0 type bond miimon 100)");
	assert_has(remedy(f, DISCREPANCY_FALSE_UP), "cable");
	assert_has(remedy(f, DISCREPANCY_SLAVE_FALSE_UP), "miimon 100");
	assert_has(warning(f, DISCREPANCY_WARNING_UNMONITORED), "miimon 100");
}

static void each_cause_has_its_remedy(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.miimon_ms = 100;
	f->bond.attrs.use_carrier = 0;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP),
		   "ip link set bond0 type bond use_carrier 1");
	/* Absent is not zero: kernels without the option have it on. */
	f->bond.attrs.present &= ~HAS(USE_CARRIER);
	assert_lacks(remedy(f, DISCREPANCY_FALSE_UP), "use_carrier");

	f->slaves[0].attrs.mii_status = BOND_LINK_FAIL;
	f->bond.attrs.downdelay_ms = 1500;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP), "downdelay (1500 ms)");

	f->bond.attrs.arp_interval_ms = 1000;
	f->bond.attrs.miimon_ms = 0;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP), "arp_ip_target");
	assert_has(remedy(f, DISCREPANCY_SLAVE_FALSE_UP), "arp_ip_target");
}

/* A bond in a bond (recipe h'): the fault is below. */
static void false_link_of_an_inner_bond(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.miimon_ms = 100;
	f->slaves[1].link.flags |= LINK_FLAG_LOWER_UP;
	f->slaves[1].below = CARRIER_DOWN;
	f->bond.verdict.slaves_lower_up = 1;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP),
		   "the lower device of slave eth1 has no link");
	assert_has(finding(f, DISCREPANCY_SLAVE_FALSE_UP, "eth1"),
		   "has a lower device without a link");
	assert_lacks(finding(f, DISCREPANCY_SLAVE_FALSE_UP, "eth0"),
		     "lower device");
}

static void false_down(void **state)
{
	struct fixture *f = *state;

	plug(f, 0);
	f->bond.link.flags = LINK_FLAG_UP;
	f->bond.link.has_operstate = true;
	f->bond.link.operstate = IF_OPER_DOWN;
	assert_string_equal(finding(f, DISCREPANCY_FALSE_DOWN, NULL),
			    "bond0 is not RUNNING (operstate down), but 1 of "
			    "its 2 slaves is usable");
	assert_has(remedy(f, DISCREPANCY_FALSE_DOWN), "miimon 100");

	f->bond.attrs.miimon_ms = 100;
	f->bond.attrs.mode = BOND_MODE_TLB;
	f->slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	assert_has(remedy(f, DISCREPANCY_FALSE_DOWN),
		   "balance-tlb refuses a slave whose speed is unknown");
	assert_has(remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN), "speed");
	f->bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	assert_lacks(remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN), "speed");

	fixture_init(f);
	f->bond.attrs.mode = BOND_MODE_8023AD;
	f->bond.attrs.miimon_ms = 100;
	plug(f, 0);
	f->slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	f->bond.verdict.effective = CARRIER_DOWN;
	f->bond.verdict.reason = CARRIER_REASON_PORTS_DISABLED;
	assert_has(remedy(f, DISCREPANCY_FALSE_UP),
		   "802.3ad refuses a slave whose speed is unknown");
}

/* Recipe i'. */
static void dormant_bond(void **state)
{
	struct fixture *f = *state;

	plug(f, 0);
	f->bond.link.flags = LINK_FLAG_UP | LINK_FLAG_LOWER_UP;
	f->bond.link.has_operstate = true;
	f->bond.link.operstate = IF_OPER_DORMANT;
	assert_string_equal(
	    finding(f, DISCREPANCY_OPER_STATUS_MISMATCH, ""),
	    "bond0 is not RUNNING (operstate dormant), but its carrier "
	    "(LOWER_UP) is up");
	assert_has(remedy(f, DISCREPANCY_OPER_STATUS_MISMATCH),
		   "ip link set bond0 mode default");
	assert_has(remedy(f, DISCREPANCY_FALSE_DOWN),
		   "ip link set bond0 mode default");
}

static void findings_about_slaves_name_them(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(
	    finding(f, DISCREPANCY_ACTIVE_SLAVE_DOWN, "eth1"),
	    "slave eth1 of bond0 is the active slave and has no "
	    "link, while another has one");
	assert_has(finding(f, DISCREPANCY_SLAVE_FALSE_UP, "eth0"),
		   "slave eth0 of bond0 has no link");
	assert_has(finding(f, DISCREPANCY_SLAVE_FALSE_DOWN, ""),
		   "a slave of bond0 has a link");
	f->bond.attrs.present |= HAS(AD_INFO);
	f->bond.attrs.mode = BOND_MODE_8023AD;
	f->bond.attrs.ad.present = ~0U;
	f->bond.attrs.ad.aggregator = 1;
	plug(f, 0);
	plug(f, 1);
	assert_has(finding(f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in none, active is 1)");
	f->slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	assert_has(finding(f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in none, active is 1)");
	f->slaves[1].attrs.aggregator_id = 2;
	assert_has(finding(f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in 2, active is 1)");
	f->slaves[0].link.flags &= ~LINK_FLAG_RUNNING;
	f->slaves[0].link.has_operstate = true;
	f->slaves[0].link.operstate = IF_OPER_TESTING;
	assert_has(finding(f, DISCREPANCY_SLAVE_NOT_OPERATIONAL, "eth0"),
		   "(operstate testing)");
}

/* What is not known of the device below is no missing link. */
static void unknown_below_is_not_down(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.miimon_ms = 100;
	f->slaves[1].link.flags |= LINK_FLAG_LOWER_UP;
	f->slaves[1].below = CARRIER_UNKNOWN;
	assert_lacks(remedy(f, DISCREPANCY_FALSE_UP), "lower device");
	assert_lacks(finding(f, DISCREPANCY_SLAVE_FALSE_UP, "eth1"),
		     "lower device");
	f->slaves[1].below = CARRIER_UP;
	f->slaves[1].link.distrusted = true;
	assert_lacks(remedy(f, DISCREPANCY_FALSE_UP), "lower device");
}

/* A kind that is over waits for its hold: the bond as it is now no longer
   shows it, and the details of it would be untrue. */
static void what_is_over_has_no_details(void **state)
{
	struct fixture *f = *state;

	plug(f, 0);
	plug(f, 1);
	f->bond.attrs.miimon_ms = 100;
	assert_string_equal(
	    finding(f, DISCREPANCY_OPER_STATUS_MISMATCH, ""),
	    "bond0 shows RUNNING and LOWER_UP flags that differ");
	assert_string_equal(finding(f, DISCREPANCY_STALE_CARRIER, ""),
			    "bond0 shows a carrier that does not match the "
			    "bonding driver's view of its slaves");
	f->bond.attrs.mode = BOND_MODE_8023AD;
	f->bond.attrs.present |= HAS(AD_INFO);
	f->bond.attrs.ad.present = ~0U;
	f->bond.attrs.ad.partner_mac[0] = 2;
	f->bond.attrs.ad.aggregator = 1;
	assert_string_equal(finding(f, DISCREPANCY_NO_LACP_PARTNER, ""),
			    "bond0 has no LACP partner");
	f->slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	f->slaves[1].attrs.aggregator_id = 1;
	assert_lacks(finding(f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"), "(in");
}

/* The driver takes a slave that has a link for going back, without end. */
static void linked_and_never_up(void **state)
{
	struct fixture *f = *state;
	const char *text;

	plug(f, 0);
	plug(f, 1);
	f->bond.attrs.present |= HAS(UPDELAY);
	f->bond.attrs.mode = BOND_MODE_8023AD;
	f->bond.attrs.miimon_ms = 100;
	f->bond.attrs.updelay_ms = 1000;
	f->slaves[1].attrs.mii_status = BOND_LINK_BACK;
	f->slaves[1].held_ms = 1;
	assert_string_equal(
	    finding(f, DISCREPANCY_SLAVE_FALSE_DOWN, "eth1"),
	    "slave eth1 of bond0 has a link, but the bonding driver does not "
	    "consider it up (going back)");
	/* Seen for the first time, nobody knows which it is. */
	text = remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN);
	assert_has(text, "updelay (1000 ms) may still be running; if this "
			 "lasts: ");
	assert_has(text, "802.3ad refuses a slave whose speed is unknown");
	assert_has(warning(f, DISCREPANCY_WARNING_DEGRADED),
		   "updelay (1000 ms) may still be running");

	/* Raised, it has lasted for longer than the updelay. */
	f->slaves[1].discrepancies =
	    DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN);
	text = remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN);
	assert_lacks(text, "updelay");
	assert_has(text, "802.3ad refuses a slave whose speed is unknown");
	assert_string_equal(warning(f, DISCREPANCY_WARNING_DEGRADED),
			    "look at eth1: it has a link, but the bonding "
			    "driver does not consider it up");

	/* Frozen by miimon 0. */
	f->slaves[1].discrepancies = 0;
	f->bond.attrs.miimon_ms = 0;
	f->bond.attrs.updelay_ms = 1000;
	assert_lacks(warning(f, DISCREPANCY_WARNING_DEGRADED), "updelay");
	assert_has(warning(f, DISCREPANCY_WARNING_DEGRADED), "eth1");
	assert_has(remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN), "miimon 100");
	assert_lacks(remedy(f, DISCREPANCY_SLAVE_FALSE_DOWN), "updelay");
}

/* The kernel's own churn state is evidence, where it gives one. */
static void test_churn(void **state)
{
	struct fixture *f = *state;

	f->bond.attrs.mode = BOND_MODE_8023AD;
	f->bond.attrs.present |= HAS(AD_INFO);
	f->bond.attrs.ad.present =
	    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_MAC);
	f->slaves[1].attrs.partner_churn = UAPI_CHURN_CHURNED; /* not present */
	assert_lacks(finding(f, DISCREPANCY_NO_LACP_PARTNER, ""), "churned");
	f->slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(UAPI_BOND_SLAVE_PARTNER_CHURN);
	assert_has(finding(f, DISCREPANCY_NO_LACP_PARTNER, ""), "(churned)");
	f->slaves[1].attrs.partner_churn = UAPI_CHURN_MONITORED;
	assert_lacks(finding(f, DISCREPANCY_NO_LACP_PARTNER, ""), "churned");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_churn),
		TEST(verdicts_count),
		TEST(unmonitored_false_up),
		TEST(each_cause_has_its_remedy),
		TEST(false_link_of_an_inner_bond),
		TEST(false_down),
		TEST(dormant_bond),
		TEST(findings_about_slaves_name_them),
		TEST(unknown_below_is_not_down),
		TEST(what_is_over_has_no_details),
		TEST(linked_and_never_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
