/* SPDX-License-Identifier: BSD-2-Clause */
/* A text file as a whole, from a disk that may hold anything. */
#ifndef BONDCARRIER_AGENT_CONF_LOAD_H
#define BONDCARRIER_AGENT_CONF_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define CONF_LOAD_MAX 1048576 /* bytes; a configuration has a thousandth */

struct conf_load {
	char *text; /* with a NUL behind it; a byte order mark is left out */
	size_t length;
	dev_t device; /* which file it is, whatever its path */
	ino_t inode;
	bool open_to_all; /* everybody may read it */
};

/* 0, or -errno and why in words; never waits, as for the writer of a FIFO.
   `text` is the caller's to free. */
int conf_load(struct conf_load *file, const char *path, const char **why);

#endif
