/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Takes notifications from the shared state for a sender: to the master agent
 * (agentx_notify.h) or to trap sinks (trap_sinks.h). Locks the shared state
 * briefly. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_AGENT_DELIVERY_H
#define BONDCARRIER_AGENT_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"

enum delivery {
	DELIVERY_DONE,	  /* acknowledged */
	DELIVERY_REFUSED, /* a retry would be refused again */
	DELIVERY_NOBODY,  /* no receiver is configured */
};

/*
 * Copies the oldest waiting item, which is in flight then. False: there is
 * none, or `window` are in flight, or it must not be sent before some time, to
 * which `*next_ms` is lowered. `if_link_ms`: before then no linkUp or linkDown
 * is sent, nor what follows it.
 */
bool delivery_take(struct shared *shared, size_t window, int64_t if_link_ms,
		   struct outbox_item *item, int64_t now_ms, int64_t *next_ms);

/* Records the outcome for the item of that id; ignored if it is not in flight.
 */
void delivery_settle(struct shared *shared, uint32_t id, enum delivery how);

#endif
