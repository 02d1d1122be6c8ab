/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keepalived's track file of each bond must contain, and when to write it.
 *
 * A file contains up only while the bond's effective carrier is known to be up
 * (unknown is down), and a change is written after it has lasted for `fall_ms`
 * or `rise_ms` without interruption:
 *
 *     observed   up |   down   | up |   down    |     up
 *     file       up | (fall) |     down     | (rise) | up
 *
 * The state at the first observation is written at once: otherwise each start
 * of the daemon would be a failover. A bond that is added later counts as down
 * before, so its first up waits for `rise_ms`. The file of a bond that is gone
 * (removed, renamed, excluded) is changed to down; then the bond is forgotten.
 *
 * Files of bonds that were removed while the daemon did not run, or kept
 * another folder, are found in the folder: see track_plan_found_up().
 *
 * A file is checked again TRACK_AGAIN_MS after it was written, since somebody
 * may have removed it, which keepalived takes for up; after a failure,
 * TRACK_RETRY_MS later.
 *
 * Pure. Times are CLOCK_MONOTONIC milliseconds. Not thread-safe. Errors:
 * -ENOMEM; what is known of the other bonds stays right.
 */
#ifndef BONDCARRIER_AGENT_TRACK_PLAN_H
#define BONDCARRIER_AGENT_TRACK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"

#define TRACK_AGAIN_MS 5000
#define TRACK_RETRY_MS 1000

struct track_plan;

struct track_order { /* make the file of that name contain this */
	char name[LINK_NAME_SIZE];
	bool up;
	bool turned; /* it contained the opposite when last written */
};

struct track_plan *track_plan_new(void); /* NULL: no memory */
void track_plan_free(struct track_plan *track);

void track_plan_set_delays(struct track_plan *track, uint32_t fall_ms,
			   uint32_t rise_ms);

/* The folder changed: all files must be written. */
void track_plan_moved(struct track_plan *track);

/* A file of that name contains up. If it is not a bond's, it is changed to
   down. Call after the first observation. */
int track_plan_found_up(struct track_plan *track, const char *name);

/* `set` holds all bonds that exist. */
int track_plan_observe(struct track_plan *track, const struct bond_set *set,
		       int64_t now_ms);

/* A file that is due; false: none. */
bool track_plan_next(struct track_plan *track, int64_t now_ms,
		     struct track_order *out);

/* The order was carried out; `err` is 0 or -errno. */
void track_plan_done(struct track_plan *track, const struct track_order *order,
		     int err, int64_t now_ms);

/* The error of the first file that could not be written: -errno, and its name
   in `name`; 0: none. */
int track_plan_trouble(const struct track_plan *track,
		       char name[LINK_NAME_SIZE]);

/* When track_plan_next() may have one; INT64_MAX: not before another function
   is called. */
int64_t track_plan_next_ms(const struct track_plan *track);

#endif
