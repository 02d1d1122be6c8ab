/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keepalived's track files: FOLDER/NAME contains "0\n" (up) or "1\n" (down).
 *
 * A file with another content is replaced: written under a name that no link
 * can have, and renamed, so that no reader sees half of it. If that fails (the
 * disk is full, say), its one byte is overwritten in place, which needs no
 * space. A missing folder is created if its parent exists. Names are those of
 * links (no '/', and neither "." nor ".."); a symbolic link in place of a file
 * is replaced, never followed.
 *
 * A file known to contain the opposite is changed faster: a spare file with the
 * new content replaces it in one rename(2), without creating a file or needing
 * space at that moment. Only spares that this process created are used: another
 * process may have been killed while writing its own.
 *
 * May hang as long as the disk does. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_TRACK_FILE_H
#define BONDCARRIER_AGENT_TRACK_FILE_H

#include <stdbool.h>

int track_file_put(const char *folder, const char *name, bool up);

/* Calls `found` for each track file that contains up, whoever wrote it. 0, also
   if the folder does not exist. */
int track_file_each_up(const char *folder,
		       void (*found)(void *ctx, const char *name), void *ctx);

/* The spare files in one folder; { 0 }: none yet. */
struct track_spares {
	bool ready[2]; /* [up] */
};

/* Replaces the file by the spare, without checking the file. After an error
   nothing has changed: call track_file_put(). */
int track_file_turn(const char *folder, const char *name, bool up,
		    struct track_spares *spares);

/* Creates missing spares, in a folder that exists. */
int track_file_prepare(const char *folder, struct track_spares *spares);

/* Removes the spares. */
void track_file_tidy(const char *folder, struct track_spares *spares);

#endif
