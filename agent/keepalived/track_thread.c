/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that keeps keepalived's track files. */
#include "keepalived/track_thread.h"

#include <errno.h>
#include <stdlib.h>

#include "base/clock.h"
#include "keepalived/track_keep.h"
#include "process/thread.h"

#define STOP_MS 1000

struct track_thread {
	pthread_t id;
	struct shared *shared;

	pthread_mutex_t mutex; /* never held while a disk is waited for */
	pthread_cond_t wake;   /* for the thread */
	pthread_cond_t idle;   /* for those who wait for it */
	struct track_keep keep;
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

/* For the log, which is the SNMP thread's. Unlocked, since that may hold the
   shared state. */
static void publish(struct shared *shared, const struct shared_track *trouble)
{
	shared_lock(shared);
	shared->work |= shared->track.error != trouble->error;
	shared->track = *trouble;
	shared_unlock(shared);
}

static void rest(struct track_thread *thread)
{
	struct shared_track trouble;
	int64_t next_ms;

	thread->busy = false;
	pthread_cond_broadcast(&thread->idle);
	if (track_keep_trouble(&thread->keep, &trouble)) {
		unlock(thread);
		publish(thread->shared, &trouble);
		lock(thread);
		return;
	}
	next_ms = track_keep_next_ms(&thread->keep);
	if (!thread_wait(&thread->wake, &thread->mutex, next_ms))
		thread->keep.now_ms = clock_now_ms();
}

static void *run(void *ctx)
{
	struct track_thread *thread = ctx;
	struct track_work work;

	lock(thread);
	for (;;) {
		bool any = track_keep_next(&thread->keep, &work);

		if (any && !(thread->stop && work.type == TRACK_WORK_PREPARE)) {
			thread->busy |= work.type == TRACK_WORK_PUT;
			unlock(thread);
			track_keep_do(&thread->keep, &work);
			lock(thread);
			track_keep_done(&thread->keep, &work);
		} else if (thread->stop) {
			break;
		} else {
			rest(thread);
		}
	}
	unlock(thread);
	track_keep_tidy(&thread->keep);
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
	track_keep_fini(&thread->keep);
	free(thread);
}

int track_thread_start(struct track_thread **out, struct shared *shared)
{
	struct track_thread *thread = calloc(1, sizeof(*thread));
	int err;

	if (!thread)
		return -ENOMEM;
	thread->shared = shared;
	pthread_mutex_init(&thread->mutex, NULL);
	thread_cond_init(&thread->wake);
	thread_cond_init(&thread->idle);
	err = track_keep_init(&thread->keep);
	if (!err)
		err = thread_start(&thread->id, run, thread);
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
	track_keep_configure(&thread->keep, settings);
	thread->busy = true;
	unlock(thread);
	pthread_cond_signal(&thread->wake);
}

void track_thread_observe(struct track_thread *thread,
			  const struct bond_set *set, int64_t now_ms)
{
	bool news;

	if (!track_keep_is_changed(&thread->keep, set))
		return;
	lock(thread);
	news = track_keep_observe(&thread->keep, set, now_ms);
	thread->busy |= news;
	unlock(thread);
	/* Only now: it would only wait for the mutex. */
	if (news)
		pthread_cond_signal(&thread->wake);
}

void track_thread_settle(struct track_thread *thread, int timeout_ms)
{
	int64_t until_ms = clock_now_ms() + timeout_ms;

	lock(thread);
	while (thread->busy &&
	       thread_wait(&thread->idle, &thread->mutex, until_ms))
		;
	unlock(thread);
}

void track_thread_stop(struct track_thread *thread)
{
	int64_t until_ms = clock_now_ms() + STOP_MS;
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
