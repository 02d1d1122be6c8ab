/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the state file holds, and when it is to be written, apart from the
 * thread that writes it: reading it into the shared state at the start, a copy
 * of what is to be written, the writing, and telling the shared state of it.
 *
 * store_plan_load() and store_plan_take() and store_plan_publish() need the
 * model; store_plan_write() does not, and may hang as long as the disk does.
 * One thread at a time. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_STORE_PLAN_H
#define BONDCARRIER_AGENT_STORE_PLAN_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"
#include "state/state_file.h"

/* From an attempt that failed to the next. */
#define STORE_PLAN_RETRY_MS 5000
/* The file's last event is so many indexes ahead while the agent runs. */
#define STORE_PLAN_AHEAD 2000

struct store_plan {
	struct shared *shared; /* borrowed */
	int lock_fd;	       /* -1: not locked */
	char boot_id[STATE_TEXT_BOOT_ID_SIZE];
	uint64_t revision; /* of the ledger, in the file */
	uint32_t ahead;	   /* the file's last event */
	bool written;	   /* the last attempt succeeded */
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

/*
 * Locks the file, and fills the shared state from it. 0, also where there is
 * none; -EBUSY: it is another process'; -EBADMSG, -EFBIG, -ELOOP, -EINVAL: it
 * can't be trusted, and nothing was taken; -errno: it can't be read.
 */
int store_plan_load(struct store_plan *plan);

/* True: `write` is to be written. `ahead`: how far beyond the log's last event;
   0: the last write of all. */
bool store_plan_take(struct store_plan *plan, uint32_t ahead,
		     struct store_write *write);

/* Writes it, or keeps its error. */
void store_plan_write(struct store_plan *plan, struct store_write *write);

/* Tells the shared state, also when it failed: then raises go out without. */
void store_plan_publish(struct store_plan *plan,
			const struct store_write *write);

#endif
