/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that watches the kernel. */
#include "kernel_thread.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>

#include "kernel_pass.h"
#include "thread.h"
#include "track_thread.h"

/* Before it is said that the daemon is ready: for who starts after it. */
#define FIRST_FILES_MS 1000

struct kernel_thread {
	pthread_t id;
	struct model *model;
	struct track_thread *tracks;
	struct kernel_pass *pass;
	bool stop; /* under the model's mutex */
};

static void observe(void *tracks, const struct bond_set *set, int64_t now_ms)
{
	track_thread_observe(tracks, set, now_ms);
}

static void configure(void *tracks, const struct settings *settings)
{
	track_thread_configure(tracks, settings);
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

	model_lock(thread->model);
	stop = thread->stop;
	model_unlock(thread->model);
	return stop;
}

static void *run(void *ctx)
{
	struct kernel_thread *thread = ctx;
	struct pollfd fds[] = {
		{ .fd = thread->model->control_fd, .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};
	int64_t now_ms;

	kernel_pass_read_counters(thread->pass);
	now_ms = model_now_ms();
	while (!stopping(thread)) {
		fds[1].fd = kernel_pass_fd(thread->pass);
		if (poll(fds, 2, wait_ms(thread, now_ms)) > 0 &&
		    fds[0].revents) {
			model_drain(fds[0].fd);
			kernel_pass_control(thread->pass);
		}
		now_ms = kernel_pass_dispatch(thread->pass);
	}
	return NULL;
}

/* The pass first: what it observes goes to the track thread. */
static void kernel_thread_free(struct kernel_thread *thread)
{
	kernel_pass_close(thread->pass);
	track_thread_stop(thread->tracks);
	free(thread);
}

int kernel_thread_start(struct kernel_thread **out, struct model *model,
			struct settings *settings, int event_fd)
{
	struct kernel_thread *thread = calloc(1, sizeof(*thread));
	struct kernel_pass_tracks tracks = { .observe = observe,
					     .configure = configure };
	int err = -ENOMEM;

	if (thread)
		err = track_thread_start(&thread->tracks, model);
	if (err) {
		settings_fini(settings);
		free(settings);
		free(thread);
		return err;
	}
	thread->model = model;
	tracks.ctx = thread->tracks;
	err =
	    kernel_pass_open(&thread->pass, model, settings, event_fd, &tracks);
	if (err)
		goto fail;
	err = thread_start(&thread->id, run, thread);
	if (err)
		goto fail;
	(void)pthread_setname_np(thread->id, "kernel");
	track_thread_settle(thread->tracks, FIRST_FILES_MS);
	*out = thread;
	return 0;

fail:
	kernel_thread_free(thread);
	return err;
}

void kernel_thread_configure(struct kernel_thread *thread,
			     struct settings *settings)
{
	kernel_pass_configure(thread->pass, settings);
}

void kernel_thread_stop(struct kernel_thread *thread)
{
	if (!thread)
		return;
	model_lock(thread->model);
	thread->stop = true;
	model_unlock(thread->model);
	model_signal(thread->model->control_fd);
	pthread_join(thread->id, NULL);
	kernel_thread_free(thread);
}
