/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What linksock.c (sockets, events), linkdump.c and linksock_lacp_stats.c
 * (questions and answers) share. Only these and their tests include it.
 */
#ifndef BONDCARRIER_LINKSOCK_INTERNAL_H
#define BONDCARRIER_LINKSOCK_INTERNAL_H

#include <sys/types.h>

#include "netlink/linksock.h"

/*
 * Room for the largest datagram: a message's longest attribute has 64 KiB
 * (a link's alternative names), and the kernel packs no more than 32 KiB of
 * messages together.
 */
#define LINKSOCK_BUFFER_SIZE ((size_t)256 * 1024)

struct linksock {
	int event_fd;
	int dump_fd;
	bool lost;    /* events, and the queue has not been empty since */
	uint32_t seq; /* of the last question */
	char *buffer; /* LINKSOCK_BUFFER_SIZE */
	struct linksock_options options;
	struct linksock_stats stats;
};

/* The dump socket goes after a broken answer, and comes with the next
   question. -errno. */
int linksock_open_dump(struct linksock *sock);
void linksock_close_dump(struct linksock *sock);

/*
 * Receives one datagram of the kernel into the buffer. The number of bytes;
 * 0: it was not from the kernel; -errno, -EMSGSIZE where it was cut.
 */
ssize_t linksock_recv(struct linksock *sock, int fd, int flags);

/*
 * Parses one message, and counts. 0, -ENOMSG: nothing to do with links, or
 * -EBADMSG, where `out` is a distrusted link if its ifindex could be read.
 */
int linksock_parse(struct linksock *sock, const struct nlmsghdr *nlh,
		   size_t available, struct link_event *out);

/* One question to the kernel; what is zero is not asked for. */
struct linksock_dump_question {
	int ifindex;	  /* this link, not a dump */
	int master;	  /* slaves of this bond */
	const char *kind; /* links of this IFLA_INFO_KIND */
	bool vlans;	  /* these are wanted, not bonds and slaves */
};

/* How far the answer has come. */
struct linksock_dump_answer {
	bool done;
	bool interrupted; /* NLM_F_DUMP_INTR: it contradicts itself */
	bool filtered;	  /* the kernel did filter as asked */
	int error;	  /* -errno of NLMSG_ERROR or NLMSG_DONE */
};

/* Reads one datagram of an answer into the batch. 0 or -ENOMEM. */
int linksock_dump_read(struct linksock *sock,
		       const struct linksock_dump_question *question,
		       const char *bytes, size_t length,
		       struct link_batch *batch,
		       struct linksock_dump_answer *answer);

#endif
