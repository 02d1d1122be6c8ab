/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When sysUpTime was 0, which every TimeStamp counts from.
 *
 * Managers compare TimeStamps: that of an unchanged object must not move during
 * one life of the master agent, although it is computed from two clocks, each
 * rounded, by processes that may be preempted between reading them. It becomes
 * 0 when sysUpTime wraps, after 497 days (RFC 2579, TimeStamp).
 *
 * Pure. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_AGENT_UPTIME_H
#define BONDCARRIER_AGENT_UPTIME_H

#include <stdint.h>

#define UPTIME_WRAP_MS (((int64_t)UINT32_MAX + 1) * 10)

struct uptime_reading {
	int64_t before_ms; /* CLOCK_MONOTONIC, read before sysUpTime */
	uint32_t uptime_cs;
	int64_t after_ms; /* and after it */
};

/* A time when sysUpTime was 0. `kept_ms`: the result for the reading before
   this one; 0: there was none. */
int64_t uptime_began_ms(int64_t kept_ms, const struct uptime_reading *reading);

/* The last time it was 0, for a result of uptime_began_ms(). */
int64_t uptime_last_zero_ms(int64_t began_ms, int64_t now_ms);

#endif
