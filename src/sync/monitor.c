/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a dispatch: receive events, re-read, judge. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bond/schedule.h"
#include "sync/monitor_internal.h"

#define RESYNC_INTERVAL_MS 60000
/* The longest pause of the event socket, which delays events by that much. */
#define EVENT_BACKOFF_LAST_MS 1000
/* After that many tries the next dispatch continues. */
#define CATCH_UP_TRIES 3
/* While the kernel drops events, everything is read after this time. */
#define CONGESTED_FIRST_MS 1000

static void on_event(void *ctx, const struct link_event *event)
{
	struct monitor *monitor = ctx;
	int ifindex = 0;
	enum tracker_need need;

	monitor_lock(monitor);
	need =
	    tracker_event(&monitor->tracker, event, monitor->now_ms, &ifindex);
	monitor_unlock(monitor);
	if (need == TRACKER_NEEDS_NOW)
		monitor_want_reread(&monitor->reread, ifindex);
}

/* For when a pending item may have ended and begun again unseen, or when graces
   have changed. */
static void restart_graces(struct bond_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		set->bonds[i].restart_grace = true;
		schedule_judge(&set->bonds[i]);
	}
}

/* After a persistent error, for example from a security module, the socket
   stays readable. It is not polled for a while; dumps replace the events. */
static void back_off_events(struct monitor *monitor, int err)
{
	if (err >= 0 || err == -ENOBUFS || err == -EINPROGRESS) {
		monitor->events_resume_ms = 0;
		monitor->event_backoff_ms = MONITOR_BACKOFF_FIRST_MS;
		return;
	}
	monitor->events_resume_ms = monitor->now_ms + monitor->event_backoff_ms;
	monitor->event_backoff_ms *= 2;
	if (monitor->event_backoff_ms > EVENT_BACKOFF_LAST_MS)
		monitor->event_backoff_ms = EVENT_BACKOFF_LAST_MS;
}

/*
 * While the kernel drops events, a dump may be out of date before it is
 * applied, and no event corrects it. Reading therefore waits until the queue
 * has been empty, which does not take long since nothing is added to it. If it
 * does, everything is read anyway, to keep values from getting too old.
 */
static void on_loss(struct monitor *monitor, bool dropping)
{
	/* Count each loss once. */
	monitor->counters.overruns += monitor->congested_ms == 0;
	if (monitor->set.status == BOND_SET_SYNCHRONISED)
		monitor_set_status(monitor, BOND_SET_RESYNCHRONISING);
	if (!dropping) {
		monitor->congested_ms = 0;
		monitor->reread.everything = true;
	} else if (monitor->congested_ms == 0) {
		monitor->congested_ms = CONGESTED_FIRST_MS;
		monitor->resync_at_ms = monitor->now_ms + CONGESTED_FIRST_MS;
	}
}

/* on_event() takes the lock for each event, so that the other thread is not
   locked out during a flood. */
static void receive_events(struct monitor *monitor)
{
	bool was_paused = monitor->events_resume_ms != 0;
	int err;

	if (monitor->now_ms < monitor->events_resume_ms) {
		tracker_caught_up(&monitor->tracker);
		return;
	}
	err = linksock_receive(monitor->sock, on_event, monitor);
	back_off_events(monitor, err);
	/* After an error, dumps replace the events. */
	if (err != 1 && err != -EINPROGRESS)
		tracker_caught_up(&monitor->tracker);
	if (err >= 0)
		return;
	monitor_lock(monitor);
	/* After any error, not only ENOBUFS, events may be missing. */
	on_loss(monitor, err == -EINPROGRESS);
	/* Errors that persist cause a full read each time: if that restarted
	   graces, nothing would ever be raised. */
	if (err == -ENOBUFS || (!was_paused && err != -EINPROGRESS))
		restart_graces(&monitor->set);
	monitor_unlock(monitor);
}

/* Reads the events that arrived during a dump. True: the kernel was asked
   again. */
static bool catch_up(struct monitor *monitor)
{
	bool everything = monitor->reread.everything;
	bool asked;

	memset(&monitor->reread, 0, sizeof(monitor->reread));
	receive_events(monitor);
	asked = monitor_reread(monitor);
	monitor->reread.everything |= everything; /* monitor_follow_stack() */
	return asked;
}

int monitor_dispatch(struct monitor *monitor, int64_t now_ms)
{
	const struct linksock_stats *stats = linksock_stats(monitor->sock);
	bool asked;
	int err;

	monitor->now_ms = now_ms;
	monitor->doubtful_tries = 0;
	memset(&monitor->reread, 0, sizeof(monitor->reread));
	/* Reading the set needs no lock: only this thread changes it. */
	receive_events(monitor);
	monitor_find_due(monitor);
	/* Events queued meanwhile may be older than the dump: see
	   tracker_caught_up(). Read them now, not at the next dispatch. */
	asked = monitor_reread(monitor);
	for (int tries = 0; asked && tries < CATCH_UP_TRIES; tries++)
		asked = catch_up(monitor);
	monitor_follow_stack(monitor);

	monitor_lock(monitor);
	err = judge_run(&monitor->set, &monitor->options.policy,
			&monitor->options.sink, now_ms);
	if (monitor->options.judged)
		monitor->options.judged(monitor->options.judged_ctx,
					&monitor->set, now_ms);
	monitor_set_due(monitor);
	monitor->counters.interrupted = stats->interrupted;
	monitor->counters.malformed = stats->malformed + stats->bad_attrs;
	monitor_unlock(monitor);
	return err;
}

static void set_interval(struct monitor *monitor, int64_t resync_interval_ms)
{
	monitor->options.resync_interval_ms =
	    resync_interval_ms > 0 ? resync_interval_ms : RESYNC_INTERVAL_MS;
}

int monitor_open(struct monitor **out, const struct monitor_options *options,
		 int64_t now_ms)
{
	struct monitor *monitor = calloc(1, sizeof(*monitor));
	int err;

	if (!monitor)
		return -ENOMEM;
	monitor->options = *options;
	monitor->backoff_ms = MONITOR_BACKOFF_FIRST_MS;
	monitor->event_backoff_ms = MONITOR_BACKOFF_FIRST_MS;
	set_interval(monitor, options->resync_interval_ms);
	link_batch_init(&monitor->batch);
	bond_set_init(&monitor->set);
	tracker_init(&monitor->tracker, &monitor->set);
	monitor->vlans_at_ms = options->if_stack ? now_ms : INT64_MAX;
	monitor->set.stack.wanted = options->if_stack;
	monitor->tracker.sink = options->sink;
	monitor->tracker.filter = options->filter;
	monitor->resync_at_ms = now_ms;
	err = linksock_open(&monitor->sock, &options->linksock);
	if (err) {
		monitor_close(monitor);
		return err;
	}
	*out = monitor;
	return 0;
}

void monitor_close(struct monitor *monitor)
{
	if (!monitor)
		return;
	linksock_close(monitor->sock);
	filter_sync_fini(&monitor->filter);
	link_batch_fini(&monitor->batch);
	bond_set_fini(&monitor->set);
	free(monitor);
}

int monitor_fd(const struct monitor *monitor)
{
	return monitor->events_resume_ms ? -1 : linksock_fd(monitor->sock);
}

const struct bond_set *monitor_bonds(const struct monitor *monitor)
{
	return &monitor->set;
}

struct monitor_counters monitor_counters(const struct monitor *monitor)
{
	return monitor->counters;
}

void monitor_configure(struct monitor *monitor,
		       const struct judge_policy *policy,
		       const struct tracker_filter *filter,
		       int64_t resync_interval_ms)
{
	monitor_lock(monitor);
	monitor->options.policy = *policy;
	monitor->tracker.filter = *filter;
	set_interval(monitor, resync_interval_ms);
	restart_graces(&monitor->set);
	monitor->resync_at_ms = 0; /* the next dispatch is due now */
	monitor_unlock(monitor);
}
