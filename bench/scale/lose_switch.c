/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A monitor whose 802.3ad bonds all lose a switch at once. The kernel is a list
 * of links, each of which every question walks, as the real one does: it is
 * here in the place of the library's linksock.
 */
#include <err.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <string.h>

#include "scale.h"
#include "sync/monitor.h"

#define UP	      (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DOWN	      LINK_FLAG_UP
#define PORTS	      2
#define AD_AGGREGATOR BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR)
#define AD_NUM_PORTS  BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS)

static struct {
	struct link_batch links;
	bool lost; /* the first switch: events of it are queued */
} kernel;

static bool is_first_port(const struct link_event *link)
{
	return link->bond_slave && (link->link.ifindex - 1) % 3 == 1;
}

int linksock_open(struct linksock **out, const struct linksock_options *options)
{
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
	for (size_t i = 0; i < kernel.links.count && kernel.lost; i++)
		if (is_first_port(&kernel.links.items[i]))
			handle(ctx, &kernel.links.items[i]);
	kernel.lost = false;
	return 0;
}

static int walk(struct link_batch *batch, int bond)
{
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count; i++) {
		const struct link_event *link = &kernel.links.items[i];

		if (!bond || link->link.ifindex == bond || link->master == bond)
			scale_must(link_batch_add(batch, link));
	}
	return 0;
}

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	return walk(batch, 0);
}

int linksock_dump_bond(struct linksock *sock, int ifindex,
		       struct link_batch *batch)
{
	(void)sock;
	return walk(batch, ifindex);
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

static void add(const struct link_event *link)
{
	scale_must(link_batch_add(&kernel.links, link));
}

/* A bond, its port in the active aggregator, and one in none. */
static void add_bond(int ifindex)
{
	struct link_event link;

	memset(&link, 0, sizeof(link));
	link.link.flags = UP;
	link.link.ifindex = ifindex;
	link.link.is_bond = true;
	link.kind = LINK_KIND_BOND;
	link.bond.present = BOND_ATTR_BIT(IFLA_BOND_MODE) |
			    BOND_ATTR_BIT(IFLA_BOND_MIIMON) |
			    BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS) |
			    BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	link.bond.mode = BOND_MODE_8023AD;
	link.bond.miimon_ms = 100;
	link.bond.ad.present = AD_AGGREGATOR | AD_NUM_PORTS;
	link.bond.ad.aggregator = 1;
	link.bond.ad.num_ports = 1;
	add(&link);

	memset(&link, 0, sizeof(link));
	link.link.flags = UP;
	link.bond_slave = true;
	link.master = link.link.master = ifindex;
	link.slave.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS) |
			     SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	for (int port = 1; port <= PORTS; port++) {
		link.link.ifindex = ifindex + port;
		link.slave.aggregator_id = port == 1;
		add(&link);
	}
}

/* The second port has found its aggregator meanwhile, without a word. */
static void lose(void)
{
	for (size_t i = 0; i < kernel.links.count; i++) {
		struct link_event *link = &kernel.links.items[i];

		if (is_first_port(link))
			link->link.flags = DOWN;
		else if (link->bond_slave)
			link->slave.aggregator_id = 2;
	}
	kernel.lost = true;
}

double scale_lose_switch(int bonds)
{
	struct monitor_options options = { .if_stack = false };
	const struct bond_set *set;
	struct monitor *monitor;
	double began, taken;

	link_batch_init(&kernel.links);
	for (int i = 0; i < bonds; i++)
		add_bond(1 + i * (1 + PORTS));
	judge_policy_defaults(&options.policy);
	scale_must(monitor_open(&monitor, &options, 1000));
	scale_must(monitor_dispatch(monitor, 1000));
	lose();
	began = scale_now();
	scale_must(monitor_dispatch(monitor, 2000));
	taken = scale_now() - began;
	set = monitor_bonds(monitor);
	for (size_t i = 0; i < set->count; i++)
		if (set->bonds[i].verdict.effective != CARRIER_UP)
			errx(1, "not all are up");
	monitor_close(monitor);
	link_batch_fini(&kernel.links);
	return taken;
}
