/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Watches the bonds of this network namespace: linksock -> tracker -> judge,
 * and the timers between them. One thread at a time may call it.
 *
 * Schedule: after an event its bond is re-read once within 50 ms (the kernel
 * is silent about parts of what changed); every 5 s the bonds that are
 * 802.3ad, are or have a slave that is administratively down, have a slave
 * in FAIL or BACK, or have something pending, every second those that are down
 * for want of LACP or of enabled ports; every `resync_interval_ms` all.
 * With `if_stack` the VLANs too are read, with all, and once a second at most
 * when one has come or gone.
 *
 * After an overrun nothing is read until the event socket's queue has been
 * empty, since the kernel drops events until then; but everything is after 1 s,
 * 2 s ... 15 s, and then the status stays BOND_SET_RESYNCHRONISING.
 *
 * Ownership: the monitor owns the set; monitor_bonds() lends it, to be read
 * between lock and unlock where another thread runs the monitor.
 * Errors: -errno. A kernel that can't be read is no error of
 * monitor_dispatch(): the set's status says BOND_SET_LOST, and it is tried
 * again with a growing delay up to 15 s.
 */
#ifndef BONDCARRIER_MONITOR_H
#define BONDCARRIER_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"
#include "decision/judge.h"
#include "netlink/linksock.h"
#include "sync/tracker.h"

struct monitor;

struct monitor_options {
	struct linksock_options linksock;
	struct judge_policy policy;
	struct tracker_filter filter;
	struct event_sink sink;
	int64_t resync_interval_ms; /* 0: 60000 */
	bool if_stack;		    /* keep the set's stack up to date */
	/* Once, when everything has been read for the first time and nothing
	   has been judged; NULL. Locked. Until then the set is empty. */
	void (*first)(void *ctx, struct bond_set *set, int64_t now_ms);
	void *first_ctx;
	/* After each judging, with all carriers as they are now; NULL. Locked:
	   it must not wait. */
	void (*judged)(void *ctx, const struct bond_set *set, int64_t now_ms);
	void *judged_ctx;
	/* Around every change of the set; dumps and waiting are outside.
	   NULL: nobody else reads it. */
	void (*lock)(void *ctx);
	void (*unlock)(void *ctx);
	void *lock_ctx;
};

/* bondAgentResyncs, bondAgentOverruns; and details for the log */
struct monitor_counters {
	uint32_t resyncs;
	uint32_t overruns;
	uint64_t interrupted; /* dumps thrown away, since changes met them */
	uint64_t malformed;   /* messages skipped, attributes refused */
	int lost_error; /* the errno for which it could not be read last */
};

/*
 * Opens the sockets: events are received from now on. The set is empty and
 * BOND_SET_LOST: the first monitor_dispatch(), due at once, reads everything;
 * if it fails, the following ones try again.
 */
int monitor_open(struct monitor **out, const struct monitor_options *options,
		 int64_t now_ms);
void monitor_close(struct monitor *monitor);

/*
 * 0: everything has been read once. Else the reason why not: -EINPROGRESS, it
 * has not been tried; -EAGAIN, links changed during every attempt; -ETIMEDOUT,
 * the kernel did not answer. These pass. Any other error may not.
 */
int monitor_begun(const struct monitor *monitor);
bool monitor_error_passes(int err);
/* An error of that kind, or of BOND_SET_LOST, in words: "links change ...". */
const char *monitor_error_text(int err);

/* Poll this for reading (it may be another one next time, or -1: no events
   can be received for now) ... */
int monitor_fd(const struct monitor *monitor);
/* ... until this time, */
int64_t monitor_next_ms(const struct monitor *monitor);
/* then call this. */
int monitor_dispatch(struct monitor *monitor, int64_t now_ms);

/*
 * Asks the kernel for the LACP counters of the slaves of the 802.3ad bonds that
 * were read since the last call. A caller that shows them does so after a
 * dispatch: no judgement depends on them, so none waits for them. A slave whose
 * counters can't be read has none present.
 */
void monitor_read_lacp_stats(struct monitor *monitor);

const struct bond_set *monitor_bonds(const struct monitor *monitor);
struct monitor_counters monitor_counters(const struct monitor *monitor);

/*
 * Another policy, filter or interval from now on (SIGHUP, a SET); everything
 * is read again. To be called by the thread that runs the monitor.
 */
void monitor_configure(struct monitor *monitor,
		       const struct judge_policy *policy,
		       const struct tracker_filter *filter,
		       int64_t resync_interval_ms);
/* Whether the set's stack is kept up to date; call it before
   monitor_configure(). */
void monitor_want_stack(struct monitor *monitor, bool wanted);

#endif
