/* SPDX-License-Identifier: BSD-2-Clause */
/* What seam_socket.c (system calls) and seam_queue.c (events) share. */
#ifndef BONDCARRIER_SIM_SEAM_INTERNAL_H
#define BONDCARRIER_SIM_SEAM_INTERNAL_H

#include <linux/filter.h>

#include "seam.h"

struct seam_datagram {
	size_t at, length;
	int64_t from_ms; /* it is there from then on */
};

struct seam_socket {
	bool member; /* of RTNLGRP_LINK */
	int room;    /* bytes, as set */
	bool congested;
	bool deaf; /* its last read failed: seam_faults */
	int error;
	struct sock_filter filter[512];
	size_t filter_length;

	struct seam_datagram *queue; /* from `first` to `count` */
	size_t first, count, capacity;
	char *bytes;
	size_t used, size;

	bool asked;
	struct vk_answer answer;
	char *again; /* this datagram once more */
	size_t again_length;
	bool interrupted;
};

struct seam_socket *seam_socket_of(int fd); /* NULL */
/* realloc(), or the end. */
void *seam_grow(void *old, size_t size);
/* So many messages are there; others may be on their way still. */
size_t seam_queued(const struct seam_socket *socket);
/* The virtual kernel's sink. */
void seam_deliver(void *ctx, const void *bytes, size_t length);

#endif
