/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dumps, applied by mark and sweep: first what is known, then what is gone,
 * then what is new, so that a slave that moved is removed before it is added.
 */
#include <errno.h>
#include <string.h>

#include "judge.h"
#include "tracker_internal.h"

/* One dump on its way into the set. */
struct pass {
	struct tracker *tracker;
	const struct link_batch *batch;
	int scope; /* ifindex of the one bond; 0: all; TRACKER_SCOPE_MERGE */
	int64_t now_ms;
};

/* The places of the bonds in scope, which is one alone or all of them. */
static size_t scope_begin(const struct pass *pass)
{
	const struct bond_set *set = pass->tracker->set;
	const struct bond *bond;

	if (pass->scope <= 0)
		return 0;
	bond = bond_set_get(set, pass->scope);
	return bond ? (size_t)(bond - set->bonds) : set->count;
}

static size_t scope_end(const struct pass *pass)
{
	size_t begin = scope_begin(pass), count = pass->tracker->set->count;

	return pass->scope > 0 && begin < count ? begin + 1 : count;
}

static bool in_scope(const struct pass *pass, int bond_ifindex)
{
	return pass->scope <= 0 || pass->scope == bond_ifindex;
}

static bool is_bond(const struct pass *pass, const struct link_event *event)
{
	return event->kind == LINK_KIND_BOND && !event->gone &&
	       !event->link.distrusted && tracker_wants(pass->tracker, event);
}

static struct bond *bond_of(const struct pass *pass,
			    const struct link_event *event)
{
	if (!event->bond_slave || event->gone || event->link.distrusted ||
	    !in_scope(pass, event->master))
		return NULL;
	return bond_set_find(pass->tracker->set, event->master);
}

static void tell(const struct pass *pass, const struct bond *bond,
		 enum event_type type, const struct slave *slave)
{
	struct bond_set *set = pass->tracker->set;

	set->table_changed_ms = pass->now_ms;
	if (bond_attrs_lacp(&bond->attrs))
		set->lag_changed_ms = pass->now_ms;
	event_emit(&pass->tracker->sink, bond, type, DISCREPANCY_NONE,
		   slave ? slave->link.ifindex : 0,
		   slave ? slave->link.name : NULL, pass->now_ms);
}

static void mark(const struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;

	for (size_t i = scope_begin(pass); i < scope_end(pass); i++) {
		struct bond *bond = &set->bonds[i];

		bond->seen = pass->scope == TRACKER_SCOPE_MERGE;
		for (size_t s = 0; s < bond->slave_count; s++)
			bond->slaves[s].seen = bond->seen;
	}
}

/* A message that can't be read: all it says is that its link is there. */
static void see_distrusted(const struct pass *pass, int ifindex)
{
	struct bond_set *set = pass->tracker->set;
	struct bond *bond = bond_set_find(set, ifindex);
	struct bond *master = bond_set_find_master(set, ifindex);

	if (bond) {
		bond->seen = true;
		tracker_distrust(bond, &bond->link);
	}
	if (master) {
		struct slave *slave = bond_find_slave(master, ifindex);

		slave->seen = true;
		tracker_distrust(master, &slave->link);
	}
}

/* What one message of a merge says is not, or not any more. */
static void see_gone(const struct pass *pass, const struct link_event *event)
{
	struct bond_set *set = pass->tracker->set;
	int ifindex = event->link.ifindex;
	struct bond *bond = bond_set_find(set, ifindex);
	struct bond *master = bond_set_find_master(set, ifindex);

	if (bond && !is_bond(pass, event))
		bond->seen = false;
	if (master && master != bond_of(pass, event))
		bond_find_slave(master, ifindex)->seen = false;
}

static void apply_known(const struct pass *pass)
{
	struct tracker *tracker = pass->tracker;

	for (size_t i = 0; i < pass->batch->count; i++) {
		const struct link_event *event = &pass->batch->items[i];
		int ifindex = event->link.ifindex;
		struct bond *bond = bond_set_find(tracker->set, ifindex);
		struct slave *slave;

		if (event->link.distrusted) {
			see_distrusted(pass, ifindex);
			continue;
		}
		if (pass->scope == TRACKER_SCOPE_MERGE)
			see_gone(pass, event);
		/* Also a bond beyond the scope, that a slave stands on. */
		if (bond && is_bond(pass, event)) {
			bond->seen = true;
			tracker_apply_bond(tracker, bond, event, false,
					   pass->now_ms);
		}
		bond = bond_of(pass, event);
		slave = bond ? bond_find_slave(bond, ifindex) : NULL;
		if (slave) {
			slave->seen = true;
			tracker_apply_slave(tracker, bond, slave, event, false,
					    pass->now_ms);
		}
	}
}

static void remove_slave(const struct pass *pass, struct bond *bond,
			 const struct slave *slave)
{
	struct slave copy = *slave;

	bond_remove_slave(bond, copy.link.ifindex);
	if_stack_touch(&pass->tracker->set->stack);
	bond_mark_changed(bond);
	tell(pass, bond, EVENT_SLAVE_REMOVED, &copy);
}

static void remove_bond(const struct pass *pass, struct bond *bond)
{
	struct tracker *tracker = pass->tracker;

	tracker_tell_active_slave(tracker, bond, pass->now_ms);
	judge_retire(tracker->set, bond, &tracker->sink, pass->now_ms);
	while (bond->slave_count > 0)
		remove_slave(pass, bond, &bond->slaves[0]);
	tell(pass, bond, EVENT_BOND_REMOVED, NULL);
	bond_set_remove(tracker->set, bond->link.ifindex);
	if_stack_touch(&tracker->set->stack);
}

static void sweep_slaves(const struct pass *pass, struct bond *bond)
{
	for (size_t i = 0; i < bond->slave_count;) {
		if (bond->slaves[i].seen)
			i++;
		else
			remove_slave(pass, bond, &bond->slaves[i]);
	}
}

/* The scope is taken once: the place of what was removed is another bond's,
   which may be none of this dump's business. */
static void sweep(const struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	size_t end = scope_end(pass);

	for (size_t i = scope_begin(pass); i < end;) {
		struct bond *bond = &set->bonds[i];

		if (bond->seen) {
			sweep_slaves(pass, bond);
			i++;
		} else {
			remove_bond(pass, bond);
			end--;
		}
	}
}

static int add_bond(const struct pass *pass, const struct link_event *event)
{
	struct tracker *tracker = pass->tracker;
	struct bond *bond;
	int err;

	if (!is_bond(pass, event) || !in_scope(pass, event->link.ifindex) ||
	    bond_set_find(tracker->set, event->link.ifindex))
		return 0;
	err = bond_set_add(tracker->set, event->link.ifindex, &bond);
	if (err)
		return err;
	bond->began_ms = pass->now_ms;
	bond->effective_changed_ms = pass->now_ms;
	bond->discrepancy_changed_ms = pass->now_ms;
	bond->verdict.effective = CARRIER_UNKNOWN;
	bond->verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	tracker_apply_bond(tracker, bond, event, true, pass->now_ms);
	if (!tracker->quiet)
		tell(pass, bond, EVENT_BOND_ADDED, NULL);
	return 0;
}

/* With a scope the bond that it left was not swept. */
static void take_from_former(const struct pass *pass, int ifindex)
{
	struct bond *former =
	    pass->scope ? bond_set_find_master(pass->tracker->set, ifindex)
			: NULL;

	if (former) {
		remove_slave(pass, former, bond_find_slave(former, ifindex));
		tracker_due(former, pass->now_ms);
	}
}

static int add_slave(const struct pass *pass, const struct link_event *event)
{
	struct tracker *tracker = pass->tracker;
	struct bond *bond = bond_of(pass, event);
	struct slave *slave;
	int err;

	if (!bond || bond_find_slave(bond, event->link.ifindex))
		return 0;
	take_from_former(pass, event->link.ifindex);
	err = bond_add_slave(bond, event->link.ifindex, &slave);
	if (err)
		return err;
	slave->began_ms = pass->now_ms;
	slave->lower_up_changed_ms = pass->now_ms;
	slave->corrected = CARRIER_UNKNOWN;
	tracker_apply_slave(tracker, bond, slave, event, true, pass->now_ms);
	bond->restart_grace = true;
	if (!tracker->quiet)
		tell(pass, bond, EVENT_SLAVE_ADDED, slave);
	return 0;
}

static int add_new(const struct pass *pass)
{
	const struct link_batch *batch = pass->batch;
	int err = 0;

	for (size_t i = 0; i < batch->count && !err; i++)
		err = add_bond(pass, &batch->items[i]);
	for (size_t i = 0; i < batch->count && !err; i++)
		err = add_slave(pass, &batch->items[i]);
	return err;
}

/* Who was not known before is now, or is told by number. */
static void tell_active_slaves(const struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;

	for (size_t i = scope_begin(pass); i < scope_end(pass); i++)
		tracker_tell_active_slave(pass->tracker, &set->bonds[i],
					  pass->now_ms);
}

/* Brings one lower device up to the dump; all bonds on it notice. */
static int put_lower(const struct pass *pass, int ifindex)
{
	struct bond_set *set = pass->tracker->set;
	const struct link_state *known = bond_set_lower(set, ifindex);
	const struct link_event *event = link_batch_find(pass->batch, ifindex);
	struct link_state link;

	if (!event && pass->scope == TRACKER_SCOPE_MERGE)
		return 0;
	if (!event || event->gone) {
		if (known) {
			tracker_mark_upper(set, ifindex, INT64_MAX);
			set->stack.stale = true;
		}
		bond_set_remove_lower(set, ifindex);
		return 0;
	}
	memcpy(&link, &event->link, sizeof(link));
	if (link.distrusted && known) {
		memcpy(&link, known, sizeof(link));
		link.distrusted = true;
	}
	if (!known || known->flags != link.flags ||
	    known->lower != link.lower || known->distrusted != link.distrusted)
		tracker_mark_upper(set, ifindex, INT64_MAX);
	if (!known || known->lower != link.lower ||
	    known->master != link.master)
		set->stack.stale = true;
	return bond_set_put_lower(set, &link);
}

static int put_lowers_of(const struct pass *pass, const struct slave *slave)
{
	int ifindex = slave->link.lower;
	int err = 0;

	for (int i = 0; ifindex && !err && i < BOND_SET_DEPTH_MAX; i++) {
		const struct link_state *lower;

		err = put_lower(pass, ifindex);
		lower = bond_set_lower(pass->tracker->set, ifindex);
		ifindex = lower ? lower->lower : 0;
	}
	return err;
}

static bool is_needed(const struct bond_set *set, int ifindex)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		for (size_t s = 0; s < bond->slave_count; s++) {
			if (tracker_stands_on(set, &bond->slaves[s], ifindex))
				return true;
		}
	}
	return false;
}

static int update_lowers(const struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	int err = 0;

	for (size_t i = scope_begin(pass); i < scope_end(pass); i++) {
		const struct bond *bond = &set->bonds[i];

		for (size_t s = 0; s < bond->slave_count && !err; s++)
			err = put_lowers_of(pass, &bond->slaves[s]);
	}
	for (size_t i = set->lower_count; i-- > 0 && pass->scope <= 0;) {
		if (is_needed(set, set->lowers[i].ifindex))
			continue;
		bond_set_remove_lower(set, set->lowers[i].ifindex);
		set->stack.stale = true;
	}
	return err;
}

int tracker_dump(struct tracker *tracker, const struct link_batch *batch,
		 int scope, int64_t now_ms)
{
	struct pass pass = { tracker, batch, scope, now_ms };
	int err;

	mark(&pass);
	apply_known(&pass);
	sweep(&pass);
	err = add_new(&pass);
	tell_active_slaves(&pass);
	if (!err)
		err = update_lowers(&pass);
	/* Slaves come and go here alone: who may not sort finds them sorted. */
	bond_set_sort_masters(tracker->set);
	return err;
}
