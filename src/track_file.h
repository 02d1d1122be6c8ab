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
 * May hang as long as the disk does. Errors: -errno.
 */
#ifndef BONDCARRIER_TRACK_FILE_H
#define BONDCARRIER_TRACK_FILE_H

#include <stdbool.h>

int track_file_put(const char *folder, const char *name, bool up);

#endif
