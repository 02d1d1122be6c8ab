/* SPDX-License-Identifier: BSD-2-Clause */
/* Updates the lower devices of slaves from a dump. */
#include "bond/lower_links.h"
#include "sync/tracker_internal.h"

/* Updates one lower device, and makes all bonds on top of it due. Sets *deeper
   if the device below it must be looked for, too. */
static int put_lower(struct tracker_pass *pass, const struct link_event *event,
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
		(void)lower_links_mark_upper(set, link.ifindex, INT64_MAX);
	if (moved || known->master != link.master)
		set->stack.stale = true;
	if (moved && known)
		tracker_pass_leave_lower(pass, known->lower);
	if (moved && link.lower)
		*deeper = true;
	return bond_set_put_lower(set, &link);
}

static void drop_lower(struct tracker_pass *pass, int ifindex)
{
	struct bond_set *set = pass->tracker->set;
	const struct link_state *known = bond_set_lower(set, ifindex);

	if (!known)
		return;
	(void)lower_links_mark_upper(set, ifindex, INT64_MAX);
	tracker_pass_leave_lower(pass, known->lower);
	bond_set_remove_lower(set, ifindex);
	set->stack.stale = true;
}

/* Removes the device if nothing is on top of it, then the one below it, and so
   on. */
static void drop_unneeded(struct bond_set *set, int ifindex)
{
	const struct link_state *known;

	while ((known = bond_set_lower(set, ifindex)) &&
	       !lower_links_has_upper(set, ifindex)) {
		int lower = known->lower;

		bond_set_remove_lower(set, ifindex);
		set->stack.stale = true;
		ifindex = lower;
	}
}

static int put_lowers(struct tracker_pass *pass)
{
	const struct link_event *event;
	bool deeper = true;
	int err = 0;

	for (int depth = 0; deeper && depth < LINK_DEPTH_MAX; depth++) {
		size_t at = 0;

		deeper = false;
		while (!err && (event = tracker_pass_next_event(pass, &at))) {
			int ifindex = event->link.ifindex;

			if (event->gone)
				drop_lower(pass, ifindex);
			else if (lower_links_has_upper(pass->tracker->set,
						       ifindex))
				err = put_lower(pass, event, &deeper);
		}
	}
	return err;
}

/* Removes the first device below the slave that the dump does not have. Devices
   below that one may stay: see tracker_pass_leave_lower(). */
static void drop_missing_below(struct tracker_pass *pass,
			       const struct link_state *link)
{
	int steps = 0;

	do
		link = lower_links_below(pass->tracker->set, link, &steps);
	while (link && tracker_pass_event(pass, link->ifindex));
	if (link)
		drop_lower(pass, link->ifindex);
}

int tracker_pass_lowers(struct tracker_pass *pass)
{
	struct bond_set *set = pass->tracker->set;
	const struct bond *bond =
	    pass->scope > 0 ? bond_set_get(set, pass->scope) : NULL;
	int err = put_lowers(pass);

	for (size_t i = 0; bond && i < bond->slave_count; i++)
		drop_missing_below(pass, &bond->slaves[i].link);
	for (size_t i = set->lower_count; !pass->scope && i-- > 0;)
		if (!tracker_pass_event(pass, set->lowers[i].ifindex))
			drop_lower(pass, set->lowers[i].ifindex);
	/* From the end, so that each removal moves few elements. */
	for (size_t i = set->lower_count; !pass->scope && i-- > 0;)
		if (i < set->lower_count)
			drop_unneeded(set, set->lowers[i].ifindex);
	for (size_t i = 0; pass->scope && i < pass->left.count; i++)
		drop_unneeded(set, pass->left.items[i].key);
	return err;
}
