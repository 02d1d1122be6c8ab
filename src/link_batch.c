/* SPDX-License-Identifier: BSD-2-Clause */
/* A growing array of link events: what a dump found. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "linksock.h"

void link_batch_init(struct link_batch *batch)
{
	memset(batch, 0, sizeof(*batch));
}

void link_batch_clear(struct link_batch *batch)
{
	batch->count = 0;
}

void link_batch_fini(struct link_batch *batch)
{
	free(batch->items);
	link_batch_init(batch);
}

int link_batch_add(struct link_batch *batch, const struct link_event *event)
{
	if (batch->count == batch->capacity) {
		size_t capacity = batch->capacity ? 2 * batch->capacity : 16;
		struct link_event *items =
		    realloc(batch->items, capacity * sizeof(*items));

		if (!items)
			return -ENOMEM;
		batch->items = items;
		batch->capacity = capacity;
	}
	memcpy(&batch->items[batch->count++], event, sizeof(*event));
	return 0;
}

const struct link_event *link_batch_find(const struct link_batch *batch,
					 int ifindex)
{
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->items[i].link.ifindex == ifindex)
			return &batch->items[i];
	}
	return NULL;
}
