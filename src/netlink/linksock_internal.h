/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by linksock.c (sockets, events), linksock_dump.c and
 * linksock_lacp_stats.c (requests and replies). Only these and their tests
 * include it.
 */
#ifndef BONDCARRIER_LINKSOCK_INTERNAL_H
#define BONDCARRIER_LINKSOCK_INTERNAL_H

#include <sys/types.h>

#include "netlink/linksock.h"

/*
 * Room for the largest datagram: a message's longest attribute (the alternative
 * names of a link) has up to 64 KiB, and the kernel packs at most 32 KiB of
 * messages into one datagram.
 */
#define LINKSOCK_BUFFER_SIZE ((size_t)256 * 1024)

struct linksock {
	int event_fd;
	int dump_fd;
	bool lost;    /* events were lost, and the queue was not empty since */
	uint32_t seq; /* sequence number of the last request */
	char *buffer; /* LINKSOCK_BUFFER_SIZE */
	struct linksock_options options;
	struct linksock_stats stats;
};

/* The dump socket is closed after an unfinished reply, and opened again for the
   next request. -errno. */
int linksock_open_dump(struct linksock *sock);
void linksock_close_dump(struct linksock *sock);

/*
 * Receives one datagram into the buffer. The number of bytes; 0: it was not
 * from the kernel; -errno; -EMSGSIZE: it was truncated.
 */
ssize_t linksock_recv(struct linksock *sock, int fd, int flags);

/* linkmsg_parse(), with counting. */
int linksock_parse(struct linksock *sock, const struct nlmsghdr *nlh,
		   size_t available, struct link_event *out);

/* One request to the kernel; zero members don't restrict it. */
struct linksock_dump_question {
	int ifindex;	  /* this link only, not a dump */
	int master;	  /* slaves of this bond */
	const char *kind; /* links of this IFLA_INFO_KIND */
	bool vlans;	  /* keep VLANs instead of bonds and slaves */
};

/* The state of the reply. */
struct linksock_dump_answer {
	bool done;
	bool interrupted; /* NLM_F_DUMP_INTR: it may be inconsistent */
	bool filtered;	  /* NLM_F_DUMP_FILTERED: the kernel filtered it */
	int error;	  /* -errno of NLMSG_ERROR or NLMSG_DONE */
};

/* Parses one datagram of a reply into the batch. 0 or -ENOMEM. */
int linksock_dump_read(struct linksock *sock,
		       const struct linksock_dump_question *question,
		       const char *bytes, size_t length,
		       struct link_batch *batch,
		       struct linksock_dump_answer *answer);

#endif
