/* SPDX-License-Identifier: BSD-2-Clause */
/* Keeps a list of the bonds with a recent notification. */
#include "state/throttle.h"

#include <stdlib.h>

struct slot {
	int bond;
	int64_t sent_ms;
	struct outbox_item *held; /* NULL: none */
	struct slot *next;
};

struct throttle {
	uint32_t interval_ms;
	struct slot *slots;
};

struct throttle *throttle_new(uint32_t interval_ms)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));

	if (throttle)
		throttle->interval_ms = interval_ms;
	return throttle;
}

/* Removes the slot that `link` points to. */
static void slot_remove(struct slot **link)
{
	struct slot *slot = *link;

	*link = slot->next;
	free(slot->held);
	free(slot);
}

void throttle_free(struct throttle *throttle)
{
	if (!throttle)
		return;
	while (throttle->slots)
		slot_remove(&throttle->slots);
	free(throttle);
}

void throttle_set_interval(struct throttle *throttle, uint32_t interval_ms)
{
	throttle->interval_ms = interval_ms;
}

static struct slot **slot_find(struct throttle *throttle, int bond)
{
	struct slot **link = &throttle->slots;

	while (*link && (*link)->bond != bond)
		link = &(*link)->next;
	return link;
}

static struct slot *slot_add(struct throttle *throttle, int bond)
{
	struct slot *slot = calloc(1, sizeof(*slot));

	if (!slot)
		return NULL;
	slot->bond = bond;
	slot->next = throttle->slots;
	throttle->slots = slot;
	return slot;
}

static bool slot_open(const struct throttle *throttle, const struct slot *slot,
		      int64_t now_ms)
{
	return now_ms - slot->sent_ms >= throttle->interval_ms;
}

/* Moves the held item to `out`. False: none is held. */
static bool slot_release(struct slot *slot, struct outbox_item *out)
{
	if (!slot->held)
		return false;
	*out = *slot->held;
	free(slot->held);
	slot->held = NULL;
	return true;
}

enum throttle_verdict throttle_offer(struct throttle *throttle,
				     const struct outbox_item *item,
				     int64_t now_ms,
				     struct outbox_item *suppressed)
{
	struct slot *slot = *slot_find(throttle, item->event.bond);

	if (!throttle_withdraw(throttle, item->event.bond, suppressed))
		suppressed->index = 0;
	if (slot && !slot_open(throttle, slot, now_ms)) {
		slot->held = malloc(sizeof(*slot->held));
		if (slot->held) {
			*slot->held = *item;
			return THROTTLE_HELD;
		}
	}
	if (!slot)
		slot = slot_add(throttle, item->event.bond);
	if (slot)
		slot->sent_ms = now_ms;
	return THROTTLE_SEND;
}

bool throttle_due(struct throttle *throttle, int64_t now_ms,
		  struct outbox_item *out)
{
	struct slot **link = &throttle->slots;

	while (*link) {
		struct slot *slot = *link;

		if (!slot_open(throttle, slot, now_ms)) {
			link = &slot->next;
		} else if (slot_release(slot, out)) {
			slot->sent_ms = now_ms;
			return true;
		} else {
			slot_remove(link); /* quiet for long enough */
		}
	}
	return false;
}

bool throttle_withdraw(struct throttle *throttle, int bond,
		       struct outbox_item *out)
{
	struct slot *slot = *slot_find(throttle, bond);

	return slot && slot_release(slot, out);
}

bool throttle_forget(struct throttle *throttle, int bond,
		     struct outbox_item *out)
{
	struct slot **link = slot_find(throttle, bond);
	bool held;

	if (!*link)
		return false;
	held = slot_release(*link, out);
	slot_remove(link);
	return held;
}

int64_t throttle_next_ms(const struct throttle *throttle)
{
	int64_t next_ms = INT64_MAX;

	for (const struct slot *slot = throttle->slots; slot;
	     slot = slot->next) {
		int64_t due_ms = slot->sent_ms + throttle->interval_ms;

		if (slot->held && due_ms < next_ms)
			next_ms = due_ms;
	}
	return next_ms;
}
