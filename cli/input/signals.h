/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a command needs that runs until it is told to end.
 */
#ifndef BONDCARRIER_SIGNALS_H
#define BONDCARRIER_SIGNALS_H

#include <stdint.h>

/* A descriptor that is readable when SIGINT, SIGTERM or SIGHUP has come, all
   of which do nothing else from now on; -1 with errno. */
int signals_open(void);

/* Milliseconds for poll() until that time of CLOCK_MONOTONIC. */
int signals_poll_ms(int64_t at_ms);

#endif
