/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last N events, by ascending indexes that are never reused
 * (bondEventTable). When full, the oldest event is removed. Memory grows with
 * the number of events.
 *
 * Not thread-safe: the owner locks. Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_AGENT_EVENT_LOG_H
#define BONDCARRIER_AGENT_EVENT_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "bond/event.h"

/* bondEventNotified; numbers as in BOND-CARRIER-MIB. */
enum event_fate {
	EVENT_FATE_NOT_APPLICABLE = 1,
	EVENT_FATE_QUEUED = 2,
	EVENT_FATE_ACKNOWLEDGED = 3,
	EVENT_FATE_DROPPED = 4,
	EVENT_FATE_SUPPRESSED = 5,
};

struct event_log_entry {
	uint32_t index; /* 1 and up */
	struct event event;
	int64_t wall_ms; /* CLOCK_REALTIME milliseconds since 1970 */
	enum event_fate fate;
};

struct event_log;

/* `limit` events at most (0 means 1), the first at `first_index`. NULL: no
   memory. */
struct event_log *event_log_new(size_t limit, uint32_t first_index);
void event_log_free(struct event_log *log);

/* Continues an empty log after that index, the last of an earlier process. */
void event_log_go_on(struct event_log *log, uint32_t after);

/* `index` (may be NULL) gets the new row's index. */
int event_log_append(struct event_log *log, const struct event *event,
		     int64_t wall_ms, enum event_fate fate, uint32_t *index);

/* Removes the oldest rows beyond `limit`. */
int event_log_set_limit(struct event_log *log, size_t limit);

/* The newest index; 0: none yet. */
uint32_t event_log_last(const struct event_log *log);

/* The row of that index, and the first row of at least that index; NULL: none.
   O(1). */
const struct event_log_entry *event_log_find(const struct event_log *log,
					     uint32_t index);
const struct event_log_entry *event_log_lower_bound(const struct event_log *log,
						    int64_t index);

/* Ignored if the row was removed. */
void event_log_set_fate(struct event_log *log, uint32_t index,
			enum event_fate fate);

#endif
