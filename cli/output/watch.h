/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier watch`: a line for each event, for people or as JSON. The
 * members of the JSON are described in doc/json.md.
 *
 * Each line is flushed. `err` keeps the first write error (-errno), after which
 * nothing is written.
 */
#ifndef BONDCARRIER_WATCH_H
#define BONDCARRIER_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bond/bond_set.h"
#include "bond/event.h"

struct watch {
	FILE *out;
	bool json;
	bool strict_lacp; /* printed with each state */
	bool coloured;
	int err;
};

/* Lines that are not about one bond. */
enum watch_notice {
	WATCH_OVERRUN,	    /* messages were lost; everything is read again */
	WATCH_KERNEL_LOST,  /* the kernel can't be read */
	WATCH_KERNEL_FOUND, /* the kernel can be read again */
};

/* at_ms: wall clock, since 1970. */
void watch_put_state(struct watch *watch, const struct bond *bond,
		     int64_t at_ms);
void watch_put_event(struct watch *watch, const struct event *event,
		     const struct bond *bond, int64_t at_ms);
/* `why`: the -errno of WATCH_KERNEL_LOST, else 0. */
void watch_put_notice(struct watch *watch, enum watch_notice notice, int why,
		      int64_t at_ms);

/* ISO 8601 with milliseconds and the local zone's offset. */
#define WATCH_TIME_SIZE 48
const char *watch_time(int64_t at_ms, char *buffer, size_t size);

#endif
