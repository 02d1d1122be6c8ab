/* SPDX-License-Identifier: BSD-2-Clause */
/* The master's moods. */
#include "master.h"

#include <string.h>

#define ACK_MS	     3
#define SLOW_MS	     3000
#define TIMEOUT_MS   6000 /* of an answer: the session breaks */
#define RECONNECT_MS 15000

void master_meet(struct master *master, struct shared *shared)
{
	master->shared = shared;
	master->connected = false;
	master->connect_ms = INT64_MIN;
	master->count = 0;
	master->next_ms = INT64_MIN;
}

void master_part(struct master *master)
{
	master->shared = NULL;
	master->count = 0;
	master->connected = false;
	master->next_ms = INT64_MAX;
}

static void hear(struct master *master, struct master_flight *flight)
{
	if (!flight->heard)
		master->heard(master->heard_ctx, &flight->item);
	flight->heard = true;
}

/* One that was deaf or silent for a while goes on with what it has not read or
   answered: the bytes of one connection are read in order, so all of that comes
   before what is sent from now on. */
void master_set_mood(struct master *master, enum master_mood mood)
{
	bool answers = mood == MASTER_GOOD || mood == MASTER_SLOW;
	bool reads = answers || mood == MASTER_SILENT;

	for (size_t i = 0; reads && i < master->count; i++) {
		hear(master, &master->flights[i]);
		if (answers)
			master->flights[i].settle_ms = INT64_MIN;
	}
	master->mood = mood;
	master->next_ms = INT64_MIN;
}

static void disconnect(struct master *master, int64_t now_ms)
{
	master->connected = false;
	master->connect_ms = now_ms + RECONNECT_MS;
	master->count = 0;
	shared_lock(master->shared);
	outbox_recall(master->shared->outbox);
	shared_unlock(master->shared);
}

/* Those behind it keep their order, that of their bytes. */
static void land(struct master *master, size_t at)
{
	master->count--;
	memmove(&master->flights[at], &master->flights[at + 1],
		(master->count - at) * sizeof(master->flights[0]));
}

static void settle(struct master *master, int64_t now_ms)
{
	enum delivery how =
	    master->mood == MASTER_REFUSES ? DELIVERY_REFUSED : DELIVERY_DONE;

	for (size_t i = 0; i < master->count;) {
		struct master_flight flight = master->flights[i];

		if (flight.settle_ms <= now_ms) {
			land(master, i);
			delivery_settle(master->shared, flight.id, how);
			continue;
		}
		if (flight.sent_ms + TIMEOUT_MS <= now_ms) {
			disconnect(master, now_ms);
			return;
		}
		i++;
	}
}

static void send(struct master *master, const struct outbox_item *item,
		 int64_t now_ms)
{
	struct master_flight *flight = &master->flights[master->count++];

	flight->id = item->id;
	flight->sent_ms = now_ms;
	flight->settle_ms = now_ms + ACK_MS;
	if (master->mood == MASTER_SLOW)
		flight->settle_ms = now_ms + SLOW_MS;
	else if (master->mood == MASTER_SILENT || master->mood == MASTER_DEAF)
		flight->settle_ms = INT64_MAX;
	flight->item = *item;
	flight->heard = false;
	if (master->mood != MASTER_DEAF && master->mood != MASTER_REFUSES)
		hear(master, flight);
}

static void look_ahead(struct master *master)
{
	for (size_t i = 0; i < master->count; i++) {
		const struct master_flight *flight = &master->flights[i];
		int64_t at_ms = flight->sent_ms + TIMEOUT_MS;

		if (flight->settle_ms < at_ms)
			at_ms = flight->settle_ms;
		if (at_ms < master->next_ms)
			master->next_ms = at_ms;
	}
}

void master_run(struct master *master, int64_t now_ms)
{
	struct outbox_item item;
	int64_t next_ms = INT64_MAX;

	master->next_ms = INT64_MAX;
	if (!master->shared)
		return;
	if (master->mood == MASTER_GONE) {
		if (master->connected)
			disconnect(master, now_ms);
		return;
	}
	settle(master, now_ms);
	if (!master->connected) {
		if (master->connect_ms > now_ms) {
			master->next_ms = master->connect_ms;
			return;
		}
		master->connected = true;
	}
	while (delivery_take(master->shared, MASTER_WINDOW, 0, &item, now_ms,
			     &next_ms))
		send(master, &item, now_ms);
	master->next_ms = next_ms;
	look_ahead(master);
}
