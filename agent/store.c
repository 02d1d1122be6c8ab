/* SPDX-License-Identifier: BSD-2-Clause */
/* The state file: read at the start, written when something changed. */
#include "store.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state_file.h"

#define RETRY_MS 5000
/* So many indexes ahead; and with so many left it is time for the next. */
#define AHEAD	  2000
#define AHEAD_LOW 1000

struct store {
	struct model *model;
	pthread_t id;
	int fd;
	int lock_fd; /* -1: not locked */
	atomic_bool stop;
	char boot_id[STATE_BOOT_ID_SIZE];
	uint64_t revision; /* of the ledger, in the file */
	uint32_t ahead;	   /* the file's last event */
	bool written;	   /* the last attempt succeeded */
	char path[PATH_MAX];
};

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

/* The folder is ours to make where its parent is there. */
static void make_folder(const char *path)
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

/* Where there can be no lock, there will be no file either, or the disk knows
   no locks. */
static bool is_taken(struct store *store)
{
	return state_file_lock(store->path, &store->lock_fd) == -EBUSY;
}

static int write_text(struct store *store, const char *text, size_t length)
{
	if (is_taken(store))
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
		make_folder(store->path);
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

/* Writes, if there is something to write. `ahead`: of the log's last. */
static void save(struct store *store, uint32_t ahead)
{
	struct model *model = store->model;
	struct state state;
	uint32_t last;
	int err;

	model_lock(model);
	last = event_log_last(model->events);
	if (ahead && !is_due(store)) {
		model->saved_index = last;
		model_unlock(model);
		return;
	}
	err = snapshot(store, &state);
	model_unlock(model);

	state.last_event = last < UINT32_MAX - ahead ? last + ahead : last;
	if (!err)
		err = write_state(store, &state);
	store->written = err == 0;
	store->revision = state.ledger.revision;
	store->ahead = state.last_event;
	state_fini(&state);

	/* Also when it failed: then raises go out without. */
	model_lock(model);
	model->saved_index = last;
	model->store_error = -err;
	model_unlock(model);
	model_signal(model->wake_fd);
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
	return NULL;
}

static void set_aside(const struct store *store, int why)
{
	int err = state_file_set_aside(store->path);

	if (err)
		snmp_log(LOG_ERR,
			 "the state file %s can't be trusted (%s), nor be put "
			 "aside (%s): it will be overwritten\n",
			 store->path, strerror(-why), strerror(-err));
	else
		snmp_log(LOG_ERR,
			 "the state file %s can't be trusted (%s): it is put "
			 "aside as %s.bad, and nothing is known of before\n",
			 store->path, strerror(-why), store->path);
}

static void load(struct store *store)
{
	struct model *model = store->model;
	struct state state;
	char *text;
	size_t length;
	int err = state_file_read(store->path, &text, &length);

	if (err == -ENOENT || err == -ENOTDIR)
		return;
	if (!err) {
		err = state_decode(text, length, &state);
		free(text);
	}
	if (err == -EBADMSG || err == -EFBIG || err == -ELOOP ||
	    err == -EINVAL) {
		set_aside(store, err);
		return;
	}
	if (err) {
		snmp_log(LOG_ERR, "cannot read the state file %s: %s\n",
			 store->path, strerror(-err));
		return;
	}
	model->ledger = state.ledger;
	model->same_boot = strcmp(state.boot_id, "-") != 0 &&
			   strcmp(state.boot_id, store->boot_id) == 0;
	event_log_go_on(model->events, state.last_event);
}

/* Signals are for the SNMP thread alone. */
static int start_thread(struct store *store)
{
	sigset_t all, old;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	err = -pthread_create(&store->id, NULL, run, store);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return err;
}

static void store_free(struct store *store)
{
	if (store->fd >= 0)
		close(store->fd);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	free(store);
}

static struct store *store_new(struct model *model, const char *path)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store)
		return NULL;
	store->model = model;
	store->fd = -1;
	store->lock_fd = -1;
	snprintf(store->path, sizeof(store->path), "%s", path);
	state_boot_id(store->boot_id);
	return store;
}

int store_open(struct store **out, struct model *model, const char *path)
{
	struct store *store;
	int err;

	*out = NULL;
	if (!*path)
		return 0;
	store = store_new(model, path);
	if (!store) {
		snmp_log(LOG_ERR, "no memory to keep a state file\n");
		return 0;
	}
	make_folder(path);
	if (is_taken(store)) {
		snmp_log(LOG_ERR,
			 "the state file %s is another bondcarrierd's, which "
			 "is running\n",
			 path);
		store_free(store);
		return -EBUSY;
	}
	load(store);
	store->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	err = store->fd < 0 ? -errno : start_thread(store);
	if (err) {
		snmp_log(LOG_ERR, "cannot keep a state file: %s\n",
			 strerror(-err));
		store_free(store);
		return 0;
	}
	model->store_fd = store->fd;
	*out = store;
	return 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store->stop = true;
	model_signal(store->fd);
	pthread_join(store->id, NULL);
	store->model->store_fd = -1;
	save(store, 0);
	store_free(store);
}
