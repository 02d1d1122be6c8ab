/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two clocks: CLOCK_MONOTONIC, which all that waits or compares uses, and
 * the time of day, which people read. In the core library, which is compiled
 * with a 64-bit time_t everywhere. The agent and the CLI can't be: where the
 * system's time_t has 32 bits (i386), a struct timeval of that size is part of
 * the interfaces of net-snmp and libpcap.
 */
#ifndef BONDCARRIER_CLOCK_H
#define BONDCARRIER_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

int64_t clock_now_ms(void); /* CLOCK_MONOTONIC */

/* CLOCK_REALTIME, since 1970. */
int64_t clock_wall_us(void);
int64_t clock_wall_ms(void);

/* Both at the same time, as far as a busy machine allows. */
void clock_both(int64_t *now_ms, int64_t *wall_ms);

/* The local time of `at_ms`, without the part of a second; false: the year is
   out of range. */
bool clock_local(int64_t at_ms, struct tm *local);

#endif
