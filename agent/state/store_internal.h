/* SPDX-License-Identifier: BSD-2-Clause */
/* What store.c and store_write.c share. */
#ifndef BONDCARRIER_AGENT_STORE_INTERNAL_H
#define BONDCARRIER_AGENT_STORE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "state/store_plan.h"

struct store {
	struct store_plan plan; /* the thread's, once there is one */
	pthread_t id;
	int fd;
	atomic_bool stop;

	pthread_mutex_t mutex; /* never held while a disk is waited for */
	pthread_cond_t idle;   /* that the thread has ended */
	bool ended;
	bool left; /* alone: the shared state is no more */
};

/* The thread that writes. 0 or -errno. */
int store_write_start(struct store *store);

/* Has it write what is left, and ends it. False: the disk hangs, and the thread
   with it: what it knows stays its own. */
bool store_write_stop(struct store *store);

#endif
