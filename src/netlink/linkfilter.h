/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which link messages are worth waking up for, as a classic BPF program that
 * the kernel runs before it queues them (socket(7), SO_ATTACH_FILTER; the
 * kernel's Documentation/networking/filter.rst).
 *
 * A host with thousands of containers changes links all day long, none of
 * them ours. Let through are messages
 *   - of bonds and slaves, told by IFF_MASTER and IFF_SLAVE,
 *   - of the links that are known: a slave that was just released has neither
 *     flag any more, and the lower devices of slaves never had one,
 *   - with `vlans`, of the links whose IFLA_LINK is one that is known: a VLAN
 *     that is new on a bond,
 *   - of any other type, or too short to tell: those are for the parser.
 *
 * The known links are kept as a few ranges of ifindex. They may cover more
 * than was asked for, never less: to let one through too many costs a look.
 *
 * Pure, no errors.
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
	struct linkfilter_range ranges[LINKFILTER_RANGES]; /* rising */
	size_t count;
	bool vlans;
};

/* Covers these; sorts them in place. Leaves `vlans` as it is. */
void linkfilter_make(struct linkfilter *filter, int *ifindexes, size_t count);

bool linkfilter_covers(const struct linkfilter *filter, int ifindex);

/* The longest program: the head, two instructions a range, twice, the ends.
   A jump goes over 255 instructions at most. */
#define LINKFILTER_PROGRAM_MAX (60 + 4 * LINKFILTER_RANGES)

/* Writes the program; returns its length. */
size_t linkfilter_program(const struct linkfilter *filter,
			  struct sock_filter program[LINKFILTER_PROGRAM_MAX]);

#endif
