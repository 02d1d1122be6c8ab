/* SPDX-License-Identifier: BSD-2-Clause */
/* The state file: read at the start, locked, and written by store_write.c. */
#include "store.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "store_internal.h"
#include "thread.h"

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

static void store_free(struct store *store)
{
	if (store->fd >= 0)
		close(store->fd);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	pthread_cond_destroy(&store->idle);
	pthread_mutex_destroy(&store->mutex);
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
	pthread_mutex_init(&store->mutex, NULL);
	thread_cond_init(&store->idle);
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
	store_make_folder(path);
	if (store_is_taken(store)) {
		snmp_log(LOG_ERR,
			 "the state file %s is another bondcarrierd's, which "
			 "is running\n",
			 path);
		store_free(store);
		return -EBUSY;
	}
	load(store);
	store->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	err = store->fd < 0 ? -errno : store_write_start(store);
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
	store->model->store_fd = -1;
	if (store_write_stop(store))
		store_free(store);
}
