/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Replays a capture: its records drive the same tracker and judge as the
 * kernel's messages do, under the capture's own clock.
 *
 * A capture does not record what each dump requested. Answers therefore add and
 * change links, but never remove them; only events do. Since nothing can be
 * read again, an event about a new link is trusted.
 *
 * now_ms is the wall clock of the capture (ms since 1970), and never goes
 * backwards. Errors: -ENOMEM. Records are hostile: malformed ones are counted.
 */
#ifndef BONDCARRIER_REPLAY_H
#define BONDCARRIER_REPLAY_H

#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"
#include "capture/capture.h"
#include "decision/judge.h"
#include "netlink/linkmsg.h"
#include "sync/tracker.h"

struct replay;

struct replay_options {
	struct judge_policy policy;
	struct tracker_filter filter;
	struct event_sink sink;
	/* Called once, after the initial state is judged; may be NULL. */
	void (*first)(void *ctx, const struct bond_set *set, int64_t now_ms);
	void *first_ctx;
};

int replay_new(struct replay **out, const struct replay_options *options);
void replay_free(struct replay *replay);

/* Advances the clock to the record's time, and applies the record. */
int replay_record(struct replay *replay, const struct capture_record *record);
/* Call after the last record, before reading the set. */
int replay_end(struct replay *replay);

/* Replays and ends a whole file. -EBADMSG: damaged, see `error`; what comes
   before the damage has been replayed. */
int replay_all(struct replay *replay, struct capture_reader *reader,
	       struct capture_error *error);

/* Replays the file of that name ("-": standard input). Sets `out` even on
   error: to NULL only if nothing could be read. */
int replay_file(struct replay **out, const struct replay_options *options,
		const char *path, struct capture_error *error);

const struct bond_set *replay_bonds(const struct replay *replay);
int64_t replay_now_ms(const struct replay *replay);

struct replay_counts {
	uint64_t messages;  /* about links */
	uint64_t malformed; /* not understood, and their links distrusted */
	uint64_t bad_attrs; /* attributes of the wrong length */
};

struct replay_counts replay_counts(const struct replay *replay);

#endif
