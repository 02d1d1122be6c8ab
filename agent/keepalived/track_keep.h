/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the track files as track_plan.h decides: what to do next, doing it, and
 * recording the result, apart from the thread that does so.
 *
 *     observe, configure           (the kernel thread)
 *     next -> do -> done           (the track thread)
 *
 * Not thread-safe: the owner locks, except for track_keep_do(), which may hang
 * as long as the disk does and uses nothing that the others use. Times are
 * CLOCK_MONOTONIC milliseconds. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_TRACK_KEEP_H
#define BONDCARRIER_AGENT_TRACK_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "config/settings.h"
#include "keepalived/track_file.h"
#include "keepalived/track_plan.h"
#include "state/shared.h"

struct track_keep {
	struct track_plan *track;
	char folder[SETTINGS_ADDRESS_SIZE]; /* "": none */
	int64_t now_ms;			    /* the latest known */
	int64_t spares_at_ms;		    /* when to create spares */
	struct shared_track trouble;	    /* as last published */
	bool unsearched; /* the folder may hold files of removed bonds */

	/* Of track_keep_do(). */
	char current[SETTINGS_ADDRESS_SIZE]; /* the folder it works in */
	struct track_spares spares;

	/* Of track_keep_observe(): the last set. */
	bool observed;
	uint64_t carrier_changes;
};

enum track_work_type {
	TRACK_WORK_MOVE,    /* to another folder */
	TRACK_WORK_PUT,	    /* a file */
	TRACK_WORK_SEARCH,  /* the folder, for files that contain up */
	TRACK_WORK_PREPARE, /* the spares: optional */
};

struct track_work {
	enum track_work_type type;
	struct track_order order;
	char folder[SETTINGS_ADDRESS_SIZE];
	int err;
	struct track_work_name *names; /* found; freed by track_keep_done() */
	size_t name_count;
	size_t name_capacity;
};

struct track_work_name {
	char name[LINK_NAME_SIZE];
};

int track_keep_init(struct track_keep *keep);
void track_keep_fini(struct track_keep *keep);

/* Folder and delays; the settings are copied. */
void track_keep_configure(struct track_keep *keep,
			  const struct settings *settings);

/* Whether to call track_keep_observe(): mostly nothing changed, and there may
   be a thousand bonds. Needs no lock in the thread that observes. */
bool track_keep_is_changed(const struct track_keep *keep,
			   const struct bond_set *set);

/* True: track_keep_next_ms() is now earlier. */
bool track_keep_observe(struct track_keep *keep, const struct bond_set *set,
			int64_t now_ms);

/* False: nothing is due. */
bool track_keep_next(const struct track_keep *keep, struct track_work *work);
void track_keep_do(struct track_keep *keep, struct track_work *work);
void track_keep_done(struct track_keep *keep, const struct track_work *work);

/* True: it changed, and must be published. */
bool track_keep_trouble(struct track_keep *keep, struct shared_track *out);

/* When track_keep_next() may have something; INT64_MAX: never. */
int64_t track_keep_next_ms(const struct track_keep *keep);

/* Removes the spares; the files stay. May hang. */
void track_keep_tidy(struct track_keep *keep);

#endif
