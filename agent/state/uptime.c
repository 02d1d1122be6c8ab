/* SPDX-License-Identifier: BSD-2-Clause */
/* When sysUpTime was 0, as one value for the master's whole life. */
#include "state/uptime.h"

#define TICK_MS 10

/* How far the two clocks may drift apart. The life of a master that has gone is
   rarely shorter. */
#define DRIFT_MS 1000

int64_t uptime_began_ms(int64_t kept_ms, const struct uptime_reading *reading)
{
	int64_t uptime_ms = (int64_t)reading->uptime_cs * TICK_MS;
	/* It was 0 after the one and no later than the other. */
	int64_t earliest_ms =
	    reading->before_ms - uptime_ms - TICK_MS - DRIFT_MS;
	int64_t latest_ms = reading->after_ms - uptime_ms + DRIFT_MS;
	int64_t after_ms;

	if (kept_ms == 0)
		return reading->before_ms - uptime_ms;
	/* One of the times since then, each a wrap later, may be among those.
	 */
	after_ms = (kept_ms - earliest_ms) % UPTIME_WRAP_MS;
	if (after_ms < 0)
		after_ms += UPTIME_WRAP_MS;
	if (after_ms <= latest_ms - earliest_ms)
		return earliest_ms + after_ms;
	return reading->before_ms - uptime_ms;
}

int64_t uptime_last_zero_ms(int64_t began_ms, int64_t now_ms)
{
	if (now_ms < began_ms)
		return began_ms;
	return now_ms - (now_ms - began_ms) % UPTIME_WRAP_MS;
}
