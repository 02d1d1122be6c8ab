/* SPDX-License-Identifier: BSD-2-Clause */
/* The thread that writes the state file. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store_internal.h"
#include "thread.h"

#define RETRY_MS 5000
/* How long the end waits for the disk. */
#define STOP_MS 1000
/* So many indexes ahead; and with so many left it is time for the next. */
#define AHEAD	  2000
#define AHEAD_LOW 1000

void store_make_folder(const char *path)
{
	char folder[PATH_MAX];
	char *slash;

	snprintf(folder, sizeof(folder), "%s", path);
	slash = strrchr(folder, '/');
	if (!slash || slash == folder)
		return;
	*slash = '\0';
	/* That it fails is seen when the file is written. */
	(void)mkdir(folder, 0755);
}

bool store_is_taken(struct store *store)
{
	return state_file_lock(store->path, &store->lock_fd) == -EBUSY;
}

/* A copy of what is to be written; -ENOMEM. With the model locked. */
static int snapshot(struct store *store, struct state *state)
{
	const struct ledger *ledger = &store->model->ledger;
	int err = 0;

	memset(state, 0, sizeof(*state));
	memcpy(state->boot_id, store->boot_id, sizeof(state->boot_id));
	for (size_t i = 0; i < ledger->count && !err; i++)
		err = ledger_add(&state->ledger, &ledger->entries[i]);
	state->ledger.revision = ledger->revision;
	return err;
}

static int write_text(struct store *store, const char *text, size_t length)
{
	if (store_is_taken(store))
		return -EBUSY;
	return state_file_write(store->path, text, length);
}

static int write_state(struct store *store, const struct state *state)
{
	char *text;
	size_t length;
	int err = state_encode(state, &text, &length);

	if (err)
		return err;
	err = write_text(store, text, length);
	if (err == -ENOENT) {
		store_make_folder(store->path);
		err = write_text(store, text, length);
	}
	free(text);
	return err;
}

static bool is_due(const struct store *store)
{
	uint32_t last = event_log_last(store->model->events);

	/* After the last index the log begins anew. */
	return !store->written ||
	       store->revision != store->model->ledger.revision ||
	       store->ahead - last < AHEAD_LOW || store->ahead < last;
}

/* What is to be written, or false: nothing is, or there is no model any more.
   `ahead`: of the log's last event. */
static bool take(struct store *store, uint32_t ahead, struct state *state,
		 uint32_t *last, int *err)
{
	struct model *model = store->model;
	bool due = false;

	pthread_mutex_lock(&store->mutex);
	if (!store->left) {
		model_lock(model);
		*last = event_log_last(model->events);
		due = !ahead || is_due(store);
		if (due)
			*err = snapshot(store, state);
		else
			model->saved_index = *last;
		model_unlock(model);
	}
	pthread_mutex_unlock(&store->mutex);
	return due;
}

/* Also when it failed: then raises go out without. */
static void publish(struct store *store, uint32_t last, int err)
{
	struct model *model = store->model;

	pthread_mutex_lock(&store->mutex);
	if (!store->left) {
		model_lock(model);
		model->saved_index = last;
		model->store_error = -err;
		model->work = true;
		model_unlock(model);
	}
	pthread_mutex_unlock(&store->mutex);
}

/* Writes, if there is something to write. */
static void save(struct store *store, uint32_t ahead)
{
	struct state state;
	uint32_t last;
	int err;

	if (!take(store, ahead, &state, &last, &err))
		return;
	state.last_event = last < UINT32_MAX - ahead ? last + ahead : last;
	if (!err)
		err = write_state(store, &state);
	store->written = err == 0;
	store->revision = state.ledger.revision;
	store->ahead = state.last_event;
	state_fini(&state);
	publish(store, last, err);
}

static void *run(void *ctx)
{
	struct store *store = ctx;
	struct pollfd fd = { .fd = store->fd, .events = POLLIN };

	while (!store->stop) {
		save(store, AHEAD);
		if (poll(&fd, 1, store->written ? -1 : RETRY_MS) > 0)
			model_drain(store->fd);
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
	int64_t until_ms = model_now_ms() + STOP_MS;
	bool ended;

	store->stop = true;
	model_signal(store->fd);
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
