/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Netlink sockets on the virtual kernel. What matters of af_netlink.c
 * (Linux 6.1): netlink_attachskb() and netlink_overrun() drop what finds no
 * room, set ENOBUFS and NETLINK_S_CONGESTED; from then on everything is
 * dropped, without another error, until netlink_rcv_wake() finds the queue
 * empty after a read. A pending error is returned before what is queued.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "seam.h"

/* A skb of a link message takes about so much of the receive buffer: 28 of
   them were in one of 64 KiB. */
#define SKB_SIZE    2340
#define BUFFER_SIZE (208 * 1024) /* net.core.rmem_default */

/* How many events a busy program reads in a millisecond. */
#define EVENTS_PER_MS 400

struct datagram {
	size_t at, length;
	int64_t from_ms; /* it is there from then on */
};

struct seam_socket {
	bool member; /* of RTNLGRP_LINK */
	int room;    /* bytes, as set */
	bool congested;
	int error;
	struct sock_filter filter[512];
	size_t filter_length;

	struct datagram *queue; /* from `first` to `count` */
	size_t first, count, capacity;
	char *bytes;
	size_t used, size;

	bool asked;
	struct vk_answer answer;
	char *again; /* this datagram once more */
	size_t again_length;
	bool interrupted;
};

static char last_message[VK_MESSAGE_MAX];
static size_t last_length;

static struct seam_socket *socket_of(int fd)
{
	struct seam_fd *ours = seam_fd(fd);

	return ours && ours->kind == SEAM_SOCKET ? ours->socket : NULL;
}

void seam_socket_close(struct seam_socket *socket)
{
	free(socket->queue);
	free(socket->bytes);
	free(socket->again);
	free(socket);
}

static void *grow(void *old, size_t size)
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
		socket->queue = grow(
		    socket->queue, socket->capacity * sizeof(struct datagram));
	}
	if (socket->used + length > socket->size) {
		socket->size = 2 * socket->size + length + 65536;
		socket->bytes = grow(socket->bytes, socket->size);
	}
	memcpy(socket->bytes + socket->used, bytes, length);
	socket->queue[socket->count++] =
	    (struct datagram){ .at = socket->used,
			       .length = length,
			       .from_ms = seam.now_ms + seam.faults.late_ms };
	socket->used += length;
}

/* Messages that are late are on their way, and not in the queue yet. */
static size_t queued(const struct seam_socket *socket)
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
	return queued(socket) < room;
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
		if (!socket->congested)
			socket->error = ENOBUFS;
		socket->congested = true;
	}
}

/* The virtual kernel's sink. */
static void deliver(void *ctx, const void *bytes, size_t length)
{
	(void)ctx;
	last_length = length < sizeof(last_message) ? length : 0;
	memcpy(last_message, bytes, last_length);
	for (int fd = SEAM_FD; fd < SEAM_FD + SEAM_FDS; fd++) {
		struct seam_socket *socket = socket_of(fd);

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
		deliver(NULL, message, length);
}

int64_t seam_readable_ms(int fd)
{
	const struct seam_fd *ours = seam_fd(fd);
	const struct seam_socket *socket = socket_of(fd);

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

int __real_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol);
int __wrap_socket(int domain, int type, int protocol)
{
	struct seam_fd *ours;
	int fd;

	if (!seam.vk || domain != AF_NETLINK)
		return __real_socket(domain, type, protocol);
	fd = seam_fd_new(SEAM_SOCKET, &ours);
	if (fd < 0)
		return fd;
	ours->socket = calloc(1, sizeof(*ours->socket));
	if (!ours->socket)
		abort();
	ours->socket->room = BUFFER_SIZE;
	seam.vk->sink = deliver;
	return fd;
}

int __real_bind(int fd, const struct sockaddr *address, socklen_t length);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t length);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t length)
{
	return socket_of(fd) ? 0 : __real_bind(fd, address, length);
}

static void attach(struct seam_socket *socket, const struct sock_fprog *program)
{
	socket->filter_length = program->len;
	if (program->len * sizeof(struct sock_filter) > sizeof(socket->filter))
		abort();
	memcpy(socket->filter, program->filter,
	       program->len * sizeof(struct sock_filter));
}

int __real_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t length);
int __wrap_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t length);
int __wrap_setsockopt(int fd, int level, int name, const void *value,
		      socklen_t length)
{
	struct seam_socket *socket = socket_of(fd);

	if (!socket)
		return __real_setsockopt(fd, level, name, value, length);
	if (level == SOL_SOCKET && name == SO_ATTACH_FILTER)
		attach(socket, value);
	else if (level == SOL_SOCKET && name == SO_DETACH_FILTER)
		socket->filter_length = 0;
	else if (level == SOL_SOCKET &&
		 (name == SO_RCVBUF || name == SO_RCVBUFFORCE))
		memcpy(&socket->room, value, sizeof(socket->room));
	else if (level == SOL_NETLINK && name == NETLINK_ADD_MEMBERSHIP)
		socket->member = true;
	return 0;
}

/* In a receive that may not wait: -1 and EAGAIN. */
static ssize_t take_event(struct seam_socket *socket, char *out, size_t room,
			  int *flags)
{
	struct datagram *next = &socket->queue[socket->first];
	size_t length;

	if (seam.faults.deaf > 0) {
		seam.faults.deaf--;
		errno = EACCES;
		return -1;
	}
	if (socket->error) {
		errno = socket->error;
		socket->error = 0;
		return -1;
	}
	if (socket->first == socket->count || next->from_ms > seam.now_ms) {
		errno = EAGAIN;
		return -1;
	}
	length = next->length < room ? next->length : room;
	memcpy(out, socket->bytes + next->at, length);
	socket->first++;
	if (queued(socket) == 0)
		socket->congested = false;
	/* Reading takes its time, too. */
	if (++seam.counts.received % EVENTS_PER_MS == 0)
		seam.now_ms++;
	if (seam.faults.truncated > 0) {
		seam.faults.truncated--;
		*flags |= MSG_TRUNC;
	} else if (seam.faults.malformed > 0) {
		seam.faults.malformed--;
		length -= length / 4;
	}
	return (ssize_t)length;
}

/* Whole messages stand in a datagram. */
static void mark_interrupted(char *bytes, size_t length)
{
	struct nlmsghdr nlh;

	for (size_t at = 0; at + sizeof(nlh) <= length;) {
		memcpy(&nlh, bytes + at, sizeof(nlh));
		nlh.nlmsg_flags |= NLM_F_DUMP_INTR;
		memcpy(bytes + at, &nlh, sizeof(nlh));
		at += NLMSG_ALIGN(nlh.nlmsg_len);
	}
}

static bool is_dump(const char *bytes, size_t length)
{
	struct nlmsghdr nlh;

	if (length < sizeof(nlh))
		return false;
	memcpy(&nlh, bytes, sizeof(nlh));
	return nlh.nlmsg_flags & NLM_F_MULTI && nlh.nlmsg_type != NLMSG_DONE;
}

static ssize_t take_answer(struct seam_socket *socket, char *out, size_t room)
{
	size_t length;

	if (seam.faults.failed > 0) {
		seam.faults.failed--;
		errno = seam.faults.error;
		return -1;
	}
	if (socket->again) {
		length = socket->again_length;
		memcpy(out, socket->again, length);
		free(socket->again);
		socket->again = NULL;
		return (ssize_t)length;
	}
	if (seam.inside)
		seam.inside(seam.hook_ctx);
	if (room < VK_DATAGRAM_MAX)
		abort();
	length = socket->asked ? vk_answer(seam.vk, &socket->answer, out) : 0;
	if (length == 0) {
		/* Nothing more will come: the timeout of the socket. */
		socket->asked = false;
		seam.now_ms += 5000;
		errno = EAGAIN;
		return -1;
	}
	if (socket->interrupted)
		mark_interrupted(out, length);
	if (seam.faults.doubled > 0 && is_dump(out, length)) {
		seam.faults.doubled--;
		socket->again = grow(NULL, length);
		socket->again_length = length;
		memcpy(socket->again, out, length);
	}
	return (ssize_t)length;
}

ssize_t __real_recvmsg(int fd, struct msghdr *msg, int flags);
ssize_t __wrap_recvmsg(int fd, struct msghdr *msg, int flags);
ssize_t __wrap_recvmsg(int fd, struct msghdr *msg, int flags)
{
	struct seam_socket *socket = socket_of(fd);
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	char *out;
	ssize_t length;

	if (!socket)
		return __real_recvmsg(fd, msg, flags);
	out = msg->msg_iov->iov_base;
	msg->msg_flags = 0;
	length = socket->member
		     ? take_event(socket, out, msg->msg_iov->iov_len,
				  &msg->msg_flags)
		     : take_answer(socket, out, msg->msg_iov->iov_len);
	if (length < 0)
		return length;
	memcpy(msg->msg_name, &kernel, sizeof(kernel));
	msg->msg_namelen = sizeof(kernel);
	if (seam.tap)
		seam.tap(seam.tap_ctx, out, (size_t)length, !socket->member);
	return length;
}

ssize_t __real_sendto(int fd, const void *bytes, size_t length, int flags,
		      const struct sockaddr *to, socklen_t to_length);
ssize_t __wrap_sendto(int fd, const void *bytes, size_t length, int flags,
		      const struct sockaddr *to, socklen_t to_length);
ssize_t __wrap_sendto(int fd, const void *bytes, size_t length, int flags,
		      const struct sockaddr *to, socklen_t to_length)
{
	struct seam_socket *socket = socket_of(fd);
	struct nlmsghdr nlh;
	int err;

	if (!socket)
		return __real_sendto(fd, bytes, length, flags, to, to_length);
	seam.counts.questions++;
	free(socket->again);
	socket->again = NULL;
	memcpy(&nlh, bytes, sizeof(nlh));
	socket->interrupted = (nlh.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP &&
			      seam.faults.interrupted > 0;
	if (socket->interrupted)
		seam.faults.interrupted--;
	err = vk_ask(seam.vk, &socket->answer, bytes, length);
	socket->asked = err == 0;
	if (err) {
		errno = -err;
		return -1;
	}
	return (ssize_t)length;
}
