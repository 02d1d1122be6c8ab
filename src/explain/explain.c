/* SPDX-License-Identifier: BSD-2-Clause */
/* Sentences about verdicts and findings. */
#include "explain/explain.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"
#include "decision/finding.h"
#include "explain/explain_text.h"

static void put_no_slave_up(struct explain_text *text, const struct bond *bond)
{
	unsigned int lower_up = bond->verdict.slaves_lower_up;

	if (bond->slave_count == 1 && lower_up == 0)
		explain_text_put(text, "its only slave has no link");
	else if (bond->slave_count == 1)
		explain_text_put(text, "its only slave is not usable, though "
				       "it shows LOWER_UP");
	else if (lower_up == 0)
		explain_text_put(text, "none of its %zu slaves has a link",
				 bond->slave_count);
	else
		explain_text_put(text,
				 "none of its %zu slaves is usable, though %u "
				 "show%s LOWER_UP",
				 bond->slave_count, lower_up,
				 lower_up == 1 ? "s" : "");
}

static void put_usable(struct explain_text *text, const struct bond *bond)
{
	unsigned int usable = bond->verdict.slaves_usable;

	if (bond->slave_count == 1 && usable == 1)
		explain_text_put(text, "its only slave is usable");
	else
		explain_text_put(text, "%u of its %zu slaves %s usable", usable,
				 bond->slave_count, usable == 1 ? "is" : "are");
}

static void put_not_known(struct explain_text *text, const struct bond *bond)
{
	if (bond->link.distrusted)
		explain_text_put(text, "the kernel's last message about it "
				       "was malformed");
	else if (bond_has(bond, IFLA_BOND_MODE) &&
		 bond->attrs.mode > BOND_MODE_ALB)
		explain_text_put(text, "its mode %u is unknown to this program",
				 bond->attrs.mode);
	else
		explain_text_put(text,
				 "its state cannot be read from the kernel");
}

static void put_reason(struct explain_text *text, const struct bond *bond)
{
	switch (bond->verdict.reason) {
	case CARRIER_REASON_LINK_UP:
		put_usable(text, bond);
		return;
	case CARRIER_REASON_ADMIN_DOWN:
		explain_text_put(text, "it is administratively down");
		return;
	case CARRIER_REASON_NO_SLAVES:
		explain_text_put(text, "it has no slaves");
		return;
	case CARRIER_REASON_NO_SLAVE_UP:
		put_no_slave_up(text, bond);
		return;
	case CARRIER_REASON_MIN_LINKS_NOT_MET:
		explain_text_put(text,
				 "its active aggregator has fewer "
				 "usable slaves than min_links (%u)",
				 bond->attrs.min_links);
		return;
	case CARRIER_REASON_NO_AGGREGATOR:
		explain_text_put(text, "it has no active aggregator");
		return;
	case CARRIER_REASON_NOT_DISTRIBUTING:
		explain_text_put(text, "LACP lets no slave of its aggregator "
				       "collect and distribute");
		return;
	case CARRIER_REASON_PORTS_DISABLED:
		explain_text_put(text, "the bonding driver keeps all ports of "
				       "its active aggregator disabled");
		return;
	case CARRIER_REASON_NOT_SYNCHRONISED:
		break;
	}
	put_not_known(text, bond);
}

size_t explain_verdict(const struct bond *bond, char *buffer, size_t size)
{
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	put_reason(&text, bond);
	return text.length;
}

static void put_operstate(struct explain_text *text,
			  const struct link_state *link)
{
	if (link->has_operstate)
		explain_text_put(text, " (operstate %s)",
				 explain_operstate(link->operstate));
}

/* Only some kernels report churn; see UAPI_CHURN_*. */
static bool partner_churned(const struct bond *bond)
{
	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (slave_has(slave, UAPI_BOND_SLAVE_PARTNER_CHURN) &&
		    slave->attrs.partner_churn == UAPI_CHURN_CHURNED)
			return true;
	}
	return false;
}

/* A more detailed sentence for a kind of the bond, if the finding is still
   present: a discrepancy in its hold may be over. */
static bool put_bond_finding(struct explain_text *text, const struct bond *bond,
			     enum discrepancy_kind kind)
{
	const struct link_state *link = &bond->link;

	if (!finding_holds(bond, kind, NULL))
		return false;
	if (kind == DISCREPANCY_FALSE_UP) {
		explain_text_put(text, " is RUNNING, but ");
		put_reason(text, bond);
		return true;
	}
	if (kind == DISCREPANCY_FALSE_DOWN) {
		explain_text_put(text, " is not RUNNING");
		put_operstate(text, link);
		explain_text_put(text, ", but ");
		put_reason(text, bond);
		return true;
	}
	if (kind == DISCREPANCY_OPER_STATUS_MISMATCH) {
		explain_text_put(text, " is %sRUNNING",
				 link_running(link) ? "" : "not ");
		put_operstate(text, link);
		explain_text_put(text, ", but its carrier (LOWER_UP) is %s",
				 link_lower_up(link) ? "up" : "down");
		return true;
	}
	if (kind == DISCREPANCY_STALE_CARRIER) {
		explain_text_put(
		    text,
		    " shows carrier %s, but it should be %s according to the "
		    "bonding driver's own view of the slaves",
		    link_lower_up(link) ? "up" : "down",
		    link_lower_up(link) ? "down" : "up");
		return true;
	}
	if (kind == DISCREPANCY_NO_LACP_PARTNER) {
		explain_text_put(text, " has no LACP partner: the partner MAC "
				       "of its active aggregator is all zero");
		if (partner_churned(bond))
			explain_text_put(text, ", and it has not synchronised "
					       "within a minute (churned)");
		return true;
	}
	return false;
}

/* Only for a finding that is still present. */
static void put_slave_detail(struct explain_text *text, const struct bond *bond,
			     const struct slave *slave,
			     enum discrepancy_kind kind)
{
	if (kind == DISCREPANCY_SLAVE_NOT_OPERATIONAL)
		put_operstate(text, &slave->link);
	if (kind == DISCREPANCY_SLAVE_FALSE_DOWN)
		explain_text_put(text, " (%s)",
				 explain_mii_status(slave->attrs.mii_status));
	if (kind != DISCREPANCY_SPLIT_AGGREGATOR)
		return;
	/* The kernel numbers aggregators from 1. */
	if (slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) &&
	    slave->attrs.aggregator_id != 0)
		explain_text_put(text, " (in %u,", slave->attrs.aggregator_id);
	else
		explain_text_put(text, " (in none,");
	explain_text_put(text, " active is %u)", bond->attrs.ad.aggregator);
}

size_t explain_finding(const struct bond *bond, enum discrepancy_kind kind,
		       const char *slave_name, char *buffer, size_t size)
{
	const struct slave *slave = explain_find_slave(bond, slave_name);
	const struct explain_words *phrase = explain_words(kind);
	struct explain_text text;

	explain_text_init(&text, buffer, size);
	explain_text_subject(&text, bond->link.name, phrase->of_slave,
			     slave_name);
	if (put_bond_finding(&text, bond, kind))
		return text.length;
	if (slave && !finding_holds(bond, kind, slave))
		slave = NULL; /* over, in its hold: no details */
	if (kind == DISCREPANCY_SLAVE_FALSE_UP && slave &&
	    explain_broken_below(bond, slave)) {
		explain_text_put(&text,
				 " has a lower device without a link, but the "
				 "bonding driver considers it up");
		return text.length;
	}
	explain_text_put(&text, " %s", phrase->words);
	if (phrase->of_slave && slave)
		put_slave_detail(&text, bond, slave, kind);
	return text.length;
}
