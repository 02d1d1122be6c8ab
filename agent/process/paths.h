/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Makes paths of the command line absolute: the daemon changes to / when it
 * detaches, and they are relative to where it was started.
 */
#ifndef BONDCARRIER_AGENT_PATHS_H
#define BONDCARRIER_AGENT_PATHS_H

#include <limits.h>

/* 0, or -errno: -ENAMETOOLONG, or getcwd() failed. */
int paths_absolute(char out[PATH_MAX], const char *path);

/* The same for an address of transport_connect() or of -S: only those of unix
   sockets have a path; others are copied. */
int paths_absolute_address(char out[PATH_MAX], const char *address);

#endif
