/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A growing array of link events: the result of a dump. Ownership: the caller
 * frees a batch with link_batch_fini(). Errors: -ENOMEM; the batch is
 * unchanged.
 */
#ifndef BONDCARRIER_LINK_BATCH_H
#define BONDCARRIER_LINK_BATCH_H

#include <stddef.h>

#include "base/pairs.h"
#include "netlink/linkmsg.h"

/* Bonds, slaves and lower devices, or VLANs. */
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
/* Adds (ifindex, position) of the events from position `from` on to an index;
   -ENOMEM. */
int link_batch_index(const struct link_batch *batch, size_t from,
		     struct pairs *index);

#endif
