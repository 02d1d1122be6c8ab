/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which findings have held long enough to be reported. Pure: time is an
 * argument (now_ms, CLOCK_MONOTONIC milliseconds), events are returned through
 * a callback.
 *
 *     finding appears          held for its grace
 *  -- ----------------> PENDING ----------------> RAISED  (event: raised)
 *                          | finding gone           |  ^
 *                          v                        v  | finding back
 *                       (forgotten)              CLEARING
 *                                                   | gone for the hold
 *                                                   v
 *                                          (event: cleared, forgotten)
 *
 * Errors: -ENOMEM; the state stays valid.
 */
#ifndef BONDCARRIER_DISCREPANCY_STEP_H
#define BONDCARRIER_DISCREPANCY_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "decision/finding.h"

/* Called for each raise (raised true) and clear, in the order of the list. */
typedef void (*discrepancy_emit)(void *ctx, const struct discrepancy *item,
				 bool raised);

/*
 * Brings `state` up to `findings` at `now_ms`. `bond` gives the grace.
 * `restart`: the graces of pending ones begin anew (the bond went up, a
 * slave joined, an option changed, the agent had lost the kernel).
 */
int discrepancy_step(struct discrepancy_state *state, const struct bond *bond,
		     const struct finding_list *findings,
		     const struct discrepancy_policy *policy, bool restart,
		     int64_t now_ms, discrepancy_emit emit, void *ctx);

/* Clears at once what is of a slave whose link was deleted; 0: everything, the
   bond goes away. */
void discrepancy_step_clear(struct discrepancy_state *state, int slave,
			    discrepancy_emit emit, void *ctx);

#endif
