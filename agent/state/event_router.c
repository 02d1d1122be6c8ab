/* SPDX-License-Identifier: BSD-2-Clause */
/* Passes events to the log, the ledger and the outbox. */
#include "state/event_router.h"
#include "base/clock.h"

#include <string.h>

static unsigned int own(bool wanted)
{
	return wanted ? OUTBOX_OWN : 0;
}

/* The forms to notify it in; 0: it is not notified. */
static unsigned int wanted(const struct settings *settings,
			   enum event_type type)
{
	switch (type) {
	case EVENT_EFFECTIVE_UP:
	case EVENT_EFFECTIVE_DOWN:
		return own(settings->notify.effective) |
		       (settings->notify.if_link ? OUTBOX_IF_LINK : 0);
	case EVENT_DISCREPANCY_RAISED:
	case EVENT_DISCREPANCY_CLEARED:
		return own(settings->notify.discrepancy);
	case EVENT_ACTIVE_SLAVE_CHANGED:
		return own(settings->notify.active_slave);
	case EVENT_BOND_ADDED:
	case EVENT_BOND_REMOVED:
	case EVENT_SLAVE_ADDED:
	case EVENT_SLAVE_REMOVED:
	case EVENT_SLAVE_LOWER_UP:
	case EVENT_SLAVE_LOWER_DOWN:
		break;
	}
	return 0;
}

void event_router_push(struct event_router *router,
		       const struct outbox_item *item)
{
	/* Our own form first: it has more information. */
	static const unsigned int order[] = { OUTBOX_OWN, OUTBOX_IF_LINK };
	struct shared *shared = router->shared;
	struct outbox_item one = *item;

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		one.forms = item->forms & order[i];
		if (one.forms && outbox_push_item(shared->outbox, &one,
						  shared_dropped, shared) < 0)
			shared_dropped(shared, one.index);
	}
	shared->work = true;
}

static bool is_effective(enum event_type type)
{
	return type == EVENT_EFFECTIVE_UP || type == EVENT_EFFECTIVE_DOWN;
}

/* A newer event replaces the item that the throttle held. */
static void suppress(struct shared *shared, const struct outbox_item *item)
{
	shared->counters.suppressed += outbox_forms(item);
	event_log_set_fate(shared->events, item->index, EVENT_FATE_SUPPRESSED);
}

/* The throttle applies to effective-carrier notifications only. */
static bool may_go(struct event_router *router, const struct outbox_item *item)
{
	enum throttle_verdict verdict;
	struct outbox_item suppressed;

	if (!is_effective(item->event.type))
		return true;
	verdict = throttle_offer(router->throttle, item, item->event.at_ms,
				 &suppressed);
	if (suppressed.index)
		suppress(router->shared, &suppressed);
	return verdict == THROTTLE_SEND;
}

static uint32_t append(struct event_router *router, const struct event *event,
		       int64_t wall_ms, unsigned int forms)
{
	const struct outbox_item lost = { .forms = forms };
	struct shared *shared = router->shared;
	uint32_t index = 0;

	if (event_log_append(shared->events, event, wall_ms,
			     forms ? EVENT_FATE_QUEUED
				   : EVENT_FATE_NOT_APPLICABLE,
			     &index) < 0) {
		shared->counters.dropped += outbox_forms(&lost);
		return 0;
	}
	shared->unsaved = true;
	return index;
}

static void send(struct event_router *router, uint32_t index,
		 const struct event *event, const struct bond *bond,
		 int64_t wall_ms, unsigned int forms)
{
	struct outbox_item item;

	outbox_item_fill(&item, index, event, bond, wall_ms);
	item.forms = forms;
	if (may_go(router, &item))
		event_router_push(router, &item);
}

static int64_t wall_ms_of(struct event_router *router,
			  const struct event *event)
{
	if (!router->wall_ms || event->at_ms != router->at_ms) {
		router->at_ms = event->at_ms;
		router->wall_ms = clock_wall_ms();
	}
	return router->wall_ms;
}

uint32_t event_router_write(struct event_router *router,
			    const struct event *event, const struct bond *bond,
			    unsigned int forms)
{
	int64_t wall_ms = wall_ms_of(router, event);
	uint32_t index = append(router, event, wall_ms, forms);

	if (index && forms)
		send(router, index, event, bond, wall_ms, forms);
	return index;
}

static int64_t since_wall_ms(const struct bond *bond, const struct event *event,
			     int64_t wall_ms)
{
	const struct discrepancy_state *state = &bond->discrepancies;

	for (size_t i = 0; i < state->count; i++)
		if (state->items[i].kind == event->kind &&
		    state->items[i].slave == event->slave)
			wall_ms -= event->at_ms - state->items[i].since_ms;
	return wall_ms > 0 ? wall_ms : 0;
}

static void on_raised(struct event_router *router, const struct event *event,
		      const struct bond *bond, bool notify)
{
	struct shared *shared = router->shared;
	int64_t wall_ms = wall_ms_of(router, event);
	uint32_t index;

	event_router_send_owed(router, event);
	index = append(router, event, wall_ms, own(notify));
	/* Before sending it, which may drop it at once. */
	if (index &&
	    ledger_raised(&shared->ledger, event,
			  since_wall_ms(bond, event, wall_ms), index,
			  notify) < 0 &&
	    notify)
		shared_dropped(shared, index);
	else if (index && notify) {
		shared->awaited = true;
		send(router, index, event, bond, wall_ms, OUTBOX_OWN);
	}
}

static void on_cleared(struct event_router *router, const struct event *event,
		       const struct bond *bond)
{
	struct shared *shared = router->shared;
	int64_t wall_ms = wall_ms_of(router, event);
	bool owed, notify;
	uint32_t index;

	event_router_send_owed(router, event);
	owed = ledger_owes_clear(&shared->ledger, event);
	notify = owed && shared->control.notifications_enabled;
	index = append(router, event, wall_ms, own(notify));
	ledger_cleared(&shared->ledger, event, index, owed && !notify);
	shared->unsaved = true;
	if (index && notify)
		send(router, index, event, bond, wall_ms, OUTBOX_OWN);
}

void event_router_event(struct event_router *router,
			const struct settings *settings,
			const struct event *event, const struct bond *bond)
{
	unsigned int forms = router->shared->control.notifications_enabled
				 ? wanted(settings, event->type)
				 : 0;
	struct outbox_item item;

	if (event->type == EVENT_BOND_REMOVED &&
	    throttle_forget(router->throttle, event->bond, &item))
		event_router_push(router, &item);
	if (is_effective(event->type) && !forms &&
	    throttle_withdraw(router->throttle, event->bond, &item))
		suppress(router->shared, &item);
	if (event->type == EVENT_DISCREPANCY_RAISED)
		on_raised(router, event, bond, forms != 0);
	else if (event->type == EVENT_DISCREPANCY_CLEARED)
		on_cleared(router, event, bond);
	else
		event_router_write(router, event, bond, forms);
}

/* After a reboot, the ifindex may be another bond's. */
static const struct bond *bond_of(const struct event_router *router,
				  const struct ledger_entry *entry,
				  struct bond *stand_in)
{
	const struct bond_set *set = router->shared->bonds;
	const struct bond *bond = set ? bond_set_get(set, entry->bond) : NULL;

	if (bond && strcmp(bond->link.name, entry->bond_name) == 0)
		return bond;
	memset(stand_in, 0, sizeof(*stand_in));
	stand_in->link.ifindex = entry->bond;
	memcpy(stand_in->link.name, entry->bond_name,
	       sizeof(stand_in->link.name));
	stand_in->verdict.effective = CARRIER_UNKNOWN;
	stand_in->verdict.reason = CARRIER_REASON_NOT_SYNCHRONISED;
	return stand_in;
}

static void keep_event(void *ctx, const struct event *event,
		       const struct bond *bond)
{
	struct event *out = ctx;

	(void)bond;
	*out = *event;
}

const struct bond *event_router_event_of(const struct event_router *router,
					 const struct ledger_entry *entry,
					 enum event_type type,
					 struct event *event,
					 struct bond *stand_in)
{
	const struct bond *bond = bond_of(router, entry, stand_in);
	struct event_sink sink = { .emit = keep_event, .ctx = event };
	struct discrepancy item = { .kind = entry->kind,
				    .slave = entry->slave };

	memcpy(item.bond_name, entry->bond_name, sizeof(item.bond_name));
	memcpy(item.slave_name, entry->slave_name, sizeof(item.slave_name));
	event_emit_discrepancy(&sink, bond, &item,
			       type == EVENT_DISCREPANCY_RAISED,
			       clock_now_ms());
	return bond;
}

void event_router_release(struct event_router *router)
{
	struct shared *shared = router->shared;
	struct ledger_entry *held;

	while (shared->control.notifications_enabled &&
	       (held = ledger_held(&shared->ledger))) {
		const struct event_log_entry *row =
		    event_log_find(shared->events, held->clear_index);
		int64_t wall_ms = row ? row->wall_ms : clock_wall_ms();
		const struct bond *bond;
		struct bond stand_in;
		struct event event;

		held->held = false;
		bond = event_router_event_of(
		    router, held, EVENT_DISCREPANCY_CLEARED, &event, &stand_in);
		if (row)
			event = row->event;
		event_log_set_fate(shared->events, held->clear_index,
				   EVENT_FATE_QUEUED);
		send(router, held->clear_index, &event, bond, wall_ms,
		     OUTBOX_OWN);
	}
}

/* It is unknown whether a manager received the raise, so it is sent again: at
   least once. */
static void tell(struct event_router *router, struct ledger_entry *entry)
{
	const struct bond *bond;
	struct bond stand_in;
	struct event event;

	if (entry->raise == LEDGER_OWED) {
		bond = event_router_event_of(
		    router, entry, EVENT_DISCREPANCY_RAISED, &event, &stand_in);
		entry->raise_index =
		    event_router_write(router, &event, bond, OUTBOX_OWN);
	}
	if (entry->over) {
		bond = event_router_event_of(router, entry,
					     EVENT_DISCREPANCY_CLEARED, &event,
					     &stand_in);
		entry->clear_index = event_router_write(
		    router, &event, bond,
		    entry->raise == LEDGER_SILENT ? 0 : OUTBOX_OWN);
	}
}

void event_router_send_owed(struct event_router *router,
			    const struct event *event)
{
	struct ledger *ledger = &router->shared->ledger;

	/* Each entry once, even if there is no memory for it. */
	for (size_t left = ledger->count; left > 0; left--) {
		struct ledger_entry *entry = ledger_unsent(ledger, event);
		struct ledger_entry copy;

		if (!entry)
			return;
		copy = *entry;
		ledger_forget(ledger, entry);
		tell(router, &copy);
		if (!copy.over || copy.raise != LEDGER_SILENT)
			(void)ledger_add(ledger, &copy);
	}
}
