/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which discrepancies are raised, and which of their notifications managers
 * acknowledged, so that every raise that was sent gets its clear, even after a
 * restart.
 *
 *     raised: SILENT (not notified), or OWED -> ACKNOWLEDGED
 *     over:   a silent entry is removed; otherwise the clear is owed, and the
 *             entry is removed when that is acknowledged
 *
 * Pure. Owns its entries. Not thread-safe: the owner locks. Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_AGENT_LEDGER_H
#define BONDCARRIER_AGENT_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/event.h"

enum ledger_raise { /* of the notification of the raise */
		    LEDGER_SILENT,
		    LEDGER_OWED,
		    LEDGER_ACKNOWLEDGED,
};

struct ledger_entry {
	enum discrepancy_kind kind;
	enum ledger_raise raise;
	bool over;
	int bond;  /* ifindex */
	int slave; /* ifindex; 0: the bond itself */
	char bond_name[LINK_NAME_SIZE];
	char slave_name[LINK_NAME_SIZE];
	int64_t since_wall_ms;
	uint32_t raise_index; /* of its events in this process; 0: none */
	uint32_t clear_index;
	bool held; /* over, but the clear must not be sent yet */
};

struct ledger {
	struct ledger_entry *entries;
	size_t count;
	size_t capacity;
	uint64_t revision; /* incremented by each change */
};

void ledger_fini(struct ledger *ledger);

int ledger_add(struct ledger *ledger, const struct ledger_entry *entry);

void ledger_forget(struct ledger *ledger, struct ledger_entry *entry);

/* EVENT_DISCREPANCY_RAISED was logged under that index. */
int ledger_raised(struct ledger *ledger, const struct event *event,
		  int64_t since_wall_ms, uint32_t index, bool notify);

/* An entry of an earlier process with unsent notifications: about the event's
   discrepancy or another that had its names, or (NULL) any. NULL: none. */
struct ledger_entry *ledger_unsent(const struct ledger *ledger,
				   const struct event *event);

/* Whether a clear is owed for the event's discrepancy: its raise was notified.
 */
bool ledger_owes_clear(const struct ledger *ledger, const struct event *event);

/* EVENT_DISCREPANCY_CLEARED was logged under that index. `hold`: its
   notification is not sent now. */
void ledger_cleared(struct ledger *ledger, const struct event *event,
		    uint32_t index, bool hold);

/* An entry with a held clear; NULL: none. */
struct ledger_entry *ledger_held(struct ledger *ledger);

/* A notification was acknowledged, or dropped. */
void ledger_acknowledged(struct ledger *ledger, uint32_t index);
void ledger_dropped(struct ledger *ledger, uint32_t index);

#endif
