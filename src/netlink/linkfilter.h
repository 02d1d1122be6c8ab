/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Selects the link messages that are worth waking up for. The filter is a
 * classic BPF program, which the kernel runs before it queues a message
 * (socket(7), SO_ATTACH_FILTER; the kernel's
 * Documentation/networking/filter.rst). Without it, a host with thousands of
 * containers would wake the daemon for links that don't concern it.
 *
 * It lets through
 *   - messages about bonds and slaves, recognised by IFF_MASTER and IFF_SLAVE,
 *   - messages about known links, because a slave that was just released has
 *     neither flag any more, and the lower devices of slaves never have them,
 *   - with `vlans`, messages about links whose IFLA_LINK is a known link, such
 *     as a new VLAN on a bond,
 *   - messages of any other type and messages that are too short: the parser
 *     handles them.
 *
 * The known links are stored as a few ranges of ifindex. These may cover more
 * links than were given, never fewer; an extra message does no harm.
 *
 * Pure; no errors.
 */
#ifndef BONDCARRIER_LINKFILTER_H
#define BONDCARRIER_LINKFILTER_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

#define LINKFILTER_RANGES 48

struct linkfilter_range {
	int first;
	int last;
};

struct linkfilter {
	struct linkfilter_range ranges[LINKFILTER_RANGES]; /* ascending */
	size_t count;
	bool vlans;
};

/* Makes ranges that cover these ifindexes, and sorts them in place. Does not
   change `vlans`. */
void linkfilter_make(struct linkfilter *filter, int *ifindexes, size_t count);

bool linkfilter_covers(const struct linkfilter *filter, int ifindex);

/* The longest program: the head, two instructions per range for each of the two
   searches, and the end. A jump spans at most 255 instructions. */
#define LINKFILTER_PROGRAM_MAX (60 + 4 * LINKFILTER_RANGES)

/* Writes the program; returns its length. */
size_t linkfilter_program(const struct linkfilter *filter,
			  struct sock_filter program[LINKFILTER_PROGRAM_MAX]);

#endif
