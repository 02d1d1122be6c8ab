/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names and sentences: right for the bond they are about, whole in the room
 * they have, and safe whatever an interface is called.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "base/printable.h"
#include "bond/uapi.h"
#include "explain/explain.h"

#define HAS(attr) BOND_ATTR_BIT(IFLA_BOND_##attr)

/* A bond with two slaves, whose fields the tests change. */
struct fixture {
	struct bond bond;
	struct slave slaves[2];
};

static void fixture_init(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->bond.link.ifindex = 3;
	f->bond.link.flags =
	    LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP;
	strcpy(f->bond.link.name, "bond0");
	f->bond.attrs.present = HAS(MODE) | HAS(MIIMON) | HAS(ARP_INTERVAL) |
				HAS(USE_CARRIER) | HAS(MIN_LINKS) |
				HAS(DOWNDELAY);
	f->bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	f->bond.attrs.use_carrier = 1;
	f->bond.slaves = f->slaves;
	f->bond.slave_count = 2;
	f->bond.verdict.effective = CARRIER_DOWN;
	f->bond.verdict.reason = CARRIER_REASON_NO_SLAVE_UP;
	for (int i = 0; i < 2; i++) {
		f->slaves[i].link.ifindex = 4 + i;
		f->slaves[i].link.flags = LINK_FLAG_UP;
		snprintf(f->slaves[i].link.name, LINK_NAME_SIZE, "eth%d", i);
		f->slaves[i].attrs.present =
		    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
		f->slaves[i].attrs.mii_status = BOND_LINK_UP;
		f->slaves[i].below = CARRIER_UP;
		f->slaves[i].corrected = CARRIER_DOWN;
	}
}

static void plug(struct fixture *f, int slave)
{
	f->slaves[slave].link.flags |= LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING;
	f->slaves[slave].corrected = CARRIER_UP;
	f->bond.verdict.slaves_lower_up++;
	f->bond.verdict.slaves_usable++;
	f->bond.verdict.effective = CARRIER_UP;
	f->bond.verdict.reason = CARRIER_REASON_LINK_UP;
}

static const char *finding(const struct fixture *f, enum discrepancy_kind kind,
			   const char *slave)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_finding(&f->bond, kind, slave, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

static const char *remedy(const struct fixture *f, enum discrepancy_kind kind)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_remedy(&f->bond, kind, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

static const char *verdict(const struct fixture *f)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_verdict(&f->bond, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

static const char *warning(const struct fixture *f,
			   enum discrepancy_warning which)
{
	static char text[EXPLAIN_TEXT_SIZE];

	assert_true(explain_warning_text(&f->bond, which, text, sizeof(text)) <
		    sizeof(text));
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" does not say \"%s\"", text, part);
}

static void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" says \"%s\"", text, part);
}

/* The names are the MIB's: managers compare them. */
static void names_are_those_of_the_mib(void **state)
{
	(void)state;
	assert_string_equal(explain_carrier(CARRIER_DOWN), "down");
	assert_string_equal(explain_reason(CARRIER_REASON_NO_SLAVE_UP),
			    "noSlaveUp");
	assert_string_equal(explain_kind(DISCREPANCY_FALSE_UP), "falseUp");
	assert_string_equal(explain_kind(DISCREPANCY_SLAVE_NOT_OPERATIONAL),
			    "slaveNotOperational");
	assert_string_equal(explain_warning(DISCREPANCY_WARNING_ARP_DOWN),
			    "arpDown");
	assert_string_equal(explain_monitor(CARRIER_MONITOR_MII), "mii");
	assert_string_equal(explain_event_type(EVENT_SLAVE_LOWER_DOWN),
			    "slaveLowerDown");
	assert_string_equal(explain_mode(BOND_MODE_8023AD), "802.3ad");
	assert_string_equal(explain_mode(BOND_MODE_ALB), "balance-alb");
	assert_string_equal(explain_mii_status(BOND_LINK_BACK), "going back");
	assert_string_equal(explain_operstate(IF_OPER_LOWERLAYERDOWN),
			    "lowerlayerdown");
	assert_string_equal(explain_operstate(IF_OPER_UP), "up");
}

static void other_numbers_are_unknown(void **state)
{
	(void)state;
	for (unsigned int number = 12; number < 300; number++) {
		assert_string_equal(explain_mode(number), "unknown");
		assert_string_equal(explain_operstate(number), "unknown");
		assert_string_equal(explain_mii_status(number), "unknown");
	}
	assert_string_equal(explain_mode(7), "unknown");
	assert_string_equal(explain_mode(UINT32_MAX), "unknown");
	assert_string_equal(explain_kind((enum discrepancy_kind)11), "unknown");
	assert_string_equal(explain_carrier((enum carrier)0), "unknown");
	assert_string_equal(explain_event_type((enum event_type)0), "unknown");
}

static void kinds_are_found_by_name(void **state)
{
	(void)state;
	for (unsigned int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++)
		assert_int_equal(
		    explain_kind_of(explain_kind((enum discrepancy_kind)kind)),
		    kind);
	assert_int_equal(explain_kind_of("FALSEUP"), DISCREPANCY_FALSE_UP);
	assert_int_equal(explain_kind_of("falseU"), DISCREPANCY_NONE);
	assert_int_equal(explain_kind_of("none"), DISCREPANCY_NONE);
	assert_int_equal(explain_kind_of(""), DISCREPANCY_NONE);
}

static void hostile_names_become_printable(void **state)
{
	static const struct {
		const char *name;
		const char *printable;
	} cases[] = {
		{ "bond0", "bond0" },
		{ "", "" },
		{ "b\"'<&$;", "b\"'<&$;" },
		{ "a\\b", "a\\\\b" },
		{ "b\x1b[31m", "b\\x1b[31m" },
		{ "b\n\x7f", "b\\x0a\\x7f" },
		{ "b\xc3\xb6nd", "b\xc3\xb6nd" },
		{ "\xe2\x82\xac\xf0\x9f\x94\x97", "\xe2\x82\xac"
						  "\xf0\x9f\x94\x97" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xc3", "\\xc3" },		/* cut short */
		{ "\xe2\x82x", "\\xe2\\x82x" }, /* broken off */
		{ "\xc0\xaf", "\\xc0\\xaf" },	/* overlong slash */
		{ "\xe0\x80\xaf", "\\xe0\\x80\\xaf" },
		{ "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* surrogate */
		{ "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
		{ "\xc2\x9b"
		  "1m",
		  "\\xc2\\x9b"
		  "1m" },				 /* C1 control: CSI */
		{ "a\xe2\x80\xae", "a\\xe2\\x80\\xae" }, /* right to left */
	};
	char buffer[PRINTABLE_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    printable_name(cases[i].name, buffer, sizeof(buffer)),
		    cases[i].printable);
}

/* A name that has passed already comes through as it is. */
static void sentences_become_printable_once(void **state)
{
	char once[EXPLAIN_TEXT_SIZE], twice[EXPLAIN_TEXT_SIZE];

	(void)state;
	printable_text("track file /t/e\x1b[0m\a: a\\b \xc3\xb6 \xff\n", once,
		       sizeof(once));
	assert_string_equal(once, "track file /t/e\\x1b[0m\\x07: a\\b \xc3\xb6 "
				  "\\xff\\x0a");
	assert_string_equal(printable_text(once, twice, sizeof(twice)), once);
	assert_string_equal(printable_text("ab\x01", once, 6), "ab");
}

static void longest_name_fits_and_a_cut_is_clean(void **state)
{
	static const char worst[] = "\x01\x02\x03\x04\x05\x06\x07\x08"
				    "\x09\x0a\x0b\x0c\x0d\x0e\x0f";
	char buffer[PRINTABLE_NAME_SIZE];

	(void)state;
	assert_int_equal(strlen(printable_name(worst, buffer, sizeof(buffer))),
			 60);
	assert_string_equal(printable_name("ab\x01", buffer, 6), "ab");
	assert_string_equal(printable_name("ab\x01", buffer, 7), "ab\\x01");
	assert_string_equal(printable_name("a\xc3\xb6", buffer, 3), "a");
	assert_string_equal(printable_name("abc", buffer, 1), "");
	assert_string_equal(printable_name("abc", buffer, 0), "");
}

static void verdicts_count(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	assert_string_equal(verdict(&f), "none of its 2 slaves has a link");
	f.bond.slave_count = 1;
	assert_string_equal(verdict(&f), "its only slave has no link");
	f.bond.slave_count = 2;
	f.bond.verdict.slaves_lower_up = 1;
	assert_string_equal(verdict(&f), "none of its 2 slaves is usable, "
					 "though 1 shows LOWER_UP");
	f.bond.slave_count = 1;
	assert_string_equal(verdict(&f), "its only slave is not usable, "
					 "though it shows LOWER_UP");
	f.bond.slave_count = 2;
	f.bond.verdict.slaves_lower_up = 0;
	plug(&f, 0);
	assert_string_equal(verdict(&f), "1 of its 2 slaves is usable");
	plug(&f, 1);
	assert_string_equal(verdict(&f), "2 of its 2 slaves are usable");
	f.bond.verdict.reason = CARRIER_REASON_MIN_LINKS_NOT_MET;
	f.bond.attrs.min_links = 3;
	assert_has(verdict(&f), "min_links (3)");
	f.bond.verdict.reason = CARRIER_REASON_NO_SLAVES;
	assert_string_equal(verdict(&f), "it has no slaves");
	f.bond.verdict.reason = CARRIER_REASON_ADMIN_DOWN;
	assert_string_equal(verdict(&f), "it is administratively down");
	f.bond.verdict.reason = CARRIER_REASON_NO_AGGREGATOR;
	assert_string_equal(verdict(&f), "it has no active aggregator");
	f.bond.verdict.reason = CARRIER_REASON_NOT_DISTRIBUTING;
	assert_has(verdict(&f), "LACP lets no slave of its aggregator");
	f.bond.verdict.reason = CARRIER_REASON_PORTS_DISABLED;
	assert_has(verdict(&f), "all ports of its active aggregator disabled");
	f.bond.verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	assert_has(verdict(&f), "can't be read");
	f.bond.attrs.mode = 9;
	assert_has(verdict(&f), "mode 9 is unknown");
	f.bond.link.distrusted = true;
	assert_has(verdict(&f), "malformed");
}

/* Recipe a, the bug this project is about. */
static void unmonitored_false_up(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	assert_string_equal(
	    finding(&f, DISCREPANCY_FALSE_UP, ""),
	    "bond0 is RUNNING, but none of its 2 slaves has a link");
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP),
		   "miimon is 0: this bond never looks at its slaves; set "
		   "miimon 100 (ip link set bond0 type bond miimon 100)");
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP), "cable");
	assert_has(remedy(&f, DISCREPANCY_SLAVE_FALSE_UP), "miimon 100");
	assert_has(warning(&f, DISCREPANCY_WARNING_UNMONITORED), "miimon 100");
}

static void each_cause_has_its_remedy(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.miimon_ms = 100;
	f.bond.attrs.use_carrier = 0;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP),
		   "ip link set bond0 type bond use_carrier 1");
	/* Absent is not zero: kernels without the option have it on. */
	f.bond.attrs.present &= ~HAS(USE_CARRIER);
	assert_lacks(remedy(&f, DISCREPANCY_FALSE_UP), "use_carrier");

	f.slaves[0].attrs.mii_status = BOND_LINK_FAIL;
	f.bond.attrs.downdelay_ms = 1500;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP), "downdelay (1500 ms)");

	f.bond.attrs.arp_interval_ms = 1000;
	f.bond.attrs.miimon_ms = 0;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP), "arp_ip_target");
	assert_has(remedy(&f, DISCREPANCY_SLAVE_FALSE_UP), "arp_ip_target");
}

/* A bond in a bond (recipe h'): the fault is below. */
static void false_link_of_an_inner_bond(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.miimon_ms = 100;
	f.slaves[1].link.flags |= LINK_FLAG_LOWER_UP;
	f.slaves[1].below = CARRIER_DOWN;
	f.bond.verdict.slaves_lower_up = 1;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP),
		   "the lower device of slave eth1 has no link");
	assert_has(finding(&f, DISCREPANCY_SLAVE_FALSE_UP, "eth1"),
		   "has a lower device without a link");
	assert_lacks(finding(&f, DISCREPANCY_SLAVE_FALSE_UP, "eth0"),
		     "lower device");
}

static void false_down(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	plug(&f, 0);
	f.bond.link.flags = LINK_FLAG_UP;
	f.bond.link.has_operstate = true;
	f.bond.link.operstate = IF_OPER_DOWN;
	assert_string_equal(finding(&f, DISCREPANCY_FALSE_DOWN, NULL),
			    "bond0 is not RUNNING (operstate down), but 1 of "
			    "its 2 slaves is usable");
	assert_has(remedy(&f, DISCREPANCY_FALSE_DOWN), "miimon 100");

	f.bond.attrs.miimon_ms = 100;
	f.bond.attrs.mode = BOND_MODE_TLB;
	f.slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	assert_has(remedy(&f, DISCREPANCY_FALSE_DOWN),
		   "balance-tlb refuses a slave whose speed is unknown");
	assert_has(remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN), "speed");
	f.bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	assert_lacks(remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN), "speed");

	fixture_init(&f);
	f.bond.attrs.mode = BOND_MODE_8023AD;
	f.bond.attrs.miimon_ms = 100;
	plug(&f, 0);
	f.slaves[0].attrs.mii_status = BOND_LINK_DOWN;
	f.bond.verdict.effective = CARRIER_DOWN;
	f.bond.verdict.reason = CARRIER_REASON_PORTS_DISABLED;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP),
		   "802.3ad refuses a slave whose speed is unknown");
}

/* Recipe i'. */
static void dormant_bond(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	plug(&f, 0);
	f.bond.link.flags = LINK_FLAG_UP | LINK_FLAG_LOWER_UP;
	f.bond.link.has_operstate = true;
	f.bond.link.operstate = IF_OPER_DORMANT;
	assert_string_equal(
	    finding(&f, DISCREPANCY_OPER_STATUS_MISMATCH, ""),
	    "bond0 is not RUNNING (operstate dormant), but its carrier "
	    "(LOWER_UP) is up");
	assert_has(remedy(&f, DISCREPANCY_OPER_STATUS_MISMATCH),
		   "ip link set bond0 mode default");
	assert_has(remedy(&f, DISCREPANCY_FALSE_DOWN),
		   "ip link set bond0 mode default");
}

static void findings_about_slaves_name_them(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	assert_string_equal(
	    finding(&f, DISCREPANCY_ACTIVE_SLAVE_DOWN, "eth1"),
	    "slave eth1 of bond0 is the active slave and has no "
	    "link, while another has one");
	assert_has(finding(&f, DISCREPANCY_SLAVE_FALSE_UP, "eth0"),
		   "slave eth0 of bond0 has no link");
	assert_has(finding(&f, DISCREPANCY_SLAVE_FALSE_DOWN, ""),
		   "a slave of bond0 has a link");
	f.bond.attrs.present |= HAS(AD_INFO);
	f.bond.attrs.mode = BOND_MODE_8023AD;
	f.bond.attrs.ad.present = ~0U;
	f.bond.attrs.ad.aggregator = 1;
	plug(&f, 0);
	plug(&f, 1);
	assert_has(finding(&f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in none, active is 1)");
	f.slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	assert_has(finding(&f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in none, active is 1)");
	f.slaves[1].attrs.aggregator_id = 2;
	assert_has(finding(&f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"),
		   "(in 2, active is 1)");
	f.slaves[0].link.flags &= ~LINK_FLAG_RUNNING;
	f.slaves[0].link.has_operstate = true;
	f.slaves[0].link.operstate = IF_OPER_TESTING;
	assert_has(finding(&f, DISCREPANCY_SLAVE_NOT_OPERATIONAL, "eth0"),
		   "(operstate testing)");
}

static void warnings_name_the_culprit(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.miimon_ms = 100;
	plug(&f, 1);
	f.slaves[1].link.has_operstate = true;
	f.slaves[1].link.operstate = IF_OPER_UNKNOWN;
	assert_has(warning(&f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_string_equal(warning(&f, DISCREPANCY_WARNING_DEGRADED),
			    "only 1 of 2 slaves is usable; look at eth0: no "
			    "link, so check its cable and switch port");
	f.slaves[0].link.flags = 0;
	assert_has(warning(&f, DISCREPANCY_WARNING_DEGRADED),
		   "ip link set eth0 up");
	f.bond.attrs.miimon_ms = 0;
	f.bond.attrs.arp_interval_ms = 1000;
	f.slaves[1].attrs.mii_status = BOND_LINK_DOWN;
	assert_has(warning(&f, DISCREPANCY_WARNING_ARP_DOWN),
		   "eth1 has a link, but the ARP monitor considers it down");
	f.bond.attrs.min_links = 2;
	assert_has(warning(&f, DISCREPANCY_WARNING_MIN_LINKS_IGNORED),
		   "min_links is 2, but only 802.3ad uses it");
	assert_has(warning(&f, DISCREPANCY_WARNING_MIN_LINKS_IGNORED),
		   "ip link set bond0 type bond min_links 0");
	f.slaves[1].corrected = CARRIER_DOWN;
	f.bond.verdict.slaves_usable = 0;
	assert_has(warning(&f, DISCREPANCY_WARNING_DEGRADED),
		   "no slave is usable");
}

/* Only the slave that gives rise to a warning is named, not one that looks
   like it: a VLAN whose lower device is down shows LOWER_UP too. */
static void warnings_name_nobody_else(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.arp_interval_ms = 1000;
	plug(&f, 0);
	plug(&f, 1);
	for (int i = 0; i < 2; i++) {
		f.slaves[i].link.has_operstate = true;
		f.slaves[i].link.operstate = IF_OPER_UNKNOWN;
		f.slaves[i].attrs.mii_status = BOND_LINK_DOWN;
	}
	f.slaves[0].below = CARRIER_DOWN;
	assert_has(warning(&f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_has(warning(&f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "ethtool eth1");
	assert_has(warning(&f, DISCREPANCY_WARNING_ARP_DOWN), "eth1 has");

	f.slaves[0].below = CARRIER_UP;
	f.slaves[0].link.distrusted = true;
	assert_has(warning(&f, DISCREPANCY_WARNING_LINK_UNVERIFIED),
		   "the driver of eth1");
	assert_has(warning(&f, DISCREPANCY_WARNING_ARP_DOWN), "eth1 has");

	/* What can't be known of eth0 is no lost redundancy. */
	f.slaves[0].corrected = CARRIER_UNKNOWN;
	f.slaves[1].corrected = CARRIER_DOWN;
	assert_has(warning(&f, DISCREPANCY_WARNING_DEGRADED), "look at eth1");
}

/* What is not known of the device below is no missing link. */
static void unknown_below_is_not_down(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.miimon_ms = 100;
	f.slaves[1].link.flags |= LINK_FLAG_LOWER_UP;
	f.slaves[1].below = CARRIER_UNKNOWN;
	assert_lacks(remedy(&f, DISCREPANCY_FALSE_UP), "lower device");
	assert_lacks(finding(&f, DISCREPANCY_SLAVE_FALSE_UP, "eth1"),
		     "lower device");
	f.slaves[1].below = CARRIER_UP;
	f.slaves[1].link.distrusted = true;
	assert_lacks(remedy(&f, DISCREPANCY_FALSE_UP), "lower device");
}

/* A kind that is over waits for its hold: the bond as it is now no longer
   shows it, and the details of it would be untrue. */
static void what_is_over_has_no_details(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	plug(&f, 0);
	plug(&f, 1);
	f.bond.attrs.miimon_ms = 100;
	assert_string_equal(
	    finding(&f, DISCREPANCY_OPER_STATUS_MISMATCH, ""),
	    "bond0 shows RUNNING and LOWER_UP flags that differ");
	assert_string_equal(finding(&f, DISCREPANCY_STALE_CARRIER, ""),
			    "bond0 shows a carrier that does not match the "
			    "bonding driver's view of its slaves");
	f.bond.attrs.mode = BOND_MODE_8023AD;
	f.bond.attrs.present |= HAS(AD_INFO);
	f.bond.attrs.ad.present = ~0U;
	f.bond.attrs.ad.partner_mac[0] = 2;
	f.bond.attrs.ad.aggregator = 1;
	assert_string_equal(finding(&f, DISCREPANCY_NO_LACP_PARTNER, ""),
			    "bond0 has no LACP partner");
	f.slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	f.slaves[1].attrs.aggregator_id = 1;
	assert_lacks(finding(&f, DISCREPANCY_SPLIT_AGGREGATOR, "eth1"), "(in");
}

/* The driver takes a slave that has a link for going back, without end. */
static void linked_and_never_up(void **state)
{
	struct fixture f;
	const char *text;

	(void)state;
	fixture_init(&f);
	plug(&f, 0);
	plug(&f, 1);
	f.bond.attrs.present |= HAS(UPDELAY);
	f.bond.attrs.mode = BOND_MODE_8023AD;
	f.bond.attrs.miimon_ms = 100;
	f.bond.attrs.updelay_ms = 1000;
	f.slaves[1].attrs.mii_status = BOND_LINK_BACK;
	f.slaves[1].held_ms = 1;
	assert_string_equal(
	    finding(&f, DISCREPANCY_SLAVE_FALSE_DOWN, "eth1"),
	    "slave eth1 of bond0 has a link, but the bonding driver does not "
	    "consider it up (going back)");
	/* Seen for the first time, nobody knows which it is. */
	text = remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN);
	assert_has(text, "updelay (1000 ms) may still be running; if this "
			 "lasts: ");
	assert_has(text, "802.3ad refuses a slave whose speed is unknown");
	assert_has(warning(&f, DISCREPANCY_WARNING_DEGRADED),
		   "updelay (1000 ms) may still be running");

	/* Raised, it has lasted for longer than the updelay. */
	f.slaves[1].discrepancies =
	    DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN);
	text = remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN);
	assert_lacks(text, "updelay");
	assert_has(text, "802.3ad refuses a slave whose speed is unknown");
	assert_string_equal(warning(&f, DISCREPANCY_WARNING_DEGRADED),
			    "look at eth1: it has a link, but the bonding "
			    "driver does not consider it up");

	/* Frozen by miimon 0. */
	f.slaves[1].discrepancies = 0;
	f.bond.attrs.miimon_ms = 0;
	f.bond.attrs.updelay_ms = 1000;
	assert_lacks(warning(&f, DISCREPANCY_WARNING_DEGRADED), "updelay");
	assert_has(warning(&f, DISCREPANCY_WARNING_DEGRADED), "eth1");
	assert_has(remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN), "miimon 100");
	assert_lacks(remedy(&f, DISCREPANCY_SLAVE_FALSE_DOWN), "updelay");
}

/* Row 47: the driver is not at fault, and a newer kernel looks no sooner. */
static void slow_monitor(void **state)
{
	static const enum discrepancy_kind kinds[] = {
		DISCREPANCY_FALSE_UP, DISCREPANCY_FALSE_DOWN,
		DISCREPANCY_ACTIVE_SLAVE_DOWN, DISCREPANCY_SLAVE_FALSE_UP,
		DISCREPANCY_SLAVE_FALSE_DOWN
	};
	static const char words[] =
	    "miimon is 100000 ms: the bonding driver may take 100 s to notice "
	    "that a slave is dead; set miimon 100 (ip link set bond0 type bond "
	    "miimon 100)";
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.miimon_ms = 100000;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		f.bond.link.flags =
		    kinds[i] == DISCREPANCY_FALSE_DOWN
			? LINK_FLAG_UP
			: LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP;
		assert_has(remedy(&f, kinds[i]), words);
		assert_lacks(remedy(&f, kinds[i]), "kernel");
	}
	assert_string_equal(warning(&f, DISCREPANCY_WARNING_SLOW_MONITOR),
			    words);

	/* In 802.3ad, where another slave is usable and min_links is not met.
	 */
	f.bond.attrs.mode = BOND_MODE_8023AD;
	plug(&f, 1);
	f.bond.verdict.effective = CARRIER_DOWN;
	f.bond.verdict.reason = CARRIER_REASON_MIN_LINKS_NOT_MET;
	assert_has(remedy(&f, DISCREPANCY_FALSE_UP), words);

	f.bond.attrs.mode = BOND_MODE_ACTIVEBACKUP;
	f.bond.attrs.miimon_ms = 0;
	f.bond.attrs.arp_interval_ms = 20000;
	assert_string_equal(
	    warning(&f, DISCREPANCY_WARNING_SLOW_MONITOR),
	    "arp_interval is 20000 ms: the bonding driver may take 60 s to "
	    "notice "
	    "that a slave is dead; set arp_interval 1000 (ip link set bond0 "
	    "type bond arp_interval 1000)");
	assert_has(remedy(&f, DISCREPANCY_SLAVE_FALSE_UP),
		   "set arp_interval 1000");

	/* iproute2's word for it is not the kernel's. */
	f.bond.attrs.arp_interval_ms = 1000;
	f.bond.attrs.missed_max = 20;
	f.bond.attrs.present |= BOND_ATTR_BIT(UAPI_BOND_MISSED_MAX);
	assert_has(warning(&f, DISCREPANCY_WARNING_SLOW_MONITOR),
		   "ip link set bond0 type bond arp_missed_max 2");
}

/* A command is pasted into a root shell: no name may say more in it than its
   name. The kernel allows all of these as interface names. */
static void commands_never_hold_a_hostile_name(void **state)
{
	static const char *const names[] = { ";reboot;",    "$(reboot)", "`id`",
					     "a'b",	    "-force",	 "a|b",
					     "b\xc3\xb6nd", "a\x1b" };
	struct fixture f;

	(void)state;
	fixture_init(&f);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		strcpy(f.bond.link.name, names[i]);
		assert_has(remedy(&f, DISCREPANCY_FALSE_UP),
			   "ip link set BOND type bond miimon 100");
		assert_lacks(remedy(&f, DISCREPANCY_FALSE_UP), names[i]);
		assert_has(remedy(&f, DISCREPANCY_STALE_CARRIER),
			   "master BOND");
	}
}

/* Walks the causes that remedies branch on. */
static void vary(struct fixture *f, unsigned int n)
{
	static const uint32_t reasons[] = { CARRIER_REASON_LINK_UP,
					    CARRIER_REASON_NO_SLAVE_UP,
					    CARRIER_REASON_MIN_LINKS_NOT_MET };

	fixture_init(f);
	memset(f->bond.link.name, 1, LINK_NAME_SIZE - 1);
	memset(f->slaves[0].link.name, 2, LINK_NAME_SIZE - 1);
	memset(f->slaves[1].link.name, 3, LINK_NAME_SIZE - 1);
	f->bond.attrs.miimon_ms = n & 1 ? 4294967295U : 0;
	f->bond.attrs.arp_interval_ms = n & 2 ? 1 : 0;
	f->bond.attrs.use_carrier = n & 4 ? 1 : 0;
	f->bond.attrs.mode = n & 8 ? BOND_MODE_8023AD : BOND_MODE_ACTIVEBACKUP;
	f->bond.attrs.downdelay_ms = 4294967295U;
	f->bond.attrs.min_links = 4294967295U;
	f->slaves[0].attrs.mii_status = (uint8_t)(n >> 4 & 3);
	if (n & 64)
		f->slaves[0].link.flags |= LINK_FLAG_LOWER_UP;
	if (n & 128)
		f->slaves[0].below = CARRIER_DOWN;
	f->slaves[0].link.has_operstate = true;
	f->bond.link.has_operstate = true;
	f->bond.link.operstate = IF_OPER_LOWERLAYERDOWN;
	f->bond.link.flags =
	    n & 256 ? LINK_FLAG_UP | LINK_FLAG_LOWER_UP : LINK_FLAG_RUNNING;
	f->bond.verdict.reason = reasons[n % 3];
	f->bond.verdict.effective = n % 3 ? CARRIER_DOWN : CARRIER_UP;
}

/* bondEventText and bondDiscrepancyText hold 255 bytes. */
static void every_sentence_fits(void **state)
{
	struct fixture f;

	(void)state;
	for (unsigned int n = 0; n < 512; n++) {
		vary(&f, n);
		assert_true(strlen(verdict(&f)) > 0);
		for (unsigned int k = 1; k <= DISCREPANCY_KIND_COUNT; k++) {
			enum discrepancy_kind kind = (enum discrepancy_kind)k;

			assert_true(strlen(finding(&f, kind,
						   f.slaves[0].link.name)) > 0);
			assert_true(strlen(remedy(&f, kind)) > 0);
		}
		for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++)
			assert_true(strlen(warning(
					&f, (enum discrepancy_warning)w)) > 0);
	}
}

static void short_buffers_are_safe(void **state)
{
	struct fixture f;
	char whole[EXPLAIN_TEXT_SIZE];
	char text[EXPLAIN_TEXT_SIZE];
	size_t needed;

	(void)state;
	fixture_init(&f);
	needed = explain_finding(&f.bond, DISCREPANCY_FALSE_UP, "", whole,
				 sizeof(whole));
	assert_int_equal(needed, strlen(whole));
	for (size_t size = 1; size < needed; size++) {
		memset(text, 'x', sizeof(text));
		assert_int_equal(explain_finding(&f.bond, DISCREPANCY_FALSE_UP,
						 "", text, size),
				 needed);
		assert_int_equal(strlen(text), size - 1);
		assert_memory_equal(text, whole, size - 1);
		assert_int_equal(text[size], 'x');
	}
	assert_int_equal(
	    explain_finding(&f.bond, DISCREPANCY_FALSE_UP, "", NULL, 0),
	    needed);
}

static void assert_event(struct event event, const char *expected)
{
	char text[EXPLAIN_TEXT_SIZE];

	strcpy(event.bond_name, "bond0");
	if (event.slave)
		strcpy(event.slave_name, "eth1");
	assert_int_equal(explain_event(&event, text, sizeof(text)),
			 strlen(expected));
	assert_string_equal(text, expected);
}

static void events_are_sentences(void **state)
{
	(void)state;
	assert_event((struct event){ .type = EVENT_EFFECTIVE_DOWN,
				     .effective = CARRIER_DOWN,
				     .reason = CARRIER_REASON_NO_SLAVE_UP },
		     "effective carrier of bond0 is down: no slave is usable");
	assert_event((struct event){ .type = EVENT_EFFECTIVE_UP,
				     .effective = CARRIER_UP,
				     .reason = CARRIER_REASON_LINK_UP },
		     "effective carrier of bond0 is up: enough slaves are "
		     "usable");
	assert_event((struct event){ .type = EVENT_DISCREPANCY_RAISED,
				     .kind = DISCREPANCY_FALSE_UP },
		     "falseUp: bond0 is RUNNING, but can't carry traffic");
	assert_event((struct event){ .type = EVENT_DISCREPANCY_CLEARED,
				     .kind = DISCREPANCY_SLAVE_FALSE_UP,
				     .slave = 5 },
		     "cleared: slaveFalseUp on slave eth1 of bond0");
	assert_event(
	    (struct event){ .type = EVENT_ACTIVE_SLAVE_CHANGED, .slave = 5 },
	    "bond0 has a new active slave: eth1");
	assert_event((struct event){ .type = EVENT_ACTIVE_SLAVE_CHANGED },
		     "bond0 has no active slave now");
	assert_event((struct event){ .type = EVENT_BOND_REMOVED },
		     "bond0 was removed");
	assert_event((struct event){ .type = EVENT_SLAVE_ADDED, .slave = 5 },
		     "slave eth1 of bond0 was enslaved");
	assert_event(
	    (struct event){ .type = EVENT_SLAVE_LOWER_DOWN, .slave = 5 },
	    "slave eth1 of bond0 has lost its link");
}

/* The kernel's own churn state is evidence, where it gives one. */
static void test_churn(void **state)
{
	struct fixture f;

	(void)state;
	fixture_init(&f);
	f.bond.attrs.mode = BOND_MODE_8023AD;
	f.bond.attrs.present |= HAS(AD_INFO);
	f.bond.attrs.ad.present =
	    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_MAC);
	f.slaves[1].attrs.partner_churn = UAPI_CHURN_CHURNED; /* not present */
	assert_null(
	    strstr(finding(&f, DISCREPANCY_NO_LACP_PARTNER, ""), "churned"));
	f.slaves[1].attrs.present |=
	    SLAVE_ATTR_BIT(UAPI_BOND_SLAVE_PARTNER_CHURN);
	assert_non_null(
	    strstr(finding(&f, DISCREPANCY_NO_LACP_PARTNER, ""), "(churned)"));
	f.slaves[1].attrs.partner_churn = UAPI_CHURN_MONITORED;
	assert_null(
	    strstr(finding(&f, DISCREPANCY_NO_LACP_PARTNER, ""), "churned"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_churn),
		cmocka_unit_test(names_are_those_of_the_mib),
		cmocka_unit_test(other_numbers_are_unknown),
		cmocka_unit_test(kinds_are_found_by_name),
		cmocka_unit_test(hostile_names_become_printable),
		cmocka_unit_test(sentences_become_printable_once),
		cmocka_unit_test(longest_name_fits_and_a_cut_is_clean),
		cmocka_unit_test(verdicts_count),
		cmocka_unit_test(unmonitored_false_up),
		cmocka_unit_test(each_cause_has_its_remedy),
		cmocka_unit_test(false_link_of_an_inner_bond),
		cmocka_unit_test(false_down),
		cmocka_unit_test(dormant_bond),
		cmocka_unit_test(findings_about_slaves_name_them),
		cmocka_unit_test(warnings_name_the_culprit),
		cmocka_unit_test(warnings_name_nobody_else),
		cmocka_unit_test(unknown_below_is_not_down),
		cmocka_unit_test(what_is_over_has_no_details),
		cmocka_unit_test(linked_and_never_up),
		cmocka_unit_test(slow_monitor),
		cmocka_unit_test(commands_never_hold_a_hostile_name),
		cmocka_unit_test(every_sentence_fits),
		cmocka_unit_test(short_buffers_are_safe),
		cmocka_unit_test(events_are_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
