/* SPDX-License-Identifier: BSD-2-Clause */
/* The netlink sockets, and reading events. */
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "netlink/linksock_internal.h"

#define DEFAULT_RECEIVE_BUFFER (1024 * 1024)
/* For a reply that never comes. The timeout does not run while the kernel
   prepares a reply: see linksock.h. */
#define DUMP_TIMEOUT_S 5

/* Datagrams per call, so that a flood of events does not keep the caller from
   its other work. */
#define RECEIVE_LIMIT 4096

static int open_socket(int *out)
{
	struct sockaddr_nl self = { .nl_family = AF_NETLINK };
	int err;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		return -errno;
	if (bind(fd, (struct sockaddr *)&self, sizeof(self)) < 0) {
		err = -errno;
		close(fd);
		return err;
	}
	*out = fd;
	return 0;
}

/* Above net.core.rmem_max with CAP_NET_ADMIN, else limited by it. */
static void set_receive_buffer(int fd, int size)
{
	if (size <= 0)
		size = DEFAULT_RECEIVE_BUFFER;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size,
				 sizeof(size));
}

int linksock_reserve(int receive_buffer)
{
	int group = RTNLGRP_LINK;
	int fd, above_0, err = open_socket(&fd);

	if (err)
		return err;
	if (fd == 0) { /* started without a standard input */
		above_0 = fcntl(fd, F_DUPFD_CLOEXEC, 1);
		err = above_0 < 0 ? -errno : 0;
		close(fd);
		if (err)
			return err;
		fd = above_0;
	}
	set_receive_buffer(fd, receive_buffer);
	if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group,
		       sizeof(group)) < 0) {
		err = -errno;
		close(fd);
		return err;
	}
	return fd;
}

static int open_events(struct linksock *sock)
{
	int fd = sock->options.event_fd;

	if (fd <= 0)
		fd = linksock_reserve(sock->options.receive_buffer);
	if (fd < 0)
		return fd;
	sock->event_fd = fd;
	return 0;
}

int linksock_open_dump(struct linksock *sock)
{
	struct timeval timeout = { .tv_sec = DUMP_TIMEOUT_S };
	int on = 1;
	int err = open_socket(&sock->dump_fd);

	if (err)
		return err;
	if (setsockopt(sock->dump_fd, SOL_SOCKET, SO_RCVTIMEO, &timeout,
		       sizeof(timeout)) < 0)
		return -errno;
	/* Since Linux 4.20. Filters also work without it. */
	(void)setsockopt(sock->dump_fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK,
			 &on, sizeof(on));
	return 0;
}

void linksock_close_dump(struct linksock *sock)
{
	if (sock->dump_fd >= 0)
		close(sock->dump_fd);
	sock->dump_fd = -1;
}

int linksock_open(struct linksock **out, const struct linksock_options *options)
{
	struct linksock *sock = calloc(1, sizeof(*sock));
	int err = -ENOMEM;

	if (!sock)
		return err;
	sock->event_fd = -1;
	sock->dump_fd = -1;
	if (options)
		sock->options = *options;
	sock->buffer = malloc(LINKSOCK_BUFFER_SIZE);
	if (sock->buffer)
		err = open_events(sock);
	if (!err)
		err = linksock_open_dump(sock);
	if (err) {
		linksock_close(sock);
		return err;
	}
	*out = sock;
	return 0;
}

void linksock_close(struct linksock *sock)
{
	if (!sock)
		return;
	if (sock->event_fd >= 0)
		close(sock->event_fd);
	linksock_close_dump(sock);
	free(sock->buffer);
	free(sock);
}

int linksock_fd(const struct linksock *sock)
{
	return sock->event_fd;
}

int linksock_watch(struct linksock *sock, const struct linkfilter *filter)
{
	struct sock_filter program[LINKFILTER_PROGRAM_MAX];
	struct sock_fprog fprog = { .filter = program };
	int err = 0;

	if (filter) {
		fprog.len = (unsigned short)linkfilter_program(filter, program);
		if (setsockopt(sock->event_fd, SOL_SOCKET, SO_ATTACH_FILTER,
			       &fprog, sizeof(fprog)) == 0)
			return 0;
		err = -errno;
	}
	(void)setsockopt(sock->event_fd, SOL_SOCKET, SO_DETACH_FILTER, &fprog,
			 sizeof(fprog));
	return err;
}

const struct linksock_stats *linksock_stats(const struct linksock *sock)
{
	return &sock->stats;
}

ssize_t linksock_recv(struct linksock *sock, int fd, int flags)
{
	struct sockaddr_nl from = { 0 };
	struct iovec iov = { .iov_base = sock->buffer,
			     .iov_len = LINKSOCK_BUFFER_SIZE };
	struct msghdr msg = { .msg_name = &from,
			      .msg_namelen = sizeof(from),
			      .msg_iov = &iov,
			      .msg_iovlen = 1 };
	ssize_t length;

	do
		length = recvmsg(fd, &msg, flags);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return -errno;
	if (msg.msg_namelen != sizeof(from) || from.nl_pid != 0) {
		sock->stats.foreign++;
		return 0;
	}
	if (msg.msg_flags & MSG_TRUNC)
		return -EMSGSIZE;
	if (sock->options.tap)
		sock->options.tap(sock->options.tap_ctx, sock->buffer,
				  (size_t)length, fd == sock->dump_fd);
	return length;
}

int linksock_parse(struct linksock *sock, const struct nlmsghdr *nlh,
		   size_t available, struct link_event *out)
{
	int err = linkmsg_parse(nlh, available, out);

	if (err == 0) {
		sock->stats.messages++;
		sock->stats.bad_attrs += out->bad_attrs;
	} else if (err == -EBADMSG) {
		sock->stats.malformed++;
	}
	return err;
}

static void read_events(struct linksock *sock, size_t length,
			linksock_handler handle, void *ctx)
{
	struct linkmsg_cursor cursor = { sock->buffer, length };
	const struct nlmsghdr *nlh;
	struct link_event event;
	size_t available;

	while ((nlh = linkmsg_next(&cursor, &available))) {
		int err = linksock_parse(sock, nlh, available, &event);

		if (err != -ENOMSG && event.link.ifindex > 0)
			handle(ctx, &event);
	}
}

/*
 * The kernel reports ENOBUFS once, ahead of the queued events. From then on it
 * drops all events silently until it finds the queue empty
 * (NETLINK_S_CONGESTED in net/netlink/af_netlink.c).
 */
int linksock_receive(struct linksock *sock, linksock_handler handle, void *ctx)
{
	for (int i = 0; i < RECEIVE_LIMIT; i++) {
		ssize_t length =
		    linksock_recv(sock, sock->event_fd, MSG_DONTWAIT);

		if (length == -EAGAIN) {
			bool lost = sock->lost;

			sock->lost = false;
			return lost ? -ENOBUFS : 0;
		}
		if (length >= 0) {
			read_events(sock, (size_t)length, handle, ctx);
		} else if (length == -ENOBUFS || length == -EMSGSIZE) {
			sock->stats.overruns += !sock->lost;
			sock->lost = true;
		} else {
			return (int)length;
		}
	}
	return sock->lost ? -EINPROGRESS : 1;
}
