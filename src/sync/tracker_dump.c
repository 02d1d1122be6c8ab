/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Applies dumps in three steps: update known links, remove missing ones, add
 * new ones. A slave that moved to another bond is thus removed before it is
 * added.
 */
#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "decision/judge.h"
#include "sync/tracker_internal.h"

static void emit(const struct tracker_pass *pass, const struct bond *bond,
		 enum event_type type, const struct slave *slave)
{
	struct bond_set *set = pass->tracker->set;

	set->table_changed_ms = pass->now_ms;
	if (bond_attrs_lacp(&bond->attrs))
		set->lag_changed_ms = pass->now_ms;
	event_emit(&pass->tracker->sink, bond, type,
		   slave ? slave->link.ifindex : 0,
		   slave ? slave->link.name : NULL, pass->now_ms);
}

static void apply_known(struct tracker_pass *pass)
{
	struct tracker *tracker = pass->tracker;
	const struct link_event *event;
	size_t at = 0;

	while ((event = tracker_pass_next_event(pass, &at))) {
		int ifindex = event->link.ifindex;
		struct bond *bond = bond_set_find(tracker->set, ifindex);
		struct slave *slave;

		if (event->link.distrusted) {
			(void)tracker_distrust(tracker->set, ifindex,
					       INT64_MAX);
			continue;
		}
		/* Includes bonds out of scope that are below a slave. */
		if (bond && !bond->ended && tracker_pass_is_bond(pass, event)) {
			if (tracker_pass_is_doubtful(pass, bond))
				continue;
			tracker_apply_bond(tracker, bond, event, false,
					   pass->now_ms);
		}
		bond = tracker_pass_bond_of(pass, event);
		slave = bond && !bond->ended ? bond_find_slave(bond, ifindex)
					     : NULL;
		if (!slave || slave->ended ||
		    tracker_pass_doubts(pass, bond, &slave->link,
					&slave->doubted, event))
			continue;
		if (slave->link.lower != event->link.lower)
			tracker_pass_leave_lower(pass, slave->link.lower);
		tracker_apply_slave(tracker, bond, slave, event, false,
				    pass->now_ms);
	}
}

static void remove_slave(struct tracker_pass *pass, struct bond *bond,
			 const struct slave *slave)
{
	struct tracker *tracker = pass->tracker;
	struct slave copy = *slave;

	if (copy.ended)
		judge_retire(tracker->set, bond, copy.link.ifindex,
			     &tracker->sink, pass->now_ms);
	bond_set_remove_slave(bond, copy.link.ifindex);
	tracker_pass_leave_lower(pass, copy.link.lower);
	if_stack_touch(&tracker->set->stack);
	schedule_judge(bond);
	emit(pass, bond, EVENT_SLAVE_REMOVED, &copy);
}

static void end_bond(struct tracker_pass *pass, struct bond *bond)
{
	struct tracker *tracker = pass->tracker;

	tracker_emit_active_slave(tracker, bond, pass->now_ms);
	judge_retire(tracker->set, bond, 0, &tracker->sink, pass->now_ms);
	while (bond->slave_count > 0)
		remove_slave(pass, bond, &bond->slaves[0]);
	emit(pass, bond, EVENT_BOND_REMOVED, NULL);
	if_stack_touch(&tracker->set->stack);
	(void)pairs_add(&pass->gone, bond->link.ifindex, 0);
}

static void sweep(struct tracker_pass *pass)
{
	struct bond *bond;
	size_t at = 0;

	while ((bond = tracker_pass_next_bond(pass, &at))) {
		if (bond->ended ||
		    !tracker_pass_is_still(pass, bond->link.ifindex, NULL)) {
			end_bond(pass, bond);
			continue;
		}
		for (size_t i = 0; i < bond->slave_count &&
				   !tracker_pass_is_doubtful(pass, bond);) {
			const struct slave *slave = &bond->slaves[i];

			if (!slave->ended &&
			    tracker_pass_is_still(pass, slave->link.ifindex,
						  bond))
				i++;
			else
				remove_slave(pass, bond, slave);
		}
	}
	if (pass->gone.count > 0)
		bond_set_remove_all(pass->tracker->set, &pass->gone);
}

static int add_bond(const struct tracker_pass *pass,
		    const struct link_event *event)
{
	struct tracker *tracker = pass->tracker;
	struct bond *bond;
	int err;

	if (!tracker_pass_is_bond(pass, event) ||
	    !tracker_pass_in_scope(pass, event->link.ifindex) ||
	    bond_set_find(tracker->set, event->link.ifindex))
		return 0;
	err = bond_set_add(tracker->set, event->link.ifindex, &bond);
	if (err)
		return err;
	bond->born = tracker->caught_up;
	bond->began_ms = pass->now_ms;
	bond->effective_changed_ms = pass->now_ms;
	bond->discrepancy_changed_ms = pass->now_ms;
	bond->verdict.effective = CARRIER_UNKNOWN;
	bond->verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	tracker_apply_bond(tracker, bond, event, true, pass->now_ms);
	if (!tracker->quiet)
		emit(pass, bond, EVENT_BOND_ADDED, NULL);
	return 0;
}

/* The sweep does not cover a former bond that is out of scope. */
static void take_from_former(struct tracker_pass *pass, int ifindex)
{
	struct bond *former = slave_index_master(pass->tracker->set, ifindex);

	if (former) {
		remove_slave(pass, former, bond_find_slave(former, ifindex));
		schedule_reread(former, pass->now_ms);
	}
}

static int add_slave(struct tracker_pass *pass, const struct link_event *event)
{
	struct tracker *tracker = pass->tracker;
	struct bond *bond = tracker_pass_bond_of(pass, event);
	struct slave *slave;
	int err;

	if (!bond || bond_find_slave(bond, event->link.ifindex))
		return 0;
	take_from_former(pass, event->link.ifindex);
	err = bond_set_add_slave(bond, event->link.ifindex, event->link.lower,
				 &slave);
	if (err)
		return err;
	slave->born = tracker->caught_up;
	slave->began_ms = pass->now_ms;
	slave->lower_up_changed_ms = pass->now_ms;
	slave->corrected = CARRIER_UNKNOWN;
	tracker_apply_slave(tracker, bond, slave, event, true, pass->now_ms);
	bond->restart_grace = true;
	if (!tracker->quiet)
		emit(pass, bond, EVENT_SLAVE_ADDED, slave);
	return 0;
}

static int add_new(struct tracker_pass *pass)
{
	const struct link_event *event;
	size_t at = 0;
	int err = 0;

	while (!err && (event = tracker_pass_next_event(pass, &at)))
		err = add_bond(pass, event);
	at = 0;
	while (!err && (event = tracker_pass_next_event(pass, &at)))
		err = add_slave(pass, event);
	return err;
}

/* The dump has the names of all slaves; an event about any other slave has only
   its ifindex. */
static void emit_active_slaves(const struct tracker_pass *pass)
{
	struct bond *bond;
	size_t at = 0;

	while ((bond = tracker_pass_next_bond(pass, &at)))
		tracker_emit_active_slave(pass->tracker, bond, pass->now_ms);
}

int tracker_dump(struct tracker *tracker, const struct link_batch *batch,
		 int scope, int64_t now_ms)
{
	struct tracker_pass pass = { .tracker = tracker,
				     .batch = batch,
				     .scope = scope,
				     .now_ms = now_ms };
	int err = tracker_pass_begin(&pass);

	if (!err) {
		apply_known(&pass);
		sweep(&pass);
		err = add_new(&pass);
		emit_active_slaves(&pass);
	}
	if (!err)
		err = tracker_pass_lowers(&pass);
	/* Lookups with a const set can't sort the indexes. */
	slave_index_sort(tracker->set);
	tracker_pass_end(&pass);
	return err;
}
