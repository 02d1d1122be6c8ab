/* SPDX-License-Identifier: BSD-2-Clause */
/* The decision in 802.3ad: aggregators, ports and LACP state. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"
#include "decision/carrier.h"
#include "decision/carrier_internal.h"
#include "decision/carrier_monitor.h"

/* Whether the driver reports the actor as collecting and distributing. */
static enum carrier lacp_bits(const struct slave *slave)
{
	const unsigned int ready =
	    UAPI_LACP_COLLECTING | UAPI_LACP_DISTRIBUTING;

	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		return CARRIER_UNKNOWN;
	return carrier_if((slave->attrs.actor_oper_state & ready) == ready);
}

/* LACP steps after a port is enabled until its state bits are current. */
#define LACP_CLEAR_STEPS 2

static int64_t lacp_settled_ms(const struct slave *slave)
{
	if (slave->enabled_ms == 0)
		return INT64_MIN;
	if (slave->enabled_ms == INT64_MAX)
		return INT64_MAX;
	return slave->enabled_ms + (int64_t)carrier_monitor_ticks_ms(
				       CARRIER_LACP_STEP_MS, LACP_CLEAR_STEPS);
}

/*
 * Whether the slave really collects and distributes. The driver enables and
 * disables ports as it commits UP and DOWN. The bits of a disabled port keep
 * their last values; the LACP machine clears them in the step after the port is
 * enabled again.
 */
static enum carrier lacp_ready(const struct slave *slave, int64_t now_ms)
{
	return carrier_both(
	    carrier_both(lacp_bits(slave), carrier_mii_up(slave, true)),
	    carrier_if(now_ms >= lacp_settled_ms(slave)));
}

/*
 * The kernel numbers aggregators from 1; 0 has no slaves. A slave that is in no
 * aggregator lacks the attribute.
 */
static enum carrier in_aggregator(const struct slave *slave, unsigned int id)
{
	if (slave->link.distrusted)
		return CARRIER_UNKNOWN;
	return carrier_if(slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) &&
			  slave->attrs.aggregator_id == id && id != 0);
}

bool carrier_is_torn(const struct bond *bond)
{
	if (bond->link.distrusted ||
	    !bond_attrs_ad_has(&bond->attrs, IFLA_BOND_AD_INFO_AGGREGATOR))
		return false;
	for (size_t i = 0; i < bond->slave_count; i++)
		if (in_aggregator(&bond->slaves[i],
				  bond->attrs.ad.aggregator) != CARRIER_DOWN)
			return false;
	return bond->slave_count > 0;
}

/*
 * When the monitor must have enabled the slave's port if it ever will: a few
 * ticks after the link came up and the ports were lost.
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
		ticks += carrier_monitor_delay_ticks(miimon_ms,
						     bond->attrs.updelay_ms);
	return since_ms + (int64_t)carrier_monitor_ticks_ms(miimon_ms, ticks);
}

/* The driver's own option, on kernels that have it. */
static bool kernel_lacp_strict(const struct bond *bond)
{
	return bond_has(bond, UAPI_BOND_LACP_STRICT) &&
	       bond->attrs.lacp_strict != 0;
}

/* An aggregator: its slaves with a link, and those of them that count; under
   strict LACP only the ones that collect and distribute. */
struct group {
	struct carrier_tally linked;
	struct carrier_tally counting;
	bool disabled; /* its ports carry no traffic, whatever their links */
};

static struct group tally_group(const struct bond *bond,
				const struct carrier_rules *rules,
				unsigned int id)
{
	struct group group = { .disabled = false };

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		enum carrier linked =
		    carrier_both(slave->corrected, in_aggregator(slave, id));
		enum carrier counting = linked;

		if (rules->strict)
			counting = carrier_both(
			    linked, lacp_ready(slave, rules->now_ms));
		carrier_count(&group.linked, linked);
		carrier_count(&group.counting, counting);
		if (linked == CARRIER_UP && bond_attrs_no_ports(&bond->attrs) &&
		    rules->now_ms >= port_due_ms(bond, slave))
			group.disabled = true;
	}
	return group;
}

static uint64_t rank(struct carrier_tally tally)
{
	return (uint64_t)tally.up << 32 | tally.unknown;
}

static bool group_is_better(const struct group *a, const struct group *b)
{
	if (rank(a->counting) != rank(b->counting))
		return rank(a->counting) > rank(b->counting);
	return rank(a->linked) > rank(b->linked);
}

/*
 * The best aggregator that the kernel can choose. Tallying id 0 finds the
 * slaves whose aggregator is unknown.
 */
static struct group best_group(const struct bond *bond,
			       const struct carrier_rules *rules)
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

/* Turns all that is up into unknown. */
static void make_unknown(struct carrier_tally *tally)
{
	tally->unknown += tally->up;
	tally->up = 0;
}

/*
 * The active aggregator. A driver that sees its last link go down switches to
 * the best remaining one in the same step. Without a monitor the driver never
 * sees it, but its rules, applied to the real links, give the same result.
 */
static struct group active_group(const struct bond *bond,
				 const struct carrier_rules *rules)
{
	struct group group;

	if (bond_attrs_ad_has(&bond->attrs, IFLA_BOND_AD_INFO_AGGREGATOR)) {
		group = tally_group(bond, rules, bond->attrs.ad.aggregator);
		if (carrier_reaches(group.linked, 1) != CARRIER_DOWN)
			return group;
	}
	return best_group(bond, rules);
}

static unsigned int links_needed(const struct bond *bond)
{
	return bond_has(bond, IFLA_BOND_MIN_LINKS) && bond->attrs.min_links > 1
		   ? bond->attrs.min_links
		   : 1;
}

/* Whether an attribute is missing that every kernel sends, and that could rule
   out an aggregator. */
static bool is_doubtful(const struct bond *bond)
{
	return !bond_has(bond, IFLA_BOND_MIN_LINKS) ||
	       (bond_has(bond, IFLA_BOND_AD_INFO) &&
		(!bond_attrs_ad_has(&bond->attrs,
				    IFLA_BOND_AD_INFO_AGGREGATOR) ||
		 !bond_attrs_ad_has(&bond->attrs,
				    IFLA_BOND_AD_INFO_NUM_PORTS)));
}

struct carrier_verdict carrier_lacp_decide(const struct bond *bond,
					   const struct carrier_rules *rules)
{
	struct group active = active_group(bond, rules);
	unsigned int need = links_needed(bond);
	struct carrier_verdict verdict;
	enum carrier reached;

	if (active.disabled)
		return carrier_down(CARRIER_REASON_PORTS_DISABLED);
	if (is_doubtful(bond))
		make_unknown(&active.counting);
	reached = carrier_reaches(active.counting, need);
	if (reached != CARRIER_DOWN)
		return carrier_up_or_unknown(reached);

	if (carrier_reaches(active.linked, 1) == CARRIER_DOWN)
		return carrier_down(CARRIER_REASON_NO_AGGREGATOR);
	verdict =
	    carrier_down(carrier_reaches(active.counting, 1) == CARRIER_DOWN
			     ? CARRIER_REASON_NOT_DISTRIBUTING
			     : CARRIER_REASON_MIN_LINKS_NOT_MET);
	verdict.awaits_lacp =
	    carrier_reaches(active.linked, need) != CARRIER_DOWN;
	return verdict;
}

/* The kernel compares the count with min_links itself, so with 0 its
   lacp_strict has no effect. */
bool carrier_lacp_strict(const struct bond *bond, bool strict_lacp)
{
	return strict_lacp || (kernel_lacp_strict(bond) &&
			       !(bond_has(bond, IFLA_BOND_MIN_LINKS) &&
				 bond->attrs.min_links == 0));
}

void carrier_lacp_until(const struct bond *bond, const struct slave *slave,
			const struct carrier_rules *rules, int64_t *until_ms)
{
	if (bond_attrs_no_ports(&bond->attrs))
		carrier_until(until_ms, port_due_ms(bond, slave),
			      rules->now_ms);
	if (rules->strict)
		carrier_until(until_ms, lacp_settled_ms(slave), rules->now_ms);
}

/* As bond_3ad_set_carrier(). */
enum carrier carrier_lacp_kernel(const struct bond *bond)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	struct carrier_tally ports = { 0, 0 };

	if (!bond_has(bond, IFLA_BOND_AD_INFO))
		return CARRIER_DOWN;
	if (!bond_has(bond, IFLA_BOND_MIN_LINKS) || carrier_is_torn(bond))
		return CARRIER_UNKNOWN;

	if (!kernel_lacp_strict(bond)) {
		if (!bond_attrs_ad_has(&bond->attrs,
				       IFLA_BOND_AD_INFO_NUM_PORTS))
			return CARRIER_UNKNOWN;
		return carrier_if(ad->num_ports >= bond->attrs.min_links);
	}

	if (!bond_attrs_ad_has(&bond->attrs, IFLA_BOND_AD_INFO_AGGREGATOR))
		return CARRIER_UNKNOWN;
	for (size_t i = 0; i < bond->slave_count; i++)
		carrier_count(&ports,
			      carrier_both(in_aggregator(&bond->slaves[i],
							 ad->aggregator),
					   lacp_bits(&bond->slaves[i])));
	return carrier_reaches(ports, bond->attrs.min_links);
}
