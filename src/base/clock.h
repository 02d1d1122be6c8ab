/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two clocks: CLOCK_MONOTONIC for deadlines and comparisons, and the time
 * of day for people.
 *
 * Only the core library reads clocks, because it is always compiled with a
 * 64-bit time_t. The agent and the CLI can't be: on systems with a 32-bit
 * time_t (i386), a struct timeval of that size is part of the interfaces of
 * net-snmp and libpcap.
 */
#ifndef BONDCARRIER_CLOCK_H
#define BONDCARRIER_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

int64_t clock_now_ms(void); /* CLOCK_MONOTONIC */

/* CLOCK_REALTIME, since 1970-01-01 UTC. */
int64_t clock_wall_us(void);
int64_t clock_wall_ms(void);

/* Reads both within 1 ms of each other, unless the machine is too busy. */
void clock_both(int64_t *now_ms, int64_t *wall_ms);

/* The local time of `at_ms`, rounded down to a second; false: the year is out
   of range. */
bool clock_local(int64_t at_ms, struct tm *local);

#endif
