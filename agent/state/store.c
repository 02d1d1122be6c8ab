/* SPDX-License-Identifier: BSD-2-Clause */
/* The state file: read at the start, locked, and written by store_write.c. */
#include "state/store.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "process/thread.h"
#include "state/store_internal.h"

/* 0, or -EBUSY; anything else is no more than trouble. A file that is left as
   it is shows in the shared state, once the thread has tried to write it. */
static int load(struct store *store)
{
	const char *path = store->plan.path;
	int err = store_plan_load(&store->plan);

	if (err == -EBUSY) {
		snmp_log(
		    LOG_ERR,
		    "the state file %s is in use by another bondcarrierd\n",
		    path);
		return err;
	}
	/* ENOENT: the directory is missing, which the writing reports. */
	if (store->plan.lock_error && store->plan.lock_error != -ENOENT)
		snmp_log(LOG_WARNING,
			 "cannot lock the state file %s (%s): another "
			 "bondcarrierd that uses it would not be noticed\n",
			 path, safe_file_why(store->plan.lock_error));
	if (err && !store->plan.unread)
		snmp_log(LOG_ERR,
			 "the state file %s is invalid (%s): moved to %s.bad, "
			 "starting empty\n",
			 path, safe_file_why(err), path);
	return 0;
}

int store_check(const char *path)
{
	struct state_text state;
	int err = *path ? store_plan_read(path, &state) : -ENOENT;

	if (!err)
		state_text_fini(&state);
	if (!err || err == -ENOENT)
		return 0;
	if (store_plan_is_invalid(err)) {
		snmp_log(LOG_WARNING,
			 "warning: the state file %s is invalid (%s): a start "
			 "moves it to %s.bad\n",
			 path, safe_file_why(err), path);
		return 0;
	}
	snmp_log(LOG_ERR, "error: cannot read the state file %s: %s\n", path,
		 safe_file_why(err));
	return err;
}

static void store_free(struct store *store)
{
	if (store->fd >= 0)
		close(store->fd);
	store_plan_fini(&store->plan);
	pthread_cond_destroy(&store->idle);
	pthread_mutex_destroy(&store->mutex);
	free(store);
}

static struct store *store_new(struct shared *shared, const char *path)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store)
		return NULL;
	store->fd = -1;
	store_plan_init(&store->plan, shared, path);
	pthread_mutex_init(&store->mutex, NULL);
	thread_cond_init(&store->idle);
	return store;
}

int store_open(struct store **out, struct shared *shared, const char *path)
{
	struct store *store;
	int err;

	*out = NULL;
	if (!*path)
		return 0;
	store = store_new(shared, path);
	if (!store) {
		snmp_log(LOG_ERR, "cannot keep a state file: no memory\n");
		return 0;
	}
	err = load(store);
	if (err) {
		store_free(store);
		return err;
	}
	store->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	err = store->fd < 0 ? -errno : store_write_start(store);
	if (err) {
		snmp_log(LOG_ERR, "cannot keep a state file: %s\n",
			 strerror(-err));
		store_free(store);
		return 0;
	}
	shared->store_fd = store->fd;
	*out = store;
	return 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	store->plan.shared->store_fd = -1;
	if (store_write_stop(store))
		store_free(store);
}
