/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel made of lists behind linksock's interface, in the library's place:
 * whoever links this does not link the library's. Nothing in it takes time.
 */
#ifndef BONDCARRIER_TESTS_FAKE_KERNEL_H
#define BONDCARRIER_TESTS_FAKE_KERNEL_H

#include "netlink/linkfilter.h"
#include "netlink/linksock.h"

/* Its links, the events queued, and what was asked of it. */
extern struct fake_kernel {
	struct link_batch links;
	struct link_batch events;
	struct link_batch meanwhile; /* events while the next dump is read */
	int open;		     /* sockets */
	bool overrun;
	bool congested; /* overrun, and more queued than one turn reads */
	bool more;	/* more queued than one turn reads, nothing lost */
	int deaf;	/* an error of each receive */
	size_t heard;	/* how often events were asked for */
	int error;	/* of the next dumps */
	size_t alls;	/* dumps of everything */
	size_t ones;	/* dumps of one bond */
	size_t vlans;	/* dumps of these */
	int last_one;
	size_t torn; /* dumps of one bond whose slaves changed meanwhile */
	char lacp_asked[64]; /* for the counters of these slaves */
	int lacp_error;
	struct linksock_stats stats;
	int locked; /* the monitor's lock is held: nothing may be asked */
	struct linkfilter filter;
	bool filtering;
	int filter_error;
} kernel;

void fake_kernel_fini(void);

#endif
