/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences about warnings, with what to do.
 */
#include "explain.h"

#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "explain_text.h"

static bool is_not_up_by_arp(const struct slave *slave)
{
	return link_lower_up(&slave->link) &&
	       slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       slave->attrs.mii_status != BOND_LINK_UP;
}

static bool is_unverified(const struct slave *slave)
{
	return link_lower_up(&slave->link) && slave->link.has_operstate &&
	       slave->link.operstate == IF_OPER_UNKNOWN;
}

static bool is_unusable(const struct slave *slave)
{
	return slave->corrected != CARRIER_UP;
}

static void put_slave_name(struct explain_text *text, const struct slave *slave)
{
	if (slave)
		explain_text_name(text, slave->link.name);
	else
		explain_text_put(text, "a slave");
}

static void warn_unverified(struct explain_text *text, const struct bond *bond)
{
	const struct slave *slave = explain_first_slave(bond, is_unverified);

	explain_text_put(text, "the driver of ");
	put_slave_name(text, slave);
	explain_text_put(text,
			 " has never signalled a carrier (operstate unknown): "
			 "its LOWER_UP may be an initial value; see ethtool "
			 "%s, or unplug it once to be sure",
			 slave ? explain_argument(slave->link.name, "SLAVE")
			       : "SLAVE");
}

static void warn_min_links(struct explain_text *text, const struct bond *bond)
{
	explain_text_put(text,
			 "min_links is %u, but only 802.3ad heeds it: in %s "
			 "one usable slave keeps the bond up; use mode "
			 "802.3ad, or ",
			 bond->attrs.min_links, explain_mode(bond->attrs.mode));
	explain_text_option(text, bond, "min_links 0");
}

static void warn_arp_down(struct explain_text *text, const struct bond *bond)
{
	put_slave_name(text, explain_first_slave(bond, is_not_up_by_arp));
	explain_text_put(text, " has a link, but not by the ARP monitor: does "
			       "an arp_ip_target answer through it, and does "
			       "arp_validate let the answer count?");
}

static void put_why_unusable(struct explain_text *text, const struct bond *bond,
			     const struct slave *slave)
{
	if (slave->link.distrusted)
		explain_text_put(text, "its last message was malformed");
	else if (!link_admin_up(&slave->link))
		explain_text_put(text, "it is set down (ip link set %s up)",
				 explain_argument(slave->link.name, "SLAVE"));
	else if (!link_lower_up(&slave->link))
		explain_text_put(text, "no link, so check its cable and "
				       "switch port");
	else if (explain_broken_below(slave))
		explain_text_put(text, "what it stands on has no link");
	else if (carrier_monitor(bond) == CARRIER_MONITOR_ARP)
		explain_text_put(text, "it has a link, but not by the ARP "
				       "monitor");
	else
		explain_text_put(text,
				 "its link is back, but its updelay "
				 "(%u ms) has not run out",
				 bond->attrs.updelay_ms);
}

static void warn_degraded(struct explain_text *text, const struct bond *bond)
{
	const struct slave *slave = explain_first_slave(bond, is_unusable);
	unsigned int usable = bond->verdict.slaves_usable;

	if (usable == 0)
		explain_text_put(text, "no slave is usable");
	else
		explain_text_put(text, "only %u of %zu slaves %s usable",
				 usable, bond->slave_count,
				 usable == 1 ? "is" : "are");
	if (!slave)
		return;
	explain_text_put(text, "; look at ");
	explain_text_name(text, slave->link.name);
	explain_text_put(text, usable == 0 ? " first: " : ": ");
	put_why_unusable(text, bond, slave);
}

size_t explain_warning_text(const struct bond *bond,
			    enum discrepancy_warning warning, char *buffer,
			    size_t size)
{
	static void (*const warn[])(struct explain_text * text,
				    const struct bond *bond) = {
		[DISCREPANCY_WARNING_UNMONITORED] = explain_text_unmonitored,
		[DISCREPANCY_WARNING_LINK_UNVERIFIED] = warn_unverified,
		[DISCREPANCY_WARNING_MIN_LINKS_IGNORED] = warn_min_links,
		[DISCREPANCY_WARNING_ARP_DOWN] = warn_arp_down,
		[DISCREPANCY_WARNING_DEGRADED] = warn_degraded,
	};
	unsigned int number = warning;
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	if (number < sizeof(warn) / sizeof(warn[0]))
		warn[number](&text, bond);
	return text.length;
}
