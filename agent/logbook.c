/* SPDX-License-Identifier: BSD-2-Clause */
/* From events to log, ledger and outbox. */
#include "logbook.h"

#include <string.h>

static bool wanted(const struct settings *settings, enum event_type type)
{
	switch (type) {
	case EVENT_EFFECTIVE_UP:
	case EVENT_EFFECTIVE_DOWN:
		return settings->notify.effective;
	case EVENT_DISCREPANCY_RAISED:
	case EVENT_DISCREPANCY_CLEARED:
		return settings->notify.discrepancy;
	case EVENT_ACTIVE_SLAVE_CHANGED:
		return settings->notify.active_slave;
	case EVENT_BOND_ADDED:
	case EVENT_BOND_REMOVED:
	case EVENT_SLAVE_ADDED:
	case EVENT_SLAVE_REMOVED:
	case EVENT_SLAVE_LOWER_UP:
	case EVENT_SLAVE_LOWER_DOWN:
		break;
	}
	return false;
}

void logbook_push(struct logbook *logbook, const struct outbox_item *item)
{
	struct model *model = logbook->model;

	if (outbox_push_item(model->outbox, item, model_dropped, model) < 0)
		model_dropped(model, item->index);
	model->work = true;
}

static bool is_effective(enum event_type type)
{
	return type == EVENT_EFFECTIVE_UP || type == EVENT_EFFECTIVE_DOWN;
}

/* What the throttle held, unless the index is 0: a newer one is the truth. */
static void suppress(struct model *model, uint32_t index)
{
	if (!index)
		return;
	model->counters.suppressed++;
	event_log_set_fate(model->events, index, EVENT_FATE_SUPPRESSED);
}

/* The throttle's word on an effective-carrier notification. */
static bool may_go(struct logbook *logbook, const struct outbox_item *item)
{
	enum throttle_verdict verdict;
	uint32_t suppressed;

	if (!is_effective(item->event.type))
		return true;
	verdict = throttle_offer(logbook->throttle, item, item->event.at_ms,
				 &suppressed);
	suppress(logbook->model, suppressed);
	return verdict == THROTTLE_SEND;
}

static uint32_t append(struct logbook *logbook, const struct event *event,
		       int64_t wall_ms, bool notify)
{
	struct model *model = logbook->model;
	uint32_t index = 0;

	if (event_log_append(model->events, event, wall_ms,
			     notify ? EVENT_FATE_QUEUED
				    : EVENT_FATE_NOT_APPLICABLE,
			     &index) < 0) {
		model->counters.dropped += notify;
		return 0;
	}
	model->unsaved = true;
	return index;
}

static void send(struct logbook *logbook, uint32_t index,
		 const struct event *event, const struct bond *bond,
		 int64_t wall_ms)
{
	struct outbox_item item;

	outbox_item_fill(&item, index, event, bond, wall_ms);
	if (may_go(logbook, &item))
		logbook_push(logbook, &item);
}

static int64_t wall_ms_of(struct logbook *logbook, const struct event *event)
{
	if (!logbook->wall_ms || event->at_ms != logbook->at_ms) {
		logbook->at_ms = event->at_ms;
		logbook->wall_ms = model_wall_ms();
	}
	return logbook->wall_ms;
}

uint32_t logbook_write(struct logbook *logbook, const struct event *event,
		       const struct bond *bond, bool notify)
{
	int64_t wall_ms = wall_ms_of(logbook, event);
	uint32_t index = append(logbook, event, wall_ms, notify);

	if (index && notify)
		send(logbook, index, event, bond, wall_ms);
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

static void on_raised(struct logbook *logbook, const struct event *event,
		      const struct bond *bond, bool notify)
{
	struct model *model = logbook->model;
	int64_t wall_ms = wall_ms_of(logbook, event);
	uint32_t index = append(logbook, event, wall_ms, notify);

	/* Before it is sent, which may drop it at once. */
	if (index &&
	    ledger_raised(&model->ledger, event,
			  since_wall_ms(bond, event, wall_ms), index,
			  notify) < 0 &&
	    notify)
		model_dropped(model, index);
	else if (index && notify) {
		model->awaited = true;
		send(logbook, index, event, bond, wall_ms);
	}
}

static void on_cleared(struct logbook *logbook, const struct event *event,
		       const struct bond *bond)
{
	struct model *model = logbook->model;
	bool owed = ledger_owes_clear(&model->ledger, event);
	bool notify = owed && model->control.notifications_enabled;
	int64_t wall_ms = wall_ms_of(logbook, event);
	uint32_t index = append(logbook, event, wall_ms, notify);

	ledger_cleared(&model->ledger, event, index, owed && !notify);
	model->unsaved = true;
	if (index && notify)
		send(logbook, index, event, bond, wall_ms);
}

void logbook_event(struct logbook *logbook, const struct settings *settings,
		   const struct event *event, const struct bond *bond)
{
	bool notify = logbook->model->control.notifications_enabled &&
		      wanted(settings, event->type);
	struct outbox_item item;

	if (event->type == EVENT_BOND_REMOVED &&
	    throttle_forget(logbook->throttle, event->bond, &item))
		logbook_push(logbook, &item);
	if (is_effective(event->type) && !notify)
		suppress(logbook->model,
			 throttle_withdraw(logbook->throttle, event->bond));
	if (event->type == EVENT_DISCREPANCY_RAISED)
		on_raised(logbook, event, bond, notify);
	else if (event->type == EVENT_DISCREPANCY_CLEARED)
		on_cleared(logbook, event, bond);
	else
		logbook_write(logbook, event, bond, notify);
}

/* After a reboot the number may be another bond's. */
static const struct bond *bond_of(const struct logbook *logbook,
				  const struct ledger_entry *entry,
				  struct bond *stand_in)
{
	const struct bond_set *set = logbook->model->bonds;
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

const struct bond *logbook_event_of(const struct logbook *logbook,
				    const struct ledger_entry *entry,
				    enum event_type type, struct event *event,
				    struct bond *stand_in)
{
	const struct bond *bond = bond_of(logbook, entry, stand_in);
	struct event_sink sink = { .emit = keep_event, .ctx = event };

	event_emit(&sink, bond, type, entry->kind, entry->slave,
		   entry->slave_name, model_now_ms());
	return bond;
}

void logbook_release(struct logbook *logbook)
{
	struct model *model = logbook->model;
	struct ledger_entry *held;

	while (model->control.notifications_enabled &&
	       (held = ledger_held(&model->ledger))) {
		const struct event_log_entry *row =
		    event_log_find(model->events, held->clear_index);
		int64_t wall_ms = row ? row->wall_ms : model_wall_ms();
		const struct bond *bond;
		struct bond stand_in;
		struct event event;

		held->held = false;
		bond =
		    logbook_event_of(logbook, held, EVENT_DISCREPANCY_CLEARED,
				     &event, &stand_in);
		if (row)
			event = row->event;
		event_log_set_fate(model->events, held->clear_index,
				   EVENT_FATE_QUEUED);
		send(logbook, held->clear_index, &event, bond, wall_ms);
	}
}
