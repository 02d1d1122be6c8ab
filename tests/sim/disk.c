/* SPDX-License-Identifier: BSD-2-Clause */
/* The state file and the track files, in memory. */
#include "disk.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "keepalived/track_file.h"
#include "seam.h"
#include "state/state_file.h"

struct disk disk;

void disk_reset(void)
{
	free(disk.state);
	free(disk.stale);
	memset(&disk, 0, sizeof(disk));
}

void disk_lose_state(void)
{
	free(disk.state);
	disk.state = NULL;
}

void disk_tear_state(void)
{
	disk.state_length /= 2;
}

void disk_stale_state(void)
{
	if (!disk.stale)
		return;
	free(disk.state);
	disk.state = disk.stale;
	disk.state_length = disk.stale_length;
	disk.stale = NULL;
}

static char *copy_of(const char *text, size_t length)
{
	char *copy = malloc(length + 1);

	if (!copy)
		abort();
	memcpy(copy, text, length);
	return copy;
}

int __wrap_state_file_read(const char *path, char **text, size_t *length);
int __wrap_state_file_read(const char *path, char **text, size_t *length)
{
	(void)path;
	if (disk.read_error)
		return -disk.read_error;
	if (!disk.state)
		return -ENOENT;
	*text = copy_of(disk.state, disk.state_length);
	*length = disk.state_length;
	return 0;
}

int __wrap_state_file_write(const char *path, const char *text, size_t length);
int __wrap_state_file_write(const char *path, const char *text, size_t length)
{
	(void)path;
	if (disk.write_error)
		return -disk.write_error;
	free(disk.stale);
	disk.stale = disk.state;
	disk.stale_length = disk.state_length;
	disk.state = copy_of(text, length);
	disk.state_length = length;
	disk.writes++;
	return 0;
}

int __wrap_state_file_lock(const char *path, int *fd);
int __wrap_state_file_lock(const char *path, int *fd)
{
	(void)path;
	(void)fd;
	return 0;
}

int __wrap_state_file_set_aside(const char *path);
int __wrap_state_file_set_aside(const char *path)
{
	(void)path;
	disk_lose_state();
	return 0;
}

void __wrap_state_file_boot_id(char boot_id[STATE_TEXT_BOOT_ID_SIZE]);
void __wrap_state_file_boot_id(char boot_id[STATE_TEXT_BOOT_ID_SIZE])
{
	snprintf(boot_id, STATE_TEXT_BOOT_ID_SIZE,
		 "00000000-0000-4000-8000-%012d", disk.boot);
}

int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
	(void)path;
	(void)mode;
	return 0;
}

static struct disk_track *find(const char *folder, const char *name)
{
	for (size_t i = 0; i < disk.track_count; i++) {
		struct disk_track *track = &disk.tracks[i];

		if (strcmp(track->name, name) == 0 &&
		    strcmp(track->folder, folder) == 0)
			return track;
	}
	return NULL;
}

const struct disk_track *disk_track(const char *folder, const char *name)
{
	return find(folder, name);
}

static int put(const char *folder, const char *name, bool up)
{
	struct disk_track *track = find(folder, name);

	if (disk.track_error)
		return -disk.track_error;
	if (!track) {
		if (disk.track_count == DISK_TRACKS)
			return -ENOSPC;
		track = &disk.tracks[disk.track_count++];
		memset(track, 0, sizeof(*track));
		snprintf(track->folder, sizeof(track->folder), "%s", folder);
		snprintf(track->name, sizeof(track->name), "%s", name);
		track->changed_ms = seam.now_ms;
	} else if (track->up != up) {
		track->changed_ms = seam.now_ms;
	}
	track->up = up;
	return 0;
}

int __wrap_track_file_put(const char *folder, const char *name, bool up);
int __wrap_track_file_put(const char *folder, const char *name, bool up)
{
	return put(folder, name, up);
}

int __wrap_track_file_turn(const char *folder, const char *name, bool up,
			   struct track_spares *spares);
int __wrap_track_file_turn(const char *folder, const char *name, bool up,
			   struct track_spares *spares)
{
	int err = spares->ready[up] ? put(folder, name, up) : -ENOENT;

	if (!err)
		spares->ready[up] = false;
	return err;
}

int __wrap_track_file_each_up(const char *folder,
			      void (*found)(void *ctx, const char *name),
			      void *ctx);
int __wrap_track_file_each_up(const char *folder,
			      void (*found)(void *ctx, const char *name),
			      void *ctx)
{
	for (size_t i = 0; i < disk.track_count; i++)
		if (disk.tracks[i].up &&
		    strcmp(disk.tracks[i].folder, folder) == 0)
			found(ctx, disk.tracks[i].name);
	return 0;
}

int __wrap_track_file_prepare(const char *folder, struct track_spares *spares);
int __wrap_track_file_prepare(const char *folder, struct track_spares *spares)
{
	(void)folder;
	if (disk.track_error)
		return -disk.track_error;
	spares->ready[0] = true;
	spares->ready[1] = true;
	return 0;
}

void __wrap_track_file_tidy(const char *folder, struct track_spares *spares);
void __wrap_track_file_tidy(const char *folder, struct track_spares *spares)
{
	(void)folder;
	memset(spares, 0, sizeof(*spares));
}
