/* SPDX-License-Identifier: BSD-2-Clause */
/* When sysUpTime was 0, as one value for the master's whole life. */
#include "state/uptime.h"

#define TICK_MS 10

/*
 * net-snmp sets sysUpTime from the master's answer as a session is opened: when
 * the answer is read late, by less than this, sysUpTime is late, and the master
 * is the same. The life of a master that has gone is rarely shorter.
 */
#define ANSWER_LATE_MS 1000

int64_t uptime_began_ms(int64_t kept_ms, const struct uptime_reading *reading)
{
	int64_t uptime_ms = (int64_t)reading->uptime_cs * TICK_MS;
	/* It was 0 after the one and no later than the other. */
	int64_t earliest_ms = reading->before_ms - uptime_ms - TICK_MS;
	int64_t latest_ms = reading->after_ms - uptime_ms;

	if (kept_ms != 0 && kept_ms >= earliest_ms - ANSWER_LATE_MS &&
	    kept_ms <= latest_ms + ANSWER_LATE_MS)
		return kept_ms;
	return reading->before_ms - uptime_ms;
}
