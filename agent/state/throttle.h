/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Effective-carrier notifications, at most one per interval and bond, and
 * always the final state.
 *
 *     offer --(the last was long ago)--------------> send now
 *       |
 *       +--(the last was just now)--> held --(due)--> send
 *                                      ^ |
 *             a newer one takes its place: the older is suppressed
 *             (so it is by one that is not notified: withdraw)
 *
 * No clock, no I/O. Times are CLOCK_MONOTONIC milliseconds. Not thread-safe.
 */
#ifndef BONDCARRIER_AGENT_THROTTLE_H
#define BONDCARRIER_AGENT_THROTTLE_H

#include <stdbool.h>
#include <stdint.h>

#include "state/outbox.h"

struct throttle;

enum throttle_verdict {
	THROTTLE_SEND, /* the caller sends it, now */
	THROTTLE_HELD, /* throttle_due() will hand it out */
};

/* NULL: no memory. An interval of 0 holds nothing back. */
struct throttle *throttle_new(uint32_t interval_ms);
void throttle_free(struct throttle *throttle);
void throttle_set_interval(struct throttle *throttle, uint32_t interval_ms);

/*
 * What to do with this notification about item->event.bond, in all its forms.
 * `suppressed` gets the held one that it replaces; its index is 0 if there is
 * none. Without memory to hold it, it is to be sent: too many is better than a
 * wrong last word.
 */
enum throttle_verdict throttle_offer(struct throttle *throttle,
				     const struct outbox_item *item,
				     int64_t now_ms,
				     struct outbox_item *suppressed);

/* Hands out one that has been held long enough; false: none. */
bool throttle_due(struct throttle *throttle, int64_t now_ms,
		  struct outbox_item *out);

/*
 * Something newer of this bond is not notified: what is held, if anything is,
 * is no longer the last word, and handed out to be forgotten.
 */
bool throttle_withdraw(struct throttle *throttle, int bond,
		       struct outbox_item *out);

/* The bond goes away: hands out what is held of it, if anything is. */
bool throttle_forget(struct throttle *throttle, int bond,
		     struct outbox_item *out);

/* When throttle_due() next has one; INT64_MAX. */
int64_t throttle_next_ms(const struct throttle *throttle);

#endif
