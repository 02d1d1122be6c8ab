/* SPDX-License-Identifier: BSD-2-Clause */
/* Something that another agent is to leave to us. */
#include "claim.h"

/* With an answer missing nothing is asked, whatever has been wanted since. */
static bool is_to_do(const struct claim *claim)
{
	return claim->state == (claim->wanted ? CLAIM_FREE : CLAIM_HELD);
}

enum claim_step claim_step(struct claim *claim, int64_t now_ms)
{
	if (!is_to_do(claim) || now_ms < claim->due_ms)
		return CLAIM_NOTHING;
	claim->state = claim->wanted ? CLAIM_ASKED : CLAIM_LEAVING;
	return claim->wanted ? CLAIM_TAKE : CLAIM_GIVE_BACK;
}

void claim_answered(struct claim *claim, bool granted, int64_t now_ms)
{
	bool taking = claim->state == CLAIM_ASKED;

	if (!claim_is_waiting(claim))
		return;
	claim->state = taking == granted ? CLAIM_HELD : CLAIM_FREE;
	claim->refused = !granted;
	claim->due_ms = granted ? 0 : now_ms + CLAIM_RETRY_MS;
}

void claim_forget(struct claim *claim)
{
	claim->state = CLAIM_FREE;
	claim->refused = false;
	claim->due_ms = 0;
}

int64_t claim_next_ms(const struct claim *claim)
{
	return is_to_do(claim) ? claim->due_ms : INT64_MAX;
}
