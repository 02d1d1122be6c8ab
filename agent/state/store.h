/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the shared state's ledger and last event index in the state file: reads
 * it at the start, and writes it from a thread of its own whenever they change,
 * since a disk may hang. Trouble is no more than that: without the file the
 * agent runs on, and tries again.
 *
 * While it runs, the file's last event is somewhat ahead of the log's, so
 * that not every event is a write, and no index is ever given twice.
 */
#ifndef BONDCARRIER_AGENT_STORE_H
#define BONDCARRIER_AGENT_STORE_H

#include "state/shared.h"

struct store;

/*
 * Fills the shared state from the file of that path, and begins to write it.
 * "": nothing is kept. `*out` may be NULL, which has been logged. -EBUSY,
 * logged too: another process keeps its state there. Before there is a kernel
 * thread.
 */
int store_open(struct store **out, struct shared *shared, const char *path);

/* Writes what is to be written, and ends: after a second at most, also if the
   disk hangs, and then the file stays as it is. When there is no other thread
   any more. NULL is fine. */
void store_close(struct store *store);

#endif
