/* SPDX-License-Identifier: BSD-2-Clause */
/* What store.c and store_write.c share. */
#ifndef BONDCARRIER_AGENT_STORE_INTERNAL_H
#define BONDCARRIER_AGENT_STORE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "state/store_plan.h"

struct store {
	struct store_plan plan; /* the thread's, once it has started */
	pthread_t id;
	int fd;
	atomic_bool stop;

	pthread_mutex_t mutex; /* never held while waiting for a disk */
	pthread_cond_t idle;   /* signalled when the thread has ended */
	bool ended;
	bool left; /* behind: the shared state no longer exists */
};

/* Starts the thread that writes. 0 or -errno. */
int store_write_start(struct store *store);

/* Has it write what is left, and ends it. False: the disk hangs, and the thread
   with it, which keeps using `store`. */
bool store_write_stop(struct store *store);

#endif
