/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registration of a column with a master agent that serves that column
 * itself: whether it is wanted, what the master answered, and what to request
 * next.
 *
 *          Register                  granted
 *     free ----------> registering ----------> registered
 *      ^  <----------------                        |
 *      |    refused: retried after                 | Unregister
 *      |    COLUMN_CLAIM_RETRY_MS                  v
 *      +----------------------------------- unregistering
 *                     granted
 *
 * Pure: time is an argument, in milliseconds.
 */
#ifndef BONDCARRIER_AGENT_COLUMN_CLAIM_H
#define BONDCARRIER_AGENT_COLUMN_CLAIM_H

#include <stdbool.h>
#include <stdint.h>

#define COLUMN_CLAIM_RETRY_MS 15000

enum column_claim_state {
	COLUMN_CLAIM_FREE,
	COLUMN_CLAIM_REGISTERING,
	COLUMN_CLAIM_REGISTERED,
	COLUMN_CLAIM_UNREGISTERING,
};

/* What the caller must request now. */
enum column_claim_step {
	COLUMN_CLAIM_NOTHING,
	COLUMN_CLAIM_REGISTER,
	COLUMN_CLAIM_UNREGISTER,
};

/* All zero: neither wanted nor registered. */
struct column_claim {
	enum column_claim_state state;
	bool wanted;	/* set by the caller */
	bool refused;	/* by the last answer */
	int64_t due_ms; /* no request before then */
};

/* The request to send now, after which an answer is expected. */
enum column_claim_step column_claim_step(struct column_claim *claim,
					 int64_t now_ms);

/* The answer. A refused Unregister leaves the column registered, so pass
   granted if the master doesn't know the registration. */
void column_claim_answered(struct column_claim *claim, bool granted,
			   int64_t now_ms);

/* The session ended: nothing is registered, and no answer will come. */
void column_claim_reset(struct column_claim *claim);

/* When column_claim_step() is due; INT64_MAX: not before an answer, a reset or
   a change of `wanted`. */
int64_t column_claim_next_ms(const struct column_claim *claim);

static inline bool column_claim_is_waiting(const struct column_claim *claim)
{
	return claim->state == COLUMN_CLAIM_REGISTERING ||
	       claim->state == COLUMN_CLAIM_UNREGISTERING;
}

#endif
