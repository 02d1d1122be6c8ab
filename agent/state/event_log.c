/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A ring of events that grows up to its limit. The indexes of its rows have no
 * gaps, so a row is found by subtraction.
 */
#include "state/event_log.h"

#include <errno.h>
#include <stdlib.h>

struct event_log {
	struct event_log_entry *ring;
	size_t capacity; /* of the ring; at most `limit`, unless it could not
			    be reduced */
	size_t oldest;	 /* its position in the ring */
	size_t count;
	size_t limit;
	uint32_t next_index;
	uint32_t last_index;
};

struct event_log *event_log_new(size_t limit, uint32_t first_index)
{
	struct event_log *log = calloc(1, sizeof(*log));

	if (!log)
		return NULL;
	log->limit = limit ? limit : 1;
	log->next_index = first_index ? first_index : 1;
	return log;
}

void event_log_free(struct event_log *log)
{
	if (!log)
		return;
	free(log->ring);
	free(log);
}

void event_log_go_on(struct event_log *log, uint32_t after)
{
	log->last_index = after;
	log->next_index = after + 1;
}

static struct event_log_entry *row(const struct event_log *log, size_t nth)
{
	return &log->ring[(log->oldest + nth) % log->capacity];
}

static void forget_oldest(struct event_log *log, size_t how_many)
{
	if (how_many == 0)
		return;
	log->oldest = (log->oldest + how_many) % log->capacity;
	log->count -= how_many;
}

/* Moves the rows to a ring of that capacity, which must hold them all. */
static int set_capacity(struct event_log *log, size_t capacity)
{
	struct event_log_entry *ring = calloc(capacity, sizeof(*ring));

	if (!ring)
		return -ENOMEM;
	for (size_t i = 0; i < log->count; i++)
		ring[i] = *row(log, i);
	free(log->ring);
	log->ring = ring;
	log->capacity = capacity;
	log->oldest = 0;
	return 0;
}

static int make_room(struct event_log *log)
{
	size_t capacity;

	if (log->count == log->limit) {
		forget_oldest(log, 1);
		return 0;
	}
	if (log->count < log->capacity)
		return 0;
	capacity = log->capacity ? 2 * log->capacity : 16;
	if (capacity > log->limit)
		capacity = log->limit;
	return set_capacity(log, capacity);
}

int event_log_append(struct event_log *log, const struct event *event,
		     int64_t wall_ms, enum event_fate fate, uint32_t *index)
{
	int err = make_room(log);

	if (err)
		return err;
	/* After the largest index, the log starts over empty, so that the rows
	   stay in order. */
	if (log->next_index == 0) {
		log->count = 0;
		log->next_index = 1;
	}
	*row(log, log->count) = (struct event_log_entry){
		.index = log->next_index,
		.event = *event,
		.wall_ms = wall_ms,
		.fate = fate,
	};
	log->count++;
	log->last_index = log->next_index++;
	if (index)
		*index = log->last_index;
	return 0;
}

int event_log_set_limit(struct event_log *log, size_t limit)
{
	log->limit = limit ? limit : 1;
	if (log->count > log->limit)
		forget_oldest(log, log->count - log->limit);
	if (log->capacity > log->limit)
		return set_capacity(log, log->limit);
	return 0;
}

uint32_t event_log_last(const struct event_log *log)
{
	return log->last_index;
}

static struct event_log_entry *first_from(const struct event_log *log,
					  int64_t index)
{
	int64_t oldest = (int64_t)log->last_index - (int64_t)log->count + 1;

	if (log->count == 0 || index > log->last_index)
		return NULL;
	return row(log, index > oldest ? (size_t)(index - oldest) : 0);
}

const struct event_log_entry *event_log_lower_bound(const struct event_log *log,
						    int64_t index)
{
	return first_from(log, index);
}

const struct event_log_entry *event_log_find(const struct event_log *log,
					     uint32_t index)
{
	const struct event_log_entry *entry = first_from(log, index);

	return entry && entry->index == index ? entry : NULL;
}

void event_log_set_fate(struct event_log *log, uint32_t index,
			enum event_fate fate)
{
	struct event_log_entry *entry = first_from(log, index);

	if (entry && entry->index == index)
		entry->fate = fate;
}
