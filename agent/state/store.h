/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the ledger and the last event index of the shared state in the state
 * file: reads it at the start, and writes it from a thread of its own when they
 * change, since a disk may hang. Failures are not fatal: the agent runs without
 * the file, and the thread retries.
 *
 * While the agent runs, the last event in the file is ahead of the log's, so
 * that not every event causes a write, and no index is used twice.
 */
#ifndef BONDCARRIER_AGENT_STORE_H
#define BONDCARRIER_AGENT_STORE_H

#include "state/shared.h"

struct store;

/*
 * Fills the shared state from the file at that path, and starts the thread. "":
 * no file is kept. Call before the kernel thread starts. 0, or -EBUSY: another
 * process uses the file. `*out` may be NULL even so: no file is kept. Logs
 * failures.
 */
int store_open(struct store **out, struct shared *shared, const char *path);

/* Writes what is left, and ends the thread; after a second at most, even if the
   disk hangs, and then the file stays as it is. Call when no other thread uses
   the shared state. NULL is fine. */
void store_close(struct store *store);

#endif
