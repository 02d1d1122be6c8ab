/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dumps: first what is known, then what is gone, then what is new, so that a
 * slave that moved is removed before it is added. Whether something is gone is
 * asked of the dump itself: there are no marks that could be of another one.
 */
#include <string.h>

#include "judge.h"
#include "tracker_internal.h"

/* One dump on its way into the set. */
struct pass {
	struct tracker *tracker;
	const struct link_batch *batch;
	int scope; /* ifindex of the one bond; 0: all; TRACKER_SCOPE_MERGE */
	int64_t now_ms;
	struct pairs places; /* of an ifindex in the batch */
	struct pairs bonds;  /* in scope, of those known when it began */
	struct pairs gone;   /* of these; has room for all */
	struct pairs left;   /* lower devices that a link stands on no more */
	bool doubts;	     /* some bond in scope has another name */
};

static bool in_scope(const struct pass *pass, int bond_ifindex)
{
	return pass->scope <= 0 || pass->scope == bond_ifindex;
}

/* What the dump says last about that link; NULL: nothing. */
static const struct link_event *said_of(const struct pass *pass, int ifindex)
{
	const struct pair *pair = pairs_last(&pass->places, ifindex);

	return pair ? &pass->batch->items[pair->value] : NULL;
}

/* What it says of one link after the other: each message, for one may name a
   bond and another one the slave that it is; of a merge, which has a time, the
   last. NULL: that was all. */
static const struct link_event *next_said(const struct pass *pass, size_t *at)
{
	const struct pairs *places = &pass->places;

	while (*at < places->count) {
		const struct pair *pair = &places->items[(*at)++];

		if (pass->scope != TRACKER_SCOPE_MERGE ||
		    *at == places->count || pair[1].key != pair->key)
			return &pass->batch->items[pair->value];
	}
	return NULL;
}

/* One bond in scope after the other, each once, as far as they are still
   there; NULL: that was all. */
static struct bond *next_bond(const struct pass *pass, size_t *at)
{
	const struct pairs *bonds = &pass->bonds;
	struct bond *bond = NULL;

	while (!bond && *at < bonds->count) {
		const struct pair *pair = &bonds->items[(*at)++];

		if (*at == bonds->count || pair[1].key != pair->key)
			bond = bond_set_find(pass->tracker->set, pair->key);
	}
	return bond;
}

static int add_to_scope(struct pass *pass, const struct bond *bond)
{
	return bond ? pairs_add(&pass->bonds, bond->link.ifindex, 0) : 0;
}

/* The bonds that any of these messages may concern; and what they end. */
static int begin_merge(struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	int err = 0;

	tracker_caught_up(pass->tracker);
	for (size_t i = 0; i < pass->batch->count && !err; i++) {
		const struct link_event *event = &pass->batch->items[i];
		int ifindex = event->link.ifindex;

		if (event->gone)
			tracker_end(pass->tracker, ifindex);
		err = add_to_scope(pass, bond_set_find(set, ifindex));
		if (!err)
			err = add_to_scope(pass,
					   bond_set_find_master(set, ifindex));
	}
	return err;
}

static bool is_bond(const struct pass *pass, const struct link_event *event)
{
	return event->kind == LINK_KIND_BOND && !event->gone &&
	       !event->link.distrusted && tracker_wants(pass->tracker, event);
}

static bool is_another_name(const struct pass *pass, const struct bond *bond)
{
	const struct link_event *event = said_of(pass, bond->link.ifindex);

	return pass->scope != TRACKER_SCOPE_MERGE && event &&
	       is_bond(pass, event) &&
	       strcmp(event->link.name, bond->link.name) != 0;
}

/*
 * Another name, and no event has said so: is it renamed, or another bond that
 * has the number now? A message in the queue tells, of the rename or of the
 * end. So nothing of that bond is believed until the queue has been emptied;
 * where nothing was there, it is renamed.
 */
static bool is_doubtful(const struct pass *pass, const struct bond *bond)
{
	return pass->doubts && is_another_name(pass, bond) &&
	       (!bond->doubted || bond->doubted > pass->tracker->caught_up);
}

static struct bond *bond_of(const struct pass *pass,
			    const struct link_event *event)
{
	struct bond *bond = NULL;

	if (event->bond_slave && !event->gone && !event->link.distrusted &&
	    in_scope(pass, event->master))
		bond = bond_set_find(pass->tracker->set, event->master);
	return bond && !is_doubtful(pass, bond) ? bond : NULL;
}

static int begin(struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	int err = link_batch_index(pass->batch, 0, &pass->places);
	struct bond *bond;
	size_t at = 0;

	if (!err && pass->scope == TRACKER_SCOPE_MERGE)
		err = begin_merge(pass);
	else if (!err && pass->scope)
		err = add_to_scope(pass, bond_set_get(set, pass->scope));
	for (size_t i = 0; i < set->count && !pass->scope && !err; i++)
		err = add_to_scope(pass, &set->bonds[i]);
	pairs_sort(&pass->bonds);
	while (!err && (bond = next_bond(pass, &at)) && !pass->doubts)
		pass->doubts = is_another_name(pass, bond);
	return err ? err : pairs_reserve(&pass->gone, pass->bonds.count);
}

/* Is that link a slave of the bond, or with NULL a bond, as it was? A message
   that can't be read says that it is there, at least. */
static bool is_still(const struct pass *pass, int ifindex,
		     const struct bond *bond)
{
	bool merge = pass->scope == TRACKER_SCOPE_MERGE;
	const struct pair *pair = merge ? pairs_last(&pass->places, ifindex)
					: pairs_from(&pass->places, ifindex);

	if (!pair)
		return merge;
	for (; pair && pair->key == ifindex;
	     pair = pairs_next(&pass->places, pair)) {
		const struct link_event *event =
		    &pass->batch->items[pair->value];

		if (event->link.distrusted ||
		    (bond ? bond_of(pass, event) == bond
			  : is_bond(pass, event)))
			return true;
	}
	return false;
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

/* Without memory it stays until the next dump of everything. */
static void leave_lower(struct pass *pass, int ifindex)
{
	if (ifindex)
		(void)pairs_add(&pass->left, ifindex, 0);
}

static void apply_known(struct pass *pass)
{
	struct tracker *tracker = pass->tracker;
	const struct link_event *event;
	size_t at = 0;

	while ((event = next_said(pass, &at))) {
		int ifindex = event->link.ifindex;
		struct bond *bond = bond_set_find(tracker->set, ifindex);
		struct slave *slave;

		if (event->link.distrusted) {
			(void)tracker_distrust(tracker->set, ifindex,
					       INT64_MAX);
			continue;
		}
		/* Also a bond beyond the scope, that a slave stands on. */
		if (bond && !bond->ended && is_bond(pass, event)) {
			if (is_doubtful(pass, bond)) {
				bond->doubted = tracker->caught_up + 1;
				tracker_due(bond, pass->now_ms);
				continue;
			}
			tracker_apply_bond(tracker, bond, event, false,
					   pass->now_ms);
		}
		bond = bond_of(pass, event);
		slave = bond && !bond->ended ? bond_find_slave(bond, ifindex)
					     : NULL;
		if (!slave || slave->ended)
			continue;
		if (slave->link.lower != event->link.lower)
			leave_lower(pass, slave->link.lower);
		tracker_apply_slave(tracker, bond, slave, event, false,
				    pass->now_ms);
	}
}

static void remove_slave(struct pass *pass, struct bond *bond,
			 const struct slave *slave)
{
	struct tracker *tracker = pass->tracker;
	struct slave copy = *slave;

	if (copy.ended)
		judge_retire_slave(tracker->set, bond, copy.link.ifindex,
				   &tracker->sink, pass->now_ms);
	bond_remove_slave(bond, copy.link.ifindex);
	leave_lower(pass, copy.link.lower);
	if_stack_touch(&tracker->set->stack);
	bond_mark_changed(bond);
	tell(pass, bond, EVENT_SLAVE_REMOVED, &copy);
}

static void end_bond(struct pass *pass, struct bond *bond)
{
	struct tracker *tracker = pass->tracker;

	tracker_tell_active_slave(tracker, bond, pass->now_ms);
	judge_retire(tracker->set, bond, &tracker->sink, pass->now_ms);
	while (bond->slave_count > 0)
		remove_slave(pass, bond, &bond->slaves[0]);
	tell(pass, bond, EVENT_BOND_REMOVED, NULL);
	if_stack_touch(&tracker->set->stack);
	(void)pairs_add(&pass->gone, bond->link.ifindex, 0);
}

static void sweep(struct pass *pass)
{
	struct bond *bond;
	size_t at = 0;

	while ((bond = next_bond(pass, &at))) {
		if (bond->ended || !is_still(pass, bond->link.ifindex, NULL)) {
			end_bond(pass, bond);
			continue;
		}
		for (size_t i = 0;
		     i < bond->slave_count && !is_doubtful(pass, bond);) {
			const struct slave *slave = &bond->slaves[i];

			if (!slave->ended &&
			    is_still(pass, slave->link.ifindex, bond))
				i++;
			else
				remove_slave(pass, bond, slave);
		}
	}
	if (pass->gone.count > 0)
		bond_set_remove_all(pass->tracker->set, &pass->gone);
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
	bond->born = tracker->caught_up;
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

/* The bond that it left may not have been swept. */
static void take_from_former(struct pass *pass, int ifindex)
{
	struct bond *former = bond_set_find_master(pass->tracker->set, ifindex);

	if (former) {
		remove_slave(pass, former, bond_find_slave(former, ifindex));
		tracker_due(former, pass->now_ms);
	}
}

static int add_slave(struct pass *pass, const struct link_event *event)
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
	slave->born = tracker->caught_up;
	slave->began_ms = pass->now_ms;
	slave->lower_up_changed_ms = pass->now_ms;
	slave->corrected = CARRIER_UNKNOWN;
	tracker_apply_slave(tracker, bond, slave, event, true, pass->now_ms);
	bond->restart_grace = true;
	if (!tracker->quiet)
		tell(pass, bond, EVENT_SLAVE_ADDED, slave);
	return 0;
}

static int add_new(struct pass *pass)
{
	const struct link_event *event;
	size_t at = 0;
	int err = 0;

	while (!err && (event = next_said(pass, &at)))
		err = add_bond(pass, event);
	at = 0;
	while (!err && (event = next_said(pass, &at)))
		err = add_slave(pass, event);
	return err;
}

/* Who was not known before is now, or is told by number. */
static void tell_active_slaves(const struct pass *pass)
{
	struct bond *bond;
	size_t at = 0;

	while ((bond = next_bond(pass, &at)))
		tracker_tell_active_slave(pass->tracker, bond, pass->now_ms);
}

/* Brings one lower device up to the dump; all bonds on it notice. `deeper`:
   what it stands on has to be looked for, too. */
static int put_lower(struct pass *pass, const struct link_event *event,
		     bool *deeper)
{
	struct bond_set *set = pass->tracker->set;
	const struct link_state *known =
	    bond_set_lower(set, event->link.ifindex);
	struct link_state link = event->link;
	bool moved;

	if (link.distrusted && known) {
		link = *known;
		link.distrusted = true;
	}
	moved = !known || known->lower != link.lower;
	if (moved || known->flags != link.flags ||
	    known->distrusted != link.distrusted)
		tracker_mark_upper(set, link.ifindex, INT64_MAX);
	if (moved || known->master != link.master)
		set->stack.stale = true;
	if (moved && known)
		leave_lower(pass, known->lower);
	if (moved && link.lower)
		*deeper = true;
	return bond_set_put_lower(set, &link);
}

static void drop_lower(struct pass *pass, int ifindex)
{
	struct bond_set *set = pass->tracker->set;
	const struct link_state *known = bond_set_lower(set, ifindex);

	if (!known)
		return;
	tracker_mark_upper(set, ifindex, INT64_MAX);
	leave_lower(pass, known->lower);
	bond_set_remove_lower(set, ifindex);
	set->stack.stale = true;
}

/* Nothing stands on it any more; then on what it stood on, perhaps. */
static void drop_unneeded(struct bond_set *set, int ifindex)
{
	const struct link_state *known;

	while ((known = bond_set_lower(set, ifindex)) &&
	       !bond_set_bears(set, ifindex)) {
		int lower = known->lower;

		bond_set_remove_lower(set, ifindex);
		set->stack.stale = true;
		ifindex = lower;
	}
}

static int put_lowers(struct pass *pass)
{
	const struct link_event *event;
	bool deeper = true;
	int err = 0;

	for (int depth = 0; deeper && depth < LINK_DEPTH_MAX; depth++) {
		size_t at = 0;

		deeper = false;
		while (!err && (event = next_said(pass, &at))) {
			int ifindex = event->link.ifindex;

			if (event->gone)
				drop_lower(pass, ifindex);
			else if (bond_set_bears(pass->tracker->set, ifindex))
				err = put_lower(pass, event, &deeper);
		}
	}
	return err;
}

/* What a slave of the one bond stands on, and the dump does not have. */
static void drop_missing_below(struct pass *pass, int ifindex)
{
	for (int depth = 0; ifindex && depth < LINK_DEPTH_MAX; depth++) {
		const struct link_event *event = said_of(pass, ifindex);

		if (!event)
			drop_lower(pass, ifindex);
		ifindex = event ? event->link.lower : 0;
	}
}

static int update_lowers(struct pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	const struct bond *bond =
	    pass->scope > 0 ? bond_set_get(set, pass->scope) : NULL;
	int err = put_lowers(pass);

	for (size_t i = 0; bond && i < bond->slave_count; i++)
		drop_missing_below(pass, bond->slaves[i].link.lower);
	for (size_t i = set->lower_count; !pass->scope && i-- > 0;)
		if (!said_of(pass, set->lowers[i].ifindex))
			drop_lower(pass, set->lowers[i].ifindex);
	/* From behind: what goes has little to move up. */
	for (size_t i = set->lower_count; !pass->scope && i-- > 0;)
		if (i < set->lower_count)
			drop_unneeded(set, set->lowers[i].ifindex);
	for (size_t i = 0; pass->scope && i < pass->left.count; i++)
		drop_unneeded(set, pass->left.items[i].key);
	return err;
}

int tracker_dump(struct tracker *tracker, const struct link_batch *batch,
		 int scope, int64_t now_ms)
{
	struct pass pass = { .tracker = tracker,
			     .batch = batch,
			     .scope = scope,
			     .now_ms = now_ms };
	int err = begin(&pass);

	if (!err) {
		apply_known(&pass);
		sweep(&pass);
		err = add_new(&pass);
		tell_active_slaves(&pass);
	}
	if (!err)
		err = update_lowers(&pass);
	/* Who may not sort them finds them sorted. */
	bond_set_sort(tracker->set);
	pairs_fini(&pass.places);
	pairs_fini(&pass.bonds);
	pairs_fini(&pass.gone);
	pairs_fini(&pass.left);
	return err;
}
