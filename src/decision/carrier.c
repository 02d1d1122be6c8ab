/* SPDX-License-Identifier: BSD-2-Clause */
/* Decides what the carrier of a bond should be. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "decision/carrier.h"
#include "decision/carrier_internal.h"
#include "decision/carrier_monitor.h"

bool carrier_mode_known(const struct bond *bond)
{
	return bond_has(bond, IFLA_BOND_MODE) &&
	       bond->attrs.mode <= BOND_MODE_ALB;
}

enum carrier carrier_slave_link(const struct slave *slave)
{
	if (slave->link.distrusted)
		return CARRIER_UNKNOWN;
	return carrier_both(carrier_if(link_lower_up(&slave->link)),
			    slave->below);
}

int64_t carrier_slave_release_ms(const struct bond *bond,
				 const struct slave *slave)
{
	uint32_t miimon_ms = bond->attrs.miimon_ms;
	uint64_t ticks;

	if (carrier_monitor(bond) != CARRIER_MONITOR_MII ||
	    !bond_has(bond, IFLA_BOND_UPDELAY) || slave->held_ms == 0)
		return INT64_MIN;
	ticks = carrier_monitor_delay_ticks(miimon_ms, bond->attrs.updelay_ms);
	if (ticks > 0)
		ticks++; /* the countdown starts at the monitor's next tick */
	return slave->held_ms +
	       (int64_t)carrier_monitor_ticks_ms(miimon_ms, ticks);
}

/* Down while an updelay holds the slave back. */
static enum carrier released(const struct bond *bond, const struct slave *slave,
			     int64_t now_ms)
{
	if (!slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) ||
	    (slave->attrs.mii_status == BOND_LINK_BACK &&
	     !bond_has(bond, IFLA_BOND_UPDELAY)))
		return CARRIER_UNKNOWN;
	return carrier_if(now_ms >= carrier_slave_release_ms(bond, slave));
}

enum carrier carrier_slave_corrected(const struct bond *bond,
				     const struct slave *slave, int64_t now_ms)
{
	enum carrier link = carrier_slave_link(slave);

	if (bond->link.distrusted)
		return carrier_both(link, CARRIER_UNKNOWN);

	switch (carrier_monitor(bond)) {
	case CARRIER_MONITOR_MII:
		return carrier_both(link, released(bond, slave, now_ms));
	case CARRIER_MONITOR_ARP:
		return carrier_both(link, carrier_mii_up(slave, false));
	case CARRIER_MONITOR_NONE:
		break;
	}
	if (bond_has(bond, IFLA_BOND_MIIMON) &&
	    bond_has(bond, IFLA_BOND_ARP_INTERVAL))
		return link;
	return carrier_both(link, CARRIER_UNKNOWN);
}

static struct carrier_verdict decide(const struct bond *bond,
				     struct carrier_tally usable,
				     const struct carrier_rules *rules)
{
	enum carrier any = carrier_reaches(usable, 1);

	if (bond->link.distrusted)
		return carrier_up_or_unknown(CARRIER_UNKNOWN);
	if (!link_admin_up(&bond->link))
		return carrier_down(CARRIER_REASON_ADMIN_DOWN);
	if (!carrier_mode_known(bond))
		return carrier_up_or_unknown(CARRIER_UNKNOWN);
	if (bond->slave_count == 0)
		return carrier_down(CARRIER_REASON_NO_SLAVES);
	if (any == CARRIER_DOWN)
		return carrier_down(CARRIER_REASON_NO_SLAVE_UP);
	if (bond_attrs_lacp(&bond->attrs))
		return carrier_lacp_decide(bond, rules);
	return carrier_up_or_unknown(any);
}

/* When time alone may next change the verdict. */
static int64_t holds_until_ms(const struct bond *bond,
			      const struct carrier_rules *rules)
{
	int64_t until_ms = INT64_MAX;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (carrier_slave_link(slave) == CARRIER_DOWN)
			continue;
		carrier_until(&until_ms, carrier_slave_release_ms(bond, slave),
			      rules->now_ms);
		if (bond_attrs_lacp(&bond->attrs))
			carrier_lacp_until(bond, slave, rules, &until_ms);
	}
	return until_ms;
}

struct carrier_verdict carrier_decide(const struct bond *bond, bool strict_lacp,
				      int64_t now_ms)
{
	struct carrier_rules rules = { carrier_lacp_strict(bond, strict_lacp),
				       now_ms };
	struct carrier_verdict result;
	struct carrier_tally usable = { 0, 0 };
	unsigned int lower_up = 0;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (!slave->link.distrusted && link_lower_up(&slave->link))
			lower_up++;
		carrier_count(&usable, slave->corrected);
	}

	result = decide(bond, usable, &rules);
	result.slaves_lower_up = lower_up;
	result.slaves_usable = usable.up;
	result.until_ms = holds_until_ms(bond, &rules);
	return result;
}

enum carrier carrier_kernel(const struct bond *bond)
{
	struct carrier_tally up = { 0, 0 };

	if (bond->link.distrusted || !carrier_mode_known(bond))
		return CARRIER_UNKNOWN;
	if (bond->slave_count == 0)
		return CARRIER_DOWN;
	if (bond_attrs_lacp(&bond->attrs))
		return carrier_lacp_kernel(bond);

	for (size_t i = 0; i < bond->slave_count; i++)
		carrier_count(&up, carrier_mii_up(&bond->slaves[i], false));
	return carrier_reaches(up, 1);
}
