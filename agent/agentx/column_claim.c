/* SPDX-License-Identifier: BSD-2-Clause */
/* The registration of a column that the master agent serves itself. */
#include "agentx/column_claim.h"

/* Never while an answer is missing, even if `wanted` has changed since. */
static bool has_request(const struct column_claim *claim)
{
	return claim->state ==
	       (claim->wanted ? COLUMN_CLAIM_FREE : COLUMN_CLAIM_REGISTERED);
}

enum column_claim_step column_claim_step(struct column_claim *claim,
					 int64_t now_ms)
{
	if (!has_request(claim) || now_ms < claim->due_ms)
		return COLUMN_CLAIM_NOTHING;
	claim->state = claim->wanted ? COLUMN_CLAIM_REGISTERING
				     : COLUMN_CLAIM_UNREGISTERING;
	return claim->wanted ? COLUMN_CLAIM_REGISTER : COLUMN_CLAIM_UNREGISTER;
}

void column_claim_answered(struct column_claim *claim, bool granted,
			   int64_t now_ms)
{
	bool registering = claim->state == COLUMN_CLAIM_REGISTERING;

	if (!column_claim_is_waiting(claim))
		return;
	claim->state = registering == granted ? COLUMN_CLAIM_REGISTERED
					      : COLUMN_CLAIM_FREE;
	claim->refused = !granted;
	claim->due_ms = granted ? 0 : now_ms + COLUMN_CLAIM_RETRY_MS;
}

void column_claim_reset(struct column_claim *claim)
{
	claim->state = COLUMN_CLAIM_FREE;
	claim->refused = false;
	claim->due_ms = 0;
}

int64_t column_claim_next_ms(const struct column_claim *claim)
{
	return has_request(claim) ? claim->due_ms : INT64_MAX;
}
