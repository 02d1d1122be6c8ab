/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Routes each event in the shared state: a row in the event log, an entry in
 * the ledger, a notification in the outbox. For the kernel thread, with the
 * shared state locked.
 *
 * A clear is notified if and only if its raise was, whatever `notify` is set to
 * by then; while bondNotificationsEnabled is false it is held.
 */
#ifndef BONDCARRIER_AGENT_EVENT_ROUTER_H
#define BONDCARRIER_AGENT_EVENT_ROUTER_H

#include "config/settings.h"
#include "state/shared.h"
#include "state/throttle.h"

struct event_router {
	struct shared *shared;	   /* borrowed */
	struct throttle *throttle; /* borrowed */
	/* The last event's time on both clocks, for all events of the same
	   moment. 0: none yet. */
	int64_t at_ms;
	int64_t wall_ms;
};

void event_router_event(struct event_router *router,
			const struct settings *settings,
			const struct event *event, const struct bond *bond);

/* Logs the event, and sends it in these forms (outbox.h; 0: not notified),
   without the ledger. The index; 0: no memory. */
uint32_t event_router_write(struct event_router *router,
			    const struct event *event, const struct bond *bond,
			    unsigned int forms);

/* Sends an item that the throttle returned. */
void event_router_push(struct event_router *router,
		       const struct outbox_item *item);

/* Sends the held clears, if notifications are enabled. */
void event_router_release(struct event_router *router);

/*
 * Logs and sends what an earlier process left unsent about the kind, bond and
 * slave of `event`, a raise or clear that is about to be routed; NULL: all that
 * is left. In this order a manager receives the latest state last.
 */
void event_router_send_owed(struct event_router *router,
			    const struct event *event);

/* Makes the event of a ledger entry, as of now. Returns its bond; if that does
   not exist, `stand_in`, filled with what is known of it. */
const struct bond *event_router_event_of(const struct event_router *router,
					 const struct ledger_entry *entry,
					 enum event_type type,
					 struct event *event,
					 struct bond *stand_in);

#endif
