/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linksock of a kernel without events, in the library's place. What its dumps
 * say is the test's: it defines linksock_dump_all().
 */
#include <string.h>

#include "netlink/linksock.h"

int linksock_open(struct linksock **out, const struct linksock_options *options)
{
	static char kernel;

	(void)options;
	*out = (struct linksock *)(void *)&kernel;
	return 0;
}

void linksock_close(struct linksock *sock)
{
	(void)sock;
}

int linksock_fd(const struct linksock *sock)
{
	(void)sock;
	return -1;
}

int linksock_watch(struct linksock *sock, const struct linkfilter *filter)
{
	(void)sock;
	(void)filter;
	return 0;
}

const struct linksock_stats *linksock_stats(const struct linksock *sock)
{
	static const struct linksock_stats stats;

	(void)sock;
	return &stats;
}

int linksock_receive(struct linksock *sock, linksock_handler handle, void *ctx)
{
	(void)sock;
	(void)handle;
	(void)ctx;
	return 0;
}

int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch)
{
	(void)ifindex;
	return linksock_dump_all(sock, batch);
}

int linksock_dump_vlans(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	link_batch_clear(batch);
	return 0;
}

int linksock_lacp_stats(struct linksock *sock, int ifindex,
			struct lacp_stats *out)
{
	(void)sock;
	(void)ifindex;
	memset(out, 0, sizeof(*out));
	return 0;
}
