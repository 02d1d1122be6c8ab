/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the parts of the monitor alone: monitor.c listens and leads,
 * monitor_schedule.c decides what to read and when, monitor_read.c reads it,
 * monitor_stack.c keeps the rows of ifStackTable.
 */
#ifndef BONDCARRIER_MONITOR_INTERNAL_H
#define BONDCARRIER_MONITOR_INTERNAL_H

#include "bond/schedule.h"
#include "sync/filter_sync.h"
#include "sync/monitor.h"

#define MONITOR_BACKOFF_FIRST_MS 100
/* More bonds than these at one time cost less in one dump of everything. */
#define MONITOR_REREAD_MAX 16

/* Bonds to be read again now; with more than fit, everything is. */
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
	struct filter_sync watch;
	struct link_batch batch; /* reused from dump to dump */
	struct monitor_counters counters;
	int64_t resync_at_ms;	  /* or sooner, when a re-read failed */
	int64_t backoff_ms;	  /* of the next failure */
	int64_t events_resume_ms; /* the event socket is left alone until then;
			       0: it is not */
	int64_t event_backoff_ms; /* how long, the next time */
	int64_t congested_ms;	  /* the kernel drops events, and everything is
				     read this much later; 0: it does not */
	int64_t vlans_at_ms;	  /* when VLANs are read next */
	int64_t vlans_read_ms;
	struct monitor_reread reread; /* what this dispatch has found */
	int doubtful_tries;	      /* of this dispatch */
	int64_t now_ms;		      /* likewise */
	bool begun;		      /* everything has been read once */
};

/* Around every change of the set. Reading it needs no lock, since only the
   monitor's thread changes it. */
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

/* Every decision depends on it. Call with the lock. */
static inline void monitor_set_status(struct monitor *monitor,
				      enum bond_set_status status)
{
	if (monitor->set.status == status)
		return;
	monitor->set.status = status;
	schedule_touch_all(&monitor->set);
}

/* After trouble nothing is read before resync_at_ms. */
static inline bool monitor_is_waiting(const struct monitor *monitor)
{
	return monitor->congested_ms ||
	       monitor->backoff_ms > MONITOR_BACKOFF_FIRST_MS;
}

/* monitor_schedule.c: what this dispatch reads, and afterwards, with the lock,
   when each bond is looked at again. */
void monitor_want_reread(struct monitor_reread *reread, int ifindex);
void monitor_find_due(struct monitor *monitor);
void monitor_watch(struct monitor *monitor);

/* monitor_read.c. Reads what was found, and what may not be judged without
   another look. True: the kernel was asked. */
bool monitor_reread(struct monitor *monitor);

/* monitor_stack.c: after the reading. */
void monitor_follow_stack(struct monitor *monitor);

#endif
