/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's side of the program: one netlink socket that hears link
 * events, one that asks for dumps. Reading needs no privilege.
 *
 * A dump is collected whole before any of it is believed; one that was
 * interrupted by a change (NLM_F_DUMP_INTR) is repeated, a bounded number of
 * times. Messages are taken from the kernel only (nl_pid 0).
 *
 * Errors: -errno. -ENOBUFS from linksock_receive: events were lost, the
 * caller must re-read everything.
 *
 * Nothing bounds a question: the kernel answers it inside of sendto() and
 * recvmsg(), where it waits for its lock of all links (RTNL) in a sleep that
 * neither a timeout nor a signal ends, SIGKILL included. Whoever asks may sit
 * there for as long as someone else holds that lock.
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
	uint64_t foreign;   /* not from the kernel */
	uint64_t overruns;  /* ENOBUFS, until the queue was empty */
	uint64_t dumps;
	uint64_t interrupted; /* dumps repeated for NLM_F_DUMP_INTR */
};

/* Sees every datagram of the kernel as it was received, for capture; may be
   NULL. */
typedef void (*linksock_tap)(void *ctx, const void *bytes, size_t length,
			     bool from_dump);

struct linksock_options {
	int receive_buffer; /* bytes of the event socket; 0: 1 MiB */
	int event_fd;	    /* from linksock_reserve(), taken over; 0: none */
	linksock_tap tap;
	void *tap_ctx;
};

/*
 * The event socket ahead of linksock_open(), for who has CAP_NET_ADMIN now,
 * and so may have any receive buffer, but is going to drop it. A descriptor
 * greater than 0, or -errno.
 */
int linksock_reserve(int receive_buffer);

/* Opens both sockets and joins RTNLGRP_LINK: events are heard from now on. */
int linksock_open(struct linksock **out,
		  const struct linksock_options *options);
void linksock_close(struct linksock *sock);

/* The event socket's descriptor, to poll for reading. */
int linksock_fd(const struct linksock *sock);

/*
 * Lets the kernel queue no other events than the filter's from now on; what
 * is queued stays. NULL: all. After an error all are queued.
 */
int linksock_watch(struct linksock *sock, const struct linkfilter *filter);

/*
 * Reads what is queued on the event socket, without waiting, and hands each
 * event to `handle`. A malformed message about a known ifindex is handed on
 * with link.distrusted set, and nothing else but its ifindex filled.
 * A turn ends when the queue is empty, or after some thousand events.
 * 0: nothing was lost, and the queue is empty.
 * 1: nothing was lost, and more may be queued: the socket is still readable.
 * -ENOBUFS: something was lost, and the queue has been empty since: what is
 * read from now on is whole.
 * -EINPROGRESS: something was lost, the queue has not been empty yet, and the
 * kernel goes on dropping events. Call again before reading anything.
 * After an error of another kind it is not known what was lost.
 */
typedef void (*linksock_handler)(void *ctx, const struct link_event *event);
int linksock_receive(struct linksock *sock, linksock_handler handle, void *ctx);

/* All bonds and all their slaves, and the lower devices of those. */
int linksock_dump_all(struct linksock *sock, struct link_batch *batch);
/* One bond, its slaves, and the lower devices of those. An empty batch with
   0: there is no such bond. */
int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch);

/*
 * The LACP counters of one slave as they are now; of a link that is no slave
 * in 802.3ad, and before Linux 5.0, none is present. -ENODEV: no such link.
 */
int linksock_lacp_stats(struct linksock *sock, int ifindex,
			struct lacp_stats *out);

/* All VLANs, whatever they stand on. */
int linksock_dump_vlans(struct linksock *sock, struct link_batch *batch);

const struct linksock_stats *linksock_stats(const struct linksock *sock);

#endif
