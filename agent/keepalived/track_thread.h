/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread that keeps keepalived's track files. Only this thread waits for
 * their disk: the kernel thread passes on what it observes and continues, and
 * SNMP is not involved. Publishes failures in the shared state's `track`, for
 * the log. Errors: -errno.
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

/* Passes on the current bonds. Never waits. */
void track_thread_observe(struct track_thread *thread,
			  const struct bond_set *set, int64_t now_ms);

/* Waits until everything observed was written, or failed; at most that long. */
void track_thread_settle(struct track_thread *thread, int timeout_ms);

/* The files stay as they are. A thread that waits for a hanging disk is left
   behind until the process ends. NULL is fine. */
void track_thread_stop(struct track_thread *thread);

#endif
