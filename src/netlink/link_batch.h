/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A growing array of link events: what a dump found. Ownership: whoever has a
 * batch frees it with link_batch_fini(). Errors: -ENOMEM; it stays as it was.
 */
#ifndef BONDCARRIER_LINK_BATCH_H
#define BONDCARRIER_LINK_BATCH_H

#include <stddef.h>

#include "base/pairs.h"
#include "netlink/linkmsg.h"

/* What a dump found: bonds, their slaves, watched lower devices. */
struct link_batch {
	struct link_event *items;
	size_t count;
	size_t capacity;
};

void link_batch_init(struct link_batch *batch);
void link_batch_clear(struct link_batch *batch);
void link_batch_fini(struct link_batch *batch);
/* Appends a copy; -ENOMEM. */
int link_batch_add(struct link_batch *batch, const struct link_event *event);
/* Adds to an index of ifindexes the places in the batch from that one on;
   -ENOMEM. */
int link_batch_index(const struct link_batch *batch, size_t from,
		     struct pairs *index);

#endif
