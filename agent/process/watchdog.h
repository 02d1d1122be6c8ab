/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether to feed the service manager's watchdog: only while both the asking
 * thread and the thread that it supervises make progress, whatever else they
 * wait for (a master agent, a disk).
 *
 * The caller asks in every pass of its loop, at watchdog_next_ms() at the
 * latest; the other thread notes the time of its last pass, the beat, at least
 * every `every_ms`.
 *
 * Pure. Times are milliseconds on one clock.
 */
#ifndef BONDCARRIER_AGENT_WATCHDOG_H
#define BONDCARRIER_AGENT_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

struct watchdog {
	int64_t every_ms; /* between two feedings; 0: there is no watchdog */
	int64_t next_ms;
};

enum watchdog_verdict {
	WATCHDOG_WAIT,	/* not due */
	WATCHDOG_FEED,	/* notify the service manager */
	WATCHDOG_STALE, /* don't: the other thread is stuck */
};

/* `timeout_ms`: the service manager's timeout; 0: no watchdog. */
void watchdog_init(struct watchdog *watchdog, int64_t timeout_ms,
		   int64_t now_ms);

/* INT64_MAX: never. */
int64_t watchdog_next_ms(const struct watchdog *watchdog);

enum watchdog_verdict watchdog_ask(struct watchdog *watchdog, int64_t beat_ms,
				   int64_t now_ms);

#endif
