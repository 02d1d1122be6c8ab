/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Something that another agent is to leave to us: whether it is wanted, what
 * the other has answered, and what is to be asked of it next.
 *
 *             take                  granted
 *     free ----------> asked ------------------> held
 *      ^  <----------------                        |
 *      |       refused: once more after            | give back
 *      |       CLAIM_RETRY_MS                      v
 *      +------------------------------------- leaving
 *                     granted
 *
 * Pure: time is an argument, in milliseconds.
 */
#ifndef BONDCARRIER_CLAIM_H
#define BONDCARRIER_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#define CLAIM_RETRY_MS 15000

enum claim_state {
	CLAIM_FREE,
	CLAIM_ASKED,
	CLAIM_HELD,
	CLAIM_LEAVING,
};

/* What the caller has to ask for now. */
enum claim_step {
	CLAIM_NOTHING,
	CLAIM_TAKE,
	CLAIM_GIVE_BACK,
};

/* All zero: neither wanted nor held. */
struct claim {
	enum claim_state state;
	bool wanted;	/* the owner's word */
	bool refused;	/* the last answer */
	int64_t due_ms; /* not to be asked before */
};

/* What is to be asked now; an answer is being waited for then. */
enum claim_step claim_step(struct claim *claim, int64_t now_ms);

/* The answer. What the other refuses to take back stays held, so say granted
   where it knows nothing of it. */
void claim_answered(struct claim *claim, bool granted, int64_t now_ms);

/* The other has forgotten it, and will not answer. */
void claim_forget(struct claim *claim);

/* When claim_step() may have something; INT64_MAX: not before something else
   is called or wanted. */
int64_t claim_next_ms(const struct claim *claim);

static inline bool claim_is_waiting(const struct claim *claim)
{
	return claim->state == CLAIM_ASKED || claim->state == CLAIM_LEAVING;
}

#endif
