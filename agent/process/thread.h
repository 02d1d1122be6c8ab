/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting the daemon's threads, and waiting for one with a deadline.
 */
#ifndef BONDCARRIER_AGENT_THREAD_H
#define BONDCARRIER_AGENT_THREAD_H

#include "base/clock.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* With all signals blocked: the SNMP thread handles them. 0 or -errno. */
int thread_start(pthread_t *out, void *(*run)(void *ctx), void *ctx);

/* A condition for thread_wait(). */
void thread_cond_init(pthread_cond_t *cond);

/* Waits until `cond` is signalled or clock_now_ms() reaches `at_ms` (INT64_MAX:
   never). False: the time has come. */
bool thread_wait(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t at_ms);

#endif
