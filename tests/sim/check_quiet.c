/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariant 1: when nothing has happened for long, the agent's model is the
 * world, value by value; and the end of 3: nothing is left on its way.
 */
#include "check.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <string.h>

#include "disk.h"
#include "oracle_internal.h"

/* The longest that a throttle holds, and somewhat. */
#define HELD_MS 25000
/* From a change to the last look at it, where the kernel is silent. */
#define SEEN_MS 6000

static void differs(struct check *check, const char *whose, const char *what,
		    long long ours, long long theirs)
{
	check_fail(check, 1, what, "%s: %s is %lld, in the world it is %lld",
		   whose, what, ours, theirs);
}

static void same(struct check *check, const char *whose, const char *what,
		 long long ours, long long theirs)
{
	if (ours != theirs)
		differs(check, whose, what, ours, theirs);
}

static void same_link(struct check *check, const struct link_state *ours,
		      int slot)
{
	const struct vk_link *link = &check->vk->links[slot];

	if (strcmp(ours->name, link->name) != 0)
		check_fail(check, 1, "name", "%s is called %s in the world",
			   ours->name, link->name);
	same(check, link->name, "flags", ours->flags,
	     vk_flags(check->vk, slot));
	same(check, link->name, "distrusted", ours->distrusted, 0);
}

static void same_slave(struct check *check, const struct slave *ours)
{
	int slot = vk_find_index(check->vk, ours->link.ifindex);
	const struct vk_link *link;

	if (slot < 0) {
		check_fail(check, 1, "slave-gone", "%s is not in the world",
			   ours->link.name);
		return;
	}
	link = &check->vk->links[slot];
	same_link(check, &ours->link, slot);
	same(check, link->name, "mii_status", ours->attrs.mii_status,
	     link->slave.link);
	same(check, link->name, "link_failures", ours->attrs.link_failures,
	     link->slave.failures);
	if (ours->attrs.present &
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
		same(check, link->name, "aggregator", ours->attrs.aggregator_id,
		     link->slave.port.aggregator);
}

static void same_options(struct check *check, const struct bond *ours, int slot)
{
	const char *name = ours->link.name;
	const struct vk *vk = check->vk;
	const struct vk_bond *bond = &vk->links[slot].bond;
	uint32_t mode = oracle_option(vk, slot, IFLA_BOND_MODE);
	bool has_active = mode == BOND_MODE_ACTIVEBACKUP ||
			  mode == BOND_MODE_TLB || mode == BOND_MODE_ALB;
	int active = has_active && bond->active >= 0
			 ? vk->links[bond->active].ifindex
			 : 0;

	same(check, name, "mode", ours->attrs.mode, mode);
	same(check, name, "miimon", ours->attrs.miimon_ms,
	     oracle_option(vk, slot, IFLA_BOND_MIIMON));
	same(check, name, "arp_interval", ours->attrs.arp_interval_ms,
	     oracle_option(vk, slot, IFLA_BOND_ARP_INTERVAL));
	same(check, name, "min_links", ours->attrs.min_links,
	     oracle_option(vk, slot, IFLA_BOND_MIN_LINKS));
	if (bond_has(ours, IFLA_BOND_ACTIVE_SLAVE) || active)
		same(check, name, "active_slave",
		     bond_has(ours, IFLA_BOND_ACTIVE_SLAVE)
			 ? ours->attrs.active_slave
			 : 0,
		     active);
}

static void same_aggregator(struct check *check, const struct bond *ours,
			    int slot)
{
	const struct vk *vk = check->vk;
	int active = oracle_option(vk, slot, IFLA_BOND_MODE) == BOND_MODE_8023AD
			 ? oracle_active(vk, slot)
			 : -1;
	const struct vk_aggregator *aggregator;

	if (!bond_has(ours, IFLA_BOND_AD_INFO) || active < 0) {
		same(check, ours->link.name, "ad_info",
		     bond_has(ours, IFLA_BOND_AD_INFO), active >= 0);
		return;
	}
	aggregator = &vk->links[active].slave.aggregator;
	same(check, ours->link.name, "ad_info aggregator",
	     ours->attrs.ad.aggregator, aggregator->id);
	if (memcmp(ours->attrs.ad.partner_mac, aggregator->partner_system, 6) !=
	    0)
		check_fail(check, 1, "partner", "%s: another partner",
			   ours->link.name);
}

static void same_bond(struct check *check, int slot)
{
	const struct vk_link *link = &check->vk->links[slot];
	const struct bond *ours =
	    bond_set_get(check->life->shared.bonds, link->ifindex);
	unsigned int bit;

	if (!ours) {
		check_fail(check, 1, "bond-missing", "%s is not in the model",
			   link->name);
		return;
	}
	/* What changes all the time is never the same. */
	if (check->vk->now_ms - check->bonds[slot].touched_ms < SEEN_MS)
		return;
	same_link(check, &ours->link, slot);
	same_options(check, ours, slot);
	same_aggregator(check, ours, slot);
	same(check, link->name, "slaves", (long long)ours->slave_count,
	     link->bond.slave_count);
	for (size_t i = 0; i < ours->slave_count; i++)
		same_slave(check, &ours->slaves[i]);
	bit = ours->verdict.effective == CARRIER_UP	? ORACLE_UP
	      : ours->verdict.effective == CARRIER_DOWN ? ORACLE_DOWN
							: ORACLE_UNKNOWN;
	if (!(check->bonds[slot].says & bit))
		differs(check, link->name, "effective", bit,
			check->bonds[slot].says);
}

static bool agent_raises(const struct check *check,
			 const struct check_told *told)
{
	const struct bond_set *set = check->life->shared.bonds;

	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];
		const struct discrepancy_state *state = &bond->discrepancies;

		for (size_t d = 0; d < state->count; d++)
			if ((int)state->items[d].kind == told->kind &&
			    state->items[d].phase != DISCREPANCY_PENDING &&
			    strcmp(bond->link.name, told->bond) == 0 &&
			    strcmp(state->items[d].slave_name, told->slave) ==
				0)
				return true;
	}
	return false;
}

/* Was it renamed while raised? Its clear will come under the old name. */
static bool in_ledger(const struct check *check, const struct check_told *told)
{
	const struct ledger *ledger = &check->life->shared.ledger;

	for (size_t i = 0; i < ledger->count; i++)
		if ((int)ledger->entries[i].kind == told->kind &&
		    strcmp(ledger->entries[i].bond_name, told->bond) == 0 &&
		    strcmp(ledger->entries[i].slave_name, told->slave) == 0)
			return true;
	return false;
}

static void all_told(struct check *check)
{
	const struct shared *shared = &check->life->shared;
	const struct event_log_entry *row;

	if (outbox_count(shared->outbox) > outbox_in_flight(shared->outbox))
		check_fail(check, 3, "queued",
			   "%zu notifications are left in the queue",
			   outbox_count(shared->outbox));
	for (int64_t index = 1;
	     (row = event_log_lower_bound(shared->events, index));
	     index = (int64_t)row->index + 1)
		/* The throttle may hold those of a bond that flaps. */
		if (row->fate == EVENT_FATE_QUEUED &&
		    check->vk->now_ms - row->event.at_ms > HELD_MS)
			check_fail(check, 3, "fate",
				   "event %u has no end: it is queued for ever",
				   row->index);
	if (check->amnesia || check->dropped || shared->counters.dropped)
		return;
	for (size_t i = 0; i < check->told_count; i++)
		if (check->told[i].raised &&
		    !agent_raises(check, &check->told[i]) &&
		    !in_ledger(check, &check->told[i]))
			check_fail(check, 3, "never-cleared",
				   "kind %d of %s %s was raised (event %u) and "
				   "is over, without a clear",
				   check->told[i].kind, check->told[i].bond,
				   check->told[i].slave,
				   check->told[i].raise_index);
}

static void last_words(struct check *check)
{
	if (check->killed || check->reloaded || check->silenced ||
	    check->dropped || check->life->shared.counters.dropped ||
	    !check->life->settings->notify.effective)
		return;
	for (size_t i = 0; i < check->word_count; i++) {
		const struct check_word *word = &check->words[i];
		const struct check_bond *seen =
		    check_bond_of(check, word->bond);
		const struct bond *bond =
		    bond_set_get(check->life->shared.bonds, word->bond);

		/* Or of another one, that had its number before. */
		if (bond && seen && seen->born_ms + SEEN_MS < word->at_ms &&
		    bond->known_effective != word->effective &&
		    check->vk->now_ms - bond->effective_changed_ms > HELD_MS &&
		    strcmp(bond->link.name, word->name) == 0)
			check_fail(
			    check, 3, "last-word",
			    "%s: the last that was notified is %s", word->name,
			    word->effective == CARRIER_UP ? "up" : "down");
	}
}

/* What keepalived reads of a bond that is not there, whenever it went. */
static void no_file_of_nobody(struct check *check)
{
	const char *folder = check->life->settings->track_directory;

	for (size_t i = 0; *folder && i < disk.track_count; i++) {
		const struct disk_track *file = &disk.tracks[i];
		int slot = vk_find(check->vk, file->name);

		if (!file->up || strcmp(file->folder, folder) != 0)
			continue;
		if (slot < 0 || check->vk->links[slot].kind != VK_BOND ||
		    !check_wanted(check, file->name))
			check_fail(check, 5, "file-of-nobody",
				   "the track file of %s says up, and there "
				   "is no such bond",
				   file->name);
	}
}

void check_quiet(struct check *check)
{
	const struct bond_set *set = check->life->shared.bonds;
	const struct vk *vk = check->vk;

	if (!check->life->alive) {
		check_fail(check, 0, "dead", "the agent is not running");
		return;
	}
	same(check, "model", "status", set->status, BOND_SET_SYNCHRONISED);
	for (int slot = 0; slot < vk->top; slot++)
		if (vk->links[slot].kind == VK_BOND &&
		    check_wanted(check, vk->links[slot].name))
			same_bond(check, slot);
	for (size_t i = 0; i < set->count; i++)
		if (vk_find_index(vk, set->bonds[i].link.ifindex) < 0)
			check_fail(check, 1, "bond-gone",
				   "%s is not in the world",
				   set->bonds[i].link.name);
	no_file_of_nobody(check);
	all_told(check);
	last_words(check);
}
