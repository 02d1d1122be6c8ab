/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the bonds of this network namespace up to date: linksock -> tracker ->
 * judge, and the timers between them. Only one thread at a time may call it.
 *
 * Schedule of re-reads:
 *   - 50 ms after an event: its bond, because the kernel sends no event for
 *     part of what changes;
 *   - every second: bonds that are down because LACP has not agreed or ports
 *     are disabled;
 *   - every 5 s: bonds in 802.3ad, bonds that are administratively down or have
 *     such a slave, or a slave in FAIL or BACK, or something pending;
 *   - every `resync_interval_ms`: everything.
 * With `if_stack`, VLANs are read with everything, and when one was added or
 * removed, at most once a second.
 *
 * After an overrun nothing is read until the event socket's queue has been
 * empty, because the kernel drops events until then. If that takes long,
 * everything is read after 1 s, 2 s ... 15 s, and the status stays
 * BOND_SET_RESYNCHRONISING.
 *
 * Ownership: the monitor owns the set; monitor_bonds() lends it. If another
 * thread runs the monitor, read it between lock and unlock.
 * Errors: -errno. If the kernel can't be read, monitor_dispatch() does not
 * fail: the set's status becomes BOND_SET_LOST, and reading is retried with a
 * growing delay of up to 15 s.
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
	bool if_stack;		    /* maintain the set's stack */
	/* Called once, after the first complete read and before the first
	   judgement, with the lock held; may be NULL. Before, the set is
	   empty. */
	void (*first)(void *ctx, struct bond_set *set, int64_t now_ms);
	void *first_ctx;
	/* Called after each judgement, with the lock held, so it must not
	   block; may be NULL. */
	void (*judged)(void *ctx, const struct bond_set *set, int64_t now_ms);
	void *judged_ctx;
	/* Called around every change of the set, but not around dumps and
	   waits. NULL: no other thread reads the set. */
	void (*lock)(void *ctx);
	void (*unlock)(void *ctx);
	void *lock_ctx;
};

struct monitor_counters {
	uint32_t resyncs;     /* bondAgentResyncs */
	uint32_t overruns;    /* bondAgentOverruns */
	uint64_t interrupted; /* dumps discarded because of changes */
	uint64_t malformed;   /* messages and attributes skipped */
	int lost_error;	      /* the errno of the last failed read */
};

/*
 * Opens the sockets: events are queued from now on. The set is empty, and its
 * status BOND_SET_LOST. The first monitor_dispatch(), which is due at once,
 * reads everything; if it fails, later ones retry.
 */
int monitor_open(struct monitor **out, const struct monitor_options *options,
		 int64_t now_ms);
void monitor_close(struct monitor *monitor);

/*
 * 0: everything has been read once. Else the reason why not. -EINPROGRESS: not
 * tried yet; -EAGAIN: links changed during every attempt; -ETIMEDOUT: the
 * kernel did not answer. These errors are transient (monitor_error_passes());
 * any other error may be permanent.
 */
int monitor_begun(const struct monitor *monitor);
bool monitor_error_passes(int err);
/* The text of such an error, or of lost_error: "links change ...". */
const char *monitor_error_text(int err);

/* The caller's loop: poll monitor_fd() for reading until monitor_next_ms(),
   then call monitor_dispatch(). The descriptor may change between calls; -1: no
   events can be received for now. */
int monitor_fd(const struct monitor *monitor);
int64_t monitor_next_ms(const struct monitor *monitor);
int monitor_dispatch(struct monitor *monitor, int64_t now_ms);

/*
 * Reads the LACP counters of the slaves of all 802.3ad bonds that were read
 * since the last call. Call it after a dispatch, and only to show the counters:
 * no judgement depends on them. If a slave's counters can't be read, none is
 * present.
 */
void monitor_read_lacp_stats(struct monitor *monitor);

const struct bond_set *monitor_bonds(const struct monitor *monitor);
struct monitor_counters monitor_counters(const struct monitor *monitor);

/*
 * Changes the policy, filter and interval (SIGHUP, a SET); everything is read
 * again. Only for the thread that runs the monitor.
 */
void monitor_configure(struct monitor *monitor,
		       const struct judge_policy *policy,
		       const struct tracker_filter *filter,
		       int64_t resync_interval_ms);
/* Turns maintenance of the set's stack on or off; call it before
   monitor_configure(). */
void monitor_want_stack(struct monitor *monitor, bool wanted);

#endif
