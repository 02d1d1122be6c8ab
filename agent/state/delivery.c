/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications between the shared state and who sends them. */
#include "state/delivery.h"

/* How long a raise waits for the state file. */
#define SAVING_MS 1000

/* A raise leaves when the state file knows of it: its clear must not be lost
   if we are killed. But a disk that hangs holds nothing up for long. */
static bool unsaved(const struct shared *shared, const struct outbox_item *item,
		    int64_t now_ms, int64_t *next_ms)
{
	int64_t until_ms;

	if (!item || item->event.type != EVENT_DISCREPANCY_RAISED ||
	    shared->store_fd < 0 || item->index <= shared->saved_index)
		return false;
	until_ms = item->event.at_ms + SAVING_MS;
	if (until_ms <= now_ms)
		return false;
	*next_ms = until_ms;
	return true;
}

static bool too_early(const struct outbox_item *item, int64_t if_link_ms,
		      int64_t now_ms, int64_t *next_ms)
{
	if (!item || item->forms != OUTBOX_IF_LINK || if_link_ms <= now_ms)
		return false;
	*next_ms = if_link_ms;
	return true;
}

bool delivery_take(struct shared *shared, size_t window, int64_t if_link_ms,
		   struct outbox_item *item, int64_t now_ms, int64_t *next_ms)
{
	const struct outbox_item *next = NULL;
	const struct outbox_item *first;

	shared_lock(shared);
	first = outbox_waiting(shared->outbox);
	if (!unsaved(shared, first, now_ms, next_ms) &&
	    !too_early(first, if_link_ms, now_ms, next_ms))
		next = outbox_next(shared->outbox, window);
	if (next)
		*item = *next;
	shared_unlock(shared);
	return next != NULL;
}

/* The row has one fate for all forms of its event: what was dropped stays so,
   and else the last that ends decides. */
static void set_fate(struct shared *shared, const struct outbox_acked *acked,
		     enum event_fate fate)
{
	const struct event_log_entry *row =
	    event_log_find(shared->events, acked->index);

	if (row && acked->last && row->fate == EVENT_FATE_QUEUED)
		event_log_set_fate(shared->events, acked->index, fate);
}

void delivery_settle(struct shared *shared, uint32_t id, enum delivery how)
{
	struct outbox_acked acked;
	uint64_t revision;
	bool changed;

	shared_lock(shared);
	if (!outbox_ack(shared->outbox, id, &acked)) {
		shared_unlock(shared);
		return;
	}
	revision = shared->ledger.revision;
	switch (how) {
	case DELIVERY_DONE:
		shared->counters.sent++;
		set_fate(shared, &acked, EVENT_FATE_ACKNOWLEDGED);
		ledger_acknowledged(&shared->ledger, acked.index);
		break;
	case DELIVERY_REFUSED:
		shared_dropped(shared, acked.index);
		break;
	case DELIVERY_NOBODY:
		set_fate(shared, &acked, EVENT_FATE_NOT_APPLICABLE);
		ledger_dropped(&shared->ledger, acked.index);
		break;
	}
	changed = shared->ledger.revision != revision;
	shared_unlock(shared);
	if (changed)
		shared_save(shared);
}
