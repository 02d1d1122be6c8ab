/* SPDX-License-Identifier: BSD-2-Clause */
/* Sentences about warnings, with what to do. */
#include "explain/explain.h"

#include "decision/carrier_monitor.h"
#include "decision/finding.h"
#include "explain/explain_text.h"

/* The first slave that causes the warning, or NULL. */
static const struct slave *culprit(const struct bond *bond,
				   enum discrepancy_warning warning)
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		if (finding_slave_warnings(bond, &bond->slaves[i]) &
		    DISCREPANCY_WARNING_BIT(warning))
			return &bond->slaves[i];
	}
	return NULL;
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
	const struct slave *slave =
	    culprit(bond, DISCREPANCY_WARNING_LINK_UNVERIFIED);

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
			 "min_links is %u, but only 802.3ad uses it: in %s "
			 "one usable slave keeps the bond up; use mode "
			 "802.3ad, or ",
			 bond->attrs.min_links, explain_mode(bond->attrs.mode));
	explain_text_option(text, bond, "min_links 0");
}

static void warn_arp_down(struct explain_text *text, const struct bond *bond)
{
	put_slave_name(text, culprit(bond, DISCREPANCY_WARNING_ARP_DOWN));
	explain_text_put(text,
			 " has a link, but the ARP monitor considers it down: "
			 "check that an arp_ip_target answers through it, and "
			 "that arp_validate accepts the answer");
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
	else if (explain_broken_below(bond, slave))
		explain_text_put(text, "its lower device has no link");
	else if (carrier_monitor(bond) == CARRIER_MONITOR_ARP)
		explain_text_put(
		    text,
		    "it has a link, but the ARP monitor considers it down");
	else if (explain_in_updelay(bond, slave))
		explain_text_put(text,
				 "its link is back, but its updelay (%u ms) "
				 "may still be running",
				 bond->attrs.updelay_ms);
	else
		explain_text_put(text, "it has a link, but the bonding driver "
				       "does not consider it up");
}

static void warn_degraded(struct explain_text *text, const struct bond *bond)
{
	const struct slave *slave = culprit(bond, DISCREPANCY_WARNING_DEGRADED);
	unsigned int usable = bond->verdict.slaves_usable;

	if (usable == 0)
		explain_text_put(text, "no slave is usable; ");
	else if (usable < bond->slave_count)
		explain_text_put(text, "only %u of %zu slaves %s usable; ",
				 usable, bond->slave_count,
				 usable == 1 ? "is" : "are");
	explain_text_put(text, "look at ");
	if (!slave) {
		explain_text_put(text, "its slaves");
		return;
	}
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
		[DISCREPANCY_WARNING_SLOW_MONITOR] = explain_text_slow_monitor,
	};
	unsigned int number = warning;
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	if (number < sizeof(warn) / sizeof(warn[0]))
		warn[number](&text, bond);
	return text.length;
}
