/* SPDX-License-Identifier: BSD-2-Clause */
/* When the watchdog is fed. */
#include "process/watchdog.h"

/* sd_watchdog_enabled(3) asks for half of the timeout; a quarter leaves room
   for a pass that comes late. */
#define FEEDINGS 4
/* A beat so many periods old is none. */
#define STALE_BEATS 2

void watchdog_init(struct watchdog *watchdog, int64_t timeout_ms,
		   int64_t now_ms)
{
	watchdog->every_ms = timeout_ms > 0 ? timeout_ms / FEEDINGS : 0;
	if (timeout_ms > 0 && watchdog->every_ms == 0)
		watchdog->every_ms = 1;
	watchdog->next_ms = now_ms;
}

int64_t watchdog_next_ms(const struct watchdog *watchdog)
{
	return watchdog->every_ms ? watchdog->next_ms : INT64_MAX;
}

enum watchdog_verdict watchdog_ask(struct watchdog *watchdog, int64_t beat_ms,
				   int64_t now_ms)
{
	if (!watchdog->every_ms || now_ms < watchdog->next_ms)
		return WATCHDOG_WAIT;
	watchdog->next_ms = now_ms + watchdog->every_ms;
	return now_ms - beat_ms < STALE_BEATS * watchdog->every_ms
		   ? WATCHDOG_FEED
		   : WATCHDOG_STALE;
}
