/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What keepalived's track file of each bond must hold, and when it is to be
 * seen to. The files themselves are track_file's.
 *
 * A file says up only while the bond's effective carrier is known to be up
 * (unknown is down), and a change goes into it after it has held for `fall_ms`
 * or `rise_ms` without a break:
 *
 *     observed   up |   down   | up |   down    |     up
 *     file       up | (fall) |     down     | (rise) | up
 *
 * What is there at the first observation is believed at once: otherwise each
 * start of the daemon would be a failover. A bond that comes later counts as
 * down until then, so its first up waits for `rise_ms`. The file of a bond
 * that is gone (removed, renamed, excluded) is to say down; then the bond is
 * forgotten.
 *
 * The file of a bond that went while nobody kept the files (the daemon did not
 * run, or kept others) is found in the folder: see track_plan_found_up().
 *
 * A file that was seen to is looked at again after TRACK_AGAIN_MS, since
 * somebody may have removed it, and keepalived takes that for up; one that
 * could not be written, after TRACK_RETRY_MS.
 *
 * No clock, no I/O. Times are CLOCK_MONOTONIC milliseconds. Not thread-safe.
 * Errors: -ENOMEM; what is known of the other bonds stays right.
 */
#ifndef BONDCARRIER_AGENT_TRACK_PLAN_H
#define BONDCARRIER_AGENT_TRACK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"

#define TRACK_AGAIN_MS 5000
#define TRACK_RETRY_MS 1000

struct track_plan;

struct track_order { /* see to it that the file of that name says so */
	char name[LINK_NAME_SIZE];
	bool up;
	bool turned; /* it said the opposite when it was seen to last */
};

struct track_plan *track_plan_new(void); /* NULL: no memory */
void track_plan_free(struct track_plan *track);

void track_plan_set_delays(struct track_plan *track, uint32_t fall_ms,
			   uint32_t rise_ms);

/* The files are elsewhere now: all are to be seen to. */
void track_plan_moved(struct track_plan *track);

/* A file of that name says up. Where it is no bond's, nobody keeps it any more:
   it is to say down. After the first observation. -ENOMEM. */
int track_plan_found_up(struct track_plan *track, const char *name);

/* All bonds that there are. */
int track_plan_observe(struct track_plan *track, const struct bond_set *set,
		       int64_t now_ms);

/* A file whose time has come; false: none. */
bool track_plan_next(struct track_plan *track, int64_t now_ms,
		     struct track_order *out);

/* What became of the order; `err` is 0 or -errno. */
void track_plan_done(struct track_plan *track, const struct track_order *order,
		     int err, int64_t now_ms);

/* Why the first of the files that could not be written could not: -errno,
   with its name in `name`; 0: there is none. */
int track_plan_trouble(const struct track_plan *track,
		       char name[LINK_NAME_SIZE]);

/* When track_plan_next() may have one; INT64_MAX: not before something else is
   called. */
int64_t track_plan_next_ms(const struct track_plan *track);

#endif
