/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The wall clock, since 1970. In the core library, which is compiled with a
 * time_t of 64 bits everywhere. The agent and the CLI cannot be: where the
 * system's is of 32 bits (i386), net-snmp and libpcap have a struct timeval of
 * that in their interfaces.
 */
#ifndef BONDCARRIER_WALL_H
#define BONDCARRIER_WALL_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

int64_t wall_us(void); /* CLOCK_REALTIME */
int64_t wall_ms(void); /* the same */

/* The local time of `at_ms`, without the part of a second; false: the year is
   out of range. */
bool wall_local(int64_t at_ms, struct tm *local);

#endif
