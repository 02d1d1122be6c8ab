/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Paths of the command line, made whole: the daemon changes to / when it
 * detaches, and they must still mean what they meant where it was started.
 */
#ifndef BONDCARRIER_AGENT_PATHS_H
#define BONDCARRIER_AGENT_PATHS_H

#include <limits.h>

/* The path from / on. 0, or -errno: the current folder is not to be found, or
   -ENAMETOOLONG. */
int paths_whole(char out[PATH_MAX], const char *path);

/* The same for an address of transport_connect() or of -S: those of unix
   sockets have a path, the others are copied. */
int paths_whole_address(char out[PATH_MAX], const char *address);

#endif
