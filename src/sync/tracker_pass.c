/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lookups in a dump that is being applied. The pass has indexes of its own
 * instead of marks in bonds and slaves, which could be left from another dump.
 */
#include <string.h>

#include "bond/schedule.h"
#include "bond/slave_index.h"
#include "sync/tracker_internal.h"

bool tracker_pass_in_scope(const struct tracker_pass *pass, int bond_ifindex)
{
	return pass->scope <= 0 || pass->scope == bond_ifindex;
}

const struct link_event *tracker_pass_event(const struct tracker_pass *pass,
					    int ifindex)
{
	const struct pair *pair = pairs_last(&pass->places, ifindex);

	return pair ? &pass->batch->items[pair->value] : NULL;
}

const struct link_event *
tracker_pass_next_event(const struct tracker_pass *pass, size_t *at)
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

struct bond *tracker_pass_next_bond(const struct tracker_pass *pass, size_t *at)
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

static int add_to_scope(struct tracker_pass *pass, const struct bond *bond)
{
	return bond ? pairs_add(&pass->bonds, bond->link.ifindex, 0) : 0;
}

/* Collects the bonds that the messages may concern, and ends the lives of
   deleted links. */
static int begin_merge(struct tracker_pass *pass)
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
					   slave_index_master(set, ifindex));
	}
	return err;
}

bool tracker_pass_is_bond(const struct tracker_pass *pass,
			  const struct link_event *event)
{
	return event->kind == LINK_KIND_BOND && !event->gone &&
	       !event->link.distrusted && tracker_wants(pass->tracker, event);
}

bool tracker_pass_doubts(const struct tracker_pass *pass, struct bond *bond,
			 const struct link_state *known, uint64_t *doubted,
			 const struct link_event *event)
{
	uint64_t caught_up = pass->tracker->caught_up;

	if (pass->scope == TRACKER_SCOPE_MERGE ||
	    (*doubted && *doubted <= caught_up))
		return false;
	*doubted = strcmp(event->link.name, known->name) ? caught_up + 1 : 0;
	if (*doubted)
		schedule_reread(bond, pass->now_ms + TRACKER_REREAD_MS);
	return *doubted;
}

bool tracker_pass_is_doubtful(const struct tracker_pass *pass,
			      const struct bond *bond)
{
	return bond->doubted > pass->tracker->caught_up;
}

struct bond *tracker_pass_bond_of(const struct tracker_pass *pass,
				  const struct link_event *event)
{
	struct bond *bond = NULL;

	if (event->bond_slave && !event->gone && !event->link.distrusted &&
	    tracker_pass_in_scope(pass, event->master))
		bond = bond_set_find(pass->tracker->set, event->master);
	return bond && !tracker_pass_is_doubtful(pass, bond) ? bond : NULL;
}

/* Bonds first: while a bond is in doubt, so are its slaves. */
static void doubt_bonds(const struct tracker_pass *pass)
{
	for (size_t i = 0; i < pass->batch->count; i++) {
		const struct link_event *event = &pass->batch->items[i];
		struct bond *bond =
		    tracker_pass_is_bond(pass, event)
			? bond_set_find(pass->tracker->set, event->link.ifindex)
			: NULL;

		if (bond)
			(void)tracker_pass_doubts(pass, bond, &bond->link,
						  &bond->doubted, event);
	}
}

int tracker_pass_begin(struct tracker_pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	int err = link_batch_index(pass->batch, 0, &pass->places);

	if (!err && pass->scope == TRACKER_SCOPE_MERGE)
		err = begin_merge(pass);
	else if (!err && pass->scope)
		err = add_to_scope(pass, bond_set_get(set, pass->scope));
	for (size_t i = 0; i < set->count && !pass->scope && !err; i++)
		err = add_to_scope(pass, &set->bonds[i]);
	pairs_sort(&pass->bonds);
	doubt_bonds(pass);
	return err ? err : pairs_room(&pass->gone, pass->bonds.count);
}

bool tracker_pass_is_still(const struct tracker_pass *pass, int ifindex,
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
		    (bond ? tracker_pass_bond_of(pass, event) == bond
			  : tracker_pass_is_bond(pass, event)))
			return true;
	}
	return false;
}

void tracker_pass_leave_lower(struct tracker_pass *pass, int ifindex)
{
	if (ifindex)
		(void)pairs_add(&pass->left, ifindex, 0);
}

void tracker_pass_end(struct tracker_pass *pass)
{
	pairs_fini(&pass->places);
	pairs_fini(&pass->bonds);
	pairs_fini(&pass->gone);
	pairs_fini(&pass->left);
}
