/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keeps the track files as track.h says they must be: what is to be done next,
 * doing it, and noting what became of it, apart from the thread that does so.
 *
 *     observe, configure           (whoever knows the bonds)
 *     next -> do -> done           (who waits for the disk)
 *
 * Not thread-safe: the owner locks, but for track_keep_do(), which may hang as
 * long as the disk does and touches nothing that the others do.
 * Errors: -errno.
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
	int64_t now_ms;			    /* the latest that is known of */
	int64_t spares_at_ms;		    /* when they are to be made */
	struct shared_track trouble;	    /* as published last */
	bool unsearched; /* the folder may hold files of bonds that are gone */

	/* Of track_keep_do(). */
	char current[SETTINGS_ADDRESS_SIZE]; /* the folder it works in */
	struct track_spares spares;

	/* Of track_keep_observe(): what the set said last. */
	bool observed;
	uint64_t carrier_changes;
};

enum track_work_type {
	TRACK_WORK_MOVE,    /* to another folder */
	TRACK_WORK_PUT,	    /* a file */
	TRACK_WORK_SEARCH,  /* the folder, for files that say up */
	TRACK_WORK_PREPARE, /* the spares: may be left undone */
};

struct track_work {
	enum track_work_type type;
	struct track_order order;
	char folder[SETTINGS_ADDRESS_SIZE];
	int err;
	struct track_work_name *names; /* found; track_keep_done() frees them */
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

/* Nearly always nothing did, and there may be a thousand bonds: needs no
   lock, if the one who observes asks. */
bool track_keep_is_changed(const struct track_keep *keep,
			   const struct bond_set *set);

/* True: there is something to do sooner than there was. */
bool track_keep_observe(struct track_keep *keep, const struct bond_set *set,
			int64_t now_ms);

/* False: nothing is to be done now. */
bool track_keep_next(const struct track_keep *keep, struct track_work *work);
void track_keep_do(struct track_keep *keep, struct track_work *work);
void track_keep_done(struct track_keep *keep, const struct track_work *work);

/* True: it is another than was published last, and is to be published. */
bool track_keep_trouble(struct track_keep *keep, struct shared_track *out);

/* When track_keep_next() may have something; INT64_MAX. */
int64_t track_keep_next_ms(const struct track_keep *keep);

/* The files stay, what lay ready goes. May hang. */
void track_keep_tidy(struct track_keep *keep);

#endif
