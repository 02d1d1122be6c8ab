/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A linked FIFO. Items are sent in order, so those in flight always come first,
 * and `waiting` points to the rest.
 */
#include "state/outbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct node {
	struct outbox_item item;
	struct node *next;
};

struct outbox {
	struct node *first;
	struct node *waiting; /* the first that is not in flight */
	struct node *last;
	size_t count;
	size_t in_flight;
	size_t limit;
	uint32_t last_id;
};

struct outbox *outbox_new(size_t limit)
{
	struct outbox *outbox = calloc(1, sizeof(*outbox));

	if (outbox)
		outbox->limit = limit;
	return outbox;
}

void outbox_free(struct outbox *outbox)
{
	if (!outbox)
		return;
	while (outbox->first) {
		struct node *next = outbox->first->next;

		free(outbox->first);
		outbox->first = next;
	}
	free(outbox);
}

/* `before` is the node in front of it, or NULL. */
static void remove_node(struct outbox *outbox, struct node *before,
			struct node *node)
{
	if (before)
		before->next = node->next;
	else
		outbox->first = node->next;
	if (outbox->waiting == node)
		outbox->waiting = node->next;
	if (outbox->last == node)
		outbox->last = before;
	if (node->item.in_flight)
		outbox->in_flight--;
	outbox->count--;
	free(node);
}

static struct node *last_in_flight(const struct outbox *outbox)
{
	struct node *node = NULL;
	struct node *next = outbox->first;

	while (next && next->item.in_flight) {
		node = next;
		next = node->next;
	}
	return node;
}

/* Drops the oldest waiting items until the limit is kept or none is waiting. */
static void drop_surplus(struct outbox *outbox, outbox_dropped dropped,
			 void *ctx)
{
	struct node *before = last_in_flight(outbox);

	while (outbox->count > outbox->limit && outbox->waiting) {
		struct node *node = outbox->waiting;
		uint32_t index = node->item.index;

		remove_node(outbox, before, node);
		if (dropped)
			dropped(ctx, index);
	}
}

void outbox_item_fill(struct outbox_item *item, uint32_t index,
		      const struct event *event, const struct bond *bond,
		      int64_t wall_ms)
{
	item->id = 0;
	item->index = index;
	item->forms = OUTBOX_OWN;
	item->event = *event;
	item->wall_ms = wall_ms;
	item->raised = discrepancy_raised(&bond->discrepancies);
	item->bond = *bond;
	item->bond.slaves = NULL;
	item->bond.slave_count = 0;
	item->bond.discrepancies = (struct discrepancy_state){ 0 };
	/* The event's name for it: a clear has the name of its raise. */
	memcpy(item->bond.link.name, event->bond_name,
	       sizeof(item->bond.link.name));
	item->in_flight = false;
}

int outbox_push_item(struct outbox *outbox, const struct outbox_item *item,
		     outbox_dropped dropped, void *ctx)
{
	struct node *node = calloc(1, sizeof(*node));

	if (!node)
		return -ENOMEM;
	if (++outbox->last_id == 0)
		outbox->last_id = 1;
	node->item = *item;
	node->item.id = outbox->last_id;
	node->item.in_flight = false;

	if (outbox->last)
		outbox->last->next = node;
	else
		outbox->first = node;
	outbox->last = node;
	if (!outbox->waiting)
		outbox->waiting = node;
	outbox->count++;
	drop_surplus(outbox, dropped, ctx);
	return 0;
}

const struct outbox_item *outbox_next(struct outbox *outbox, size_t window)
{
	struct node *node = outbox->waiting;

	if (!node || outbox->in_flight >= window)
		return NULL;
	node->item.in_flight = true;
	outbox->in_flight++;
	outbox->waiting = node->next;
	return &node->item;
}

const struct outbox_item *outbox_waiting(const struct outbox *outbox)
{
	return outbox->waiting ? &outbox->waiting->item : NULL;
}

static bool is_of(const struct node *node, uint32_t index)
{
	return node && node->item.index == index;
}

bool outbox_ack(struct outbox *outbox, uint32_t id, struct outbox_acked *acked)
{
	struct node *before = NULL;
	struct node *node = outbox->first;

	while (node && node->item.in_flight) {
		if (node->item.id == id) {
			/* The other forms of the event are its neighbours. */
			acked->index = node->item.index;
			acked->last = !is_of(before, acked->index) &&
				      !is_of(node->next, acked->index);
			remove_node(outbox, before, node);
			return true;
		}
		before = node;
		node = node->next;
	}
	return false;
}

void outbox_recall(struct outbox *outbox)
{
	struct node *node;

	for (node = outbox->first; node != outbox->waiting; node = node->next)
		node->item.in_flight = false;
	outbox->waiting = outbox->first;
	outbox->in_flight = 0;
}

size_t outbox_count(const struct outbox *outbox)
{
	return outbox->count;
}

size_t outbox_in_flight(const struct outbox *outbox)
{
	return outbox->in_flight;
}

void outbox_set_limit(struct outbox *outbox, size_t limit,
		      outbox_dropped dropped, void *ctx)
{
	outbox->limit = limit;
	drop_surplus(outbox, dropped, ctx);
}
