/* SPDX-License-Identifier: BSD-2-Clause */
/* Keeps which notifications of each discrepancy were sent and acknowledged. */
#include "state/ledger.h"

#include "base/array.h"

void ledger_fini(struct ledger *ledger)
{
	free(ledger->entries);
	memset(ledger, 0, sizeof(*ledger));
}

int ledger_add(struct ledger *ledger, const struct ledger_entry *entry)
{
	int err =
	    ARRAY_ROOM(ledger->entries, ledger->capacity, ledger->count + 1);

	if (err)
		return err;
	ledger->entries[ledger->count++] = *entry;
	ledger->revision++;
	return 0;
}

void ledger_forget(struct ledger *ledger, struct ledger_entry *entry)
{
	ARRAY_CLOSE(ledger->entries, ledger->count,
		    (size_t)(entry - ledger->entries));
	ledger->revision++;
}

static bool is_about(const struct ledger_entry *entry,
		     const struct event *event)
{
	return entry->kind == event->kind && entry->bond == event->bond &&
	       entry->slave == event->slave;
}

/* To a manager, the two are the same. */
static bool has_names(const struct ledger_entry *entry,
		      const struct event *event)
{
	return entry->kind == event->kind &&
	       strcmp(entry->bond_name, event->bond_name) == 0 &&
	       strcmp(entry->slave_name, event->slave_name) == 0;
}

/* The open entry of an event; one that is over belongs to an earlier raise. */
static struct ledger_entry *find(const struct ledger *ledger,
				 const struct event *event)
{
	for (size_t i = 0; i < ledger->count; i++) {
		struct ledger_entry *entry = &ledger->entries[i];

		if (!entry->over && is_about(entry, event))
			return entry;
	}
	return NULL;
}

struct ledger_entry *ledger_unsent(const struct ledger *ledger,
				   const struct event *event)
{
	for (size_t i = 0; i < ledger->count; i++) {
		struct ledger_entry *entry = &ledger->entries[i];

		if (entry->clear_index == 0 &&
		    (entry->over || (entry->raise == LEDGER_OWED &&
				     entry->raise_index == 0)) &&
		    (!event || is_about(entry, event) ||
		     has_names(entry, event)))
			return entry;
	}
	return NULL;
}

int ledger_raised(struct ledger *ledger, const struct event *event,
		  int64_t since_wall_ms, uint32_t index, bool notify)
{
	struct ledger_entry entry = { .kind = event->kind,
				      .raise =
					  notify ? LEDGER_OWED : LEDGER_SILENT,
				      .bond = event->bond,
				      .slave = event->slave,
				      .since_wall_ms = since_wall_ms,
				      .raise_index = index };

	memcpy(entry.bond_name, event->bond_name, sizeof(entry.bond_name));
	memcpy(entry.slave_name, event->slave_name, sizeof(entry.slave_name));
	return ledger_add(ledger, &entry);
}

bool ledger_owes_clear(const struct ledger *ledger, const struct event *event)
{
	const struct ledger_entry *entry = find(ledger, event);

	return entry && entry->raise != LEDGER_SILENT;
}

void ledger_cleared(struct ledger *ledger, const struct event *event,
		    uint32_t index, bool hold)
{
	struct ledger_entry *entry = find(ledger, event);

	if (!entry)
		return;
	if (entry->raise == LEDGER_SILENT) {
		ledger_forget(ledger, entry);
		return;
	}
	entry->over = true;
	entry->clear_index = index;
	entry->held = hold;
	ledger->revision++;
}

struct ledger_entry *ledger_held(struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->count; i++)
		if (ledger->entries[i].held)
			return &ledger->entries[i];
	return NULL;
}

/* The entry whose raise or clear has that index. */
static struct ledger_entry *of_index(const struct ledger *ledger,
				     uint32_t index)
{
	for (size_t i = 0; i < ledger->count; i++) {
		struct ledger_entry *entry = &ledger->entries[i];

		if (index != 0 && (entry->raise_index == index ||
				   entry->clear_index == index))
			return entry;
	}
	return NULL;
}

static void settle(struct ledger *ledger, uint32_t index,
		   enum ledger_raise raise)
{
	struct ledger_entry *entry = of_index(ledger, index);

	if (!entry)
		return;
	if (entry->clear_index == index) {
		ledger_forget(ledger, entry);
		return;
	}
	/* If it is over, its clear is in the queue, and stays there. */
	entry->raise = entry->over ? LEDGER_ACKNOWLEDGED : raise;
	ledger->revision++;
}

void ledger_acknowledged(struct ledger *ledger, uint32_t index)
{
	settle(ledger, index, LEDGER_ACKNOWLEDGED);
}

/* A raise that was not sent needs no clear. */
void ledger_dropped(struct ledger *ledger, uint32_t index)
{
	settle(ledger, index, LEDGER_SILENT);
}
