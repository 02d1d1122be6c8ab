/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariant 5: track files. "No frame passes" is, for now, what the oracle
 * calls down; health takes its place here when it comes.
 */
#include "check.h"

#include <inttypes.h>

#include "disk.h"

/* The first pass after a start sees to all files. */
#define FIRST_MS 1000
/* A file that was seen to is looked at again after that time. */
#define AGAIN_MS 5500

static void look_at(struct check *check, struct check_bond *bond)
{
	const struct settings *settings = check->life->settings;
	const struct disk_track *file =
	    disk_track(settings->track_directory, bond->name);
	int64_t now_ms = check->vk->now_ms;
	int64_t lag_ms =
	    check_lag_ms(check, bond) +
	    disk.track_hang_ms * 2 * (int64_t)(disk.track_count + 2);
	int64_t from_ms = check_latest(
	    check_latest(check->life->started_ms, check->configured_ms) +
		FIRST_MS,
	    check_latest(check_latest(check->excused_ms, check->lossy_ms),
			 check_latest(check->disk_ms, bond->renamed_ms) +
			     AGAIN_MS));
	bool turned = file && bond->file && bond->file_up && !file->up;

	bond->file = file != NULL;
	bond->file_up = file && file->up;
	if (now_ms < from_ms)
		return;
	if (file && file->up && bond->says == ORACLE_DOWN &&
	    now_ms - check_latest(from_ms, bond->says_ms) >
		settings->track_fall_ms + lag_ms)
		check_fail(check, 5, "file-up",
			   "the track file of %s says up; the truth has been "
			   "down for %" PRId64 " ms",
			   bond->name, now_ms - bond->says_ms);
	if (!turned || !bond->running)
		return;
	if (now_ms - check_latest(from_ms, bond->down_ms) >
		settings->track_fall_ms + lag_ms &&
	    now_ms - check_latest(from_ms, bond->not_running_ms) >
		settings->track_fall_ms + lag_ms)
		check_fail(
		    check, 5, "file-down",
		    "the track file of %s turned down; truth and "
		    "kernel have been up for %" PRId64 " ms",
		    bond->name,
		    now_ms - check_latest(bond->down_ms, bond->not_running_ms));
}

void check_track(struct check *check)
{
	if (!check->life->alive || !*check->life->settings->track_directory ||
	    disk.track_error)
		return;
	for (int slot = 0; slot < check->vk->top; slot++) {
		struct check_bond *bond = &check->bonds[slot];

		if (bond->ifindex && check_wanted(check, bond->name))
			look_at(check, bond);
	}
}
