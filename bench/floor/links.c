/* SPDX-License-Identifier: BSD-2-Clause */
/* Link messages, read as cheaply as they can be. */
#include "links.h"

#include <err.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

int links_open(void)
{
	struct sockaddr_nl self = { .nl_family = AF_NETLINK,
				    .nl_groups = RTMGRP_LINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0 || bind(fd, (struct sockaddr *)&self, sizeof(self)) < 0)
		err(1, "netlink");
	return fd;
}

int links_changed(int fd, int ifindex, int *carrier)
{
	static union {
		struct nlmsghdr header;
		char bytes[65536];
	} buffer;
	const struct ifinfomsg *info = NLMSG_DATA(&buffer.header);
	ssize_t length = recv(fd, &buffer, sizeof(buffer), 0);
	int now;

	if (length < (ssize_t)NLMSG_LENGTH(sizeof(*info)) ||
	    buffer.header.nlmsg_type != RTM_NEWLINK ||
	    info->ifi_index != ifindex)
		return 0;
	now = !!(info->ifi_flags & IFF_LOWER_UP);
	if (now == *carrier)
		return 0;
	*carrier = now;
	return 1;
}
