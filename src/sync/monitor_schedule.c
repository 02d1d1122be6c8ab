/* SPDX-License-Identifier: BSD-2-Clause */
/* What to read and to judge, and when. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/schedule.h"
#include "sync/monitor_internal.h"

/* A resync may be early by this fraction of its interval: see
   monitor_find_due(). */
#define RESYNC_EARLY 24
/* For bonds that change without an event: see is_silent(). */
#define WATCH_INTERVAL_MS 5000
/* For those whose effective carrier may come up: see watch_interval_ms(). */
#define AWAIT_INTERVAL_MS 1000

void monitor_want_reread(struct monitor_reread *reread, int ifindex)
{
	for (size_t i = 0; i < reread->count; i++) {
		if (reread->bonds[i] == ifindex)
			return;
	}
	if (reread->count < MONITOR_REREAD_MAX)
		reread->bonds[reread->count++] = ifindex;
	else
		reread->everything = true;
}

/*
 * Whether the kernel may change this slave without an event. It sends none for
 * options set by netlink while the link is administratively down
 * (netdev_state_change() does so for IFF_UP only), nor for FAIL and BACK.
 */
static bool is_slave_silent(const struct slave *slave)
{
	if (!link_admin_up(&slave->link))
		return true;
	return slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       (slave->attrs.mii_status == BOND_LINK_FAIL ||
		slave->attrs.mii_status == BOND_LINK_BACK);
}

/* Whether the kernel may change this bond without an event. AD_INFO has no
   events either. */
static bool is_silent(const struct bond *bond)
{
	if (!link_admin_up(&bond->link) ||
	    discrepancy_pending(&bond->discrepancies))
		return true;
	if (bond_attrs_lacp(&bond->attrs))
		return true;
	for (size_t i = 0; i < bond->slave_count; i++) {
		if (is_slave_silent(&bond->slaves[i]))
			return true;
	}
	return false;
}

/* Shorter for a bond that may come up at any moment, when LACP agrees or the
   driver enables its ports. */
static int64_t watch_interval_ms(const struct bond *bond)
{
	return bond->verdict.awaits_lacp ||
		       bond->verdict.reason == CARRIER_REASON_PORTS_DISABLED
		   ? AWAIT_INTERVAL_MS
		   : WATCH_INTERVAL_MS;
}

/* Sets when the bond is due again. A judgement that failed (no memory, or
   contradictory links) is retried. */
static void set_due(const struct bond_set *set, struct bond *bond,
		    int64_t now_ms)
{
	int64_t until_ms = judge_bond_next_ms(set, bond);

	if (bond->changed && !judge_is_frozen(set, bond) &&
	    now_ms + WATCH_INTERVAL_MS < until_ms)
		until_ms = now_ms + WATCH_INTERVAL_MS;
	if (bond->reread_at_ms != 0 && bond->reread_at_ms < until_ms)
		until_ms = bond->reread_at_ms;
	schedule_rest(bond, until_ms);
}

void monitor_set_due(struct monitor *monitor)
{
	struct bond_set *set = &monitor->set;

	for (size_t i = schedule_next(set, 0, monitor->now_ms); i < set->count;
	     i = schedule_next(set, i + 1, monitor->now_ms)) {
		struct bond *bond = &set->bonds[i];

		if (bond->reread_at_ms == 0 && is_silent(bond))
			bond->reread_at_ms =
			    monitor->now_ms + watch_interval_ms(bond);
		set_due(set, bond, monitor->now_ms);
	}
}

/*
 * Whether to read the bond now: a re-read is due, or a verdict or a grace ends.
 * The kernel may have changed the cause without an event, so the bond is read
 * before anything is reported. A frozen bond reports nothing, so its expired
 * grace is no reason.
 */
static bool is_due(const struct bond_set *set, const struct bond *bond,
		   int64_t now_ms)
{
	if (bond->reread_at_ms != 0 && bond->reread_at_ms <= now_ms)
		return true;
	if (bond->judged && bond->verdict.until_ms <= now_ms)
		return true;
	return discrepancy_next_ms(&bond->discrepancies) <= now_ms &&
	       !judge_is_frozen(set, bond);
}

void monitor_find_due(struct monitor *monitor)
{
	const struct bond_set *set = &monitor->set;
	int64_t soon_ms = monitor->now_ms;

	for (size_t i = schedule_next(set, 0, monitor->now_ms); i < set->count;
	     i = schedule_next(set, i + 1, monitor->now_ms)) {
		const struct bond *bond = &set->bonds[i];

		if (is_due(set, bond, monitor->now_ms))
			monitor_want_reread(&monitor->reread,
					    bond->link.ifindex);
	}
	/* A dispatch that reads bonds also does a resync that is due soon. */
	if (monitor->reread.count > 0)
		soon_ms += monitor->options.resync_interval_ms / RESYNC_EARLY;
	if (soon_ms >= monitor->resync_at_ms)
		monitor->reread.everything = true;
}

int64_t monitor_next_ms(const struct monitor *monitor)
{
	/* While waiting nothing is re-read: see monitor_reread(). */
	int64_t next_ms = monitor_is_waiting(monitor)
			      ? judge_next_ms(&monitor->set)
			      : schedule_next_ms(&monitor->set);

	if (monitor->resync_at_ms < next_ms)
		next_ms = monitor->resync_at_ms;
	if (monitor->vlans_at_ms < next_ms)
		next_ms = monitor->vlans_at_ms;
	if (monitor->events_resume_ms && monitor->events_resume_ms < next_ms)
		next_ms = monitor->events_resume_ms;
	return next_ms;
}
