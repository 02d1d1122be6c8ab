/* SPDX-License-Identifier: BSD-2-Clause */
/* What the daemon's threads have in common: how they begin, and how one of
   them is waited for. */
#ifndef BONDCARRIER_AGENT_THREAD_H
#define BONDCARRIER_AGENT_THREAD_H

#include "base/clock.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Without signals: they are for the SNMP thread alone. 0 or -errno. */
int thread_start(pthread_t *out, void *(*run)(void *ctx), void *ctx);

/* A condition for thread_wait(). */
void thread_cond_init(pthread_cond_t *cond);

/* Until it is signalled, or that time of clock_now_ms(), which for INT64_MAX
   never comes; false: it has come. */
bool thread_wait(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t at_ms);

#endif
