/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For a command that runs until a signal ends it.
 */
#ifndef BONDCARRIER_SIGNALS_H
#define BONDCARRIER_SIGNALS_H

#include <stdint.h>

/* A descriptor that is readable once SIGINT, SIGTERM or SIGHUP has come; from
   now on they do nothing else. -1 with errno. */
int signals_open(void);

/* Milliseconds for poll() until that time of CLOCK_MONOTONIC. */
int signals_poll_ms(int64_t at_ms);

#endif
