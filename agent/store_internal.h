/* SPDX-License-Identifier: BSD-2-Clause */
/* What store.c and store_write.c share. */
#ifndef BONDCARRIER_AGENT_STORE_INTERNAL_H
#define BONDCARRIER_AGENT_STORE_INTERNAL_H

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>

#include "model.h"
#include "state_file.h"

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

	pthread_mutex_t mutex; /* never held while a disk is waited for */
	pthread_cond_t idle;   /* that the thread has ended */
	bool ended;
	bool left; /* alone: the model is no more */
};

/* Makes the path's folder, where its parent is there. */
void store_make_folder(const char *path);

/* By another process. Where there can be no lock, there will be no file
   either, or the disk knows no locks. */
bool store_is_taken(struct store *store);

/* The thread that writes. 0 or -errno. */
int store_write_start(struct store *store);

/* Has it write what is left, and ends it. False: the disk hangs, and the thread
   with it: what it knows stays its own. */
bool store_write_stop(struct store *store);

#endif
