/* SPDX-License-Identifier: BSD-2-Clause */
/* Starts, runs and ends the kernel thread. */
#include "kernel_thread.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "keepalived/track_thread.h"
#include "kernel_pass.h"
#include "process/thread.h"
#include "sync/monitor.h"

/* The longest waits before the daemon reports that it is ready: until the
   kernel has been read, and then until the track files are written. */
#define FIRST_READ_MS  5000
#define FIRST_FILES_MS 1000
/* The longest wait for the thread to end. It may be blocked in the kernel, and
   what it would return with is no longer needed. */
#define STOP_MS 200

struct kernel_thread {
	pthread_t id;
	struct shared *shared;
	struct track_thread *tracks;
	struct kernel_pass *pass;

	/* Protected by the shared state's mutex. */
	bool stop;
	bool ended;
	bool left; /* behind: it may use only this struct, and the mutex */
	pthread_cond_t idle; /* signalled when it has ended */
};

/*
 * Locks the shared state for the thread. A thread that was left behind, because
 * it was blocked in the kernel when the daemon ended, never returns from here:
 * shared state, track thread and state file have been finished without it.
 */
static void lock(void *ctx)
{
	struct kernel_thread *thread = ctx;

	shared_lock(thread->shared);
	if (!thread->left)
		return;
	shared_unlock(thread->shared);
	for (;;)
		pause();
}

static void unlock(void *ctx)
{
	struct kernel_thread *thread = ctx;

	shared_unlock(thread->shared);
}

static void observe(void *ctx, const struct bond_set *set, int64_t now_ms)
{
	struct kernel_thread *thread = ctx;

	track_thread_observe(thread->tracks, set, now_ms);
}

/* Takes the shared state's lock, so that a thread that was left behind does not
   use the track thread after its end. */
static void configure(void *ctx, const struct settings *settings)
{
	struct kernel_thread *thread = ctx;

	lock(thread);
	track_thread_configure(thread->tracks, settings);
	unlock(thread);
}

static int wait_ms(const struct kernel_thread *thread, int64_t now_ms)
{
	int64_t next_ms = kernel_pass_next_ms(thread->pass, now_ms);

	if (next_ms == INT64_MAX)
		return -1;
	if (next_ms <= now_ms)
		return 0;
	return next_ms - now_ms > INT_MAX ? INT_MAX : (int)(next_ms - now_ms);
}

static bool stopping(struct kernel_thread *thread)
{
	bool stop;

	lock(thread);
	stop = thread->stop;
	unlock(thread);
	return stop;
}

static void *run(void *ctx)
{
	struct kernel_thread *thread = ctx;
	struct pollfd fds[] = {
		{ .fd = thread->shared->control_fd, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int64_t now_ms = clock_now_ms();

	while (!stopping(thread)) {
		fds[1].fd = kernel_pass_fd(thread->pass);
		if (poll(fds, 2, wait_ms(thread, now_ms)) > 0 &&
		    fds[0].revents) {
			shared_drain(fds[0].fd);
			kernel_pass_control(thread->pass);
		}
		now_ms = kernel_pass_dispatch(thread->pass);
	}
	lock(thread);
	thread->ended = true;
	pthread_cond_signal(&thread->idle);
	unlock(thread);
	return NULL;
}

/* Frees everything but the track thread, which is stopped separately. */
static void kernel_thread_free(struct kernel_thread *thread)
{
	kernel_pass_close(thread->pass);
	pthread_cond_destroy(&thread->idle);
	free(thread);
}

/* Ends the thread, and waits for it until that time. A thread that is left
   behind can no longer use the shared state, wherever it continues. */
static bool end(struct kernel_thread *thread, int64_t until_ms)
{
	struct shared *shared = thread->shared;
	bool ended;

	shared_lock(shared);
	thread->stop = true;
	shared_signal(shared->control_fd);
	while (!thread->ended &&
	       thread_wait(&thread->idle, &shared->mutex, until_ms))
		;
	ended = thread->ended;
	thread->left = !ended;
	shared->bonds = NULL;
	shared_unlock(shared);
	if (ended)
		pthread_join(thread->id, NULL);
	else
		pthread_detach(thread->id);
	return ended;
}

/*
 * Waits until the kernel has been read and the track files are written. If the
 * kernel can't be read for now, it waits for a limited time, or until a signal
 * arrives: the thread continues to try. 0, or -errno of a permanent error.
 */
static int wait_for_first(struct kernel_thread *thread, int signal_fd)
{
	struct shared *shared = thread->shared;
	int64_t until_ms = clock_now_ms() + FIRST_READ_MS;
	struct pollfd fds[] = {
		{ .fd = shared->wake_fd, .events = POLLIN },
		{ .fd = signal_fd, .events = POLLIN },
	};

	for (;;) {
		int64_t left_ms = until_ms - clock_now_ms();
		bool begun;
		int err;

		shared_lock(shared);
		begun = kernel_pass_begun(thread->pass);
		err = -shared->kernel_error;
		shared_unlock(shared);
		if (begun) {
			track_thread_settle(thread->tracks, FIRST_FILES_MS);
			return 0;
		}
		if (err && !monitor_error_passes(err))
			return err;
		if (left_ms <= 0 || poll(fds, 2, (int)left_ms) <= 0 ||
		    fds[1].revents)
			return 0;
		shared_drain(shared->wake_fd);
	}
}

int kernel_thread_start(struct kernel_thread **out, struct shared *shared,
			struct settings *settings, int event_fd, int signal_fd)
{
	struct kernel_thread *thread = calloc(1, sizeof(*thread));
	struct kernel_pass_host host = { .lock = lock,
					 .unlock = unlock,
					 .observe = observe,
					 .configure = configure,
					 .ctx = thread };
	int err = -ENOMEM;

	if (thread)
		err = track_thread_start(&thread->tracks, shared);
	if (err) {
		settings_free(settings);
		free(thread);
		return err;
	}
	thread->shared = shared;
	thread_cond_init(&thread->idle);
	err =
	    kernel_pass_open(&thread->pass, shared, settings, event_fd, &host);
	if (err)
		goto stop_tracks;
	err = thread_start(&thread->id, run, thread);
	if (err)
		goto stop_tracks;
	(void)pthread_setname_np(thread->id, "kernel");
	err = wait_for_first(thread, signal_fd);
	if (err) {
		/* If it is blocked in the kernel, the process could not end any
		   sooner either. */
		(void)end(thread, INT64_MAX);
		goto stop_tracks;
	}
	*out = thread;
	return 0;

stop_tracks:
	shared->bonds = NULL;
	track_thread_stop(thread->tracks);
	kernel_thread_free(thread);
	return err;
}

void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings)
{
	kernel_pass_configure(thread->pass, settings);
}

bool kernel_thread_stop(struct kernel_thread *thread)
{
	bool ended;

	if (!thread)
		return true;
	ended = end(thread, clock_now_ms() + STOP_MS);
	track_thread_stop(thread->tracks);
	if (ended)
		kernel_thread_free(thread);
	return ended;
}
