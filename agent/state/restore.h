/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Takes up what an earlier process of the agent left in the ledger: before the
 * first judgement its raises are applied to the bonds; after that managers are
 * sent what they have not acknowledged, and the clears of what is gone.
 *
 * With the shared state locked. `now_ms` is CLOCK_MONOTONIC.
 */
#ifndef BONDCARRIER_AGENT_RESTORE_H
#define BONDCARRIER_AGENT_RESTORE_H

#include <stdint.h>

#include "state/event_router.h"

/* For monitor_options.first: `shared` is a struct shared. */
void restore_apply(void *shared, struct bond_set *set, int64_t now_ms);

void restore_send(struct event_router *router);

#endif
