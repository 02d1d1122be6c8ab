/* SPDX-License-Identifier: BSD-2-Clause */
/* linksock of a kernel that is the test's. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_bonding.h>

#include "fake_kernel.h"
#include "link_of.h"

struct fake_kernel kernel;

void fake_kernel_fini(void)
{
	assert_int_equal(kernel.open, 0);
	link_batch_fini(&kernel.links);
	link_batch_fini(&kernel.events);
	link_batch_fini(&kernel.meanwhile);
}

int linksock_open(struct linksock **out, const struct linksock_options *options)
{
	(void)options;
	*out = (struct linksock *)(void *)&kernel;
	kernel.open++;
	return 0;
}

void linksock_close(struct linksock *sock)
{
	kernel.open -= sock != NULL;
}

int linksock_fd(const struct linksock *sock)
{
	(void)sock;
	return 42;
}

int linksock_watch(struct linksock *sock, const struct linkfilter *filter)
{
	(void)sock;
	kernel.filtering = filter && !kernel.filter_error;
	if (kernel.filtering)
		kernel.filter = *filter;
	return filter ? kernel.filter_error : 0;
}

const struct linksock_stats *linksock_stats(const struct linksock *sock)
{
	(void)sock;
	return &kernel.stats;
}

int linksock_receive(struct linksock *sock, linksock_handler handle, void *ctx)
{
	bool overrun = kernel.overrun;

	(void)sock;
	assert_int_equal(kernel.locked, 0);
	kernel.heard++;
	if (kernel.deaf)
		return kernel.deaf;
	for (size_t i = 0; i < kernel.events.count; i++)
		handle(ctx, &kernel.events.items[i]);
	link_batch_clear(&kernel.events);
	if (kernel.congested)
		return -EINPROGRESS;
	kernel.overrun = false;
	if (overrun)
		return -ENOBUFS;
	return kernel.more ? 1 : 0;
}

static void time_passes(void)
{
	for (size_t i = 0; i < kernel.meanwhile.count; i++)
		(void)link_of_put(&kernel.events, kernel.meanwhile.items[i]);
	link_batch_clear(&kernel.meanwhile);
}

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	assert_int_equal(kernel.locked, 0);
	kernel.alls++;
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count && !kernel.error; i++)
		(void)link_of_put(batch, kernel.links.items[i]);
	time_passes();
	return kernel.error;
}

int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch)
{
	(void)sock;
	assert_int_equal(kernel.locked, 0);
	kernel.ones++;
	kernel.last_one = ifindex;
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count && !kernel.error; i++) {
		const struct link_event *link = &kernel.links.items[i];

		if (link->link.ifindex == ifindex || link->master == ifindex)
			(void)link_of_put(batch, *link);
		if (link->master == ifindex && kernel.torn)
			batch->items[batch->count - 1].slave.aggregator_id = 9;
	}
	kernel.torn -= kernel.torn > 0;
	time_passes();
	return kernel.error;
}

/* Of each slave ten times its number of LACPDUs were received. */
int linksock_lacp_stats(struct linksock *sock, int ifindex,
			struct lacp_stats *out)
{
	size_t length = strlen(kernel.lacp_asked);

	(void)sock;
	assert_int_equal(kernel.locked, 0);
	(void)snprintf(kernel.lacp_asked + length,
		       sizeof(kernel.lacp_asked) - length, "%d ", ifindex);
	memset(out, 0, sizeof(*out));
	if (kernel.lacp_error)
		return kernel.lacp_error;
	out->present = LACP_STAT_BIT(BOND_3AD_STAT_LACPDU_RX);
	out->counts[BOND_3AD_STAT_LACPDU_RX] = 10 * (uint64_t)ifindex;
	return 0;
}

int linksock_dump_vlans(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	assert_int_equal(kernel.locked, 0);
	kernel.vlans++;
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count && !kernel.error; i++) {
		const struct link_event *link = &kernel.links.items[i];

		if (link->kind == LINK_KIND_VLAN)
			(void)link_of_put(batch, *link);
	}
	return kernel.error;
}
