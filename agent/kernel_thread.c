/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that watches the kernel. */
#include "kernel_thread.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "event.h"
#include "logbook.h"
#include "monitor.h"
#include "restore.h"
#include "thread.h"
#include "track_thread.h"

/* Before it is said that the daemon is ready, for who starts after it: until
   the kernel has been read, and then until the files are there. */
#define FIRST_READ_MS  5000
#define FIRST_FILES_MS 1000
/* How long the end waits for the thread, which may sit in the kernel. What it
   would bring back from there nobody needs any more. */
#define STOP_MS 200
/* From a change to the state file, unless a notification waits for that: with
   the re-read that follows, and after all that the change sets going. */
#define SAVE_MS TRACKER_REREAD_MS

struct kernel_thread {
	pthread_t id;
	struct model *model;
	struct track_thread *tracks;
	struct monitor *monitor;
	struct logbook logbook;
	struct settings *settings; /* in force */
	int event_fd;		   /* for the monitor to open with */
	uint32_t grace_ms;	   /* in force */
	int64_t save_at_ms;	   /* the state file; INT64_MAX: not */
	bool read;		   /* the kernel, once */

	/* Under the model's mutex. */
	struct settings *pending;
	bool begun; /* what was read has been judged, restored and told */
	bool stop;
	bool ended;
	bool left; /* alone: nothing but this struct is to be touched */
	pthread_cond_t idle; /* it has ended */
};

/*
 * The thread's way to the model. One that was left, since it sat in the kernel
 * when the daemon ended, comes no further than this: model, track thread and
 * state file have been seen to without it.
 */
static void lock(void *ctx)
{
	struct kernel_thread *thread = ctx;

	model_lock(thread->model);
	if (!thread->left)
		return;
	model_unlock(thread->model);
	for (;;)
		pause();
}

static void unlock(void *ctx)
{
	struct kernel_thread *thread = ctx;

	model_unlock(thread->model);
}

static void settings_free(struct settings *settings)
{
	if (!settings)
		return;
	settings_fini(settings);
	free(settings);
}

/* The monitor's sink; the model is locked. */
static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct kernel_thread *thread = ctx;

	logbook_event(&thread->logbook, thread->settings, event, bond);
}

/* The bonds are known now: what was raised of them in an earlier life goes back
   to them. The model is locked. */
static void on_first(void *ctx, struct bond_set *set, int64_t now_ms)
{
	struct kernel_thread *thread = ctx;

	thread->read = true;
	restore_put(thread->model, set, now_ms);
}

/* Before anybody else hears of what was judged: the files first, unless the
   bonds are not known yet. The model is locked still, so that who hears of an
   event knows the status that goes with it. */
static void on_judged(void *ctx, const struct bond_set *set, int64_t now_ms)
{
	struct kernel_thread *thread = ctx;
	struct model *model = thread->model;
	int error = monitor_counters(thread->monitor).lost_error;

	if (thread->read)
		track_thread_observe(thread->tracks, set, now_ms);
	model->work |=
	    model->status != set->status || model->kernel_error != error;
	model->status = set->status;
	model->kernel_error = error;
}

static struct monitor_options options_of(struct kernel_thread *thread)
{
	struct settings *settings = thread->settings;
	struct monitor_options options = {
		.linksock = { .receive_buffer = (int)settings->receive_buffer,
			      .event_fd = thread->event_fd },
		.policy = settings->policy,
		.filter = { .wanted = settings_wants, .ctx = settings },
		.sink = { .emit = on_event, .ctx = thread },
		.resync_interval_ms =
		    (int64_t)settings->resync_interval_s * 1000,
		.if_stack = settings->standard_tables & SETTINGS_IF_STACK,
		.first = on_first,
		.first_ctx = thread,
		.judged = on_judged,
		.judged_ctx = thread,
		.lock = lock,
		.unlock = unlock,
		.lock_ctx = thread,
	};

	return options;
}

/* Settings that have come, and a grace that a manager has set. */
static void reconfigure(struct kernel_thread *thread)
{
	struct model *model = thread->model;
	struct settings *fresh, *old = NULL;
	struct judge_policy policy;
	struct tracker_filter filter;
	uint32_t grace_ms;

	lock(thread);
	fresh = thread->pending;
	thread->pending = NULL;
	grace_ms = model->control.grace_ms;
	logbook_release(&thread->logbook);
	if (!fresh && grace_ms == thread->grace_ms) {
		unlock(thread);
		return;
	}
	if (fresh) {
		old = thread->settings;
		thread->settings = fresh;
		throttle_set_interval(thread->logbook.throttle,
				      fresh->notify_throttle_ms);
	}
	unlock(thread);

	thread->grace_ms = grace_ms;
	policy = thread->settings->policy;
	policy.discrepancy.grace_base_ms = grace_ms;
	filter = (struct tracker_filter){ .wanted = settings_wants,
					  .ctx = thread->settings };
	monitor_want_stack(thread->monitor, thread->settings->standard_tables &
						SETTINGS_IF_STACK);
	monitor_configure(thread->monitor, &policy, &filter,
			  (int64_t)thread->settings->resync_interval_s * 1000);
	track_thread_configure(thread->tracks, thread->settings);
	settings_free(old);
}

/* Is it time for the state file? The model is locked. */
static bool is_to_save(struct kernel_thread *thread, int64_t now_ms)
{
	struct model *model = thread->model;

	if (model->awaited)
		thread->save_at_ms = now_ms;
	else if (model->unsaved && thread->save_at_ms == INT64_MAX)
		thread->save_at_ms = now_ms + SAVE_MS;
	model->awaited = false;
	model->unsaved = false;
	if (thread->save_at_ms > now_ms)
		return false;
	thread->save_at_ms = INT64_MAX;
	return true;
}

/* After a dispatch: counters, and what the throttle has held long enough. */
static void publish(struct kernel_thread *thread, int64_t now_ms)
{
	struct model *model = thread->model;
	struct monitor_counters counters = monitor_counters(thread->monitor);
	struct outbox_item item;
	bool save;

	lock(thread);
	model->beat_ms = now_ms;
	model->counters.resyncs = counters.resyncs;
	model->counters.overruns = counters.overruns;
	model->counters.interrupted = counters.interrupted;
	model->counters.malformed = counters.malformed;
	while (throttle_due(thread->logbook.throttle, now_ms, &item))
		logbook_push(&thread->logbook, &item);
	save = is_to_save(thread, now_ms);
	unlock(thread);
	if (save)
		model_save(model);
}

static int wait_ms(const struct kernel_thread *thread, int64_t now_ms)
{
	int64_t next_ms = monitor_next_ms(thread->monitor);
	int64_t due_ms = throttle_next_ms(thread->logbook.throttle);
	int64_t beat_every_ms = thread->model->beat_every_ms;
	int64_t left_ms;

	if (due_ms < next_ms)
		next_ms = due_ms;
	if (thread->save_at_ms < next_ms)
		next_ms = thread->save_at_ms;
	if (beat_every_ms && now_ms + beat_every_ms < next_ms)
		next_ms = now_ms + beat_every_ms;
	if (next_ms == INT64_MAX)
		return -1;
	left_ms = next_ms - now_ms;
	if (left_ms < 0)
		return 0;
	return left_ms > INT_MAX ? INT_MAX : (int)left_ms;
}

/* Read along with what is read anyway, and after everything else: nobody who
   asks by SNMP may wait for the kernel. Which may take its time. */
static void read_counters(struct kernel_thread *thread, int64_t *now_ms)
{
	if (!(thread->settings->standard_tables & SETTINGS_DOT3AD_AGG))
		return;
	monitor_read_lacp_stats(thread->monitor);
	*now_ms = model_now_ms();
}

static bool stopping(struct kernel_thread *thread)
{
	bool stop;

	lock(thread);
	stop = thread->stop;
	unlock(thread);
	return stop;
}

/* What an earlier life owed is told when it is known what of it still holds;
   and kernel_thread_start() waits for this. */
static void begin(struct kernel_thread *thread)
{
	if (!thread->read)
		return;
	lock(thread);
	restore_tell(&thread->logbook);
	thread->begun = true;
	thread->model->work = true;
	unlock(thread);
	model_save(thread->model);
}

static void *run(void *ctx)
{
	struct kernel_thread *thread = ctx;
	struct pollfd fds[] = {
		{ .fd = thread->model->control_fd, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int64_t now_ms = model_now_ms();

	while (!stopping(thread)) {
		fds[1].fd = monitor_fd(thread->monitor);
		if (poll(fds, 2, wait_ms(thread, now_ms)) > 0 &&
		    fds[0].revents) {
			model_drain(fds[0].fd);
			reconfigure(thread);
		}
		/* Its errors are in the set's status, and it tries again. */
		(void)monitor_dispatch(thread->monitor, model_now_ms());
		if (!thread->begun)
			begin(thread);
		/* Once for all that follows: on the way to the file and to the
		   notification each call counts. */
		now_ms = model_now_ms();
		publish(thread, now_ms);
		read_counters(thread, &now_ms);
	}
	lock(thread);
	thread->ended = true;
	pthread_cond_signal(&thread->idle);
	unlock(thread);
	return NULL;
}

/* All but the track thread, which has an end of its own. */
static void kernel_thread_free(struct kernel_thread *thread)
{
	monitor_close(thread->monitor);
	throttle_free(thread->logbook.throttle);
	settings_free(thread->settings);
	settings_free(thread->pending);
	pthread_cond_destroy(&thread->idle);
	free(thread);
}

/* Ends the thread, until that time at the latest. Once it is left it can't
   take the model any more, wherever it is when it comes back. */
static bool end(struct kernel_thread *thread, int64_t until_ms)
{
	struct model *model = thread->model;
	bool ended;

	model_lock(model);
	thread->stop = true;
	model_signal(model->control_fd);
	while (!thread->ended &&
	       thread_wait(&thread->idle, &model->mutex, until_ms))
		;
	ended = thread->ended;
	thread->left = !ended;
	model->bonds = NULL;
	model_unlock(model);
	if (ended)
		pthread_join(thread->id, NULL);
	else
		pthread_detach(thread->id);
	return ended;
}

/*
 * Until the kernel has been read and the track files written. A kernel that
 * can't be read for now is waited for only so long, and that until there is a
 * signal: the thread goes on trying. 0, or -errno of what won't pass.
 */
static int wait_for_first(struct kernel_thread *thread, int signal_fd)
{
	struct model *model = thread->model;
	int64_t until_ms = model_now_ms() + FIRST_READ_MS;
	struct pollfd fds[] = {
		{ .fd = model->wake_fd, .events = POLLIN },
		{ .fd = signal_fd, .events = POLLIN },
	};

	for (;;) {
		int64_t left_ms = until_ms - model_now_ms();
		bool begun;
		int err;

		model_lock(model);
		begun = thread->begun;
		err = -model->kernel_error;
		model_unlock(model);
		if (begun) {
			track_thread_settle(thread->tracks, FIRST_FILES_MS);
			return 0;
		}
		if (err && !monitor_error_passes(err))
			return err;
		if (left_ms <= 0 || poll(fds, 2, (int)left_ms) <= 0 ||
		    fds[1].revents)
			return 0;
		model_drain(model->wake_fd);
	}
}

int kernel_thread_start(struct kernel_thread **out, struct model *model,
			struct settings *settings, int event_fd, int signal_fd)
{
	struct kernel_thread *thread = calloc(1, sizeof(*thread));
	struct monitor_options options;
	int err = -ENOMEM;

	if (!thread) {
		settings_free(settings);
		return err;
	}
	thread->model = model;
	thread->logbook.model = model;
	thread->settings = settings;
	thread->event_fd = event_fd;
	thread->grace_ms = settings->policy.discrepancy.grace_base_ms;
	thread->save_at_ms = INT64_MAX;
	thread_cond_init(&thread->idle);
	model->control.grace_ms = thread->grace_ms;
	thread->logbook.throttle = throttle_new(settings->notify_throttle_ms);
	if (!thread->logbook.throttle)
		goto free_thread;
	options = options_of(thread);
	err = monitor_open(&thread->monitor, &options, model_now_ms());
	if (err)
		goto free_thread;
	err = track_thread_start(&thread->tracks, model);
	if (err)
		goto free_thread;
	track_thread_configure(thread->tracks, settings);
	model->bonds = monitor_bonds(thread->monitor);
	model->status = model->bonds->status;
	model->beat_ms = model_now_ms();
	err = thread_start(&thread->id, run, thread);
	if (err)
		goto stop_tracks;
	(void)pthread_setname_np(thread->id, "kernel");
	err = wait_for_first(thread, signal_fd);
	if (err) {
		(void)end(thread, INT64_MAX);
		goto stop_tracks;
	}
	*out = thread;
	return 0;

stop_tracks:
	model->bonds = NULL;
	track_thread_stop(thread->tracks);
free_thread:
	kernel_thread_free(thread);
	return err;
}

void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings)
{
	struct model *model = thread->model;
	struct settings *unused;

	model_lock(model);
	unused = thread->pending;
	thread->pending = settings;
	model->control.grace_ms = settings->policy.discrepancy.grace_base_ms;
	model_unlock(model);
	settings_free(unused);
	model_signal(model->control_fd);
}

bool kernel_thread_stop(struct kernel_thread *thread)
{
	bool ended;

	if (!thread)
		return true;
	ended = end(thread, model_now_ms() + STOP_MS);
	track_thread_stop(thread->tracks);
	if (ended)
		kernel_thread_free(thread);
	return ended;
}
