/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disk: one state file, and the track files of all folders. It takes the
 * place of agent/state/state_file.c and agent/keepalived/track_file.c, below
 * which there are only system calls. It outlives the agent.
 */
#ifndef BONDCARRIER_SIM_DISK_H
#define BONDCARRIER_SIM_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vk.h"

#define DISK_TRACKS 128
#define DISK_FOLDER 32

struct disk_track { /* a track file */
	char folder[DISK_FOLDER];
	char name[VK_NAME];
	bool up;
	int64_t changed_ms;
};

struct disk {
	char *state; /* NULL: missing */
	size_t state_length;
	char *stale; /* the one before */
	size_t stale_length;
	uint64_t writes;
	int boot; /* of the machine */

	/* Faults. */
	int read_error;	 /* an errno; 0: none */
	int write_error; /* of the state file */
	int track_error; /* of the track files */
	int64_t hang_ms; /* so long each write of the state file takes */
	int64_t track_hang_ms;

	struct disk_track tracks[DISK_TRACKS];
	size_t track_count;
};

extern struct disk disk;

/* Empty. */
void disk_reset(void);

/* What a crash or a person leaves of the state file. */
void disk_lose_state(void);
void disk_tear_state(void);  /* half of it */
void disk_stale_state(void); /* the one before */

/* NULL: no such file. */
const struct disk_track *disk_track(const char *folder, const char *name);

#endif
