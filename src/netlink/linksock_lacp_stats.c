/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests the LACP counters of one slave, and reads the reply. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/socket.h>

#include "netlink/lacp_stats.h"
#include "netlink/linksock_internal.h"

static int send_question(struct linksock *sock, int ifindex)
{
	struct {
		struct nlmsghdr nlh;
		struct if_stats_msg body;
	} question = {
		.nlh = { .nlmsg_len = sizeof(question),
			 .nlmsg_type = RTM_GETSTATS,
			 .nlmsg_flags = NLM_F_REQUEST,
			 .nlmsg_seq = ++sock->seq },
		.body = { .ifindex = (uint32_t)ifindex,
			  .filter_mask = IFLA_STATS_FILTER_BIT(
			      IFLA_STATS_LINK_XSTATS_SLAVE) },
	};
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	ssize_t sent;

	do
		sent = sendto(sock->dump_fd, &question, sizeof(question), 0,
			      (struct sockaddr *)&kernel, sizeof(kernel));
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

/* True: the message is the reply or an error. False: it belongs to another
   request. */
static bool read_message(struct linksock *sock, const struct nlmsghdr *nlh,
			 size_t available, int ifindex, struct lacp_stats *out,
			 int *err)
{
	struct lacp_stats_answer stats;
	int error = 0;

	if (available < sizeof(*nlh) || nlh->nlmsg_seq != sock->seq)
		return false;
	if (nlh->nlmsg_type == NLMSG_ERROR) {
		if (available >= NLMSG_LENGTH(sizeof(error)))
			memcpy(&error, nlmsg_data(nlh), sizeof(error));
		*err = error < 0 ? error : -EBADMSG;
		return true;
	}
	*err = lacp_stats_parse(nlh, available, &stats);
	if (*err == 0 && stats.ifindex != ifindex)
		*err = -EBADMSG;
	if (*err == 0)
		*out = stats.lacp;
	else
		sock->stats.malformed++;
	sock->stats.bad_attrs += stats.bad_attrs;
	return true;
}

static int receive(struct linksock *sock, int ifindex, struct lacp_stats *out,
		   bool *done)
{
	ssize_t length = linksock_recv(sock, sock->dump_fd, 0);
	struct linkmsg_cursor cursor = { sock->buffer, 0 };
	const struct nlmsghdr *nlh;
	size_t available;
	int err = 0;

	if (length < 0)
		return length == -EAGAIN ? -ETIMEDOUT : (int)length;
	cursor.rest = (size_t)length;
	while (!*done && (nlh = linkmsg_next(&cursor, &available)))
		*done = read_message(sock, nlh, available, ifindex, out, &err);
	return err;
}

int linksock_lacp_stats(struct linksock *sock, int ifindex,
			struct lacp_stats *out)
{
	int err = sock->dump_fd < 0 ? linksock_open_dump(sock) : 0;
	bool done = false;

	memset(out, 0, sizeof(*out));
	if (!err)
		err = send_question(sock, ifindex);
	while (!err && !done)
		err = receive(sock, ifindex, out, &done);
	/* A late reply must not be queued before the next one. */
	if (!done)
		linksock_close_dump(sock);
	return err;
}
