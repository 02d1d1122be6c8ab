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
/* From a change to the next spare, and no sooner: the threads that the change
   wakes go first. */
#define SPARE_MS 10

struct track_thread {
	pthread_t id;
	struct model *model;

	pthread_mutex_t mutex; /* never held while a disk is waited for */
	pthread_cond_t wake;   /* for the thread */
	pthread_cond_t idle;   /* for those who wait for it */
	struct track *track;
	char folder[SETTINGS_ADDRESS_SIZE]; /* "": none */
	int64_t now_ms;			    /* the latest that is known of */
	bool busy; /* something is to be done, or being done */
	bool stop;
	bool ended;

	/* The thread's own. */
	char current[SETTINGS_ADDRESS_SIZE]; /* the folder it works in */
	struct track_spares spares;
	int64_t spares_at_ms;	    /* when they are to be made */
	struct model_track trouble; /* as told last */

	/* Of who observes: what the set said last. */
	bool observed;
	uint64_t carrier_changes;
};

static void lock(struct track_thread *thread)
{
	pthread_mutex_lock(&thread->mutex);
}

static void unlock(struct track_thread *thread)
{
	pthread_mutex_unlock(&thread->mutex);
}

static bool has_moved(const struct track_thread *thread)
{
	return strcmp(thread->current, thread->folder) != 0;
}

/* For the log, which is the SNMP thread's. Unlocked, since that may hold the
   model. */
static void publish(struct model *model, const struct model_track *trouble)
{
	model_lock(model);
	model->work |= model->track.error != trouble->error;
	model->track = *trouble;
	model_unlock(model);
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

/* Goes to the folder that is configured now. Unlocked meanwhile. */
static void move(struct track_thread *thread)
{
	char folder[sizeof(thread->folder)];

	memcpy(folder, thread->folder, sizeof(folder));
	unlock(thread);
	if (*thread->current)
		track_file_tidy(thread->current, &thread->spares);
	memcpy(thread->current, folder, sizeof(folder));
	lock(thread);
	thread->spares_at_ms = INT64_MAX;
}

static int put_file(struct track_thread *thread,
		    const struct track_order *order)
{
	if (order->turned && track_file_turn(thread->current, order->name,
					     order->up, &thread->spares) == 0)
		return 0;
	return track_file_put(thread->current, order->name, order->up);
}

/* Sees to one file, unlocked meanwhile. */
static void put(struct track_thread *thread, const struct track_order *order)
{
	const bool *ready = thread->spares.ready;
	int err;

	unlock(thread);
	err = put_file(thread, order);
	lock(thread);
	if (!has_moved(thread))
		track_done(thread->track, order, err, thread->now_ms);
	if (thread->spares_at_ms == INT64_MAX && !(ready[0] && ready[1]))
		thread->spares_at_ms = thread->now_ms + SPARE_MS;
}

/* Unlocked meanwhile. That it fails is no trouble until a file does. */
static void prepare(struct track_thread *thread)
{
	unlock(thread);
	(void)track_file_prepare(thread->current, &thread->spares);
	lock(thread);
	thread->spares_at_ms = INT64_MAX;
}

static void rest(struct track_thread *thread)
{
	struct model_track trouble;
	int64_t next_ms = INT64_MAX;

	thread->busy = false;
	pthread_cond_broadcast(&thread->idle);
	find_trouble(thread, &trouble);
	if (memcmp(&trouble, &thread->trouble, sizeof(trouble)) != 0) {
		thread->trouble = trouble;
		unlock(thread);
		publish(thread->model, &trouble);
		lock(thread);
		return;
	}
	if (*thread->folder)
		next_ms = track_next_ms(thread->track);
	if (thread->spares_at_ms < next_ms)
		next_ms = thread->spares_at_ms;
	if (!thread_wait(&thread->wake, &thread->mutex, next_ms))
		thread->now_ms = model_now_ms();
}

static void *run(void *ctx)
{
	struct track_thread *thread = ctx;
	struct track_order order;

	lock(thread);
	for (;;) {
		if (has_moved(thread)) {
			move(thread);
		} else if (*thread->folder &&
			   track_next(thread->track, thread->now_ms, &order)) {
			thread->busy = true;
			put(thread, &order);
		} else if (thread->stop) {
			break;
		} else if (thread->spares_at_ms <= thread->now_ms) {
			prepare(thread);
		} else {
			rest(thread);
		}
	}
	unlock(thread);
	if (*thread->current)
		track_file_tidy(thread->current, &thread->spares);
	lock(thread);
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
	thread->spares_at_ms = INT64_MAX;
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
	thread->busy = true;
	unlock(thread);
	pthread_cond_signal(&thread->wake);
}

void track_thread_observe(struct track_thread *thread,
			  const struct bond_set *set, int64_t now_ms)
{
	int64_t next_ms;
	bool news;

	/* Nearly always, and there may be a thousand bonds. */
	if (thread->observed && thread->carrier_changes == set->carrier_changes)
		return;
	lock(thread);
	next_ms = track_next_ms(thread->track);
	/* Without memory for a new bond: the next time. */
	thread->observed = track_observe(thread->track, set, now_ms) == 0;
	thread->carrier_changes = set->carrier_changes;
	news = track_next_ms(thread->track) != next_ms;
	thread->now_ms = now_ms;
	thread->busy |= news;
	unlock(thread);
	/* Only now: it would only wait for the mutex. */
	if (news)
		pthread_cond_signal(&thread->wake);
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
