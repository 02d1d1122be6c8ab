/* SPDX-License-Identifier: BSD-2-Clause */
/* Applies the ledger of an earlier process to the bonds. */
#include "state/restore.h"
#include "base/clock.h"

#include <errno.h>
#include <string.h>

static bool is_called(const struct link_state *link, const char *name)
{
	return strcmp(link->name, name) == 0;
}

/* Finds the bond by ifindex and name; else by name alone, since the bond may
   have been created again, or the machine rebooted. Not by ifindex alone: it
   may be another bond's, and a clear with that bond's name would clear nothing
   that a manager knows of. */
static struct bond *find_bond(struct bond_set *set,
			      const struct ledger_entry *entry)
{
	struct bond *bond = bond_set_find(set, entry->bond);
	const struct bond *namesake;

	if (bond && is_called(&bond->link, entry->bond_name))
		return bond;
	namesake = bond_set_find_name(set, entry->bond_name);
	return namesake ? bond_set_find(set, namesake->link.ifindex) : NULL;
}

static struct slave *find_slave(struct bond *bond,
				const struct ledger_entry *entry)
{
	struct slave *slave = bond_find_slave(bond, entry->slave);

	if (slave && is_called(&slave->link, entry->slave_name))
		return slave;
	for (size_t i = 0; i < bond->slave_count; i++)
		if (is_called(&bond->slaves[i].link, entry->slave_name))
			return &bond->slaves[i];
	return NULL;
}

static bool is_itself(struct bond_set *set, const struct ledger_entry *entry)
{
	struct bond *bond = bond_set_find(set, entry->bond);
	struct slave *slave = bond ? bond_find_slave(bond, entry->slave) : NULL;

	return bond && is_called(&bond->link, entry->bond_name) &&
	       (!entry->slave ||
		(slave && is_called(&slave->link, entry->slave_name)));
}

/* True: it is now raised in the bond. False: the entry keeps the ifindexes that
   it was raised with. */
static bool put(struct bond_set *set, struct ledger_entry *entry,
		int64_t now_ms)
{
	struct bond *bond = find_bond(set, entry);
	struct slave *slave = NULL;
	int64_t age_ms = clock_wall_ms() - entry->since_wall_ms;
	int slave_ifindex;

	if (!bond || entry->over)
		return false;
	if (entry->slave) {
		slave = find_slave(bond, entry);
		if (!slave)
			return false;
	}
	slave_ifindex = slave ? slave->link.ifindex : 0;
	/* The clock may have been set back since. */
	if (discrepancy_restore(&bond->discrepancies, entry->kind,
				entry->bond_name, slave_ifindex,
				entry->slave_name,
				now_ms - (age_ms > 0 ? age_ms : 0)) < 0)
		return false;
	entry->bond = bond->link.ifindex;
	entry->slave = slave_ifindex;
	return true;
}

static void put_those(struct ledger *ledger, struct bond_set *set, bool itself,
		      int64_t now_ms)
{
	for (size_t i = 0; i < ledger->count; i++) {
		struct ledger_entry *entry = &ledger->entries[i];

		if (is_itself(set, entry) == itself && !put(set, entry, now_ms))
			entry->over = true;
	}
}

void restore_apply(void *ctx, struct bond_set *set, int64_t now_ms)
{
	struct shared *shared = ctx;

	/* Exact matches first: a match by name alone must not take their place.
	 */
	put_those(&shared->ledger, set, true, now_ms);
	put_those(&shared->ledger, set, false, now_ms);
}

void restore_send(struct event_router *router)
{
	event_router_send_owed(router, NULL);
}
