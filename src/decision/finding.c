/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of all kinds and warnings, and the grace of each kind. */
#include "decision/finding.h"

#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "base/array.h"
#include "bond/uapi.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"

/* The kernel's fixed value before 5.17, which made it an option. */
#define MISSED_MAX_DEFAULT 2

/* The most that the bond's options add to a grace, so that a dead slave is
   reported in time however slow the kernel's monitor is. */
#define GRACE_OPTIONS_MAX_MS 30000

/* A monitor that takes longer to see a dead slave is slowMonitor. */
#define MONITOR_SLOW_MS 10000

static bool monitor_is_known(const struct bond *bond)
{
	return carrier_monitor(bond) != CARRIER_MONITOR_NONE ||
	       (bond_has(bond, IFLA_BOND_MIIMON) &&
		bond_has(bond, IFLA_BOND_ARP_INTERVAL));
}

/* Kinds of the bond as a whole. */

static bool false_up(const struct bond *bond)
{
	return link_running(&bond->link) &&
	       bond->verdict.effective == CARRIER_DOWN;
}

static bool false_down(const struct bond *bond)
{
	return !link_running(&bond->link) &&
	       bond->verdict.effective == CARRIER_UP;
}

static bool oper_status_mismatch(const struct bond *bond)
{
	return link_running(&bond->link) != link_lower_up(&bond->link);
}

static bool stale_carrier(const struct bond *bond)
{
	enum carrier should_be = carrier_kernel(bond);

	return should_be != CARRIER_UNKNOWN &&
	       link_lower_up(&bond->link) != (should_be == CARRIER_UP);
}

static bool no_lacp_partner(const struct bond *bond)
{
	static const uint8_t no_partner[6];

	return bond_attrs_ad_has(&bond->attrs, IFLA_BOND_AD_INFO_PARTNER_MAC) &&
	       memcmp(bond->attrs.ad.partner_mac, no_partner,
		      sizeof(no_partner)) == 0;
}

/* Kinds of one slave. */

static bool active_slave_down(const struct bond *bond,
			      const struct slave *slave)
{
	if (!bond_has(bond, IFLA_BOND_ACTIVE_SLAVE) ||
	    bond->attrs.active_slave != (uint32_t)slave->link.ifindex ||
	    carrier_slave_link(slave) != CARRIER_DOWN)
		return false;

	for (size_t i = 0; i < bond->slave_count; i++)
		if (carrier_slave_link(&bond->slaves[i]) == CARRIER_UP)
			return true;
	return false;
}

static bool split_aggregator(const struct bond *bond, const struct slave *slave)
{
	/* A slave without the attribute is in no aggregator. */
	return bond_attrs_ad_has(&bond->attrs, IFLA_BOND_AD_INFO_AGGREGATOR) &&
	       !(slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) &&
		 slave->attrs.aggregator_id == bond->attrs.ad.aggregator) &&
	       carrier_slave_link(slave) == CARRIER_UP;
}

static bool slave_false_up(const struct bond *bond, const struct slave *slave)
{
	(void)bond;
	return slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       slave->attrs.mii_status == BOND_LINK_UP &&
	       carrier_slave_link(slave) == CARRIER_DOWN;
}

/*
 * DOWN, FAIL and BACK are treated alike: a driver that refuses a slave cycles
 * through them for ever, and they freeze when the monitor is turned off. A
 * slave in its updelay is UP before its grace ends. With ARP monitoring, DOWN
 * means that no target answers: that is the warning arpDown.
 */
static bool slave_false_down(const struct bond *bond, const struct slave *slave)
{
	return monitor_is_known(bond) &&
	       carrier_monitor(bond) != CARRIER_MONITOR_ARP &&
	       slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       slave->attrs.mii_status != BOND_LINK_UP &&
	       carrier_slave_link(slave) == CARRIER_UP;
}

static bool slave_not_operational(const struct bond *bond,
				  const struct slave *slave)
{
	(void)bond;
	return carrier_slave_link(slave) == CARRIER_UP &&
	       !link_running(&slave->link);
}

/* In the order of their numbers. */
static const struct {
	enum discrepancy_kind kind;
	bool (*of_bond)(const struct bond *bond);
	bool (*of_slave)(const struct bond *bond, const struct slave *slave);
} rules[] = {
	{ DISCREPANCY_FALSE_UP, false_up, NULL },
	{ DISCREPANCY_FALSE_DOWN, false_down, NULL },
	{ DISCREPANCY_OPER_STATUS_MISMATCH, oper_status_mismatch, NULL },
	{ DISCREPANCY_STALE_CARRIER, stale_carrier, NULL },
	{ DISCREPANCY_ACTIVE_SLAVE_DOWN, NULL, active_slave_down },
	{ DISCREPANCY_NO_LACP_PARTNER, no_lacp_partner, NULL },
	{ DISCREPANCY_SPLIT_AGGREGATOR, NULL, split_aggregator },
	{ DISCREPANCY_SLAVE_FALSE_UP, NULL, slave_false_up },
	{ DISCREPANCY_SLAVE_FALSE_DOWN, NULL, slave_false_down },
	{ DISCREPANCY_SLAVE_NOT_OPERATIONAL, NULL, slave_not_operational },
};

#define RULE_COUNT (sizeof(rules) / sizeof(rules[0]))

static int append(struct finding_list *findings, enum discrepancy_kind kind,
		  int slave)
{
	int err = ARRAY_ROOM(findings->items, findings->capacity,
			     findings->count + 1);

	if (err)
		return err;
	findings->items[findings->count++] =
	    (struct finding){ .kind = kind, .slave = slave };
	return 0;
}

/* Only of a bond that is administratively up and reliably known. */
static bool is_judged(const struct bond *bond)
{
	return !bond->link.distrusted && link_admin_up(&bond->link);
}

bool finding_holds(const struct bond *bond, enum discrepancy_kind kind,
		   const struct slave *slave)
{
	for (size_t i = 0; i < RULE_COUNT && is_judged(bond); i++) {
		if (rules[i].kind != kind)
			continue;
		if (rules[i].of_bond)
			return rules[i].of_bond(bond);
		return slave && rules[i].of_slave(bond, slave);
	}
	return false;
}

int finding_list_fill(const struct bond *bond, struct finding_list *out)
{
	for (size_t i = 0; i < RULE_COUNT && is_judged(bond); i++) {
		int err = 0;

		if (rules[i].of_bond) {
			if (rules[i].of_bond(bond))
				err = append(out, rules[i].kind, 0);
			if (err)
				return err;
			continue;
		}
		for (size_t s = 0; s < bond->slave_count; s++) {
			const struct slave *slave = &bond->slaves[s];

			if (rules[i].of_slave(bond, slave))
				err = append(out, rules[i].kind,
					     slave->link.ifindex);
			if (err)
				return err;
		}
	}
	return 0;
}

void finding_list_fini(struct finding_list *findings)
{
	free(findings->items);
	memset(findings, 0, sizeof(*findings));
}

unsigned int finding_slave_warnings(const struct bond *bond,
				    const struct slave *slave)
{
	bool link_up = carrier_slave_link(slave) == CARRIER_UP;
	unsigned int warnings = 0;

	if (bond->link.distrusted)
		return 0;
	if (link_up && slave->link.has_operstate &&
	    slave->link.operstate == IF_OPER_UNKNOWN)
		warnings |= DISCREPANCY_WARNING_BIT(
		    DISCREPANCY_WARNING_LINK_UNVERIFIED);

	/* The driver does not monitor the slaves of a bond that is
	   administratively down: its view is stale, and they need no link. */
	if (!link_admin_up(&bond->link))
		return warnings;
	if (link_up && carrier_monitor(bond) == CARRIER_MONITOR_ARP &&
	    slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	    slave->attrs.mii_status != BOND_LINK_UP)
		warnings |=
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_ARP_DOWN);
	/* A slave that the driver refuses carries no traffic either. */
	if (slave->corrected == CARRIER_DOWN || slave_false_down(bond, slave))
		warnings |=
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_DEGRADED);
	return warnings;
}

static unsigned int missed_max(const struct bond *bond)
{
	return bond_has(bond, UAPI_BOND_MISSED_MAX) ? bond->attrs.missed_max
						    : MISSED_MAX_DEFAULT;
}

uint64_t finding_monitor_lag_ms(const struct bond *bond)
{
	switch (carrier_monitor(bond)) {
	case CARRIER_MONITOR_MII:
		return bond->attrs.miimon_ms;
	case CARRIER_MONITOR_ARP:
		return (missed_max(bond) + UINT64_C(1)) *
		       bond->attrs.arp_interval_ms;
	case CARRIER_MONITOR_NONE:
		break;
	}
	return 0;
}

unsigned int finding_warnings(const struct bond *bond)
{
	unsigned int warnings = 0;

	if (bond->link.distrusted)
		return 0;
	if (monitor_is_known(bond) &&
	    carrier_monitor(bond) == CARRIER_MONITOR_NONE)
		warnings |=
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_UNMONITORED);
	if (carrier_mode_known(bond) && !bond_attrs_lacp(&bond->attrs) &&
	    bond_has(bond, IFLA_BOND_MIN_LINKS) && bond->attrs.min_links > 0)
		warnings |= DISCREPANCY_WARNING_BIT(
		    DISCREPANCY_WARNING_MIN_LINKS_IGNORED);
	if (finding_monitor_lag_ms(bond) > MONITOR_SLOW_MS)
		warnings |=
		    DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_SLOW_MONITOR);
	for (size_t i = 0; i < bond->slave_count; i++)
		warnings |= finding_slave_warnings(bond, &bond->slaves[i]);
	return warnings;
}

/* The longest that updelay or downdelay may take. */
static uint64_t delay_ms(const struct bond *bond, int attr, uint32_t value_ms)
{
	uint32_t miimon_ms = bond->attrs.miimon_ms;

	if (!bond_has(bond, attr))
		return 0;
	return carrier_monitor_ticks_ms(
	    miimon_ms, carrier_monitor_delay_ticks(miimon_ms, value_ms));
}

static uint64_t longer(uint64_t a_ms, uint64_t b_ms)
{
	return a_ms > b_ms ? a_ms : b_ms;
}

static uint64_t at_most_30_s(uint64_t ms)
{
	return ms < GRACE_OPTIONS_MAX_MS ? ms : GRACE_OPTIONS_MAX_MS;
}

/* What the bond's options add to the grace: the longest time after which the
   kernel's monitor sees what we see. */
static uint64_t options_grace_ms(const struct bond *bond,
				 enum discrepancy_kind kind)
{
	const struct bond_attrs *attrs = &bond->attrs;
	uint64_t ticks_ms, up_ms, down_ms, grace_ms;

	switch (carrier_monitor(bond)) {
	case CARRIER_MONITOR_MII:
		ticks_ms = carrier_monitor_ticks_ms(attrs->miimon_ms, 2);
		up_ms = delay_ms(bond, IFLA_BOND_UPDELAY, attrs->updelay_ms);
		down_ms =
		    delay_ms(bond, IFLA_BOND_DOWNDELAY, attrs->downdelay_ms);
		grace_ms = at_most_30_s(ticks_ms + longer(up_ms, down_ms));
		/* A slave in its updelay looks like a refused one. */
		if (kind == DISCREPANCY_SLAVE_FALSE_DOWN)
			return longer(grace_ms, at_most_30_s(ticks_ms) + up_ms);
		return grace_ms;
	case CARRIER_MONITOR_ARP:
		return at_most_30_s(carrier_monitor_ticks_ms(
		    attrs->arp_interval_ms, missed_max(bond) + 3));
	case CARRIER_MONITOR_NONE:
		break;
	}
	return 0;
}

static uint32_t lacp_grace_ms(const struct bond *bond,
			      const struct discrepancy_policy *policy)
{
	return bond_has(bond, IFLA_BOND_AD_LACP_RATE) &&
		       bond->attrs.lacp_rate == 1
		   ? policy->lacp_grace_fast_ms
		   : policy->lacp_grace_slow_ms;
}

/*
 * A new bond selects its aggregator for 80 steps of the LACP machine
 * (AD_AGGREGATOR_SELECTION_TIMER), and no port distributes before that. The
 * exchange that follows takes up to a second at the fast rate.
 */
#define LACP_BEGIN_STEPS 100

/* The driver sees the link first; LACP agrees after that. */
static uint64_t agreement_ms(const struct bond *bond,
			     enum discrepancy_kind kind,
			     const struct discrepancy_policy *policy)
{
	if (kind != DISCREPANCY_FALSE_UP || !bond->verdict.awaits_lacp)
		return 0;
	return longer(
	    lacp_grace_ms(bond, policy),
	    carrier_monitor_ticks_ms(CARRIER_LACP_STEP_MS, LACP_BEGIN_STEPS));
}

uint32_t finding_grace_ms(const struct bond *bond, enum discrepancy_kind kind,
			  const struct discrepancy_policy *policy)
{
	uint64_t grace;

	if (kind == DISCREPANCY_NO_LACP_PARTNER ||
	    kind == DISCREPANCY_SPLIT_AGGREGATOR)
		return lacp_grace_ms(bond, policy);

	grace = policy->grace_base_ms + options_grace_ms(bond, kind) +
		agreement_ms(bond, kind, policy);
	return grace < UINT32_MAX ? (uint32_t)grace : UINT32_MAX;
}
