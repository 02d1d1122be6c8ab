/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread that keeps keepalived's track files. It alone waits for their
 * disk: the kernel thread hands it what it observed and goes on, and SNMP is
 * not between the two. Its errors are in the shared state's `track`, for the
 * log.
 *
 * Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_TRACK_THREAD_H
#define BONDCARRIER_AGENT_TRACK_THREAD_H

#include "config/settings.h"
#include "state/shared.h"

struct track_thread;

/* The shared state is borrowed until track_thread_stop(). */
int track_thread_start(struct track_thread **out, struct shared *shared);

/* Folder and delays; the settings are copied. */
void track_thread_configure(struct track_thread *thread,
			    const struct settings *settings);

/* What the bonds are now. Never waits. */
void track_thread_observe(struct track_thread *thread,
			  const struct bond_set *set, int64_t now_ms);

/* Waits until all that was observed is in the files, or was tried: at most
   that long. */
void track_thread_settle(struct track_thread *thread, int timeout_ms);

/* The files stay as they are. One that waits for a hanging disk is left to
   the end of the process. NULL is fine. */
void track_thread_stop(struct track_thread *thread);

#endif
