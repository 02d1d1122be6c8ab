/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Takes up what an earlier life of the agent left in the ledger: before the
 * first judgement what was raised is put as raised; after it is told what
 * managers have not heard, and the clear of what is gone.
 *
 * With the shared state locked.
 */
#ifndef BONDCARRIER_AGENT_RESTORE_H
#define BONDCARRIER_AGENT_RESTORE_H

#include <stdint.h>

#include "state/event_router.h"

/* As monitor_options.first: `model` is a struct shared. */
void restore_put(void *shared, struct bond_set *set, int64_t now_ms);

void restore_tell(struct event_router *logbook);

#endif
