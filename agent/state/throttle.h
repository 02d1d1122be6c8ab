/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Limits effective-carrier notifications to one per interval and bond; the
 * final state is always sent.
 *
 *     offer --(the last was long ago)--------> SEND
 *       |
 *       +--(the last was just now)--> HELD --(due)--> send
 *                                      ^ |
 *             a newer one replaces it: the older is suppressed (also by one
 *             that is not notified: withdraw)
 *
 * Pure. Times are CLOCK_MONOTONIC milliseconds. Not thread-safe.
 */
#ifndef BONDCARRIER_AGENT_THROTTLE_H
#define BONDCARRIER_AGENT_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "state/outbox.h"

struct throttle;

enum throttle_verdict {
	THROTTLE_SEND, /* the caller sends it now */
	THROTTLE_HELD, /* throttle_due() returns it later */
};

/* NULL: no memory. An interval of 0 holds nothing back. */
struct throttle *throttle_new(uint32_t interval_ms);
void throttle_free(struct throttle *throttle);
void throttle_set_interval(struct throttle *throttle, uint32_t interval_ms);

/*
 * What to do with this notification about item->event.bond, in all its forms.
 * `suppressed` gets the held one that it replaces; index 0: none. Without
 * memory to hold it, it is sent: one too many is better than a wrong final
 * state.
 */
enum throttle_verdict throttle_offer(struct throttle *throttle,
				     const struct outbox_item *item,
				     int64_t now_ms,
				     struct outbox_item *suppressed);

/* Returns one that has been held long enough; false: none. */
bool throttle_due(struct throttle *throttle, int64_t now_ms,
		  struct outbox_item *out);

/* A newer event of this bond is not notified, so a held one is out of date, and
   returned in `out`. False: none is held. */
bool throttle_withdraw(struct throttle *throttle, int bond,
		       struct outbox_item *out);

/* The bond is removed: returns its held one, to be sent now. False: none. */
bool throttle_forget(struct throttle *throttle, int bond,
		     struct outbox_item *out);

/* When throttle_due() has one; INT64_MAX: never. */
int64_t throttle_next_ms(const struct throttle *throttle);

#endif
