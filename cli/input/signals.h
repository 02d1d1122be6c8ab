/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For a command that runs until a signal ends it.
 */
#ifndef BONDCARRIER_SIGNALS_H
#define BONDCARRIER_SIGNALS_H

#include <stdint.h>

/* Returns a descriptor that becomes readable when SIGINT, SIGTERM or SIGHUP
   arrives; from now on they have no other effect. -1 with errno. */
int signals_open(void);

/* The timeout for poll() until that CLOCK_MONOTONIC time, in ms. */
int signals_poll_ms(int64_t at_ms);

#endif
