/* SPDX-License-Identifier: BSD-2-Clause */
/* A growing array of link events. */
#include "netlink/link_batch.h"

#include "base/array.h"

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
	int err = ARRAY_ROOM(batch->items, batch->capacity, batch->count + 1);

	if (err)
		return err;
	memcpy(&batch->items[batch->count++], event, sizeof(*event));
	return 0;
}

int link_batch_index(const struct link_batch *batch, size_t from,
		     struct pairs *index)
{
	int err = pairs_room(index, index->count + batch->count - from);

	for (size_t i = from; i < batch->count && !err; i++)
		err = pairs_add(index, batch->items[i].link.ifindex, (int)i);
	pairs_sort(index);
	return err;
}
