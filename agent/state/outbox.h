/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications to send: a bounded FIFO of events with a copy of the bond, each
 * kept until the receiver has acknowledged it.
 *
 *     push -> [waiting] -> outbox_next -> [in flight] -> outbox_ack -> removed
 *                 ^                            |
 *                 +------- outbox_recall ------+   (the connection broke)
 *
 * Overflow drops the oldest waiting item. Order is kept. An event with several
 * forms is pushed once for each, one after the other.
 *
 * Owns copies of its items. Not thread-safe: the owner locks. Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_AGENT_OUTBOX_H
#define BONDCARRIER_AGENT_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"
#include "bond/event.h"

/* The forms in which an event is sent: bits. */
#define OUTBOX_OWN     0x1U /* the notification of BOND-CARRIER-MIB */
#define OUTBOX_IF_LINK 0x2U /* IF-MIB's linkUp or linkDown */

struct outbox_item {
	uint32_t id;	    /* assigned by the outbox; not 0 */
	uint32_t index;	    /* of the event log */
	unsigned int forms; /* in the outbox: exactly one */
	struct event event;
	struct bond bond;    /* as it was; without slaves and discrepancies */
	unsigned int raised; /* its DISCREPANCY_BITs, as they were */
	int64_t wall_ms;
	bool in_flight;
};

struct outbox;

struct outbox *outbox_new(size_t limit);
void outbox_free(struct outbox *outbox);

/* Called for an item that is dropped because the outbox is full. */
typedef void (*outbox_dropped)(void *ctx, uint32_t index);

/* Fills an item in the own form with copies of event and bond. */
void outbox_item_fill(struct outbox_item *item, uint32_t index,
		      const struct event *event, const struct bond *bond,
		      int64_t wall_ms);

/* Appends a copy of the item. */
int outbox_push_item(struct outbox *outbox, const struct outbox_item *item,
		     outbox_dropped dropped, void *ctx);

/* The oldest waiting item, now in flight; NULL: none, or `window` are in
   flight. Valid until the next call that changes the outbox. */
const struct outbox_item *outbox_next(struct outbox *outbox, size_t window);

/* The oldest waiting item, which stays waiting; NULL: none. */
const struct outbox_item *outbox_waiting(const struct outbox *outbox);

struct outbox_acked {
	uint32_t index; /* of the event log */
	bool last;	/* no other form of that event is left */
};

/* Acknowledges an item. False: it was not in flight. */
bool outbox_ack(struct outbox *outbox, uint32_t id, struct outbox_acked *acked);

/* Returns all in flight to waiting, in order. */
void outbox_recall(struct outbox *outbox);

/* The number of notifications that the item stands for. */
static inline unsigned int outbox_forms(const struct outbox_item *item)
{
	return !!(item->forms & OUTBOX_OWN) + !!(item->forms & OUTBOX_IF_LINK);
}

size_t outbox_count(const struct outbox *outbox); /* waiting and in flight */
size_t outbox_in_flight(const struct outbox *outbox);

/* Drops the oldest beyond the limit. */
void outbox_set_limit(struct outbox *outbox, size_t limit,
		      outbox_dropped dropped, void *ctx);

#endif
