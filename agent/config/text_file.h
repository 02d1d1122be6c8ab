/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loads a whole text file; the path may be anything. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_TEXT_FILE_H
#define BONDCARRIER_AGENT_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define TEXT_FILE_MAX 1048576 /* bytes */

struct text_file {
	char *text; /* NUL-terminated, without a byte order mark */
	size_t length;
	dev_t device; /* identifies the file, with inode */
	ino_t inode;
	bool world_readable;
};

/* After an error its text is in `why`. Never blocks, not even on a FIFO. The
   caller frees `text`. */
int text_file_load(struct text_file *file, const char *path, const char **why);

#endif
