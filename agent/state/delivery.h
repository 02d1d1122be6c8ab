/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifications between the shared state and who sends them: to the master
 * agent (notify.h), or to sinks (sinks.h). Locks the shared state for moments.
 */
#ifndef BONDCARRIER_AGENT_DELIVERY_H
#define BONDCARRIER_AGENT_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"

enum delivery {
	DELIVERY_DONE,	  /* taken by who it is for */
	DELIVERY_REFUSED, /* and will be each time */
	DELIVERY_NOBODY,  /* there is nobody whom it is for */
};

/*
 * A copy of the oldest that waits, now in flight. False: there is none, or
 * `window` are in flight, or it may not leave before `*next_ms`, which is set
 * to that time. `if_link_ms`: before that no linkUp or linkDown may leave, nor
 * what waits behind it.
 */
bool delivery_take(struct shared *shared, size_t window, int64_t if_link_ms,
		   struct outbox_item *item, int64_t now_ms, int64_t *next_ms);

/* What became of the item of that id; nothing, if it is not in flight. */
void delivery_settle(struct shared *shared, uint32_t id, enum delivery how);

#endif
