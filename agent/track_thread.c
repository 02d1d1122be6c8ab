/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that keeps keepalived's track files. */
#include "track_thread.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "thread.h"
#include "track.h"
#include "track_file.h"

#define STOP_MS 1000

struct track_thread {
	pthread_t id;
	struct model *model;

	pthread_mutex_t mutex; /* never held while a disk is waited for */
	pthread_cond_t wake;   /* for the thread */
	pthread_cond_t idle;   /* for those who wait for it */
	struct track *track;
	char folder[SETTINGS_ADDRESS_SIZE]; /* "": none */
	bool busy; /* something is to be done, or being done */
	bool stop;
	bool ended;
};

static void lock(struct track_thread *thread)
{
	pthread_mutex_lock(&thread->mutex);
}

static void unlock(struct track_thread *thread)
{
	pthread_mutex_unlock(&thread->mutex);
}

static void wake_up(struct track_thread *thread)
{
	thread->busy = true;
	pthread_cond_signal(&thread->wake);
}

/* For the log, which is the SNMP thread's. Unlocked, since that may hold the
   model. */
static void publish(struct model *model, const struct model_track *trouble)
{
	bool news;

	model_lock(model);
	news = model->track.error != trouble->error;
	model->track = *trouble;
	model_unlock(model);
	if (news)
		model_signal(model->wake_fd);
}

static void find_trouble(const struct track_thread *thread,
			 struct model_track *out)
{
	char name[LINK_NAME_SIZE];

	memset(out, 0, sizeof(*out));
	if (!*thread->folder)
		return;
	out->error = -track_trouble(thread->track, name);
	if (out->error)
		snprintf(out->path, sizeof(out->path), "%s/%s", thread->folder,
			 name);
}

/* Sees to one file, unlocked meanwhile. */
static void put(struct track_thread *thread, const struct track_order *order)
{
	char folder[sizeof(thread->folder)];
	int err;

	memcpy(folder, thread->folder, sizeof(folder));
	unlock(thread);
	err = track_file_put(folder, order->name, order->up);
	lock(thread);
	if (strcmp(folder, thread->folder) == 0)
		track_done(thread->track, order, err, model_now_ms());
}

static void rest(struct track_thread *thread)
{
	struct model_track trouble;

	if (thread->busy) {
		find_trouble(thread, &trouble);
		thread->busy = false;
		pthread_cond_broadcast(&thread->idle);
		unlock(thread);
		publish(thread->model, &trouble);
		lock(thread);
	}
	if (!thread->busy && !thread->stop)
		thread_wait(&thread->wake, &thread->mutex,
			    *thread->folder ? track_next_ms(thread->track)
					    : INT64_MAX);
}

static void *run(void *ctx)
{
	struct track_thread *thread = ctx;
	struct track_order order;

	lock(thread);
	for (;;) {
		if (*thread->folder &&
		    track_next(thread->track, model_now_ms(), &order)) {
			thread->busy = true;
			put(thread, &order);
		} else if (thread->stop) {
			break;
		} else {
			rest(thread);
		}
	}
	thread->ended = true;
	pthread_cond_broadcast(&thread->idle);
	unlock(thread);
	return NULL;
}

static void track_thread_free(struct track_thread *thread)
{
	pthread_cond_destroy(&thread->idle);
	pthread_cond_destroy(&thread->wake);
	pthread_mutex_destroy(&thread->mutex);
	track_free(thread->track);
	free(thread);
}

int track_thread_start(struct track_thread **out, struct model *model)
{
	struct track_thread *thread = calloc(1, sizeof(*thread));
	int err;

	if (!thread)
		return -ENOMEM;
	thread->model = model;
	pthread_mutex_init(&thread->mutex, NULL);
	thread_cond_init(&thread->wake);
	thread_cond_init(&thread->idle);
	thread->track = track_new();
	err = thread->track ? thread_start(&thread->id, run, thread) : -ENOMEM;
	if (err) {
		track_thread_free(thread);
		return err;
	}
	*out = thread;
	return 0;
}

void track_thread_configure(struct track_thread *thread,
			    const struct settings *settings)
{
	lock(thread);
	track_set_delays(thread->track, settings->track_fall_ms,
			 settings->track_rise_ms);
	if (strcmp(thread->folder, settings->track_directory) != 0) {
		memcpy(thread->folder, settings->track_directory,
		       sizeof(thread->folder));
		track_moved(thread->track);
	}
	wake_up(thread);
	unlock(thread);
}

void track_thread_observe(struct track_thread *thread,
			  const struct bond_set *set, int64_t now_ms)
{
	int64_t next_ms;

	lock(thread);
	next_ms = track_next_ms(thread->track);
	/* Without memory for a new bond: the next time. */
	(void)track_observe(thread->track, set, now_ms);
	if (track_next_ms(thread->track) != next_ms)
		wake_up(thread);
	unlock(thread);
}

void track_thread_settle(struct track_thread *thread, int timeout_ms)
{
	int64_t until_ms = model_now_ms() + timeout_ms;

	lock(thread);
	while (thread->busy &&
	       thread_wait(&thread->idle, &thread->mutex, until_ms))
		;
	unlock(thread);
}

void track_thread_stop(struct track_thread *thread)
{
	int64_t until_ms = model_now_ms() + STOP_MS;
	bool ended;

	if (!thread)
		return;
	lock(thread);
	thread->stop = true;
	pthread_cond_signal(&thread->wake);
	while (!thread->ended &&
	       thread_wait(&thread->idle, &thread->mutex, until_ms))
		;
	ended = thread->ended;
	unlock(thread);
	if (!ended) {
		pthread_detach(thread->id);
		return;
	}
	pthread_join(thread->id, NULL);
	track_thread_free(thread);
}
