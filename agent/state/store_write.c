/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that writes the state file. */
#include <poll.h>

#include "base/clock.h"
#include "process/thread.h"
#include "state/store_internal.h"

/* How long the end waits for the disk. */
#define STOP_MS 1000

/* False: nothing is due, or the shared state no longer exists. */
static bool take(struct store *store, uint32_t ahead, struct store_write *write)
{
	bool due;

	pthread_mutex_lock(&store->mutex);
	due = !store->left && store_plan_take(&store->plan, ahead, write);
	pthread_mutex_unlock(&store->mutex);
	return due;
}

/* Writes, if there is something to write. */
static void save(struct store *store, uint32_t ahead)
{
	struct store_write write;

	if (!take(store, ahead, &write))
		return;
	store_plan_write(&store->plan, &write);
	pthread_mutex_lock(&store->mutex);
	if (!store->left)
		store_plan_publish(&store->plan, &write);
	pthread_mutex_unlock(&store->mutex);
}

static void *run(void *ctx)
{
	struct store *store = ctx;
	struct pollfd fd = { .fd = store->fd, .events = POLLIN };

	while (!store->stop) {
		save(store, STORE_PLAN_AHEAD);
		if (poll(&fd, 1,
			 store->plan.written ? -1 : STORE_PLAN_RETRY_MS) > 0)
			shared_drain(store->fd);
	}
	save(store, 0);
	pthread_mutex_lock(&store->mutex);
	store->ended = true;
	pthread_cond_signal(&store->idle);
	pthread_mutex_unlock(&store->mutex);
	return NULL;
}

int store_write_start(struct store *store)
{
	return thread_start(&store->id, run, store);
}

bool store_write_stop(struct store *store)
{
	int64_t until_ms = clock_now_ms() + STOP_MS;
	bool ended;

	store->stop = true;
	shared_signal(store->fd);
	pthread_mutex_lock(&store->mutex);
	while (!store->ended &&
	       thread_wait(&store->idle, &store->mutex, until_ms))
		;
	ended = store->ended;
	store->left = !ended;
	pthread_mutex_unlock(&store->mutex);
	if (ended)
		pthread_join(store->id, NULL);
	else
		pthread_detach(store->id);
	return ended;
}
