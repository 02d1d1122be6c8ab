/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Netlink sockets on the virtual kernel. What matters of af_netlink.c
 * (Linux 6.1): netlink_attachskb() and netlink_overrun() drop what finds no
 * room, set ENOBUFS and NETLINK_S_CONGESTED; from then on everything is
 * dropped, without another error, until netlink_rcv_wake() finds the queue
 * empty after a read. A pending error is returned before what is queued.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "seam_internal.h"

#define BUFFER_SIZE (208 * 1024) /* net.core.rmem_default */

/* How many events a busy program reads in a millisecond. */
#define EVENTS_PER_MS 400

struct seam_socket *seam_socket_of(int fd)
{
	struct seam_fd *ours = seam_fd(fd);

	return ours && ours->kind == SEAM_SOCKET ? ours->socket : NULL;
}

void seam_socket_close(struct seam_socket *socket)
{
	if (socket->deaf)
		seam.deaf_until_ms = seam.now_ms;
	free(socket->queue);
	free(socket->bytes);
	free(socket->again);
	free(socket);
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
	seam.vk->sink = seam_deliver;
	return fd;
}

int __real_bind(int fd, const struct sockaddr *address, socklen_t length);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t length);
int __wrap_bind(int fd, const struct sockaddr *address, socklen_t length)
{
	return seam_socket_of(fd) ? 0 : __real_bind(fd, address, length);
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
	struct seam_socket *socket = seam_socket_of(fd);

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
	struct seam_datagram *next = &socket->queue[socket->first];
	size_t length;

	if (seam.faults.deaf > 0) {
		seam.faults.deaf--;
		if (!socket->deaf) {
			seam.counts.deafened++;
			seam.deaf_from_ms = seam.now_ms;
			seam.deaf_until_ms = VK_NEVER;
		}
		socket->deaf = true;
		errno = EACCES;
		return -1;
	}
	if (socket->deaf)
		seam.deaf_until_ms = seam.now_ms;
	socket->deaf = false;
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
	if (seam_queued(socket) == 0)
		socket->congested = false;
	/* Reading takes its time, too. */
	if (++seam.counts.received % EVENTS_PER_MS == 0) {
		seam.now_ms++;
		if (seam.elapsed)
			seam.elapsed(seam.hook_ctx);
	}
	if (seam.faults.truncated > 0) {
		seam.faults.truncated--;
		seam.counts.overruns++; /* to the program it is the same */
		*flags |= MSG_TRUNC;
	} else if (seam.faults.malformed > 0) {
		seam.faults.malformed--;
		seam.counts.spoiled++;
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
		socket->again = seam_grow(NULL, length);
		socket->again_length = length;
		memcpy(socket->again, out, length);
	}
	return (ssize_t)length;
}

ssize_t __real_recvmsg(int fd, struct msghdr *msg, int flags);
ssize_t __wrap_recvmsg(int fd, struct msghdr *msg, int flags);
ssize_t __wrap_recvmsg(int fd, struct msghdr *msg, int flags)
{
	struct seam_socket *socket = seam_socket_of(fd);
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
	struct seam_socket *socket = seam_socket_of(fd);
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
