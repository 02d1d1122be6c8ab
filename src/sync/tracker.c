/* SPDX-License-Identifier: BSD-2-Clause */
/* Applies link events. A link may be a bond, a slave and a lower device. */
#include "sync/tracker.h"

#include <string.h>

#include "bond/lower_links.h"
#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "sync/tracker_internal.h"

void tracker_init(struct tracker *tracker, struct bond_set *set)
{
	*tracker = (struct tracker){ .set = set };
}

bool tracker_wants(const struct tracker *tracker,
		   const struct link_event *event)
{
	const struct tracker_filter *filter = &tracker->filter;

	return !filter->wanted || filter->wanted(filter->ctx, event->link.name);
}

void tracker_caught_up(struct tracker *tracker)
{
	tracker->caught_up++;
}

void tracker_end(struct tracker *tracker, int ifindex)
{
	struct bond *bond = bond_set_find(tracker->set, ifindex);
	struct bond *master = slave_index_master(tracker->set, ifindex);
	struct slave *slave = master ? bond_find_slave(master, ifindex) : NULL;

	/* Until the next dump its carrier is unknown. */
	if (bond && bond->born != tracker->caught_up) {
		bond->ended = bond->link.distrusted = true;
		schedule_judge(bond);
	}
	if (slave && slave->born != tracker->caught_up) {
		slave->ended = slave->link.distrusted = true;
		schedule_judge(master);
	}
}

/* Attributes that our dumps lack are not taken from events either, because not
   every event has them. */
static void apply_event(struct tracker *tracker, struct bond *bond,
			const struct link_event *event, int64_t now_ms)
{
	struct link_event readable;

	if (!(event->bond.present & TRACKER_PRIVILEGED) ||
	    (bond->attrs.present & TRACKER_PRIVILEGED)) {
		tracker_apply_bond(tracker, bond, event, false, now_ms);
		return;
	}
	memcpy(&readable, event, sizeof(readable));
	tracker_strip_privileged(&readable.bond);
	tracker_apply_bond(tracker, bond, &readable, false, now_ms);
}

/* The link as a bond. TRACKER_NEEDS_NOW: it is a new bond. */
static enum tracker_need as_bond(struct tracker *tracker,
				 const struct link_event *event, int64_t now_ms)
{
	struct bond *bond = bond_set_find(tracker->set, event->link.ifindex);
	bool is_bond = event->kind == LINK_KIND_BOND && !event->gone &&
		       tracker_wants(tracker, event);

	if (!bond)
		return is_bond ? TRACKER_NEEDS_NOW : TRACKER_NEEDS_NOTHING;
	if (is_bond && !bond->ended) {
		apply_event(tracker, bond, event, now_ms);
		schedule_reread(bond, bond->active_slave_event_pending
					  ? now_ms
					  : now_ms + TRACKER_REREAD_MS);
	} else {
		/* If the bond still exists, it is a new one. */
		bond->restart_grace = true;
		schedule_reread(bond, now_ms);
	}
	return TRACKER_NEEDS_BOND;
}

/* The link as a slave. TRACKER_NEEDS_NOW: its bond is unknown. */
static enum tracker_need as_slave(struct tracker *tracker,
				  const struct link_event *event,
				  int64_t now_ms)
{
	bool is_slave = event->bond_slave && !event->gone && event->master > 0;
	struct bond *bond = NULL;
	struct bond *former;
	struct slave *slave;

	if (is_slave)
		bond = bond_set_find(tracker->set, event->master);
	slave = bond ? bond_find_slave(bond, event->link.ifindex) : NULL;
	if (slave && !bond->ended && !slave->ended) {
		tracker_apply_slave(tracker, bond, slave, event, false, now_ms);
		schedule_reread(bond, now_ms + TRACKER_REREAD_MS);
		return TRACKER_NEEDS_BOND;
	}
	former = slave_index_master(tracker->set, event->link.ifindex);
	if (former) {
		/* It was released, or it left and joined again. */
		former->restart_grace = true;
		schedule_reread(former, now_ms);
	}
	if (bond)
		schedule_reread(bond, now_ms);
	else if (is_slave && !tracker->filter.wanted)
		return TRACKER_NEEDS_NOW;
	return bond || former ? TRACKER_NEEDS_BOND : TRACKER_NEEDS_NOTHING;
}

static enum tracker_need as_lower(struct tracker *tracker,
				  const struct link_event *event,
				  int64_t now_ms)
{
	const struct link_state *known =
	    bond_set_lower(tracker->set, event->link.ifindex);
	struct link_state link;

	if (!known)
		return TRACKER_NEEDS_NOTHING;
	if (event->gone || event->link.distrusted) {
		memcpy(&link, known, sizeof(link));
		link.distrusted = true;
		(void)lower_links_mark_upper(tracker->set, link.ifindex,
					     now_ms);
	} else {
		memcpy(&link, &event->link, sizeof(link));
		if (known->lower != link.lower || known->master != link.master)
			tracker->set->stack.stale = true;
		(void)lower_links_mark_upper(tracker->set, link.ifindex,
					     now_ms + TRACKER_REREAD_MS);
	}
	/* Can't fail: the device is already in the set. */
	(void)bond_set_put_lower(tracker->set, &link);
	return TRACKER_NEEDS_BOND;
}

static enum tracker_need most(enum tracker_need a, enum tracker_need b)
{
	return a > b ? a : b;
}

enum tracker_need tracker_event(struct tracker *tracker,
				const struct link_event *event, int64_t now_ms,
				int *bond_ifindex)
{
	enum tracker_need need = as_lower(tracker, event, now_ms);
	enum tracker_need of_bond, of_slave;

	tracker_vlan_event(tracker, event);
	if (event->link.distrusted)
		return tracker_distrust(tracker->set, event->link.ifindex,
					now_ms)
			   ? most(need, TRACKER_NEEDS_BOND)
			   : need;
	if (event->gone)
		tracker_end(tracker, event->link.ifindex);
	of_bond = as_bond(tracker, event, now_ms);
	of_slave = as_slave(tracker, event, now_ms);
	if (of_bond == TRACKER_NEEDS_NOW)
		*bond_ifindex = event->link.ifindex;
	else if (of_slave == TRACKER_NEEDS_NOW)
		*bond_ifindex = event->master;
	return most(need, most(of_bond, of_slave));
}
