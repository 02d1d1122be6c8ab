/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The decision: what the carrier of a bond should be.
 *
 * Truth has three values here, and enum carrier serves for all of it: a link
 * is up, a slave stands in an aggregator, and so on, or it is not, or that
 * can't be known.
 */
#include "carrier.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stddef.h>

#include "bond.h"
#include "uapi.h"

/* How many slaves count, and how many might. */
struct tally {
	unsigned int up;
	unsigned int unknown;
};

static enum carrier from_bool(bool up)
{
	return up ? CARRIER_UP : CARRIER_DOWN;
}

static enum carrier both(enum carrier a, enum carrier b)
{
	if (a == CARRIER_DOWN || b == CARRIER_DOWN)
		return CARRIER_DOWN;
	if (a == CARRIER_UP && b == CARRIER_UP)
		return CARRIER_UP;
	return CARRIER_UNKNOWN;
}

static void tally_add(struct tally *tally, enum carrier truth)
{
	if (truth == CARRIER_UP)
		tally->up++;
	else if (truth != CARRIER_DOWN)
		tally->unknown++;
}

static enum carrier tally_reaches(struct tally tally, unsigned int need)
{
	if (tally.up >= need)
		return CARRIER_UP;
	/* No overflow: nobody has 2^31 slaves. */
	if (tally.up + tally.unknown >= need)
		return CARRIER_UNKNOWN;
	return CARRIER_DOWN;
}

enum carrier_monitor carrier_monitor(const struct bond *bond)
{
	/* The kernel lets one of the two only be other than zero. */
	if (bond_has(bond, IFLA_BOND_MIIMON) && bond->attrs.miimon_ms > 0)
		return CARRIER_MONITOR_MII;
	if (bond_has(bond, IFLA_BOND_ARP_INTERVAL) &&
	    bond->attrs.arp_interval_ms > 0)
		return CARRIER_MONITOR_ARP;
	return CARRIER_MONITOR_NONE;
}

/* Two jiffies of the slowest clock there is, HZ=100. */
#define TICK_LATE_MS 20

uint64_t carrier_ticks_ms(uint32_t interval_ms, uint64_t ticks)
{
	return ticks * ((uint64_t)interval_ms + interval_ms / 8 + TICK_LATE_MS);
}

uint64_t carrier_delay_ticks(uint32_t interval_ms, uint32_t delay_ms)
{
	return ((uint64_t)delay_ms + interval_ms - 1) / interval_ms;
}

bool carrier_mode_known(const struct bond *bond)
{
	return bond_has(bond, IFLA_BOND_MODE) &&
	       bond->attrs.mode <= BOND_MODE_ALB;
}

enum carrier carrier_slave_link(const struct slave *slave)
{
	if (slave->link.distrusted)
		return CARRIER_UNKNOWN;
	return both(from_bool(link_lower_up(&slave->link)), slave->below);
}

int64_t carrier_slave_release_ms(const struct bond *bond,
				 const struct slave *slave)
{
	uint32_t miimon_ms = bond->attrs.miimon_ms;
	uint64_t ticks;

	if (carrier_monitor(bond) != CARRIER_MONITOR_MII ||
	    !bond_has(bond, IFLA_BOND_UPDELAY) ||
	    !slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		return INT64_MIN;
	ticks = carrier_delay_ticks(miimon_ms, bond->attrs.updelay_ms);
	if (slave->attrs.mii_status == BOND_LINK_BACK)
		return slave->back_since_ms +
		       (int64_t)carrier_ticks_ms(miimon_ms, ticks);
	if (slave->attrs.mii_status == BOND_LINK_DOWN &&
	    slave->lower_up_transitions > 0) {
		if (ticks > 0)
			ticks++; /* until the kernel looks */
		return slave->lower_up_changed_ms +
		       (int64_t)carrier_ticks_ms(miimon_ms, ticks);
	}
	return INT64_MIN;
}

/* False of a slave that an updelay, not yet run out, holds back. */
static enum carrier released(const struct bond *bond, const struct slave *slave,
			     int64_t now_ms)
{
	if (!slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) ||
	    (slave->attrs.mii_status == BOND_LINK_BACK &&
	     !bond_has(bond, IFLA_BOND_UPDELAY)))
		return CARRIER_UNKNOWN;
	return from_bool(now_ms >= carrier_slave_release_ms(bond, slave));
}

static enum carrier mii_status_up(const struct slave *slave)
{
	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		return CARRIER_UNKNOWN;
	return from_bool(slave->attrs.mii_status == BOND_LINK_UP);
}

enum carrier carrier_slave_corrected(const struct bond *bond,
				     const struct slave *slave, int64_t now_ms)
{
	enum carrier link = carrier_slave_link(slave);

	if (bond->link.distrusted)
		return both(link, CARRIER_UNKNOWN);

	switch (carrier_monitor(bond)) {
	case CARRIER_MONITOR_MII:
		return both(link, released(bond, slave, now_ms));
	case CARRIER_MONITOR_ARP:
		return both(link, mii_status_up(slave));
	case CARRIER_MONITOR_NONE:
		break;
	}
	if (bond_has(bond, IFLA_BOND_MIIMON) &&
	    bond_has(bond, IFLA_BOND_ARP_INTERVAL))
		return link;
	return both(link, CARRIER_UNKNOWN);
}

/* Is its actor collecting and distributing? */
static enum carrier lacp_ready(const struct slave *slave)
{
	const unsigned int ready =
	    UAPI_LACP_COLLECTING | UAPI_LACP_DISTRIBUTING;

	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		return CARRIER_UNKNOWN;
	return from_bool((slave->attrs.actor_oper_state & ready) == ready);
}

/* The kernel numbers its aggregators from 1: in 0 stands nobody. */
static enum carrier in_aggregator(const struct slave *slave, unsigned int id)
{
	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
		return CARRIER_UNKNOWN;
	return from_bool(slave->attrs.aggregator_id == id && id != 0);
}

static struct tally tally_aggregator(const struct bond *bond, bool strict,
				     unsigned int id)
{
	struct tally tally = { 0, 0 };

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		enum carrier counts =
		    both(slave->corrected, in_aggregator(slave, id));

		if (strict)
			counts = both(counts, lacp_ready(slave));
		tally_add(&tally, counts);
	}
	return tally;
}

static bool tally_is_better(struct tally a, struct tally b)
{
	return a.up != b.up ? a.up > b.up : a.unknown > b.unknown;
}

/*
 * Without an active aggregator: the one that the kernel would do best to
 * choose. Tallying 0 finds the slaves that might stand anywhere.
 */
static struct tally tally_largest(const struct bond *bond, bool strict)
{
	struct tally best = tally_aggregator(bond, strict, 0);

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		struct tally tally;

		if (!slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
			continue;
		tally =
		    tally_aggregator(bond, strict, slave->attrs.aggregator_id);
		if (tally_is_better(tally, best))
			best = tally;
	}
	return best;
}

/* What the driver's own lacp_strict is, on kernels that have it. */
static bool kernel_lacp_strict(const struct bond *bond)
{
	return bond_has(bond, UAPI_BOND_LACP_STRICT) &&
	       bond->attrs.lacp_strict != 0;
}

static struct tally tally_8023ad(const struct bond *bond, bool strict)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	struct tally tally;

	if (!bond_has(bond, IFLA_BOND_AD_INFO))
		return tally_largest(bond, strict);
	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR))
		return tally_aggregator(bond, strict, ad->aggregator);

	/* An active aggregator that is not named: perhaps the best one. */
	tally = tally_largest(bond, strict);
	tally.unknown += tally.up;
	tally.up = 0;
	return tally;
}

static struct carrier_verdict down(enum carrier_reason reason)
{
	return (struct carrier_verdict){ .effective = CARRIER_DOWN,
					 .reason = reason };
}

static struct carrier_verdict up_or_unknown(enum carrier effective)
{
	return (struct carrier_verdict){
		.effective = effective,
		.reason = effective == CARRIER_UP
			      ? CARRIER_REASON_LINK_UP
			      : CARRIER_REASON_NOT_SYNCHRONISED,
	};
}

static struct carrier_verdict decide_8023ad(const struct bond *bond,
					    bool strict)
{
	struct tally tally = tally_8023ad(bond, strict);
	unsigned int need = 1;
	enum carrier reached;

	if (!bond_has(bond, IFLA_BOND_MIN_LINKS)) {
		/* One is needed at the least, and perhaps more. */
		tally.unknown += tally.up;
		tally.up = 0;
	} else if (bond->attrs.min_links > 1) {
		need = bond->attrs.min_links;
	}

	reached = tally_reaches(tally, need);
	if (reached != CARRIER_DOWN)
		return up_or_unknown(reached);
	return down(tally.up + tally.unknown > 0
			? CARRIER_REASON_MIN_LINKS_NOT_MET
			: CARRIER_REASON_NO_AGGREGATOR);
}

static struct carrier_verdict decide(const struct bond *bond,
				     struct tally usable, bool strict_lacp)
{
	enum carrier any = tally_reaches(usable, 1);

	if (bond->link.distrusted)
		return up_or_unknown(CARRIER_UNKNOWN);
	if (!link_admin_up(&bond->link))
		return down(CARRIER_REASON_ADMIN_DOWN);
	if (!carrier_mode_known(bond))
		return up_or_unknown(CARRIER_UNKNOWN);
	if (bond->slave_count == 0)
		return down(CARRIER_REASON_NO_SLAVES);
	if (any == CARRIER_DOWN)
		return down(CARRIER_REASON_NO_SLAVE_UP);
	if (bond->attrs.mode != BOND_MODE_8023AD)
		return up_or_unknown(any);
	return decide_8023ad(bond, strict_lacp || kernel_lacp_strict(bond));
}

struct carrier_verdict carrier_decide(const struct bond *bond, bool strict_lacp)
{
	struct carrier_verdict result;
	struct tally usable = { 0, 0 };
	unsigned int lower_up = 0;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (!slave->link.distrusted && link_lower_up(&slave->link))
			lower_up++;
		tally_add(&usable, slave->corrected);
	}

	result = decide(bond, usable, strict_lacp);
	result.slaves_lower_up = lower_up;
	result.slaves_usable = usable.up;
	return result;
}

/* bond_3ad_set_carrier() */
static enum carrier kernel_8023ad(const struct bond *bond)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	struct tally ports = { 0, 0 };
	unsigned int need = bond->attrs.min_links;

	if (!bond_has(bond, IFLA_BOND_AD_INFO))
		return CARRIER_DOWN;
	if (!bond_has(bond, IFLA_BOND_MIN_LINKS))
		return CARRIER_UNKNOWN;

	if (!kernel_lacp_strict(bond)) {
		if (!(ad->present &
		      BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS)))
			return CARRIER_UNKNOWN;
		return from_bool(ad->num_ports >= need);
	}

	if (!(ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR)))
		return CARRIER_UNKNOWN;
	for (size_t i = 0; i < bond->slave_count; i++)
		tally_add(&ports,
			  both(in_aggregator(&bond->slaves[i], ad->aggregator),
			       lacp_ready(&bond->slaves[i])));
	return tally_reaches(ports, need > 1 ? need : 1);
}

enum carrier carrier_kernel(const struct bond *bond)
{
	struct tally up = { 0, 0 };

	if (bond->link.distrusted || !carrier_mode_known(bond))
		return CARRIER_UNKNOWN;
	if (bond->slave_count == 0)
		return CARRIER_DOWN;
	if (bond->attrs.mode == BOND_MODE_8023AD)
		return kernel_8023ad(bond);

	for (size_t i = 0; i < bond->slave_count; i++)
		tally_add(&up, mii_status_up(&bond->slaves[i]));
	return tally_reaches(up, 1);
}
