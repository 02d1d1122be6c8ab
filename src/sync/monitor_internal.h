/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the monitor only: monitor.c runs a dispatch,
 * monitor_schedule.c decides what to read and when, monitor_read.c reads it,
 * monitor_stack.c maintains the rows of ifStackTable.
 */
#ifndef BONDCARRIER_MONITOR_INTERNAL_H
#define BONDCARRIER_MONITOR_INTERNAL_H

#include "bond/schedule.h"
#include "sync/filter_sync.h"
#include "sync/monitor.h"

#define MONITOR_BACKOFF_FIRST_MS 100
/* With more bonds, a dump of everything is cheaper than one dump per bond. */
#define MONITOR_REREAD_MAX 16

/* The bonds to re-read now; if more than fit, everything. */
struct monitor_reread {
	int bonds[MONITOR_REREAD_MAX];
	size_t count;
	bool everything;
};

struct monitor {
	struct monitor_options options;
	struct linksock *sock;
	struct bond_set set;
	struct tracker tracker;
	struct filter_sync filter;
	struct link_batch batch; /* reused for all dumps */
	struct monitor_counters counters;
	int64_t resync_at_ms;	  /* when everything is read next */
	int64_t backoff_ms;	  /* the delay after the next failure */
	int64_t events_resume_ms; /* end of the event socket's pause; 0: not
				     paused */
	int64_t event_backoff_ms; /* length of the next pause */
	int64_t congested_ms;	  /* the kernel drops events, and everything is
				     read after this delay; 0: it does not */
	int64_t vlans_at_ms;	  /* when VLANs are read next */
	int64_t vlans_read_ms;	  /* when they were last read */
	bool begun;		  /* everything has been read once */

	/* The current dispatch. */
	struct monitor_reread reread;
	int doubtful_tries;
	int64_t now_ms;
};

/* Held during every change of the set. The monitor's thread, which alone
   changes it, reads it without the lock. */
static inline void monitor_lock(struct monitor *monitor)
{
	if (monitor->options.lock)
		monitor->options.lock(monitor->options.lock_ctx);
}

static inline void monitor_unlock(struct monitor *monitor)
{
	if (monitor->options.unlock)
		monitor->options.unlock(monitor->options.lock_ctx);
}

/* Makes all bonds due, because every judgement depends on the status. Call with
   the lock held. */
static inline void monitor_set_status(struct monitor *monitor,
				      enum bond_set_status status)
{
	if (monitor->set.status == status)
		return;
	monitor->set.status = status;
	schedule_touch_all(&monitor->set);
}

/* After an error or a loss of events nothing is read before resync_at_ms. */
static inline bool monitor_is_waiting(const struct monitor *monitor)
{
	return monitor->congested_ms ||
	       monitor->backoff_ms > MONITOR_BACKOFF_FIRST_MS;
}

/* monitor_schedule.c: decide what this dispatch reads. */
void monitor_want_reread(struct monitor_reread *reread, int ifindex);
void monitor_find_due(struct monitor *monitor);
/* After judging: sets when each bond is due again. Call with the lock held. */
void monitor_set_due(struct monitor *monitor);

/* monitor_read.c: reads the bonds in `reread`, and bonds that must be read
   again before they are judged. True: the kernel was asked. */
bool monitor_reread(struct monitor *monitor);

/* monitor_stack.c: updates the set's stack; call it after all reads. */
void monitor_follow_stack(struct monitor *monitor);

#endif
