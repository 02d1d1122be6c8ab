/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When the state file is due and what it holds, apart from the thread that
 * writes it: loading it into the shared state, taking a copy to write, writing
 * that, and publishing the result.
 *
 * store_plan_write() may hang as long as the disk does, and does not use the
 * shared state; the others lock it. One thread at a time. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_STORE_PLAN_H
#define BONDCARRIER_AGENT_STORE_PLAN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"
#include "state/state_file.h"

/* From a failed attempt to the next. */
#define STORE_PLAN_RETRY_MS 5000
/* How far the last event in the file is ahead while the agent runs. */
#define STORE_PLAN_AHEAD 2000

struct store_plan {
	struct shared *shared; /* borrowed */
	int lock_fd;	       /* -1: not locked */
	int lock_error;	       /* -errno of the last attempt; 0: locked */
	char boot_id[STATE_TEXT_BOOT_ID_SIZE];
	uint64_t revision; /* of the ledger, in the file */
	uint32_t ahead;	   /* the file's last event */
	bool written;	   /* the last attempt succeeded */
	int unread; /* -errno: why the file that lies there was not read and
		       must stay; 0: it may be replaced */
	char path[PATH_MAX];
};

/* One write: from store_plan_take() to store_plan_publish(). */
struct store_write {
	struct state_text state;
	uint32_t last; /* the log's last event */
	int err;
};

void store_plan_init(struct store_plan *plan, struct shared *shared,
		     const char *path);
void store_plan_fini(struct store_plan *plan);

/* -ENOENT: there is no file; store_plan_is_invalid(): there is a regular file,
   but not a state; another -errno: it can't be read, or is not a regular file
   with one name: a directory, a device, a link. */
int store_plan_read(const char *path, struct state_text *state);
bool store_plan_is_invalid(int err);

/*
 * Locks the file, and fills the shared state from it. 0, also without a file;
 * -EBUSY: another process uses it. Another -errno, as of store_plan_read():
 * nothing was loaded. An invalid file was then renamed to PATH.bad; if it was
 * not, or can't be read, it is never overwritten (`unread`): nothing is written
 * before somebody has taken it away.
 */
int store_plan_load(struct store_plan *plan);

/* True: due; fills `write`. `ahead`: how far beyond the log's last event; 0:
   the final write. */
bool store_plan_take(struct store_plan *plan, uint32_t ahead,
		     struct store_write *write);

/* Writes it, unless it holds an error; keeps the result in it. */
void store_plan_write(struct store_plan *plan, struct store_write *write);

/* Publishes the result in the shared state: after a failure, raises are sent
   without waiting for the file. */
void store_plan_publish(struct store_plan *plan,
			const struct store_write *write);

#endif
