/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifications between the model and who sends them. */
#include "delivery.h"

/* How long a raise waits for the state file. */
#define SAVING_MS 1000

/* A raise leaves when the state file knows of it: its clear must not be lost
   if we are killed. But a disk that hangs holds nothing up for long. */
static bool unsaved(const struct model *model, const struct outbox_item *item,
		    int64_t now_ms, int64_t *next_ms)
{
	int64_t until_ms;

	if (!item || item->event.type != EVENT_DISCREPANCY_RAISED ||
	    model->store_fd < 0 || item->index <= model->saved_index)
		return false;
	until_ms = item->event.at_ms + SAVING_MS;
	if (until_ms <= now_ms)
		return false;
	*next_ms = until_ms;
	return true;
}

bool delivery_take(struct model *model, size_t window, struct outbox_item *item,
		   int64_t now_ms, int64_t *next_ms)
{
	const struct outbox_item *next = NULL;

	model_lock(model);
	if (!unsaved(model, outbox_waiting(model->outbox), now_ms, next_ms))
		next = outbox_next(model->outbox, window);
	if (next)
		*item = *next;
	model_unlock(model);
	return next != NULL;
}

void delivery_settle(struct model *model, uint32_t index, enum delivery how)
{
	uint64_t revision;
	bool changed;

	model_lock(model);
	if (!outbox_ack(model->outbox, index)) {
		model_unlock(model);
		return;
	}
	revision = model->ledger.revision;
	switch (how) {
	case DELIVERY_DONE:
		model->counters.sent++;
		event_log_set_fate(model->events, index,
				   EVENT_FATE_ACKNOWLEDGED);
		ledger_acknowledged(&model->ledger, index);
		break;
	case DELIVERY_REFUSED:
		model_dropped(model, index);
		break;
	case DELIVERY_NOBODY:
		event_log_set_fate(model->events, index,
				   EVENT_FATE_NOT_APPLICABLE);
		ledger_dropped(&model->ledger, index);
		break;
	}
	changed = model->ledger.revision != revision;
	model_unlock(model);
	if (changed)
		model_save(model);
}
