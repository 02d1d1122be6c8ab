/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which discrepancies are raised, and what managers were told of each: so
 * that every raise that was sent has its clear, over whatever lies between.
 *
 *     raised: SILENT (not to be notified), or OWED -> TOLD (acknowledged)
 *     over:   one that was silent is forgotten; else the clear is owed, and
 *             the entry goes when that is acknowledged
 *
 * Pure. Not thread-safe: the owner locks. Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_LEDGER_H
#define BONDCARRIER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/event.h"

enum ledger_raise { /* of the notification of the raise */
		    LEDGER_SILENT,
		    LEDGER_OWED,
		    LEDGER_TOLD,
};

struct ledger_entry {
	enum discrepancy_kind kind;
	enum ledger_raise raise;
	bool over;
	int bond;  /* ifindex */
	int slave; /* ifindex; 0: the bond as a whole */
	char bond_name[LINK_NAME_SIZE];
	char slave_name[LINK_NAME_SIZE];
	int64_t since_wall_ms;
	uint32_t raise_index; /* of its events in this process; 0: none */
	uint32_t clear_index;
	bool held; /* over, but its clear must not be sent yet */
};

struct ledger {
	struct ledger_entry *entries;
	size_t count;
	size_t capacity;
	uint64_t revision; /* rises with each change */
};

void ledger_fini(struct ledger *ledger);

int ledger_add(struct ledger *ledger, const struct ledger_entry *entry);

void ledger_forget(struct ledger *ledger, struct ledger_entry *entry);

/* EVENT_DISCREPANCY_RAISED was logged under that index. */
int ledger_raised(struct ledger *ledger, const struct event *event,
		  int64_t since_wall_ms, uint32_t index, bool notify);

/* An entry of an earlier life of which something is still to be told in this
   one: of what the event is about, or of another that had its names, or (NULL)
   any. NULL: none. */
struct ledger_entry *ledger_untold(const struct ledger *ledger,
				   const struct event *event);

/* Is a clear owed for what the event tells of: was the raise notified? */
bool ledger_owes_clear(const struct ledger *ledger, const struct event *event);

/* EVENT_DISCREPANCY_CLEARED was logged under that index. `hold`: its
   notification does not go out now. */
void ledger_cleared(struct ledger *ledger, const struct event *event,
		    uint32_t index, bool hold);

/* A clear that is held, or NULL. */
struct ledger_entry *ledger_held(struct ledger *ledger);

/* A notification was acknowledged; it never will be. */
void ledger_acknowledged(struct ledger *ledger, uint32_t index);
void ledger_dropped(struct ledger *ledger, uint32_t index);

#endif
