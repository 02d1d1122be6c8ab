/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface to the kernel: one netlink socket for link events, one for
 * requests and dumps. Reading needs no privilege.
 *
 * A dump is returned only when it is complete. A dump that a change interrupted
 * (NLM_F_DUMP_INTR) is repeated a bounded number of times. Only messages from
 * the kernel (nl_pid 0) are accepted.
 *
 * Ownership: the caller frees a struct linksock with linksock_close().
 * Errors: -errno. -ENOBUFS from linksock_receive(): events were lost, and the
 * caller must read everything again.
 *
 * Requests have no upper time limit. The kernel handles them within sendto()
 * and recvmsg(), where it waits for the lock of all links (RTNL) in a sleep
 * that no timeout and no signal interrupts, not even SIGKILL. A request may
 * block for as long as another process holds that lock.
 */
#ifndef BONDCARRIER_LINKSOCK_H
#define BONDCARRIER_LINKSOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pairs.h"
#include "netlink/link_batch.h"
#include "netlink/linkfilter.h"

struct linksock;

struct linksock_stats {
	uint64_t messages;  /* link messages read */
	uint64_t malformed; /* skipped: truncated or malformed */
	uint64_t bad_attrs; /* attributes of a wrong length */
	uint64_t foreign;   /* datagrams not from the kernel */
	uint64_t overruns;  /* losses of events; each lasts from ENOBUFS until
			       the queue is empty */
	uint64_t dumps;
	uint64_t interrupted; /* dumps repeated because of changes */
};

/* Called with every datagram from the kernel, for capture; may be NULL. */
typedef void (*linksock_tap)(void *ctx, const void *bytes, size_t length,
			     bool from_dump);

struct linksock_options {
	int receive_buffer; /* of the event socket, in bytes; 0: 1 MiB */
	int event_fd;	    /* from linksock_reserve(), closed with the
			       linksock; 0: none */
	linksock_tap tap;
	void *tap_ctx;
};

/*
 * Opens the event socket ahead of linksock_open(), for a caller that still has
 * CAP_NET_ADMIN, which allows any receive buffer, and is about to drop it. A
 * descriptor greater than 0, or -errno.
 */
int linksock_reserve(int receive_buffer);

/* Opens both sockets and joins RTNLGRP_LINK: events are queued from now on. */
int linksock_open(struct linksock **out,
		  const struct linksock_options *options);
void linksock_close(struct linksock *sock);

/* The event socket's descriptor, to poll for reading. */
int linksock_fd(const struct linksock *sock);

/*
 * Makes the kernel queue only events that the filter lets through; NULL: all
 * events. Events already queued stay. After an error, all events are queued.
 */
int linksock_watch(struct linksock *sock, const struct linkfilter *filter);

/*
 * Reads the queued events without blocking, and passes each one to `handle`.
 * For a malformed message whose ifindex is readable, the event has
 * link.distrusted set and nothing else but the ifindex. Returns when the queue
 * is empty, or after some thousand events.
 * 0: nothing was lost, and the queue is empty.
 * 1: nothing was lost, and more may be queued: the socket is still readable.
 * -ENOBUFS: events were lost, and the queue has been empty since: a dump that
 * is read from now on is consistent with the events. -EINPROGRESS: events were
 * lost, the queue has not been empty yet, and the kernel keeps dropping events.
 * Call again before reading a dump. Any other error: events may have been lost.
 */
typedef void (*linksock_handler)(void *ctx, const struct link_event *event);
int linksock_receive(struct linksock *sock, linksock_handler handle, void *ctx);

/* Reads all bonds, their slaves, and the lower devices of the slaves. */
int linksock_dump_all(struct linksock *sock, struct link_batch *batch);
/* Reads one bond, its slaves, and their lower devices. 0 with an empty batch:
   no such bond. */
int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch);

/*
 * Reads the current LACP counters of one slave. None is present if the link is
 * not an 802.3ad slave, and before Linux 5.0. -ENODEV: no such link.
 */
int linksock_lacp_stats(struct linksock *sock, int ifindex,
			struct lacp_stats *out);

/* Reads all VLANs, whatever is below them. */
int linksock_dump_vlans(struct linksock *sock, struct link_batch *batch);

const struct linksock_stats *linksock_stats(const struct linksock *sock);

#endif
