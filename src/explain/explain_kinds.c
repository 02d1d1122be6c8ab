/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kinds: the name of each, the words that say what is wrong, and what to do
 * about it. All remedies were tested on the bonding driver of Linux 6.1.
 */
#include "explain/explain.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <strings.h>

#include "bond/uapi.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "decision/finding.h"
#include "explain/explain_text.h"

/* Has no link, and is in its downdelay. */
static bool is_failing(const struct bond *bond, const struct slave *slave)
{
	(void)bond;
	return slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       slave->attrs.mii_status == BOND_LINK_FAIL &&
	       carrier_slave_link(slave) == CARRIER_DOWN;
}

static bool is_falsely_up(const struct bond *bond, const struct slave *slave)
{
	return finding_holds(bond, DISCREPANCY_SLAVE_FALSE_UP, slave);
}

static bool is_falsely_down(const struct bond *bond, const struct slave *slave)
{
	return finding_holds(bond, DISCREPANCY_SLAVE_FALSE_DOWN, slave);
}

static bool is_slow(const struct bond *bond)
{
	return (finding_warnings(bond) &
		DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_SLOW_MONITOR)) != 0;
}

/* Modes that refuse a slave whose speed is not known (bond_miimon_inspect() and
   bond_miimon_link_change() in drivers/net/bonding/bond_main.c). */
static bool mode_needs_speed(const struct bond *bond)
{
	return bond_attrs_lacp(&bond->attrs) ||
	       (bond_has(bond, IFLA_BOND_MODE) &&
		(bond->attrs.mode == BOND_MODE_TLB ||
		 bond->attrs.mode == BOND_MODE_ALB));
}

/* The causes that keep the driver from seeing the real link; false: none
   applies. */
static bool put_blindness(struct explain_text *text, const struct bond *bond)
{
	const struct slave *slave;

	if (carrier_monitor(bond) == CARRIER_MONITOR_NONE) {
		explain_text_unmonitored(text, bond);
		return true;
	}
	slave = explain_first_slave(bond, explain_broken_below);
	if (slave) {
		explain_text_put(text, "the lower device of slave ");
		explain_text_name(text, slave->link.name);
		explain_text_put(text, " has no link: fix that first");
		return true;
	}
	if (is_slow(bond)) {
		explain_text_slow_monitor(text, bond);
		return true;
	}
	if (carrier_monitor(bond) == CARRIER_MONITOR_ARP) {
		explain_text_put(
		    text, "the ARP monitor judges by traffic, not by link: "
			  "check arp_ip_target and arp_validate, or ");
		explain_text_option(text, bond, "miimon 100");
		return true;
	}
	if (bond_has(bond, IFLA_BOND_USE_CARRIER) && !bond->attrs.use_carrier) {
		explain_text_put(text, "use_carrier is 0: a slave whose driver "
				       "cannot report its link counts as up; ");
		explain_text_option(text, bond, "use_carrier 1");
		return true;
	}
	return false;
}

static void put_unnoticed(struct explain_text *text)
{
	explain_text_put(text,
			 "the bonding driver has not noticed: take a slave "
			 "down and up (ip link set SLAVE down, then up); if "
			 "this happens again, update the kernel");
}

static void put_not_seen_up(struct explain_text *text, const struct bond *bond)
{
	if (put_blindness(text, bond))
		return;
	if (explain_first_slave(bond, is_failing)) {
		explain_text_put(
		    text,
		    "downdelay (%u ms) keeps a slave up that has no link: "
		    "if that is not intended, ",
		    bond->attrs.downdelay_ms);
		explain_text_option(text, bond, "downdelay 0");
		return;
	}
	put_unnoticed(text);
}

static void put_held_down(struct explain_text *text,
			  const struct link_state *link)
{
	explain_text_put(
	    text,
	    "its operstate is %s: complete what holds it there (e.g. "
	    "802.1X), or reset it (ip link set %s mode default state up)",
	    link->has_operstate ? explain_operstate(link->operstate) : "not up",
	    explain_argument(link->name, "BOND"));
}

static void remedy_slave_false_down(struct explain_text *text,
				    const struct bond *bond)
{
	const struct slave *slave;

	if (carrier_monitor(bond) == CARRIER_MONITOR_NONE) {
		explain_text_unmonitored(text, bond);
		return;
	}
	if (is_slow(bond)) {
		explain_text_slow_monitor(text, bond);
		return;
	}
	slave = explain_first_slave(bond, is_falsely_down);
	if (slave && explain_in_updelay(bond, slave))
		explain_text_put(
		    text,
		    "its updelay (%u ms) may still be running; if this lasts: ",
		    bond->attrs.updelay_ms);
	if (mode_needs_speed(bond) && slave) {
		explain_text_put(text,
				 "%s refuses a slave whose speed is unknown: "
				 "see ethtool SLAVE, and set its speed or use "
				 "another driver or mode active-backup",
				 explain_mode(bond->attrs.mode));
		return;
	}
	put_unnoticed(text);
}

static void remedy_false_up(struct explain_text *text, const struct bond *bond)
{
	if (bond->verdict.reason == CARRIER_REASON_PORTS_DISABLED) {
		remedy_slave_false_down(text, bond);
		return;
	}
	if (bond->verdict.slaves_usable > 0 &&
	    carrier_monitor(bond) == CARRIER_MONITOR_MII &&
	    !explain_first_slave(bond, is_failing) &&
	    !explain_first_slave(bond, is_falsely_up)) {
		explain_text_put(text, "check the switch: the ports of this "
				       "bond must be one LACP group, with "
				       "enough of them up for min_links");
		return;
	}
	put_not_seen_up(text, bond);
	if (bond->verdict.slaves_lower_up == 0)
		explain_text_put(text,
				 "; then find out why no slave has a link: "
				 "cable, switch port, slave set down");
}

static void remedy_false_down(struct explain_text *text,
			      const struct bond *bond)
{
	if (link_lower_up(&bond->link))
		put_held_down(text, &bond->link);
	else
		remedy_slave_false_down(text, bond);
}

static void remedy_oper_status(struct explain_text *text,
			       const struct bond *bond)
{
	if (link_lower_up(&bond->link))
		put_held_down(text, &bond->link);
	else
		put_unnoticed(text);
}

static void remedy_stale(struct explain_text *text, const struct bond *bond)
{
	explain_text_put(
	    text,
	    "the kernel did not update it (a known fault before Linux 5.17, "
	    "when a slave is released): release a slave and enslave it again "
	    "(ip link set SLAVE nomaster; ip link set SLAVE master %s)",
	    explain_argument(bond->link.name, "BOND"));
}

static void remedy_active_slave(struct explain_text *text,
				const struct bond *bond)
{
	if (put_blindness(text, bond))
		return;
	if (explain_first_slave(bond, is_failing)) {
		put_not_seen_up(text, bond);
		return;
	}
	explain_text_put(text, "make a slave with a link the active slave: ");
	explain_text_option(text, bond, "active_slave SLAVE");
}

static void remedy_partner(struct explain_text *text, const struct bond *bond)
{
	if (bond_has(bond, UAPI_BOND_AD_LACP_ACTIVE) &&
	    !bond->attrs.lacp_active) {
		explain_text_put(text,
				 "lacp_active is off, and the switch is "
				 "passive too: make the switch active, or set "
				 "lacp_active on (while the bond is down)");
		return;
	}
	explain_text_put(text,
			 "check the switch: its ports must be one group "
			 "with LACP on, not a static one; until a partner "
			 "answers this bond uses one slave as an ordinary "
			 "port");
}

/*
 * By their numbers. `words` follow the subject: the bond, or with `of_slave`
 * the slave. `remedy` is for a kind that has one cure; `put_remedy` is for one
 * whose cure depends on the bond.
 */
static const struct {
	const char *name;
	struct explain_words phrase;
	const char *remedy;
	void (*put_remedy)(struct explain_text *text, const struct bond *bond);
} kinds[] = {
	[DISCREPANCY_NONE] = {
		.name = "none",
		.phrase = { false, "reports its true state" },
	},
	[DISCREPANCY_FALSE_UP] = {
		.name = "falseUp",
		.phrase = { false, "is RUNNING, but cannot carry traffic" },
		.put_remedy = remedy_false_up,
	},
	[DISCREPANCY_FALSE_DOWN] = {
		.name = "falseDown",
		.phrase = { false, "is not RUNNING, but could carry traffic" },
		.put_remedy = remedy_false_down,
	},
	[DISCREPANCY_OPER_STATUS_MISMATCH] = {
		.name = "operStatusMismatch",
		.phrase = { false, "shows RUNNING and LOWER_UP flags that "
				   "differ" },
		.put_remedy = remedy_oper_status,
	},
	[DISCREPANCY_STALE_CARRIER] = {
		.name = "staleCarrier",
		.phrase = { false, "shows a carrier that does not match the "
				   "bonding driver's view of its slaves" },
		.put_remedy = remedy_stale,
	},
	[DISCREPANCY_ACTIVE_SLAVE_DOWN] = {
		.name = "activeSlaveDown",
		.phrase = { true, "is the active slave and has no link, while "
				  "another has one" },
		.put_remedy = remedy_active_slave,
	},
	[DISCREPANCY_NO_LACP_PARTNER] = {
		.name = "noLacpPartner",
		.phrase = { false, "has no LACP partner" },
		.put_remedy = remedy_partner,
	},
	[DISCREPANCY_SPLIT_AGGREGATOR] = {
		.name = "splitAggregator",
		.phrase = { true, "has a link, but is outside the active "
				  "aggregator" },
		.remedy = "all slaves must reach the same LACP group of the "
			  "same switch at the same speed and duplex: compare "
			  "cabling, switch configuration and ethtool SLAVE",
	},
	[DISCREPANCY_SLAVE_FALSE_UP] = {
		.name = "slaveFalseUp",
		.phrase = { true, "has no link, but the bonding driver "
				  "considers it up" },
		.put_remedy = put_not_seen_up,
	},
	[DISCREPANCY_SLAVE_FALSE_DOWN] = {
		.name = "slaveFalseDown",
		.phrase = { true, "has a link, but the bonding driver does not "
				  "consider it up" },
		.put_remedy = remedy_slave_false_down,
	},
	[DISCREPANCY_SLAVE_NOT_OPERATIONAL] = {
		.name = "slaveNotOperational",
		.phrase = { true, "has a link, but is not RUNNING" },
		.remedy = "complete what holds the slave dormant or testing "
			  "(an 802.1X supplicant, a cable test), or reset it "
			  "(ip link set SLAVE mode default state up)",
	},
};

_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == DISCREPANCY_KIND_COUNT + 1,
	       "each kind has its entry");

const char *explain_kind(enum discrepancy_kind kind)
{
	unsigned int number = kind;

	return number <= DISCREPANCY_KIND_COUNT ? kinds[number].name
						: "unknown";
}

enum discrepancy_kind explain_kind_of(const char *name)
{
	for (unsigned int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++) {
		if (strcasecmp(kinds[kind].name, name) == 0)
			return (enum discrepancy_kind)kind;
	}
	return DISCREPANCY_NONE;
}

const struct explain_words *explain_words(enum discrepancy_kind kind)
{
	unsigned int number = kind;

	return &kinds[number <= DISCREPANCY_KIND_COUNT ? number : 0].phrase;
}

size_t explain_remedy(const struct bond *bond, enum discrepancy_kind kind,
		      char *buffer, size_t size)
{
	unsigned int number = kind;
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	if (number > DISCREPANCY_KIND_COUNT)
		return 0;
	if (kinds[number].remedy)
		explain_text_put(&text, "%s", kinds[number].remedy);
	else if (kinds[number].put_remedy)
		kinds[number].put_remedy(&text, bond);
	return text.length;
}
