/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decides when findings have held long enough to be raised, and been gone long
 * enough to be cleared. Pure: time is an argument (now_ms, CLOCK_MONOTONIC
 * milliseconds), and raises and clears go to a callback.
 *
 *     finding appears          held for its grace
 *  -- ----------------> PENDING ----------------> RAISED  (event: raised)
 *                          | finding gone           |  ^
 *                          v                        v  | finding back
 *                       (removed)                CLEARING
 *                                                   | gone for the hold
 *                                                   v
 *                                          (event: cleared, removed)
 *
 * Names may change hands, and whoever hears of the events tells raises apart
 * by names: over a whole set, old names are left before any is taken.
 *
 * Errors: -ENOMEM; the state stays valid.
 */
#ifndef BONDCARRIER_DISCREPANCY_STEP_H
#define BONDCARRIER_DISCREPANCY_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "decision/finding.h"

/* Called for each raise (`raised`) and each clear, in the order of the list;
   clears under old names come first. */
typedef void (*discrepancy_emit)(void *ctx, const struct discrepancy *item,
				 bool raised);

/*
 * Updates `state` with the findings at `now_ms`. `bond` gives the graces and
 * the names. `restart`: restart the graces of pending items (the bond went up,
 * a slave joined, an option changed, the kernel could not be read).
 */
int discrepancy_step(struct discrepancy_state *state, const struct bond *bond,
		     const struct finding_list *findings,
		     const struct discrepancy_policy *policy, bool restart,
		     int64_t now_ms, discrepancy_emit emit, void *ctx);

/*
 * Clears what was raised under a name that the bond or slave no longer has, or
 * that another slave has now, and items of deleted links. Call it for every
 * bond before discrepancy_step() of any.
 */
void discrepancy_step_leave_names(struct discrepancy_state *state,
				  const struct bond *bond,
				  discrepancy_emit emit, void *ctx);
/* Raises what of these is not over again, under the new names: after the step,
   or without one where the finding is unknown. */
void discrepancy_step_take_names(struct discrepancy_state *state,
				 const struct bond *bond, discrepancy_emit emit,
				 void *ctx);

/* Removes all items of a slave whose link was deleted, without a hold, and
   clears the raised ones; slave 0: all items, for a bond that is removed. */
void discrepancy_step_clear(struct discrepancy_state *state, int slave,
			    discrepancy_emit emit, void *ctx);

#endif
