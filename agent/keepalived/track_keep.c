/* SPDX-License-Identifier: BSD-2-Clause */
/* Turns observations into work on the track files. */
#include "keepalived/track_keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* The delay from a change to preparing spares: the threads that the change
   wakes go first. */
#define SPARE_MS 10

int track_keep_init(struct track_keep *keep)
{
	memset(keep, 0, sizeof(*keep));
	keep->spares_at_ms = INT64_MAX;
	keep->track = track_plan_new();
	return keep->track ? 0 : -ENOMEM;
}

void track_keep_fini(struct track_keep *keep)
{
	track_plan_free(keep->track);
}

void track_keep_configure(struct track_keep *keep,
			  const struct settings *settings)
{
	track_plan_set_delays(keep->track, settings->track_fall_ms,
			      settings->track_rise_ms);
	if (strcmp(keep->folder, settings->track_directory) == 0)
		return;
	memcpy(keep->folder, settings->track_directory, sizeof(keep->folder));
	track_plan_moved(keep->track);
	keep->unsearched = true;
}

bool track_keep_is_changed(const struct track_keep *keep,
			   const struct bond_set *set)
{
	return !keep->observed || keep->carrier_changes != set->carrier_changes;
}

bool track_keep_observe(struct track_keep *keep, const struct bond_set *set,
			int64_t now_ms)
{
	int64_t next_ms = track_plan_next_ms(keep->track);

	/* Without memory for a new bond, try again the next time. */
	keep->observed = track_plan_observe(keep->track, set, now_ms) == 0;
	keep->carrier_changes = set->carrier_changes;
	keep->now_ms = now_ms;
	return track_plan_next_ms(keep->track) != next_ms;
}

static bool has_moved(const struct track_keep *keep)
{
	return strcmp(keep->current, keep->folder) != 0;
}

bool track_keep_next(const struct track_keep *keep, struct track_work *work)
{
	memset(work, 0, sizeof(*work));
	memcpy(work->folder, keep->folder, sizeof(work->folder));
	if (has_moved(keep))
		work->type = TRACK_WORK_MOVE;
	else if (*keep->folder &&
		 track_plan_next(keep->track, keep->now_ms, &work->order))
		work->type = TRACK_WORK_PUT;
	else if (*keep->folder && keep->unsearched && keep->observed)
		work->type = TRACK_WORK_SEARCH;
	else if (keep->spares_at_ms <= keep->now_ms)
		work->type = TRACK_WORK_PREPARE;
	else
		return false;
	return true;
}

static int put_file(struct track_keep *keep, const struct track_order *order)
{
	if (order->turned && track_file_turn(keep->current, order->name,
					     order->up, &keep->spares) == 0)
		return 0;
	return track_file_put(keep->current, order->name, order->up);
}

/* Without memory, keeps as many as there is room for. */
static void add_name(void *ctx, const char *name)
{
	struct track_work *work = ctx;
	struct track_work_name *found;

	if (strlen(name) >= sizeof(found->name) ||
	    ARRAY_ROOM(work->names, work->name_capacity,
		       work->name_count + 1) != 0)
		return;
	found = &work->names[work->name_count++];
	memset(found, 0, sizeof(*found));
	memcpy(found->name, name, strlen(name));
}

void track_keep_tidy(struct track_keep *keep)
{
	track_file_tidy(&keep->spares);
}

void track_keep_do(struct track_keep *keep, struct track_work *work)
{
	switch (work->type) {
	case TRACK_WORK_MOVE:
		track_keep_tidy(keep);
		memcpy(keep->current, work->folder, sizeof(keep->current));
		break;
	case TRACK_WORK_PUT:
		work->err = put_file(keep, &work->order);
		break;
	case TRACK_WORK_SEARCH:
		/* A failure does not matter until writing a file fails. */
		(void)track_file_each_up(keep->current, add_name, work);
		break;
	case TRACK_WORK_PREPARE:
		/* A failure does not matter until writing a file fails. */
		(void)track_file_prepare(keep->current, &keep->spares);
		break;
	}
}

static void searched(struct track_keep *keep, const struct track_work *work)
{
	for (size_t i = 0; i < work->name_count && !has_moved(keep); i++)
		(void)track_plan_found_up(keep->track, work->names[i].name);
	free(work->names);
	keep->unsearched = has_moved(keep);
}

void track_keep_done(struct track_keep *keep, const struct track_work *work)
{
	const bool *ready = keep->spares.ready;

	if (work->type == TRACK_WORK_SEARCH) {
		searched(keep, work);
		return;
	}
	if (work->type != TRACK_WORK_PUT) {
		keep->spares_at_ms = INT64_MAX;
		return;
	}
	if (!has_moved(keep))
		track_plan_done(keep->track, &work->order, work->err,
				keep->now_ms);
	if (keep->spares_at_ms == INT64_MAX && !(ready[0] && ready[1]))
		keep->spares_at_ms = keep->now_ms + SPARE_MS;
}

bool track_keep_trouble(struct track_keep *keep, struct shared_track *out)
{
	char name[LINK_NAME_SIZE];

	memset(out, 0, sizeof(*out));
	if (*keep->folder)
		out->error = -track_plan_trouble(keep->track, name);
	if (out->error)
		snprintf(out->path, sizeof(out->path), "%s/%s", keep->folder,
			 name);
	if (memcmp(out, &keep->trouble, sizeof(*out)) == 0)
		return false;
	keep->trouble = *out;
	return true;
}

int64_t track_keep_next_ms(const struct track_keep *keep)
{
	int64_t next_ms = INT64_MAX;

	if (*keep->folder)
		next_ms = keep->unsearched && keep->observed
			      ? keep->now_ms
			      : track_plan_next_ms(keep->track);
	return keep->spares_at_ms < next_ms ? keep->spares_at_ms : next_ms;
}
