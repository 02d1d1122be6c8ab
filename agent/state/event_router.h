/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What becomes of an event in the shared state: its row in the log, its place
 * in the ledger, its notification. For the kernel thread, with the shared state
 * locked.
 *
 * A clear is notified if its raise was, and only then, whatever `notify`
 * says by that time. While bondNotificationsEnabled is false it is held.
 */
#ifndef BONDCARRIER_AGENT_EVENT_ROUTER_H
#define BONDCARRIER_AGENT_EVENT_ROUTER_H

#include "config/settings.h"
#include "state/shared.h"
#include "state/throttle.h"

struct event_router {
	struct shared *shared; /* borrowed */
	struct throttle *throttle;
	/* The last event's, for all those of the same moment. 0: none yet. */
	int64_t at_ms;
	int64_t wall_ms;
};

void event_router_event(struct event_router *logbook,
			const struct settings *settings,
			const struct event *event, const struct bond *bond);

/* Logs and sends, in these forms (outbox.h; 0: it is not notified); nothing in
   the ledger. The index, or 0: there was no memory. */
uint32_t event_router_write(struct event_router *logbook,
			    const struct event *event, const struct bond *bond,
			    unsigned int forms);

/* Sends what the throttle has handed out. */
void event_router_push(struct event_router *logbook,
		       const struct outbox_item *item);

/* Sends the clears that were held, if they may go now. */
void event_router_release(struct event_router *logbook);

/*
 * Logs and sends what an earlier life left untold of that kind, bond and slave,
 * before `event`, a raise or clear of now, is; NULL: all that is left. In this
 * order a manager hears the last word last.
 */
void event_router_tell_owed(struct event_router *logbook,
			    const struct event *event);

/* The event of a ledger entry, as of now, and its bond; where that is not
   there, `stand_in` gets what is known of it. */
const struct bond *event_router_event_of(const struct event_router *logbook,
					 const struct ledger_entry *entry,
					 enum event_type type,
					 struct event *event,
					 struct bond *stand_in);

#endif
