/* SPDX-License-Identifier: BSD-2-Clause */
/* A pass of the kernel thread, and the preparation of the first. */
#include "kernel_pass.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "bond/event.h"
#include "state/event_router.h"
#include "state/restore.h"
#include "sync/monitor.h"

/* The delay from a change to writing the state file, unless a notification
   waits for it: together with the re-read that follows, and after everything
   that the change causes. */
#define SAVE_MS TRACKER_REREAD_MS

struct kernel_pass {
	struct shared *shared;
	struct kernel_pass_host host;
	struct monitor *monitor;
	struct event_router router;
	struct settings *settings; /* in force */
	int event_fd;		   /* for monitor_open() */
	uint32_t grace_ms;	   /* in force */
	int64_t save_at_ms;	   /* of the state file; INT64_MAX: never */
	bool read;		   /* the kernel has been read once */

	/* Protected by the shared state's mutex. */
	struct settings *pending;
	bool begun;
};

static void lock(struct kernel_pass *pass)
{
	pass->host.lock(pass->host.ctx);
}

static void unlock(struct kernel_pass *pass)
{
	pass->host.unlock(pass->host.ctx);
}

/* The monitor's sink; the shared state is locked. */
static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct kernel_pass *pass = ctx;

	event_router_event(&pass->router, pass->settings, event, bond);
}

/* The bonds are known now: restores what an earlier process raised about them.
   The shared state is locked. */
static void on_first(void *ctx, struct bond_set *set, int64_t now_ms)
{
	struct kernel_pass *pass = ctx;

	pass->read = true;
	restore_apply(pass->shared, set, now_ms);
}

/* The track files come first, unless the bonds are not known yet. The shared
   state is still locked, so the status is published together with the events.
 */
static void on_judged(void *ctx, const struct bond_set *set, int64_t now_ms)
{
	struct kernel_pass *pass = ctx;
	struct shared *shared = pass->shared;
	int error = monitor_counters(pass->monitor).lost_error;

	if (pass->read)
		pass->host.observe(pass->host.ctx, set, now_ms);
	shared->work |=
	    shared->status != set->status || shared->kernel_error != error;
	shared->status = set->status;
	shared->kernel_error = error;
}

static struct monitor_options options_of(struct kernel_pass *pass)
{
	struct settings *settings = pass->settings;
	struct monitor_options options = {
		.linksock = { .receive_buffer = (int)settings->receive_buffer,
			      .event_fd = pass->event_fd },
		.policy = settings->policy,
		.filter = { .wanted = settings_accepts, .ctx = settings },
		.sink = { .emit = on_event, .ctx = pass },
		.resync_interval_ms =
		    (int64_t)settings->resync_interval_s * 1000,
		.if_stack = settings->standard_tables & SETTINGS_IF_STACK,
		.first = on_first,
		.first_ctx = pass,
		.judged = on_judged,
		.judged_ctx = pass,
		.lock = pass->host.lock,
		.unlock = pass->host.unlock,
		.lock_ctx = pass->host.ctx,
	};

	return options;
}

void kernel_pass_control(struct kernel_pass *pass)
{
	struct shared *shared = pass->shared;
	struct settings *fresh, *old = NULL;
	struct judge_policy policy;
	struct tracker_filter filter;
	uint32_t grace_ms;

	lock(pass);
	fresh = pass->pending;
	pass->pending = NULL;
	grace_ms = shared->control.grace_ms;
	event_router_release(&pass->router);
	if (!fresh && grace_ms == pass->grace_ms) {
		unlock(pass);
		return;
	}
	if (fresh) {
		old = pass->settings;
		pass->settings = fresh;
		throttle_set_interval(pass->router.throttle,
				      fresh->notify_throttle_ms);
	}
	unlock(pass);

	pass->grace_ms = grace_ms;
	policy = pass->settings->policy;
	policy.discrepancy.grace_base_ms = grace_ms;
	filter = (struct tracker_filter){ .wanted = settings_accepts,
					  .ctx = pass->settings };
	monitor_want_stack(pass->monitor,
			   pass->settings->standard_tables & SETTINGS_IF_STACK);
	monitor_configure(pass->monitor, &policy, &filter,
			  (int64_t)pass->settings->resync_interval_s * 1000);
	pass->host.configure(pass->host.ctx, pass->settings);
	settings_free(old);
}

/* True if the state file must be written now. The shared state is locked. */
static bool is_to_save(struct kernel_pass *pass, int64_t now_ms)
{
	struct shared *shared = pass->shared;

	if (shared->awaited)
		pass->save_at_ms = now_ms;
	else if (shared->unsaved && pass->save_at_ms == INT64_MAX)
		pass->save_at_ms = now_ms + SAVE_MS;
	shared->awaited = false;
	shared->unsaved = false;
	if (pass->save_at_ms > now_ms)
		return false;
	pass->save_at_ms = INT64_MAX;
	return true;
}

/* After a dispatch: publishes the counters, and sends what the throttle has
   held long enough. */
static void publish(struct kernel_pass *pass, int64_t now_ms)
{
	struct shared *shared = pass->shared;
	struct monitor_counters counters = monitor_counters(pass->monitor);
	struct outbox_item item;

	lock(pass);
	shared->beat_ms = now_ms;
	shared->counters.resyncs = counters.resyncs;
	shared->counters.overruns = counters.overruns;
	shared->counters.interrupted = counters.interrupted;
	shared->counters.malformed = counters.malformed;
	while (throttle_due(pass->router.throttle, now_ms, &item))
		event_router_push(&pass->router, &item);
	/* While locked: once the thread is left behind, the store is gone. */
	if (is_to_save(pass, now_ms))
		shared_save(shared);
	unlock(pass);
}

int64_t kernel_pass_next_ms(const struct kernel_pass *pass, int64_t now_ms)
{
	int64_t next_ms = monitor_next_ms(pass->monitor);
	int64_t due_ms = throttle_next_ms(pass->router.throttle);
	int64_t beat_every_ms = pass->shared->beat_every_ms;

	if (due_ms < next_ms)
		next_ms = due_ms;
	if (pass->save_at_ms < next_ms)
		next_ms = pass->save_at_ms;
	if (beat_every_ms && now_ms + beat_every_ms < next_ms)
		next_ms = now_ms + beat_every_ms;
	return next_ms;
}

/* What an earlier process left unsent is sent once it is known what of it still
   applies. */
static void begin(struct kernel_pass *pass)
{
	if (!pass->read)
		return;
	lock(pass);
	restore_send(&pass->router);
	pass->begun = true;
	pass->shared->work = true;
	shared_save(pass->shared);
	unlock(pass);
}

bool kernel_pass_begun(const struct kernel_pass *pass)
{
	return pass->begun;
}

int64_t kernel_pass_dispatch(struct kernel_pass *pass)
{
	int64_t now_ms;

	/* The set's status shows its errors, and the monitor tries again. */
	(void)monitor_dispatch(pass->monitor, clock_now_ms());
	if (!pass->begun)
		begin(pass);
	/* Once for all that follows: each call delays the files and the
	   notification. */
	now_ms = clock_now_ms();
	publish(pass, now_ms);
	if (!(pass->settings->standard_tables & SETTINGS_DOT3AD_AGG))
		return now_ms;
	/* Last, since the kernel may be slow, and SNMP requests must not wait
	   for it. */
	monitor_read_lacp_stats(pass->monitor);
	return clock_now_ms();
}

int kernel_pass_fd(const struct kernel_pass *pass)
{
	return monitor_fd(pass->monitor);
}

void kernel_pass_close(struct kernel_pass *pass)
{
	if (!pass)
		return;
	monitor_close(pass->monitor);
	throttle_free(pass->router.throttle);
	settings_free(pass->settings);
	settings_free(pass->pending);
	free(pass);
}

static int open_monitor(struct kernel_pass *pass)
{
	struct monitor_options options = options_of(pass);
	struct shared *shared = pass->shared;
	int err = monitor_open(&pass->monitor, &options, clock_now_ms());

	if (err)
		return err;
	pass->host.configure(pass->host.ctx, pass->settings);
	shared->bonds = monitor_bonds(pass->monitor);
	shared->status = shared->bonds->status;
	shared->beat_ms = clock_now_ms();
	return 0;
}

int kernel_pass_open(struct kernel_pass **out, struct shared *shared,
		     struct settings *settings, int event_fd,
		     const struct kernel_pass_host *host)
{
	struct kernel_pass *pass = calloc(1, sizeof(*pass));
	int err;

	if (!pass) {
		settings_free(settings);
		return -ENOMEM;
	}
	pass->shared = shared;
	pass->host = *host;
	pass->router.shared = shared;
	pass->settings = settings;
	pass->event_fd = event_fd;
	pass->save_at_ms = INT64_MAX;
	pass->grace_ms = settings->policy.discrepancy.grace_base_ms;
	shared->control.grace_ms = pass->grace_ms;
	pass->router.throttle = throttle_new(settings->notify_throttle_ms);
	err = pass->router.throttle ? open_monitor(pass) : -ENOMEM;
	if (err) {
		kernel_pass_close(pass);
		return err;
	}
	*out = pass;
	return 0;
}

void kernel_pass_configure(struct kernel_pass *pass, struct settings *settings)
{
	struct shared *shared = pass->shared;
	struct settings *unused;

	shared_lock(shared);
	unused = pass->pending;
	pass->pending = settings;
	shared->control.grace_ms = settings->policy.discrepancy.grace_base_ms;
	shared_unlock(shared);
	settings_free(unused);
	shared_signal(shared->control_fd);
}
