/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One look at the bonds: at the kernel's, or at those of a capture as they
 * were at its end; and which of them were asked for.
 *
 * source_open() gives what could be read, also beside an error: of a damaged
 * capture what came before the damage. `trouble` says what is wrong, for
 * people, also where malformed messages were merely passed over; `bonds` is
 * NULL where nothing could be read.
 */
#ifndef BONDCARRIER_LOOK_H
#define BONDCARRIER_LOOK_H

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
int source_open(struct source *look, const char *from, bool strict_lacp);
void source_close(struct source *look);

/*
 * Opens a monitor and reads everything once. Where links change during every
 * attempt it is tried for some seconds, or until `signals` (-1: none) is
 * readable; where another holds the kernel's lock of all links (linksock.h), it
 * takes as long as that. 0, or -errno for monitor_error_text().
 */
int source_monitor(struct monitor **out, const struct monitor_options *options,
		   int signals);

/* The names of bonds on a command line; none: all bonds. */
struct look_names {
	char **names;
	size_t count;
};

/*
 * Does that word of a command line mean the bond of that name? It is the
 * name, byte for byte, or the name as printable_name() prints it: so what is
 * shown can be typed.
 */
bool source_name_means(const char *word, const char *ifname);
/* ... any of them, or are all meant? */
bool source_wants(const struct look_names *names, const char *ifname);
/* The bond that is meant; NULL: it is not there. */
const struct bond *source_find(const struct bond_set *set, const char *word);

#endif
