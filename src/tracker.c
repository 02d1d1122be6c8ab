/* SPDX-License-Identifier: BSD-2-Clause */
/* Link events, one at a time: in how many roles is that link known? */
#include "tracker.h"

#include <string.h>

#include "tracker_internal.h"

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

void tracker_due(struct bond *bond, int64_t at_ms)
{
	if (at_ms == INT64_MAX)
		return;
	if (at_ms < 1)
		at_ms = 1; /* 0: none is due */
	if (bond->reread_at_ms == 0 || bond->reread_at_ms > at_ms)
		bond->reread_at_ms = at_ms;
	bond_touch(bond);
}

bool tracker_stands_on(const struct bond_set *set, const struct slave *slave,
		       int ifindex)
{
	const struct link_state *link = &slave->link;

	for (int i = 0; link && link->lower && i < BOND_SET_DEPTH_MAX; i++) {
		if (link->lower == ifindex)
			return true;
		link = bond_set_lower(set, link->lower);
	}
	return false;
}

/* What we may not read ourselves is not taken from events either: nobody says
   when it changes. */
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
	tracker_leave_privileged(&readable.bond);
	tracker_apply_bond(tracker, bond, &readable, false, now_ms);
}

/* The bond's message: TRACKER_NEEDS_NOW where it is a new one. */
static enum tracker_need as_bond(struct tracker *tracker,
				 const struct link_event *event, int64_t now_ms)
{
	struct bond *bond = bond_set_find(tracker->set, event->link.ifindex);
	bool is_bond = event->kind == LINK_KIND_BOND && !event->gone &&
		       tracker_wants(tracker, event);

	if (!bond)
		return is_bond ? TRACKER_NEEDS_NOW : TRACKER_NEEDS_NOTHING;
	if (is_bond) {
		apply_event(tracker, bond, event, now_ms);
		tracker_due(bond, bond->active_slave_untold
				      ? now_ms
				      : now_ms + TRACKER_REREAD_MS);
	} else {
		/* Should it be there after all, it is another one. */
		bond->restart_grace = true;
		tracker_due(bond, now_ms);
	}
	return TRACKER_NEEDS_BOND;
}

/* The slave's message: TRACKER_NEEDS_NOW where its bond is unheard of. */
static enum tracker_need as_slave(struct tracker *tracker,
				  const struct link_event *event,
				  int64_t now_ms)
{
	bool is_slave = event->bond_slave && !event->gone && event->master > 0;
	struct bond *bond = NULL;
	struct bond *before;
	struct slave *slave;

	if (is_slave)
		bond = bond_set_find(tracker->set, event->master);
	slave = bond ? bond_find_slave(bond, event->link.ifindex) : NULL;
	if (slave) {
		tracker_apply_slave(tracker, bond, slave, event, false, now_ms);
		tracker_due(bond, now_ms + TRACKER_REREAD_MS);
		return TRACKER_NEEDS_BOND;
	}
	before = bond_set_find_master(tracker->set, event->link.ifindex);
	if (before) {
		/* Released, it seems; and if not, it joined again. */
		before->restart_grace = true;
		tracker_due(before, now_ms);
	}
	if (bond)
		tracker_due(bond, now_ms);
	else if (is_slave && !tracker->filter.wanted)
		return TRACKER_NEEDS_NOW;
	return bond || before ? TRACKER_NEEDS_BOND : TRACKER_NEEDS_NOTHING;
}

void tracker_mark_upper(struct bond_set *set, int ifindex, int64_t due_ms)
{
	for (size_t i = 0; i < set->count; i++) {
		struct bond *bond = &set->bonds[i];

		for (size_t s = 0; s < bond->slave_count; s++) {
			if (!tracker_stands_on(set, &bond->slaves[s], ifindex))
				continue;
			bond_mark_changed(bond);
			tracker_due(bond, due_ms);
			break;
		}
	}
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
		tracker_mark_upper(tracker->set, link.ifindex, now_ms);
	} else {
		memcpy(&link, &event->link, sizeof(link));
		if (known->lower != link.lower || known->master != link.master)
			tracker->set->stack.stale = true;
		tracker_mark_upper(tracker->set, link.ifindex,
				   now_ms + TRACKER_REREAD_MS);
	}
	/* It is there already, so there is room. */
	(void)bond_set_put_lower(tracker->set, &link);
	return TRACKER_NEEDS_BOND;
}

/* Nothing but the number could be read. */
static enum tracker_need as_distrusted(struct tracker *tracker,
				       const struct link_event *event,
				       int64_t now_ms)
{
	int ifindex = event->link.ifindex;
	struct bond *bond = bond_set_find(tracker->set, ifindex);
	struct bond *master = bond_set_find_master(tracker->set, ifindex);

	if (bond) {
		tracker_distrust(bond, &bond->link);
		tracker_due(bond, now_ms);
	}
	if (master) {
		tracker_distrust(master,
				 &bond_find_slave(master, ifindex)->link);
		tracker_due(master, now_ms);
	}
	return bond || master ? TRACKER_NEEDS_BOND : TRACKER_NEEDS_NOTHING;
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
		return most(need, as_distrusted(tracker, event, now_ms));
	of_bond = as_bond(tracker, event, now_ms);
	of_slave = as_slave(tracker, event, now_ms);
	if (of_bond == TRACKER_NEEDS_NOW)
		*bond_ifindex = event->link.ifindex;
	else if (of_slave == TRACKER_NEEDS_NOW)
		*bond_ifindex = event->master;
	return most(need, most(of_bond, of_slave));
}
