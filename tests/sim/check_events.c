/* SPDX-License-Identifier: BSD-2-Clause */
/* Invariant 2, and the rest of 4: what the event log says. */
#include "check.h"

#include <inttypes.h>
#include <string.h>

#include "decision/finding.h"
#include "oracle_internal.h"

/* From something to what is said of it: a resync, or a long grace. */
#define NEWS_MS	 75000
#define RAISE_MS (NEWS_MS + 140000)
/* A raise comes no sooner than its grace; but what lies before it may have
   been told late. */
#define EARLY_MS       1100
#define GRACE_LEAST_MS 500

static const char *const names[] = {
	"",	      "effectiveUp",	    "effectiveDown", "raised",
	"cleared",    "activeSlaveChanged", "bondAdded",     "bondRemoved",
	"slaveAdded", "slaveRemoved",	    "slaveLowerUp",  "slaveLowerDown",
};

static const char *name_of(const struct event *event)
{
	size_t type = (size_t)event->type;

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : "?";
}

static bool is_about_discrepancy(const struct event *event)
{
	return event->type == EVENT_DISCREPANCY_RAISED ||
	       event->type == EVENT_DISCREPANCY_CLEARED;
}

static int64_t news_ms(const struct check *check, const struct event *event,
		       int slot)
{
	if (!is_about_discrepancy(event))
		return NEWS_MS +
		       check->life->settings->resync_interval_s * 1000;
	/* An updelay is part of it, however long: it has been set in looks of a
	   monitor that looks less often now. */
	return RAISE_MS +
	       oracle_grace_ms(&check->oracle, slot, (int)event->kind, 0, 0, 0);
}

static const struct check_gone *gone_of(const struct check *check, int ifindex)
{
	size_t count =
	    check->gone_count < CHECK_GONE ? check->gone_count : CHECK_GONE;

	for (size_t i = 0; i < count; i++)
		if (check->gone[i].ifindex == ifindex)
			return &check->gone[i];
	return NULL;
}

/* Of a bond that is there and wanted. */
static void said_of_living(struct check *check, const struct event *event,
			   const struct check_bond *bond)
{
	int64_t now_ms = check->vk->now_ms;
	int64_t since_ms = bond->touched_ms;

	if (check->configured_ms > since_ms)
		since_ms = check->configured_ms;
	if (is_about_discrepancy(event))
		since_ms =
		    check_latest(since_ms, check_latest(check->life->started_ms,
							check->graces_ms));
	if (now_ms - since_ms >
	    news_ms(check, event, (int)(bond - check->bonds)))
		check_fail(check, 2, "untouched",
			   "%s of %s %s: nothing has happened to it for "
			   "%" PRId64 " ms",
			   name_of(event), event->bond_name, event->slave_name,
			   now_ms - bond->touched_ms);
	else if (event->type == EVENT_BOND_REMOVED &&
		 check_wanted(check, bond->name) &&
		 now_ms - bond->born_ms > NEWS_MS &&
		 now_ms - bond->renamed_ms > NEWS_MS &&
		 now_ms - check->configured_ms > NEWS_MS)
		check_fail(check, 2, "removed",
			   "bondRemoved of %s, which is there",
			   event->bond_name);
}

static void said_of_slave(struct check *check, const struct event *event,
			  const struct check_bond *bond)
{
	int slot = vk_find_index(check->vk, event->slave);
	const struct check_slave *slave;
	int64_t now_ms = check->vk->now_ms, touched_ms;

	if (!event->slave || slot < 0 || is_about_discrepancy(event) ||
	    !check_wanted(check, bond->name))
		return;
	slave = &check->slaves[slot];
	touched_ms = check->vk->links[slot].touched_ms;
	if (slave->ifindex != event->slave || slave->bond != event->bond ||
	    check->vk->links[slot].slave.bond !=
		vk_find_index(check->vk, event->bond) ||
	    now_ms - slave->joined_ms <= NEWS_MS ||
	    now_ms - bond->renamed_ms <= NEWS_MS ||
	    check->configured_ms + NEWS_MS > now_ms)
		return;
	if (event->type == EVENT_SLAVE_REMOVED)
		check_fail(check, 2, "slave-removed",
			   "slaveRemoved of %s, which is a slave of %s",
			   event->slave_name, event->bond_name);
	else if (event->type != EVENT_ACTIVE_SLAVE_CHANGED &&
		 now_ms - touched_ms >
		     news_ms(check, event, (int)(bond - check->bonds)))
		check_fail(check, 2, "slave-untouched",
			   "%s of %s %s: nothing has happened to it for "
			   "%" PRId64 " ms",
			   name_of(event), event->bond_name, event->slave_name,
			   now_ms - touched_ms);
}

static const struct check_kind *kind_of(struct check *check,
					const struct event *event,
					const struct check_bond *bond)
{
	int slot;

	if (event->kind >= CHECK_KINDS)
		return NULL;
	if (!event->slave)
		return &bond->kinds[event->kind];
	slot = vk_find_index(check->vk, event->slave);
	if (slot < 0 || check->slaves[slot].ifindex != event->slave ||
	    check->slaves[slot].bond != event->bond)
		return NULL;
	return &check->slaves[slot].kinds[event->kind];
}

/* A slave that LACP could agree on; a false LOWER_UP makes none. */
static bool has_link(struct check *check, int slot)
{
	const struct vk_bond *of = &check->vk->links[slot].bond;

	for (int i = 0; i < of->slave_count; i++)
		if (oracle_link(&check->oracle, of->slaves[i]) == ORACLE_UP)
			return true;
	return false;
}

static bool has_disabled_ports(const struct check *check, int slot)
{
	int active = oracle_active(check->vk, slot);

	return active >= 0 &&
	       !oracle_has_enabled_port(
		   check->vk, &check->vk->links[active].slave.aggregator);
}

/* The shortest grace. */
static int64_t base_grace_ms(struct check *check, int kind, int slot)
{
	const struct discrepancy_policy *policy =
	    &check->life->settings->policy.discrepancy;
	int64_t lacp_ms = policy->lacp_grace_fast_ms;

	if (policy->lacp_grace_slow_ms < lacp_ms)
		lacp_ms = policy->lacp_grace_slow_ms;
	if (kind == DISCREPANCY_NO_LACP_PARTNER ||
	    kind == DISCREPANCY_SPLIT_AGGREGATOR)
		return lacp_ms;
	/* LACP has not agreed yet; of disabled ports it is not the cause. */
	if (kind == DISCREPANCY_FALSE_UP && check->oracle.strict &&
	    oracle_is_lacp(&check->oracle, slot) && has_link(check, slot) &&
	    !has_disabled_ports(check, slot))
		return check->life->shared.control.grace_ms + lacp_ms;
	return check->life->shared.control.grace_ms;
}

/* One that is raised while the bond or slave gets another name is cleared under
   the old name and raised under the new one at one time: it has had its grace,
   however short the last break was. */
static bool is_renamed(const struct check *check,
		       const struct event_log_entry *row)
{
	const struct event_log *log = check->life->shared.events;
	const struct event *event = &row->event;
	const struct event_log_entry *before;

	for (uint32_t index = row->index - 1;
	     (before = event_log_find(log, index)) &&
	     before->event.at_ms == event->at_ms;
	     index--)
		if (before->event.type == EVENT_DISCREPANCY_CLEARED &&
		    before->event.bond == event->bond &&
		    before->event.slave == event->slave &&
		    before->event.kind == event->kind &&
		    (strcmp(before->event.bond_name, event->bond_name) != 0 ||
		     strcmp(before->event.slave_name, event->slave_name) != 0))
			return true;
	return false;
}

/* It is so, and has been for its grace. */
static void said_raised(struct check *check, const struct event_log_entry *row,
			const struct check_bond *bond)
{
	const struct event *event = &row->event;
	const struct check_kind *kind = kind_of(check, event, bond);
	int64_t now_ms = check->vk->now_ms;
	int64_t lag_ms = check_lag_ms(check, bond) + 1000;
	int64_t base_ms =
	    base_grace_ms(check, (int)event->kind, (int)(bond - check->bonds));

	/* Without a grace nothing is between a torn answer and its raise. */
	if (!kind || check_excused(check) || base_ms < GRACE_LEAST_MS ||
	    event->kind > DISCREPANCY_KIND_COUNT ||
	    now_ms - check->lossy_ms <= lag_ms ||
	    now_ms - check->configured_ms <= base_ms + lag_ms)
		return;
	if (kind->possible_ms == CHECK_LONG_AGO &&
	    now_ms - kind->last_ms > lag_ms)
		check_fail(check, 4, "raised-wrongly",
			   "kind %d of %s %s is raised, and is not so",
			   (int)event->kind, event->bond_name,
			   event->slave_name);
	else if (kind->possible_ms != CHECK_LONG_AGO &&
		 now_ms - kind->first_ms < base_ms - EARLY_MS &&
		 !is_renamed(check, row))
		check_fail(check, 4, "raised-early",
			   "kind %d of %s %s is raised after %" PRId64
			   " ms, its grace is %" PRId64 " ms at least",
			   (int)event->kind, event->bond_name,
			   event->slave_name, now_ms - kind->first_ms, base_ms);
}

static void look_at(struct check *check, const struct event_log_entry *row,
		    bool restored)
{
	const struct event *event = &row->event;
	struct check_bond *bond = check_bond_of(check, event->bond);
	const struct check_gone *gone = gone_of(check, event->bond);
	int64_t now_ms = check->vk->now_ms;

	if (restored && is_about_discrepancy(event))
		return; /* of an earlier life: the manager's view counts */
	if (bond) {
		/* Or still of the one that had its number before. */
		if (gone && now_ms - gone->gone_ms <= NEWS_MS)
			return;
		said_of_living(check, event, bond);
		said_of_slave(check, event, bond);
		if (event->type == EVENT_DISCREPANCY_RAISED)
			said_raised(check, row, bond);
	} else if (!gone) {
		check_fail(check, 2, "unknown-bond",
			   "%s of %s, which there never was", name_of(event),
			   event->bond_name);
	}
}

void check_events(struct check *check)
{
	const struct event_log *log;
	const struct event_log_entry *row;
	bool restored =
	    check->life->alive && check->vk->now_ms == check->life->started_ms;

	if (!check->life->alive)
		return;
	log = check->life->shared.events;
	while (event_log_last(log) != check->last_index) {
		row =
		    event_log_lower_bound(log, (int64_t)check->last_index + 1);
		if (!row || row->index <= check->last_index) {
			check_fail(check, 3, "index",
				   "the event log went from %u to %u",
				   check->last_index, event_log_last(log));
			return;
		}
		check->last_index = row->index;
		if (row->index <= check->highest && !check->amnesia)
			check_fail(check, 3, "index-again",
				   "index %u was given twice", row->index);
		if (row->index > check->highest)
			check->highest = row->index;
		look_at(check, row, restored);
	}
}
