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
	    !bond_has(bond, IFLA_BOND_UPDELAY) || slave->held_ms == 0)
		return INT64_MIN;
	ticks = carrier_delay_ticks(miimon_ms, bond->attrs.updelay_ms);
	if (ticks > 0)
		ticks++; /* until the kernel looks */
	return slave->held_ms + (int64_t)carrier_ticks_ms(miimon_ms, ticks);
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

/* Is its actor collecting and distributing, as the driver has it? */
static enum carrier lacp_bits(const struct slave *slave)
{
	const unsigned int ready =
	    UAPI_LACP_COLLECTING | UAPI_LACP_DISTRIBUTING;

	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		return CARRIER_UNKNOWN;
	return from_bool((slave->attrs.actor_oper_state & ready) == ready);
}

/* The driver enables and disables ports as it commits UP and DOWN. */
static enum carrier port_enabled(const struct slave *slave)
{
	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS))
		return CARRIER_UNKNOWN;
	return from_bool(slave->attrs.mii_status == BOND_LINK_UP ||
			 slave->attrs.mii_status == BOND_LINK_FAIL);
}

/* The steps it takes until the bits of a port that was just enabled are its
   own again. */
#define LACP_CLEAR_STEPS 2

static int64_t lacp_settled_ms(const struct slave *slave)
{
	if (slave->enabled_ms == 0)
		return INT64_MIN;
	return slave->enabled_ms + (int64_t)carrier_ticks_ms(
				       CARRIER_LACP_STEP_MS, LACP_CLEAR_STEPS);
}

/*
 * ... in truth. While a port is disabled its bits stay as they were, and the
 * LACP machine clears them in the step after it was enabled again.
 */
static enum carrier lacp_ready(const struct slave *slave, int64_t now_ms)
{
	return both(both(lacp_bits(slave), port_enabled(slave)),
		    from_bool(now_ms >= lacp_settled_ms(slave)));
}

/*
 * The kernel numbers its aggregators from 1: in 0 stands nobody. A slave that
 * stands in none comes without the attribute.
 */
static enum carrier in_aggregator(const struct slave *slave, unsigned int id)
{
	if (slave->link.distrusted)
		return CARRIER_UNKNOWN;
	return from_bool(slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) &&
			 slave->attrs.aggregator_id == id && id != 0);
}

static bool ad_has(const struct bond *bond, int ifla_bond_ad_info)
{
	return bond_has(bond, IFLA_BOND_AD_INFO) &&
	       (bond->attrs.ad.present & BOND_AD_INFO_BIT(ifla_bond_ad_info));
}

bool carrier_is_torn(const struct bond *bond)
{
	if (bond->link.distrusted || !bond_attrs_lacp(&bond->attrs) ||
	    !ad_has(bond, IFLA_BOND_AD_INFO_AGGREGATOR))
		return false;
	for (size_t i = 0; i < bond->slave_count; i++)
		if (in_aggregator(&bond->slaves[i],
				  bond->attrs.ad.aggregator) != CARRIER_DOWN)
			return false;
	return bond->slave_count > 0;
}

static bool no_port_enabled(const struct bond *bond)
{
	return ad_has(bond, IFLA_BOND_AD_INFO_NUM_PORTS) &&
	       bond->attrs.ad.num_ports == 0;
}

/*
 * When the monitor must have enabled the port of such a slave, if it ever
 * will: some looks after the link came and the ports were lost.
 */
static int64_t port_due_ms(const struct bond *bond, const struct slave *slave)
{
	uint32_t miimon_ms = bond->attrs.miimon_ms;
	int64_t since_ms = bond->no_ports_since_ms;
	uint64_t ticks = 2;

	if (slave->lower_up_transitions > 0 &&
	    slave->lower_up_changed_ms > since_ms)
		since_ms = slave->lower_up_changed_ms;
	if (since_ms == 0)
		return INT64_MIN;
	if (carrier_monitor(bond) != CARRIER_MONITOR_MII)
		return since_ms;
	if (bond_has(bond, IFLA_BOND_UPDELAY))
		ticks += carrier_delay_ticks(miimon_ms, bond->attrs.updelay_ms);
	return since_ms + (int64_t)carrier_ticks_ms(miimon_ms, ticks);
}

/* What the driver's own lacp_strict is, on kernels that have it. */
static bool kernel_lacp_strict(const struct bond *bond)
{
	return bond_has(bond, UAPI_BOND_LACP_STRICT) &&
	       bond->attrs.lacp_strict != 0;
}

/* An aggregator: its slaves that have a link, and of these those that count;
   under strict LACP only who distribute. */
struct group {
	struct tally linked;
	struct tally counting;
	bool disabled; /* its ports carry nothing, whatever their links */
};

struct rules {
	bool strict;
	int64_t now_ms;
};

static struct group tally_group(const struct bond *bond,
				const struct rules *rules, unsigned int id)
{
	struct group group = { .disabled = false };

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		enum carrier linked =
		    both(slave->corrected, in_aggregator(slave, id));
		enum carrier counting = linked;

		if (rules->strict)
			counting =
			    both(linked, lacp_ready(slave, rules->now_ms));
		tally_add(&group.linked, linked);
		tally_add(&group.counting, counting);
		if (linked == CARRIER_UP && no_port_enabled(bond) &&
		    rules->now_ms >= port_due_ms(bond, slave))
			group.disabled = true;
	}
	return group;
}

static bool tally_is_better(struct tally a, struct tally b)
{
	return a.up != b.up ? a.up > b.up : a.unknown > b.unknown;
}

static bool group_is_better(const struct group *a, const struct group *b)
{
	if (a->counting.up != b->counting.up ||
	    a->counting.unknown != b->counting.unknown)
		return tally_is_better(a->counting, b->counting);
	return tally_is_better(a->linked, b->linked);
}

/*
 * The one that the kernel would do best to choose. Tallying 0 finds the slaves
 * that might stand anywhere.
 */
static struct group best_group(const struct bond *bond,
			       const struct rules *rules)
{
	struct group best = tally_group(bond, rules, 0);

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		struct group group;

		if (!slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
			continue;
		group = tally_group(bond, rules, slave->attrs.aggregator_id);
		if (group_is_better(&group, &best))
			best = group;
	}
	return best;
}

/* What can't be known of it: whether those count that seem to. */
static void doubt(struct tally *tally)
{
	tally->unknown += tally->up;
	tally->up = 0;
}

/*
 * The active aggregator. When the last of its links goes, a driver that sees
 * it goes to the best one that is left, in the same step. Without a monitor
 * it never sees it: its own rules, with the links as they are, do the same.
 */
static struct group active_group(const struct bond *bond,
				 const struct rules *rules)
{
	struct group group;

	if (ad_has(bond, IFLA_BOND_AD_INFO_AGGREGATOR)) {
		group = tally_group(bond, rules, bond->attrs.ad.aggregator);
		if (tally_reaches(group.linked, 1) != CARRIER_DOWN)
			return group;
	}
	return best_group(bond, rules);
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

/* How many links are needed: one at the least. */
static unsigned int links_needed(const struct bond *bond)
{
	if (!bond_has(bond, IFLA_BOND_MIN_LINKS) || bond->attrs.min_links < 1)
		return 1;
	return bond->attrs.min_links;
}

/* Is anything absent that is always there, and that could speak against an
   aggregator? */
static bool is_doubtful(const struct bond *bond)
{
	return !bond_has(bond, IFLA_BOND_MIN_LINKS) ||
	       (bond_has(bond, IFLA_BOND_AD_INFO) &&
		(!ad_has(bond, IFLA_BOND_AD_INFO_AGGREGATOR) ||
		 !ad_has(bond, IFLA_BOND_AD_INFO_NUM_PORTS)));
}

static struct carrier_verdict decide_8023ad(const struct bond *bond,
					    const struct rules *rules)
{
	struct group active = active_group(bond, rules);
	unsigned int need = links_needed(bond);
	struct carrier_verdict verdict;
	enum carrier reached;

	if (active.disabled)
		return down(CARRIER_REASON_PORTS_DISABLED);
	if (is_doubtful(bond))
		doubt(&active.counting);
	reached = tally_reaches(active.counting, need);
	if (reached != CARRIER_DOWN)
		return up_or_unknown(reached);

	if (tally_reaches(active.linked, 1) == CARRIER_DOWN)
		return down(CARRIER_REASON_NO_AGGREGATOR);
	verdict = down(tally_reaches(active.counting, 1) == CARRIER_DOWN
			   ? CARRIER_REASON_NOT_DISTRIBUTING
			   : CARRIER_REASON_MIN_LINKS_NOT_MET);
	verdict.awaits_lacp =
	    tally_reaches(active.linked, need) != CARRIER_DOWN;
	return verdict;
}

/* The kernel compares with min_links as it is: 0 decides nothing. */
static bool is_strict(const struct bond *bond, bool strict_lacp)
{
	return strict_lacp || (kernel_lacp_strict(bond) &&
			       !(bond_has(bond, IFLA_BOND_MIN_LINKS) &&
				 bond->attrs.min_links == 0));
}

static struct carrier_verdict
decide(const struct bond *bond, struct tally usable, const struct rules *rules)
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
	return decide_8023ad(bond, rules);
}

static void until(int64_t *until_ms, int64_t at_ms, int64_t now_ms)
{
	if (at_ms > now_ms && at_ms < *until_ms)
		*until_ms = at_ms;
}

/* The next time at which something counts otherwise though nothing changed. */
static int64_t holds_until_ms(const struct bond *bond,
			      const struct rules *rules)
{
	bool lacp = bond_attrs_lacp(&bond->attrs);
	int64_t until_ms = INT64_MAX;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (carrier_slave_link(slave) == CARRIER_DOWN)
			continue;
		until(&until_ms, carrier_slave_release_ms(bond, slave),
		      rules->now_ms);
		if (lacp && no_port_enabled(bond))
			until(&until_ms, port_due_ms(bond, slave),
			      rules->now_ms);
		if (lacp && rules->strict)
			until(&until_ms, lacp_settled_ms(slave), rules->now_ms);
	}
	return until_ms;
}

struct carrier_verdict carrier_decide(const struct bond *bond, bool strict_lacp,
				      int64_t now_ms)
{
	struct rules rules = { is_strict(bond, strict_lacp), now_ms };
	struct carrier_verdict result;
	struct tally usable = { 0, 0 };
	unsigned int lower_up = 0;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (!slave->link.distrusted && link_lower_up(&slave->link))
			lower_up++;
		tally_add(&usable, slave->corrected);
	}

	result = decide(bond, usable, &rules);
	result.slaves_lower_up = lower_up;
	result.slaves_usable = usable.up;
	result.until_ms = holds_until_ms(bond, &rules);
	return result;
}

/* bond_3ad_set_carrier() */
static enum carrier kernel_8023ad(const struct bond *bond)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	struct tally ports = { 0, 0 };

	if (!bond_has(bond, IFLA_BOND_AD_INFO))
		return CARRIER_DOWN;
	if (!bond_has(bond, IFLA_BOND_MIN_LINKS) || carrier_is_torn(bond))
		return CARRIER_UNKNOWN;

	if (!kernel_lacp_strict(bond)) {
		if (!ad_has(bond, IFLA_BOND_AD_INFO_NUM_PORTS))
			return CARRIER_UNKNOWN;
		return from_bool(ad->num_ports >= bond->attrs.min_links);
	}

	if (!ad_has(bond, IFLA_BOND_AD_INFO_AGGREGATOR))
		return CARRIER_UNKNOWN;
	for (size_t i = 0; i < bond->slave_count; i++)
		tally_add(&ports,
			  both(in_aggregator(&bond->slaves[i], ad->aggregator),
			       lacp_bits(&bond->slaves[i])));
	return tally_reaches(ports, bond->attrs.min_links);
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
