/* SPDX-License-Identifier: BSD-2-Clause */
/* Events on their way to the sockets, and in their queues. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "seam_internal.h"

/* A skb of a link message takes about so much of the receive buffer: 28 of
   them were in one of 64 KiB. */
#define SKB_SIZE 2340

static char last_message[VK_MESSAGE_MAX];
static size_t last_length;

void *seam_grow(void *old, size_t size)
{
	void *more = realloc(old, size);

	if (!more)
		abort();
	return more;
}

static void enqueue(struct seam_socket *socket, const void *bytes,
		    size_t length)
{
	if (socket->first == socket->count) {
		socket->first = 0;
		socket->count = 0;
		socket->used = 0;
	}
	if (socket->count == socket->capacity) {
		socket->capacity = 2 * socket->capacity + 64;
		socket->queue =
		    seam_grow(socket->queue,
			      socket->capacity * sizeof(struct seam_datagram));
	}
	if (socket->used + length > socket->size) {
		socket->size = 2 * socket->size + length + 65536;
		socket->bytes = seam_grow(socket->bytes, socket->size);
	}
	memcpy(socket->bytes + socket->used, bytes, length);
	socket->queue[socket->count++] =
	    (struct seam_datagram){ .at = socket->used,
				    .length = length,
				    .from_ms =
					seam.now_ms + seam.faults.late_ms };
	socket->used += length;
}

/* Messages that are late are on their way, and not in the queue yet. */
size_t seam_queued(const struct seam_socket *socket)
{
	size_t count = socket->count;

	while (count > socket->first &&
	       socket->queue[count - 1].from_ms > seam.now_ms)
		count--;
	return count - socket->first;
}

static bool has_room(const struct seam_socket *socket)
{
	size_t room = (size_t)socket->room / SKB_SIZE * 2;

	if (seam.faults.queue)
		room = (size_t)seam.faults.queue;
	return seam_queued(socket) < room;
}

static void deliver_to(struct seam_socket *socket, const void *bytes,
		       size_t length)
{
	if (!socket->member)
		return;
	if (socket->filter_length &&
	    filter_run(socket->filter, socket->filter_length, bytes, length) ==
		0) {
		seam.counts.filtered++;
	} else if (!socket->congested && has_room(socket)) {
		enqueue(socket, bytes, length);
	} else {
		seam.counts.lost++;
		if (!socket->congested) {
			socket->error = ENOBUFS;
			seam.counts.overruns++;
		}
		socket->congested = true;
	}
}

/* The virtual kernel's sink. */
void seam_deliver(void *ctx, const void *bytes, size_t length)
{
	(void)ctx;
	last_length = length < sizeof(last_message) ? length : 0;
	memcpy(last_message, bytes, last_length);
	for (int fd = SEAM_FD; fd < SEAM_FD + SEAM_FDS; fd++) {
		struct seam_socket *socket = seam_socket_of(fd);

		if (socket)
			deliver_to(socket, bytes, length);
	}
	if (seam.told)
		seam.told(seam.hook_ctx);
}

void seam_forget(void)
{
	last_length = 0;
}

void seam_storm(int count)
{
	char message[VK_MESSAGE_MAX];
	size_t length = last_length;

	memcpy(message, last_message, length);
	for (int i = 0; i < count && length; i++)
		seam_deliver(NULL, message, length);
}

int64_t seam_readable_ms(int fd)
{
	const struct seam_fd *ours = seam_fd(fd);
	const struct seam_socket *socket = seam_socket_of(fd);

	if (ours && ours->kind == SEAM_EVENTFD)
		return ours->counter ? INT64_MIN : VK_NEVER;
	if (!socket)
		return VK_NEVER;
	if (socket->error)
		return INT64_MIN;
	return socket->first < socket->count
		   ? socket->queue[socket->first].from_ms
		   : VK_NEVER;
}

bool seam_readable(int fd)
{
	return seam_readable_ms(fd) <= seam.now_ms;
}
