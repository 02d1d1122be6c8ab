/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the bonds come from: the kernel, read once, or the end of a capture;
 * and which of them the command line names.
 *
 * source_open() returns what could be read, even on error: of a damaged
 * capture, what comes before the damage. `trouble` describes the error, or
 * reports that malformed messages were ignored; `bonds` is NULL if nothing
 * could be read.
 */
#ifndef BONDCARRIER_SOURCE_H
#define BONDCARRIER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond_set.h"

struct monitor;
struct monitor_options;
struct replay;

#define SOURCE_TROUBLE_SIZE 512

struct source {
	const struct bond_set *bonds;
	char trouble[SOURCE_TROUBLE_SIZE]; /* "": none */
	struct monitor *monitor;
	struct replay *replay;
};

/* `from`: a capture, "-" standard input; NULL: the kernel. `strict_lacp`: see
   carrier_decide(). 0 or -errno. */
int source_open(struct source *source, const char *from, bool strict_lacp);
void source_close(struct source *source);

/*
 * Opens a monitor and reads everything once. If links change during every
 * attempt, it keeps trying for some seconds, or until `signals` (-1: none) is
 * readable; while another process holds the kernel's lock on all links
 * (linksock.h), it waits. 0, or -errno for monitor_error_text().
 */
int source_monitor(struct monitor **out, const struct monitor_options *options,
		   int signals);

/* The names of bonds on a command line; none: all bonds. */
struct source_names {
	char **names;
	size_t count;
};

/*
 * True if that word of a command line means the bond of that name: it is the
 * name, byte for byte, or the name as printable_name() prints it, so that what
 * is shown can be typed.
 */
bool source_name_means(const char *word, const char *ifname);
/* True if any of the names means it, or there are no names. */
bool source_wants(const struct source_names *names, const char *ifname);
/* The bond that the word means; NULL: none. */
const struct bond *source_find(const struct bond_set *set, const char *word);

#endif
