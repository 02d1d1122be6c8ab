/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keepalived's track files: FOLDER/NAME holds "0\n" (up) or "1\n" (down).
 *
 * A file that says otherwise is replaced: written under another name, which
 * no link can have, and renamed, so that nobody reads half of it. Where that
 * can't be done (the disk is full, say), its one byte is overwritten in
 * place, which needs no room. A folder that is not there is made, if its
 * parent is. Names are those of links (no '/', and neither "." nor ".."); a
 * symbolic link in a file's place is replaced, never followed.
 *
 * What is known to say the opposite is turned faster: a file that says so lies
 * ready, under such a name too, and takes its place with one rename(2). What
 * has to turn does not wait for a file to be made then, nor for room on the
 * disk. Only files that this process has made are used so: those of another,
 * which was killed perhaps, may be half written.
 *
 * May hang as long as the disk does. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_TRACK_FILE_H
#define BONDCARRIER_AGENT_TRACK_FILE_H

#include <stdbool.h>

int track_file_put(const char *folder, const char *name, bool up);

/* Calls `found` for each track file that says up, whoever wrote it. 0, also
   where there is no such folder. */
int track_file_each_up(const char *folder,
		       void (*found)(void *ctx, const char *name), void *ctx);

/* The files that lie ready in one folder; { 0 }: none does yet. */
struct track_spares {
	bool ready[2]; /* [up] */
};

/* Puts the spare in the file's place, without a look at that. After an error
   nothing has changed, and track_file_put() is the one to call. */
int track_file_turn(const char *folder, const char *name, bool up,
		    struct track_spares *spares);

/* Makes those that are missing, in a folder that is there. */
int track_file_prepare(const char *folder, struct track_spares *spares);

/* Removes them. */
void track_file_tidy(const char *folder, struct track_spares *spares);

#endif
