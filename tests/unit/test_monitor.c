/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The schedule: what is re-read, when, and what is said meanwhile. The real
 * tracker and judge; linksock is a kernel made of a list, defined here, so
 * that the library's is not linked. Time is what the test says.
 */
#include <errno.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "sync/monitor.h"

#define UP   (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DOWN LINK_FLAG_UP
#define T0   1000000

/* The kernel: its links, the events queued, and what was asked of it. */
static struct {
	struct link_batch links;
	struct link_batch events;
	struct link_batch meanwhile; /* events while the next dump is read */
	int open;		     /* sockets */
	bool overrun;
	bool congested; /* overrun, and more queued than one turn reads */
	bool more;	/* more queued than one turn reads, nothing lost */
	int deaf;	/* an error of each receive */
	size_t heard;	/* how often events were asked for */
	int error;	/* of the next dumps */
	size_t alls;	/* dumps of everything */
	size_t ones;	/* dumps of one bond */
	size_t vlans;	/* dumps of these */
	int last_one;
	size_t torn; /* dumps of one bond whose slaves changed meanwhile */
	char lacp_asked[64]; /* for the counters of these slaves */
	int lacp_error;
	struct linksock_stats stats;
	int locked;
	struct linkfilter filter;
	bool filtering;
	int filter_error;
} kernel;

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
		assert_int_equal(
		    link_batch_add(&kernel.events, &kernel.meanwhile.items[i]),
		    0);
	link_batch_clear(&kernel.meanwhile);
}

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	assert_int_equal(kernel.locked, 0);
	kernel.alls++;
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count && !kernel.error; i++)
		assert_int_equal(link_batch_add(batch, &kernel.links.items[i]),
				 0);
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
	for (size_t i = 0; i < kernel.meanwhile.count; i++)
		assert_int_equal(
		    link_batch_add(&kernel.events, &kernel.meanwhile.items[i]),
		    0);
	link_batch_clear(&kernel.meanwhile);
	link_batch_clear(batch);
	for (size_t i = 0; i < kernel.links.count && !kernel.error; i++) {
		const struct link_event *link = &kernel.links.items[i];

		if (link->link.ifindex == ifindex || link->master == ifindex)
			assert_int_equal(link_batch_add(batch, link), 0);
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
			assert_int_equal(link_batch_add(batch, link), 0);
	}
	return kernel.error;
}

struct fixture {
	struct monitor *monitor;
	struct monitor_options options;
	char told[256];
};

static void lock(void *ctx)
{
	(void)ctx;
	assert_int_equal(kernel.locked++, 0);
}

static void unlock(void *ctx)
{
	(void)ctx;
	assert_int_equal(--kernel.locked, 0);
}

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct fixture *f = ctx;
	size_t length = strlen(f->told);

	(void)bond;
	assert_int_equal(kernel.locked, 1);
	(void)snprintf(f->told + length, sizeof(f->told) - length, "%d.%d ",
		       (int)event->type, (int)event->kind);
}

static void assert_told(struct fixture *f, const char *expected)
{
	assert_string_equal(f->told, expected);
	f->told[0] = '\0';
}

static int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	memset(&kernel, 0, sizeof(kernel));
	judge_policy_defaults(&f.options.policy);
	f.options.sink.emit = on_event;
	f.options.sink.ctx = &f;
	f.options.lock = lock;
	f.options.unlock = unlock;
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	monitor_close(f->monitor);
	assert_int_equal(kernel.open, 0);
	link_batch_fini(&kernel.links);
	link_batch_fini(&kernel.events);
	link_batch_fini(&kernel.meanwhile);
	return 0;
}

static struct link_event *put(struct link_batch *batch, int ifindex,
			      const char *name, unsigned int flags)
{
	struct link_event event;

	memset(&event, 0, sizeof(event));
	event.link.ifindex = ifindex;
	event.link.flags = flags;
	(void)snprintf(event.link.name, sizeof(event.link.name), "%s", name);
	assert_int_equal(link_batch_add(batch, &event), 0);
	return &batch->items[batch->count - 1];
}

static struct link_event *put_bond(struct link_batch *batch, int ifindex,
				   uint8_t mode, uint32_t miimon_ms)
{
	struct link_event *event = put(batch, ifindex, "bond", UP);

	event->kind = LINK_KIND_BOND;
	event->bond.present = BOND_ATTR_BIT(IFLA_BOND_MODE) |
			      BOND_ATTR_BIT(IFLA_BOND_MIIMON) |
			      BOND_ATTR_BIT(IFLA_BOND_UPDELAY) |
			      BOND_ATTR_BIT(IFLA_BOND_DOWNDELAY) |
			      BOND_ATTR_BIT(IFLA_BOND_ARP_INTERVAL);
	event->bond.mode = mode;
	event->bond.miimon_ms = miimon_ms;
	return event;
}

static struct link_event *put_slave(struct link_batch *batch, int ifindex,
				    int master, unsigned int flags, int mii)
{
	struct link_event *event = put(batch, ifindex, "slave", flags);

	event->master = master;
	event->bond_slave = true;
	event->slave.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	event->slave.mii_status = (uint8_t)mii;
	return event;
}

static void open_at(struct fixture *f, int64_t now_ms)
{
	assert_int_equal(monitor_open(&f->monitor, &f->options, now_ms), 0);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms);
	assert_int_equal(monitor_begun(f->monitor), -EINPROGRESS);
	assert_int_equal(kernel.alls, 0);
	assert_int_equal(monitor_dispatch(f->monitor, now_ms), 0);
	assert_int_equal(monitor_begun(f->monitor), 0);
	assert_int_equal(kernel.alls, 1);
	assert_told(f, "");
}

static void run(struct fixture *f, int64_t now_ms)
{
	assert_int_equal(monitor_dispatch(f->monitor, now_ms), 0);
	assert_int_equal(kernel.locked, 0);
}

/* A round-robin bond (10) with one slave (1), all in order. */
static void open_healthy(struct fixture *f)
{
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100);
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	open_at(f, T0);
}

/* The seed's bond: RUNNING, its slave without a link, not monitored. */
static void open_lying(struct fixture *f)
{
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 0);
	(void)put_slave(&kernel.links, 1, 10, DOWN, BOND_LINK_UP);
	open_at(f, T0);
}

static const struct bond *bond10(struct fixture *f)
{
	const struct bond *bond = bond_set_get(monitor_bonds(f->monitor), 10);

	assert_non_null(bond);
	return bond;
}

static void test_open(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	assert_int_equal(monitor_fd(f->monitor), 42);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(bond10(f)->slave_count, 1);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
}

static void on_first(void *ctx, struct bond_set *set, int64_t now_ms)
{
	struct fixture *f = ctx;
	size_t length = strlen(f->told);

	assert_int_equal(kernel.locked, 1);
	assert_int_equal(set->count, 1);
	(void)snprintf(f->told + length, sizeof(f->told) - length, "first@%d ",
		       (int)(now_ms - T0));
}

/* The kernel can't be read at the start: as at any other time, it is tried
   again, and nothing is told of bonds until they have been read. */
static void open_in_trouble(struct fixture *f, int error)
{
	static const int waits[] = { 100,  200,	 400,	800,   1600,
				     3200, 6400, 12800, 15000, 15000 };
	int64_t now_ms = T0;

	f->options.first = on_first;
	f->options.first_ctx = f;
	(void)put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100);
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	kernel.error = error;
	assert_int_equal(monitor_open(&f->monitor, &f->options, T0), 0);
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		(void)put_bond(&kernel.events, 10, BOND_MODE_ROUNDROBIN, 100);
		(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
		run(f, now_ms);
		assert_int_equal(kernel.alls, 1 + i);
		assert_int_equal(monitor_begun(f->monitor), error);
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_LOST);
		assert_int_equal(monitor_counters(f->monitor).lost_error,
				 -error);
		now_ms += waits[i];
		assert_int_equal(monitor_next_ms(f->monitor), now_ms);
		run(f, now_ms - 1);
	}
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
	assert_told(f, "");
	kernel.error = 0;
	run(f, now_ms);
	assert_told(f, "first@55500 ");
	assert_int_equal(monitor_begun(f->monitor), 0);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	run(f, now_ms + 60000);
	assert_told(f, "");
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
}

static void test_open_interrupted(void **state)
{
	open_in_trouble(*state, -EAGAIN);
}

static void test_open_unanswered(void **state)
{
	open_in_trouble(*state, -ETIMEDOUT);
}

static void test_open_forbidden(void **state)
{
	open_in_trouble(*state, -EPERM);
}

static void test_errors(void **state)
{
	(void)state;
	assert_true(monitor_error_passes(-EINPROGRESS));
	assert_true(monitor_error_passes(-EAGAIN));
	assert_true(monitor_error_passes(-ETIMEDOUT));
	assert_false(monitor_error_passes(0));
	assert_false(monitor_error_passes(-EPERM));
	assert_string_equal(monitor_error_text(-EAGAIN),
			    "links change faster than they can be read");
	assert_string_equal(monitor_error_text(-ETIMEDOUT),
			    "the kernel does not answer");
	assert_string_equal(monitor_error_text(-EPERM), strerror(EPERM));
}

/* Nothing is wrong and nothing silent: nothing to do for a minute. */
static void test_idle(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	for (int64_t t = 0; t < 60000; t += 500)
		run(f, T0 + t);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	/* Who did not ask has nothing to catch up with. */
	kernel.heard = 0;
	run(f, T0 + 59600 - 2500);
	assert_int_equal(kernel.heard, 1);
	run(f, T0 + 60000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 120000);
}

/* 802.3ad: bond 10, whose slave 1 stands in aggregator 1, the active one. */
static void open_lacp(struct fixture *f, uint16_t num_ports)
{
	struct bond_attrs *attrs =
	    &put_bond(&kernel.links, 10, BOND_MODE_8023AD, 100)->bond;
	struct slave_attrs *slave;

	attrs->present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			  BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	attrs->min_links = 1;
	attrs->ad.aggregator = 1;
	attrs->ad.num_ports = num_ports;
	attrs->ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR) |
			    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS);
	slave = &put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP)->slave;
	slave->present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	slave->aggregator_id = 1;
	open_at(f, T0);
}

/* The kernel mends it without a word, and it is seen within a second. */
static void assert_followed(struct fixture *f, enum carrier_reason reason,
			    void (*mend)(void))
{
	assert_int_equal(bond10(f)->verdict.reason, reason);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1000);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 1);
	assert_told(f, "");
	mend();
	run(f, T0 + 1999);
	assert_told(f, "");
	run(f, T0 + 2000);
	assert_told(f, "1.0 ");
	/* No longer than it is needed. */
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 7000);
}

static void agree(void)
{
	kernel.links.items[1].slave.actor_oper_state =
	    UAPI_LACP_COLLECTING | UAPI_LACP_DISTRIBUTING;
}

static void test_agreement_is_followed(void **state)
{
	struct fixture *f = *state;

	f->options.policy.strict_lacp = true;
	f->options.policy.discrepancy.grace_base_ms = 60000;
	open_lacp(f, 1);
	assert_followed(f, CARRIER_REASON_NOT_DISTRIBUTING, agree);
}

static void enable(void)
{
	kernel.links.items[0].bond.ad.num_ports = 1;
}

static void test_enabled_ports_are_followed(void **state)
{
	struct fixture *f = *state;

	f->options.policy.discrepancy.grace_base_ms = 60000;
	open_lacp(f, 0);
	assert_followed(f, CARRIER_REASON_PORTS_DISABLED, enable);
}

/* Read again at once, and not judged before. */
static void test_torn_is_read_again(void **state)
{
	struct fixture *f = *state;
	struct link_event moved;

	open_lacp(f, 1);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	kernel.torn = 2;
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_int_equal(bond10(f)->slaves[0].attrs.aggregator_id, 1);
	assert_told(f, "");

	/* An event may tear it as well. */
	moved = kernel.links.items[0];
	moved.bond.ad.aggregator = 9;
	assert_int_equal(link_batch_add(&kernel.events, &moved), 0);
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 4);
	assert_int_equal(bond10(f)->attrs.ad.aggregator, 1);
	assert_told(f, "");
}

/* A port has changed its aggregator without a word. An event that would change
   the carrier is held against what the kernel says now. */
static void test_asks_before_the_carrier_follows(void **state)
{
	struct fixture *f = *state;
	struct link_event *moved;

	open_lacp(f, 1);
	moved = put_slave(&kernel.links, 2, 10, UP, BOND_LINK_UP);
	moved->slave.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	run(f, T0 + 5000);
	assert_told(f, "8.0 ");
	kernel.ones = 0;

	moved->slave.aggregator_id = 2;
	kernel.links.items[1].link.flags = DOWN;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[1]),
			 0);
	run(f, T0 + 6000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_told(f, "11.0 ");
	/* What follows the event in silence is read as always. */
	assert_int_equal(monitor_next_ms(f->monitor),
			 T0 + 6000 + TRACKER_REREAD_MS);

	/* Nothing changes: nobody is asked. */
	run(f, T0 + 6000 + TRACKER_REREAD_MS);
	kernel.ones = 0;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[2]),
			 0);
	run(f, T0 + 7000);
	assert_int_equal(kernel.ones, 0);

	/* What a dump shows was read just now. */
	moved->link.flags = DOWN;
	kernel.alls = 0;
	run(f, T0 + 60000);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_DOWN);
	moved->link.flags = UP;
	run(f, T0 + 120000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
}

/* The ARP monitor of round-robin takes one slave and gives another in one step.
   The first becomes a backup, which is told; the other one was active though
   not UP, as one enslaved without carrier is, and nothing is told of it. */
static void test_asks_before_arp_takes_the_carrier(void **state)
{
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 0)
	    ->bond.arp_interval_ms = 100;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	(void)put_slave(&kernel.links, 2, 10, UP, BOND_LINK_DOWN);
	open_at(f, T0);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);

	kernel.links.items[1].slave.mii_status = BOND_LINK_DOWN;
	kernel.links.items[2].slave.mii_status = BOND_LINK_UP;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[1]),
			 0);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_told(f, "");
}

/* Down whatever the aggregators are: no need to ask. */
static void test_asks_nobody_when_all_links_go(void **state)
{
	struct fixture *f = *state;

	open_lacp(f, 1);
	kernel.links.items[1].link.flags = DOWN;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[1]),
			 0);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_told(f, "11.0 2.0 ");
}

/* So many bonds of 802.3ad, each with ports in the aggregators 1, the active
   one, and 2, of which the latter has not been heard of yet. */
static void open_lacp_bonds(struct fixture *f, int count)
{
	const uint32_t aggregator =
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);

	for (int i = 0; i < count; i++) {
		struct bond_attrs *attrs =
		    &put_bond(&kernel.links, 10 + i, BOND_MODE_8023AD, 100)
			 ->bond;
		struct slave_attrs *slave;

		attrs->present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
				  BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
		attrs->ad.aggregator = 1;
		attrs->ad.num_ports = 1;
		attrs->ad.present =
		    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR) |
		    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS);
		for (int port = 1; port <= 2; port++) {
			slave = &put_slave(&kernel.links, 100 * port + i,
					   10 + i, UP, BOND_LINK_UP)
				     ->slave;
			slave->present |= aggregator;
			slave->aggregator_id = port == 1;
		}
	}
	open_at(f, T0);
}

/* The active ports go; the others have changed their aggregators before. */
static void lose_active_ports(void)
{
	for (size_t i = 0; i < kernel.links.count; i++) {
		struct link_event *link = &kernel.links.items[i];

		if (link->link.ifindex >= 200) {
			link->slave.aggregator_id = 2;
		} else if (link->link.ifindex >= 100) {
			link->link.flags = DOWN;
			assert_int_equal(link_batch_add(&kernel.events, link),
					 0);
		}
	}
}

static void test_asks_once_for_many(void **state)
{
	struct fixture *f = *state;

	open_lacp_bonds(f, 17);
	lose_active_ports();
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	for (size_t i = 0; i < 17; i++)
		assert_int_equal(
		    monitor_bonds(f->monitor)->bonds[i].verdict.effective,
		    CARRIER_UP);
}

/* One of those asked for is gone: the next one is asked for all the same. What
   is said meanwhile is heard. */
static void test_asks_for_the_one_behind(void **state)
{
	struct fixture *f = *state;
	const struct bond_set *set;

	open_lacp_bonds(f, 3);
	lose_active_ports();
	kernel.links.items[0] = kernel.links.items[kernel.links.count - 1];
	kernel.links.count--;
	kernel.heard = 0;
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_int_equal(kernel.heard, 2);
	set = monitor_bonds(f->monitor);
	assert_int_equal(set->count, 2);
	assert_int_equal(set->bonds[0].verdict.effective, CARRIER_UP);
}

/* A bond that stays torn is not asked for ever. */
static void test_torn_for_good(void **state)
{
	struct fixture *f = *state;

	open_lacp(f, 1);
	kernel.torn = SIZE_MAX;
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_told(f, "");
	assert_true(monitor_next_ms(f->monitor) > T0 + 1000);
}

/* The kernel enables a port without a word: it is asked before the bond is
   said to be down. */
static void test_asks_before_the_verdict_ends(void **state)
{
	const int64_t plug_ms = T0 + 1000, due_ms = plug_ms + 2 * 132;
	struct fixture *f = *state;

	open_lacp(f, 0);
	assert_int_equal(bond10(f)->verdict.reason,
			 CARRIER_REASON_PORTS_DISABLED);
	kernel.links.items[1].link.flags = DOWN;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[1]),
			 0);
	run(f, T0 + 500);
	kernel.links.items[1].link.flags = UP;
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[1]),
			 0);
	run(f, plug_ms);
	run(f, plug_ms + 50);
	assert_told(f, "11.0 10.0 1.0 ");
	assert_int_equal(monitor_next_ms(f->monitor), due_ms);

	kernel.links.items[0].bond.ad.num_ports = 1;
	run(f, due_ms);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_told(f, "");
}

static void test_one_reread_after_events(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	for (int i = 0; i < 3; i++) {
		(void)put_slave(&kernel.events, 1, 10, i % 2 ? UP : DOWN,
				BOND_LINK_UP);
		run(f, T0 + 1000 + 10 * i);
	}
	assert_told(f, "11.0 2.0 10.0 1.0 11.0 2.0 ");
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1049);
	assert_int_equal(kernel.ones, 0);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 10);
	assert_told(f, "10.0 1.0 "); /* what the kernel's list says */
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
}

static void test_new_bond_at_once(void **state)
{
	struct fixture *f = *state;
	struct link_event bond;

	open_healthy(f);
	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	bond = kernel.links.items[2];
	bond.link.flags = DOWN; /* without slaves, as it should be */
	kernel.links.items[2] = bond;
	for (int i = 0; i < 5; i++)
		assert_int_equal(link_batch_add(&kernel.events, &bond), 0);
	run(f, T0 + 1000);
	assert_told(f, "6.0 ");
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 20);
	assert_true(bond_set_get(monitor_bonds(f->monitor), 20)->judged);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
}

static bool hears(int ifindex)
{
	return !kernel.filtering || linkfilter_covers(&kernel.filter, ifindex);
}

/* Each is read once, whatever is said of it. */
static void test_new_bonds_at_once(void **state)
{
	static const int bonds[] = { 20, 30, 30, 20, 30 };
	struct fixture *f = *state;

	open_healthy(f);
	for (int i = 0; i < 5; i++) {
		if (i < 2)
			(void)put_bond(&kernel.links, bonds[i],
				       BOND_MODE_ROUNDROBIN, 100);
		(void)put_bond(&kernel.events, bonds[i], BOND_MODE_ROUNDROBIN,
			       100);
	}
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(monitor_bonds(f->monitor)->count, 3);
}

/* One that comes while a single bond is read does not wait for the next time
   that something is heard. */
static void test_new_bond_during_a_dump(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	(void)put_bond(&kernel.meanwhile, 20, BOND_MODE_ROUNDROBIN, 100);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(kernel.last_one, 20);
	assert_told(f, "6.0 ");
}

/* Bond 10 and its slave 1, and what a VLAN slave stands on: 4 on 5. */
static void test_filter(void **state)
{
	struct fixture *f = *state;
	struct link_event *event;

	open_healthy(f);
	assert_true(kernel.filtering);
	assert_true(hears(1) && hears(10));
	assert_false(hears(2) || hears(4) || hears(5));

	put_slave(&kernel.links, 4, 10, UP, BOND_LINK_UP)->link.lower = 5;
	event = put(&kernel.links, 5, "lower", UP);
	event->master = 10; /* so that this fake's dump of bond 10 has it */
	(void)put_slave(&kernel.events, 4, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_true(hears(4) && hears(5) && hears(1));
	assert_false(hears(2));
	/* What 5 did before it was heard of may have been missed. */
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);

	kernel.links.count = 2; /* 4 and 5 are gone */
	run(f, T0 + 60000);
	assert_true(hears(1) && hears(10));
	assert_false(hears(4) || hears(5));
}

/* The same found by a dump of everything. */
static void test_filter_extends_in_resync(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	put_slave(&kernel.links, 4, 10, UP, BOND_LINK_UP)->link.lower = 5;
	(void)put(&kernel.links, 5, "lower", UP);
	run(f, T0 + 60000);
	assert_true(hears(4) && hears(5));
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60050);
}

static void test_filter_refused(void **state)
{
	struct fixture *f = *state;

	kernel.filter_error = -ENOMEM;
	open_healthy(f);
	assert_false(kernel.filtering);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	kernel.filter_error = 0;
	run(f, T0 + 60000);
	assert_true(kernel.filtering);
}

static void test_deleted_bond_at_once(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	link_batch_clear(&kernel.links);
	assert_int_equal(link_batch_add(&kernel.events, &gone), 0);
	run(f, T0 + 1000);
	assert_told(f, "9.0 7.0 ");
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
}

/* Deleted, and what is there now can't be read: it is not known, and whoever
   asks for it is not told that it is up. */
static void test_deleted_and_no_dump(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	for (size_t i = 0; i < 2; i++) {
		link_batch_clear(&kernel.links);
		kernel.error = 0;
		open_healthy(f);
		gone = kernel.links.items[i];
		gone.gone = true;
		kernel.error = -EAGAIN;
		assert_int_equal(link_batch_add(&kernel.events, &gone), 0);
		run(f, T0 + 1000);
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_RESYNCHRONISING);
		assert_int_equal(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
		assert_told(f, "");
		monitor_close(f->monitor);
		kernel.alls = 0;
	}
	f->monitor = NULL;
}

/* Deleted, and another one made with its number, all of it in the queue. */
static void test_bond_made_again(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	assert_int_equal(link_batch_add(&kernel.events, &gone), 0);
	strcpy(kernel.links.items[0].link.name, "other");
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[0]),
			 0);
	run(f, T0 + 1000);
	assert_told(f, "9.0 7.0 6.0 8.0 ");
	assert_int_equal(bond10(f)->began_ms, T0 + 1000);
}

/* The queue has not been empty since the bond was read: what it says of the
   end of that number may be older than the bond. */
static void test_end_of_an_earlier_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event gone;

	kernel.more = true;
	open_healthy(f);
	gone = kernel.links.items[0];
	gone.gone = true;
	assert_int_equal(link_batch_add(&kernel.events, &gone), 0);
	run(f, T0 + 1000);
	assert_told(f, "");
	kernel.more = false;
	run(f, T0 + 2000);
	assert_int_equal(link_batch_add(&kernel.events, &gone), 0);
	run(f, T0 + 3000);
	assert_told(f, "9.0 7.0 6.0 8.0 ");
}

/* A bond comes while another one is read, and is read after it. Whatever is
   heard of it later is younger, and its end is its own. */
static void test_end_of_one_that_came_meanwhile(void **state)
{
	struct fixture *f = *state;
	struct link_event came;

	open_healthy(f);
	assert_int_equal(link_batch_add(&kernel.events, &kernel.links.items[0]),
			 0);
	run(f, T0 + 1000);
	came = *put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	assert_int_equal(link_batch_add(&kernel.meanwhile, &came), 0);
	run(f, T0 + 1000 + TRACKER_REREAD_MS);
	assert_told(f, "6.0 ");

	came.gone = true;
	assert_int_equal(link_batch_add(&kernel.events, &came), 0);
	run(f, T0 + 9000);
	assert_told(f, "7.0 6.0 ");
}

/* Of these the kernel changes something without a word. */
static void test_silent_ones_every_five_seconds(void **state)
{
	static const struct {
		uint8_t mode;
		uint32_t miimon_ms;
		unsigned int bond_flags;
		unsigned int flags;
		int mii;
		bool watched;
	} rows[] = {
		{ BOND_MODE_ROUNDROBIN, 100, UP, UP, BOND_LINK_UP, false },
		{ BOND_MODE_ROUNDROBIN, 100, 0, UP, BOND_LINK_UP, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, 0, BOND_LINK_DOWN, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, DOWN, BOND_LINK_DOWN, false },
		{ BOND_MODE_8023AD, 100, UP, UP, BOND_LINK_UP, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, UP, BOND_LINK_BACK, true },
		{ BOND_MODE_ROUNDROBIN, 100, UP, DOWN, BOND_LINK_FAIL, true },
		{ BOND_MODE_ROUNDROBIN, 0, UP, DOWN, BOND_LINK_UP, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f;

		assert_int_equal(setup(state), 0);
		f = *state;
		/* Pending for an hour, where something is wrong. */
		f->options.policy.discrepancy.grace_base_ms = 3600000;
		(void)put_bond(&kernel.links, 10, rows[i].mode,
			       rows[i].miimon_ms);
		kernel.links.items[0].link.flags = rows[i].bond_flags;
		(void)put_slave(&kernel.links, 1, 10, rows[i].flags,
				rows[i].mii);
		(void)put_slave(&kernel.links, 2, 10, UP, BOND_LINK_UP);
		if (rows[i].miimon_ms == 0)
			kernel.links.items[2].slave.mii_status = BOND_LINK_DOWN;
		open_at(f, T0);
		for (int64_t t = 1; t < 5000; t += 100)
			run(f, T0 + t);
		assert_int_equal(kernel.ones, 0);
		assert_int_equal(monitor_next_ms(f->monitor),
				 T0 + (rows[i].watched ? 5000 : 60000));
		run(f, T0 + 5000);
		run(f, T0 + 9999);
		assert_int_equal(kernel.ones, rows[i].watched ? 1 : 0);
		run(f, T0 + 10000);
		assert_int_equal(kernel.ones, rows[i].watched ? 2 : 0);
		assert_int_equal(teardown(state), 0);
	}
	assert_int_equal(setup(state), 0);
}

/* The driver does not say that an updelay is over, nor that it has found the
   link gone: before the agent calls it over, it looks. */
static void test_asks_before_an_updelay_ends(void **state)
{
	const int64_t end_ms = T0 + 11 * 132;
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100)
	    ->bond.updelay_ms = 1000;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_BACK);
	open_at(f, T0);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_int_equal(monitor_next_ms(f->monitor), end_ms);
	kernel.links.items[1].link.flags = DOWN;
	run(f, end_ms);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_told(f, "11.0 ");
}

/* Nor what happens in a downdelay, whichever slave it is of. */
static void test_watches_every_slave(void **state)
{
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 100)
	    ->bond.downdelay_ms = 9000;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	(void)put_slave(&kernel.links, 2, 10, DOWN, BOND_LINK_FAIL);
	open_at(f, T0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 5000);
	run(f, T0 + 5000);
	assert_int_equal(kernel.ones, 1);
}

/* Who reads one bond shortly before all are read reads all. */
static void test_two_readings_in_one(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_FAIL);
	run(f, T0 + 57000);
	run(f, T0 + 57050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 1);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_FAIL);
	run(f, T0 + 58000);
	assert_int_equal(kernel.alls, 1);
	run(f, T0 + 58050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 118050);
}

static enum carrier effective(struct fixture *f, int ifindex)
{
	return bond_set_get(monitor_bonds(f->monitor), ifindex)
	    ->verdict.effective;
}

/* Bonds 10 to 17 with a slave each, 1 to 8. */
static void put_eight(uint8_t mode)
{
	for (int i = 0; i < 8; i++) {
		(void)put_bond(&kernel.links, 10 + i, mode, 100);
		(void)put_slave(&kernel.links, 1 + i, 10 + i, UP, BOND_LINK_UP);
	}
}

/* Of many, those that something happens to, and those whose time has come. */
static void test_each_in_its_time(void **state)
{
	struct fixture *f = *state;

	f->options.policy.discrepancy.grace_base_ms = 3000;
	put_eight(BOND_MODE_ROUNDROBIN);
	kernel.links.items[10].bond.miimon_ms = 0; /* bond 15 lies */
	kernel.links.items[11].link.flags = DOWN;
	open_at(f, T0);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 3000);
	(void)put_slave(&kernel.events, 3, 12, DOWN, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(effective(f, 12), CARRIER_DOWN);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1050);
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 12);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 3000);
	run(f, T0 + 3000);
	assert_int_equal(kernel.ones, 2);
	assert_int_equal(kernel.last_one, 15);
	assert_int_equal(bond_set_raised_count(monitor_bonds(f->monitor),
					       DISCREPANCY_FALSE_UP),
			 1);
	assert_int_equal(kernel.alls, 1);
}

/* A bond to which nothing has happened, but to the bond that it has for a
   slave. */
static void test_what_a_resting_bond_stands_on(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_ROUNDROBIN);
	(void)put_slave(&kernel.links, 17, 10, UP, BOND_LINK_UP);
	kernel.links.items[1].link.flags = DOWN; /* 10 has that one only */
	open_at(f, T0);
	assert_int_equal(effective(f, 10), CARRIER_UP);
	(void)put_slave(&kernel.events, 8, 17, DOWN, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(effective(f, 17), CARRIER_DOWN);
	assert_int_equal(effective(f, 10), CARRIER_DOWN);
	assert_int_equal(effective(f, 11), CARRIER_UP);
}

/* When the kernel is lost and found all bonds are, resting or not. */
static void test_lost_and_found_while_resting(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_ROUNDROBIN);
	open_at(f, T0);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	kernel.error = -ENOMEM;
	run(f, T0 + 1050);
	for (int i = 0; i < 8; i++)
		assert_int_equal(effective(f, 10 + i), CARRIER_UNKNOWN);
	kernel.error = 0;
	run(f, T0 + 1150);
	for (int i = 0; i < 8; i++)
		assert_int_equal(effective(f, 10 + i), CARRIER_UP);
}

/* What is read with all others is read again five seconds after that. */
static void test_rest_begins_anew_with_a_resync(void **state)
{
	struct fixture *f = *state;

	put_eight(BOND_MODE_8023AD);
	open_at(f, T0);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 2950);
	for (int64_t t = 3000; t < 58000; t += 5000) {
		run(f, T0 + t);
		run(f, T0 + t + 2000);
	}
	assert_int_equal(kernel.alls, 1);
	run(f, T0 + 58000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 63000);
}

static void test_many_due_is_one_dump(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < 17; i++)
		(void)put_bond(&kernel.links, 10 + i, BOND_MODE_8023AD, 100);
	open_at(f, T0);
	run(f, T0 + 5000);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	/* One less, and each is asked for. */
	link_batch_clear(&kernel.links);
	for (int i = 0; i < 16; i++)
		(void)put_bond(&kernel.links, 10 + i, BOND_MODE_8023AD, 100);
	run(f, T0 + 10000); /* the last is gone now */
	assert_int_equal(kernel.alls, 3);
	run(f, T0 + 15000);
	assert_int_equal(kernel.ones, 16);
	assert_int_equal(kernel.alls, 3);
}

static void test_raise_in_time(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 2000);
	run(f, T0 + 1999);
	assert_told(f, "");
	run(f, T0 + 2000);
	assert_told(f, "3.1 3.8 ");
}

/* The kernel has mended it without a word: nothing is to be said. */
static void test_look_before_a_raise(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	assert_int_not_equal(discrepancy_pending(&bond10(f)->discrepancies), 0);
	kernel.links.items[1].link.flags = UP;
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(kernel.last_one, 10);
	assert_told(f, "10.0 1.0 ");
	assert_int_equal(discrepancy_pending(&bond10(f)->discrepancies), 0);
}

/* Nothing can be said while the truth is hidden: no need to look for it more
   often than at others that change in silence. */
static void test_no_look_while_hidden(void **state)
{
	struct fixture *f = *state;
	struct link_event *slave;

	open_lying(f);
	/* It stands on what can't be seen, from now on. */
	slave = put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	slave->link.lower = 5;
	kernel.links.items[1] = *slave;
	run(f, T0 + 1000);
	assert_told(f, "10.0 ");
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
	assert_int_not_equal(discrepancy_pending(&bond10(f)->discrepancies), 0);
	run(f, T0 + 1050); /* after the event */
	run(f, T0 + 1100); /* since the filter has been extended */
	kernel.ones = 0;
	for (int64_t t = 2000; t < 6000; t += 10)
		run(f, T0 + t);
	assert_int_equal(kernel.ones, 0);
	for (int64_t t = 6000; t < 7000; t += 10)
		run(f, T0 + t);
	assert_int_equal(kernel.ones, 1);

	/* Seen again, and wrong: after another grace, and another look. */
	kernel.links.items[1].link.lower = 0;
	kernel.links.items[1].link.flags = DOWN;
	run(f, T0 + 12000);
	assert_told(f, "11.0 ");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 14000);
	kernel.ones = 0;
	run(f, T0 + 14000);
	assert_int_equal(kernel.ones, 1);
	assert_told(f, "3.1 3.8 ");
}

static void test_overrun(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	run(f, T0 + 1500);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	/* It may have been right in between: the grace began anew. */
	run(f, T0 + 3499);
	assert_told(f, "");
	run(f, T0 + 3500);
	assert_told(f, "3.1 3.8 ");
}

/* ... of every bond. */
static void test_overrun_of_two(void **state)
{
	struct fixture *f = *state;

	(void)put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 0);
	(void)put_slave(&kernel.links, 2, 20, DOWN, BOND_LINK_UP);
	open_lying(f);
	kernel.overrun = true;
	run(f, T0 + 1500);
	run(f, T0 + 3499);
	assert_told(f, "");
	run(f, T0 + 3500);
	assert_told(f, "3.1 3.8 3.1 3.8 ");
}

/* What is read while events are dropped makes nothing synchronised, not even
   what was lost. */
static void test_found_while_congested(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.error = -EIO;
	run(f, T0 + 60000);
	assert_int_equal(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
	kernel.error = 0;
	kernel.congested = kernel.overrun = true;
	kernel.heard = 0;
	run(f, T0 + 60050);
	/* Nor is there anything to catch up with, where nothing is asked. */
	assert_int_equal(kernel.heard, 1);
	run(f, T0 + 61050);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_RESYNCHRONISING);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
}

/* While the kernel still drops events, nothing is read again: neither
   everything nor a bond whose time has come. */
static void test_congested(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	kernel.congested = true;
	for (int64_t t = 1500; t < 2500; t += 100) {
		(void)put_slave(&kernel.events, 1, 10, DOWN, BOND_LINK_UP);
		run(f, T0 + t);
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_RESYNCHRONISING);
	}
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	assert_told(f, "");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 2500);
	kernel.congested = false;
	run(f, T0 + 2490);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	run(f, T0 + 4489);
	assert_told(f, "");
	run(f, T0 + 4490);
	assert_told(f, "3.1 3.8 ");
}

/* A flood without end: everything is read now and then, so that values grow
   no older than that, but it is not called synchronised and nothing is
   raised. */
static void test_congested_for_ever(void **state)
{
	static const int64_t reads[] = {
		1000, 3000, 7000, 15000, 30000, 45000
	};
	struct fixture *f = *state;
	size_t done = 0;

	open_lying(f);
	kernel.overrun = true;
	kernel.congested = true;
	for (int64_t t = 0; t <= 46000; t += 100) {
		if (t == 2500)
			kernel.links.items[1].link.flags = UP;
		run(f, T0 + 100 + t);
		while (done < sizeof(reads) / sizeof(reads[0]) &&
		       reads[done] <= t)
			done++;
		assert_int_equal(kernel.alls, 1 + done);
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_RESYNCHRONISING);
		assert_int_equal(bond10(f)->verdict.effective,
				 t < 3000 ? CARRIER_DOWN : CARRIER_UP);
	}
	assert_int_equal(done, 6);
	assert_int_equal(kernel.ones, 0);
	assert_told(f, "10.0 1.0 ");
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	kernel.congested = false;
	run(f, T0 + 46200);
	assert_int_equal(kernel.alls, 8);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).overruns, 1);
	/* The next one begins with short waits again. */
	kernel.overrun = true;
	kernel.congested = true;
	run(f, T0 + 46300);
	run(f, T0 + 47299);
	assert_int_equal(kernel.alls, 8);
	run(f, T0 + 47300);
	assert_int_equal(kernel.alls, 9);
	assert_int_equal(monitor_counters(f->monitor).overruns, 2);
}

/* Events that can't be had, though their socket is ready: no haste. */
static void test_deaf(void **state)
{
	static const int64_t waits[] = { 100, 200, 400, 800, 1000, 1000 };
	struct fixture *f = *state;
	int64_t now_ms = T0 + 1000;

	open_healthy(f);
	kernel.deaf = -EACCES;
	kernel.heard = 0;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		run(f, now_ms);
		assert_int_equal(kernel.heard, 1 + i);
		assert_int_equal(kernel.alls, 2 + i); /* for what was missed */
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_SYNCHRONISED);
		assert_int_equal(monitor_fd(f->monitor), -1);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		run(f, now_ms + waits[i] - 1);
		assert_int_equal(kernel.heard, 1 + i);
		assert_int_equal(kernel.alls, 2 + i);
		now_ms += waits[i];
	}
	kernel.deaf = 0;
	run(f, now_ms);
	assert_int_equal(monitor_fd(f->monitor), 42);
	assert_int_equal(kernel.alls, 7);
	kernel.deaf = -EACCES;
	run(f, now_ms + 1000);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms + 1100);
}

/* Nothing is heard of a rename: dumps are all there is, and the second one
   that has the new name is believed, also while the socket is left alone. */
static void test_deaf_and_renamed(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.deaf = -EACCES;
	for (int64_t t = 1000; t < 2000; t += 10)
		run(f, T0 + t);
	strcpy(kernel.links.items[0].link.name, "other");
	run(f, monitor_next_ms(f->monitor));
	assert_string_equal(bond10(f)->link.name, "bond");
	kernel.heard = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_int_equal(kernel.heard, 0);
	assert_string_equal(bond10(f)->link.name, "other");
	assert_told(f, "");
}

/* What is seen by looking alone is raised all the same. */
static void test_deaf_and_lying(void **state)
{
	struct fixture *f = *state;
	int64_t now_ms = T0 + 10;

	open_lying(f);
	kernel.deaf = -EACCES;
	while (now_ms < T0 + 10000) {
		run(f, now_ms);
		now_ms = monitor_next_ms(f->monitor);
	}
	assert_told(f, "3.1 3.8 ");
}

/* What was missed before the first error: the grace begins anew, once. */
static void test_deaf_restarts_graces(void **state)
{
	struct fixture *f = *state;
	int64_t now_ms = T0 + 1500;

	open_lying(f);
	kernel.deaf = -EACCES;
	while (now_ms < T0 + 3500) {
		run(f, now_ms);
		assert_told(f, "");
		now_ms = monitor_next_ms(f->monitor);
	}
	run(f, T0 + 3500);
	assert_told(f, "3.1 3.8 ");
}

static void test_deaf_from_the_start(void **state)
{
	struct fixture *f = *state;

	kernel.deaf = -EACCES;
	open_healthy(f);
	assert_int_equal(monitor_fd(f->monitor), -1);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 100);
	assert_int_equal(kernel.heard, 1);
}

/* Interrupted over and over: nothing is said until it has been read. */
static void test_overrun_and_no_dump(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.overrun = true;
	kernel.error = -EAGAIN;
	run(f, T0 + 100);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_RESYNCHRONISING);
	for (int i = 0; i < 10; i++)
		run(f, monitor_next_ms(f->monitor));
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_RESYNCHRONISING);
	assert_told(f, "");
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	kernel.error = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	assert_told(f, "");
}

/* A dump that is interrupted is no reason to doubt what events say. */
static void test_interrupted_resync(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.error = -EAGAIN;
	run(f, T0 + 60000);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_RESYNCHRONISING);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60100);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	kernel.error = 0;
	run(f, T0 + 60100);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
}

/* The look before a raise came to nothing: not raised on an old view. */
static void test_interrupted_look(void **state)
{
	struct fixture *f = *state;

	open_lying(f);
	kernel.error = -EAGAIN;
	run(f, T0 + 2000);
	assert_told(f, "");
	kernel.error = 0;
	run(f, T0 + 2100);
	assert_told(f, "3.1 3.8 ");
}

static void test_lost(void **state)
{
	static const int64_t waits[] = { 100,  200,  400,   800,   1600,
					 3200, 6400, 12800, 15000, 15000 };
	struct fixture *f = *state;
	int64_t now_ms = T0 + 60000;

	open_healthy(f);
	kernel.error = -ETIMEDOUT;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		run(f, now_ms);
		assert_int_equal(kernel.alls, 2 + i);
		assert_int_equal(monitor_bonds(f->monitor)->status,
				 BOND_SET_LOST);
		assert_int_equal(bond10(f)->verdict.effective, CARRIER_UNKNOWN);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		/* An event asks for nothing meanwhile. */
		(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
		run(f, now_ms + 60);
		assert_int_equal(kernel.alls, 2 + i);
		assert_int_equal(kernel.ones, 0);
		assert_int_equal(monitor_next_ms(f->monitor),
				 now_ms + waits[i]);
		now_ms += waits[i];
	}
	assert_int_equal(monitor_counters(f->monitor).lost_error, ETIMEDOUT);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 0);
	kernel.error = 0;
	run(f, now_ms);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(bond10(f)->verdict.effective, CARRIER_UP);
	assert_int_equal(monitor_next_ms(f->monitor), now_ms + 60000);
	assert_told(f, "");
}

static void test_lost_by_a_single_bond(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	kernel.error = -ENOMEM;
	run(f, T0 + 1050);
	assert_int_equal(kernel.ones, 1);
	assert_int_equal(monitor_bonds(f->monitor)->status, BOND_SET_LOST);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1150);
	kernel.error = 0;
	run(f, T0 + 1150);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_bonds(f->monitor)->status,
			 BOND_SET_SYNCHRONISED);
}

static bool nothing_wanted(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return false;
}

static void test_configure(void **state)
{
	struct fixture *f = *state;
	struct tracker_filter all = { 0 };
	struct tracker_filter none = { .wanted = nothing_wanted };

	open_lying(f);
	f->options.policy.discrepancy.grace_base_ms = 500;
	monitor_configure(f->monitor, &f->options.policy, &all, 10000);
	assert_true(monitor_next_ms(f->monitor) <= T0);
	run(f, T0 + 10);
	assert_int_equal(kernel.alls, 2);
	/* The grace that is set now is that of what is pending, too. */
	run(f, T0 + 509);
	assert_told(f, "");
	run(f, T0 + 510);
	assert_told(f, "3.1 3.8 ");
	assert_int_equal(monitor_bonds(f->monitor)->count, 1);
	run(f, T0 + 10009);
	assert_int_equal(kernel.alls, 2);
	run(f, T0 + 10010);
	assert_int_equal(kernel.alls, 3);
	f->told[0] = '\0';
	monitor_configure(f->monitor, &f->options.policy, &none, 0);
	run(f, T0 + 11000);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
	assert_told(f, "4.1 4.8 9.0 7.0 ");
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 71000);
}

static void test_filter_of_names(void **state)
{
	struct fixture *f = *state;

	f->options.filter.wanted = nothing_wanted;
	open_healthy(f);
	assert_int_equal(monitor_bonds(f->monitor)->count, 0);
}

static void test_counters(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	kernel.stats.malformed = 3;
	kernel.stats.bad_attrs = 4;
	kernel.stats.interrupted = 5;
	run(f, T0 + 1);
	assert_int_equal(monitor_counters(f->monitor).interrupted, 5);
	assert_int_equal(monitor_counters(f->monitor).malformed, 7);
}

static void assert_lacp_asked(struct fixture *f, const char *expected)
{
	kernel.lacp_asked[0] = '\0';
	monitor_read_lacp_stats(f->monitor);
	assert_int_equal(kernel.locked, 0);
	assert_string_equal(kernel.lacp_asked, expected);
}

/* For the counters of slaves in 802.3ad, once after each look at the bond, and
   only when somebody wants them. */
static void test_lacp_stats(void **state)
{
	struct fixture *f = *state;
	const struct slave *slave;

	put_bond(&kernel.links, 10, BOND_MODE_8023AD, 100);
	put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	put_slave(&kernel.links, 2, 10, UP, BOND_LINK_UP);
	put_bond(&kernel.links, 20, BOND_MODE_ROUNDROBIN, 100);
	put_slave(&kernel.links, 3, 20, UP, BOND_LINK_UP);
	open_at(f, T0);
	run(f, T0 + 5000);
	assert_string_equal(kernel.lacp_asked, "");
	slave = bond_slave(bond_set_get(monitor_bonds(f->monitor), 10), 2);
	assert_int_equal(slave->lacp.present, 0);

	assert_lacp_asked(f, "1 2 ");
	assert_true(slave->lacp.counts[BOND_3AD_STAT_LACPDU_RX] == 20);
	run(f, T0 + 5001);
	assert_lacp_asked(f, "");
	run(f, T0 + 10000);
	assert_lacp_asked(f, "1 2 ");

	/* Not while the kernel can't be read at all. */
	kernel.error = -EIO;
	run(f, T0 + 15000);
	assert_lacp_asked(f, "");
	run(f, monitor_next_ms(f->monitor)); /* for everything */
	assert_lacp_asked(f, "");
	kernel.error = 0;
	run(f, monitor_next_ms(f->monitor));
	assert_lacp_asked(f, "1 2 ");

	/* What can't be read is not known; the others' is asked for. */
	kernel.lacp_error = -ENODEV;
	run(f, T0 + 25000);
	assert_lacp_asked(f, "1 2 ");
	assert_int_equal(slave->lacp.present, 0);
	/* But a kernel that does not answer is asked once. */
	kernel.lacp_error = -ETIMEDOUT;
	run(f, T0 + 35000);
	assert_lacp_asked(f, "1 ");
	kernel.lacp_error = 0;
	run(f, T0 + 45000);
	assert_lacp_asked(f, "1 2 ");
	assert_int_equal(slave->lacp.present, 1);
}

/* Of every bond; and of none because another one has gone. */
static void test_lacp_stats_of_two(void **state)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 2; i++) {
		put_bond(&kernel.links, 10 * i, BOND_MODE_8023AD, 100);
		put_slave(&kernel.links, i, 10 * i, UP, BOND_LINK_UP);
	}
	open_at(f, T0);
	assert_lacp_asked(f, "1 2 ");
	assert_lacp_asked(f, "");
	kernel.links.items[0].kind = LINK_KIND_OTHER;
	(void)put(&kernel.events, 10, "bond", UP);
	run(f, T0 + 1000);
	assert_int_equal(monitor_bonds(f->monitor)->count, 1);
	assert_lacp_asked(f, "");
}

static struct link_event *put_vlan(struct link_batch *batch, int ifindex,
				   int lower)
{
	struct link_event *event = put(batch, ifindex, "vlan", UP);

	event->kind = LINK_KIND_VLAN;
	event->link.lower = lower;
	return event;
}

/* The rows, as a number each. */
static void assert_stack(struct fixture *f, const int *expected, size_t count)
{
	const struct pairs *rows = &monitor_bonds(f->monitor)->stack.rows;

	assert_int_equal(rows->count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(rows->items[i].key * 100 +
				     rows->items[i].value,
				 expected[i]);
}

#define ASSERT_STACK(f, ...)                                                   \
	assert_stack(f, (const int[]){ __VA_ARGS__ },                          \
		     sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int))

/* Nobody wants the stack: nothing is read for it, nothing let through. */
static void test_no_stack(void **state)
{
	struct fixture *f = *state;

	(void)put_vlan(&kernel.links, 50, 10);
	open_healthy(f);
	(void)put_vlan(&kernel.events, 50, 10);
	run(f, T0 + 1000);
	run(f, T0 + 60000);
	assert_int_equal(kernel.vlans, 0);
	assert_false(kernel.filter.vlans);
	assert_int_equal(monitor_bonds(f->monitor)->stack.rows.count, 0);
}

static void test_stack(void **state)
{
	struct fixture *f = *state;
	const struct bond_set *set;

	f->options.if_stack = true;
	(void)put_vlan(&kernel.links, 50, 10);
	open_healthy(f);
	set = monitor_bonds(f->monitor);
	ASSERT_STACK(f, 50, 100, 1001, 5010); /* 0-50 1-0 10-1 50-10 */
	assert_int_equal(set->stack.changed_ms, T0);
	assert_int_equal(kernel.vlans, 1);
	assert_true(kernel.filter.vlans);

	/* The filter did not cover it while it was read, nor the first time
	   what else there may be: once more, but not sooner than in 1 s. */
	assert_true(linkfilter_covers(&kernel.filter, 10));
	assert_true(linkfilter_covers(&kernel.filter, 50));
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1000);
	run(f, T0 + 1000);
	assert_int_equal(kernel.vlans, 2);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);

	/* One more, twenty messages of it: read once. And one of others. */
	(void)put_vlan(&kernel.links, 51, 50);
	for (int i = 0; i < 20; i++)
		(void)put_vlan(&kernel.events, 51, 50);
	(void)put_vlan(&kernel.events, 60, 77);
	run(f, T0 + 5000);
	assert_int_equal(kernel.vlans, 2);
	assert_int_equal(monitor_next_ms(f->monitor),
			 T0 + 5000 + TRACKER_REREAD_MS);
	run(f, T0 + 5050);
	assert_int_equal(kernel.vlans, 3);
	ASSERT_STACK(f, 51, 100, 1001, 5010, 5150);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);

	/* It was not covered: once more, in a second. Nothing is new. */
	run(f, T0 + 6050);
	assert_int_equal(kernel.vlans, 4);
	(void)put_vlan(&kernel.events, 51, 50);
	run(f, T0 + 9000);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 60000);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);

	/* The rows are made anew, and are what they were. */
	put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP)->link.master = 10;
	run(f, T0 + 9200);
	run(f, T0 + 9250);
	assert_int_equal(set->stack.changed_ms, T0 + 5050);
	assert_false(set->stack.stale);

	/* Gone; and with what could not be read once, tried again. */
	kernel.links.count--;
	put_vlan(&kernel.events, 51, 50)->gone = true;
	run(f, T0 + 10000);
	kernel.error = -ENOMEM;
	run(f, T0 + 10050);
	assert_int_equal(set->status, BOND_SET_SYNCHRONISED);
	ASSERT_STACK(f, 51, 100, 1001, 5010, 5150);
	kernel.error = 0;
	run(f, T0 + 11050);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
	assert_int_equal(set->stack.changed_ms, T0 + 11050);
}

/* A VLAN whose message was lost is found with the next dump of everything. */
static void test_stack_is_read_with_all(void **state)
{
	struct fixture *f = *state;
	size_t vlans;

	f->options.if_stack = true;
	open_healthy(f);
	run(f, T0 + 1000);
	vlans = kernel.vlans;
	(void)put_vlan(&kernel.links, 50, 10);
	run(f, T0 + 60000);
	run(f, T0 + 60000 + TRACKER_REREAD_MS);
	assert_int_equal(kernel.vlans, vlans + 1);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
}

/* SIGHUP */
static void test_stack_wanted_later(void **state)
{
	struct fixture *f = *state;
	struct tracker_filter all = { 0 };

	(void)put_vlan(&kernel.links, 50, 10);
	open_healthy(f);
	monitor_want_stack(f->monitor, true);
	monitor_configure(f->monitor, &f->options.policy, &all, 0);
	run(f, T0 + 3000);
	ASSERT_STACK(f, 50, 100, 1001, 5010);
	assert_true(kernel.filter.vlans);
	monitor_want_stack(f->monitor, false);
	monitor_configure(f->monitor, &f->options.policy, &all, 0);
	run(f, T0 + 6000);
	assert_int_equal(monitor_bonds(f->monitor)->stack.rows.count, 0);
	assert_false(kernel.filter.vlans);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 66000);
}

/* There are rows without any VLAN, too. */
static void test_stack_without_vlans(void **state)
{
	struct fixture *f = *state;

	open_healthy(f);
	monitor_want_stack(f->monitor, true);
	run(f, T0 + 1000);
	ASSERT_STACK(f, 10, 100, 1001);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_open),
		TEST(test_open_interrupted),
		TEST(test_open_unanswered),
		TEST(test_open_forbidden),
		TEST(test_errors),
		TEST(test_idle),
		TEST(test_agreement_is_followed),
		TEST(test_enabled_ports_are_followed),
		TEST(test_torn_is_read_again),
		TEST(test_asks_before_the_carrier_follows),
		TEST(test_asks_before_arp_takes_the_carrier),
		TEST(test_asks_nobody_when_all_links_go),
		TEST(test_asks_once_for_many),
		TEST(test_asks_for_the_one_behind),
		TEST(test_torn_for_good),
		TEST(test_asks_before_the_verdict_ends),
		TEST(test_one_reread_after_events),
		TEST(test_new_bond_at_once),
		TEST(test_new_bonds_at_once),
		TEST(test_new_bond_during_a_dump),
		TEST(test_filter),
		TEST(test_filter_extends_in_resync),
		TEST(test_filter_refused),
		TEST(test_deleted_bond_at_once),
		TEST(test_deleted_and_no_dump),
		TEST(test_bond_made_again),
		TEST(test_end_of_an_earlier_bond),
		TEST(test_end_of_one_that_came_meanwhile),
		TEST(test_silent_ones_every_five_seconds),
		TEST(test_asks_before_an_updelay_ends),
		TEST(test_watches_every_slave),
		TEST(test_two_readings_in_one),
		TEST(test_each_in_its_time),
		TEST(test_what_a_resting_bond_stands_on),
		TEST(test_lost_and_found_while_resting),
		TEST(test_rest_begins_anew_with_a_resync),
		TEST(test_many_due_is_one_dump),
		TEST(test_raise_in_time),
		TEST(test_look_before_a_raise),
		TEST(test_no_look_while_hidden),
		TEST(test_overrun),
		TEST(test_overrun_of_two),
		TEST(test_found_while_congested),
		TEST(test_congested),
		TEST(test_congested_for_ever),
		TEST(test_deaf),
		TEST(test_deaf_and_renamed),
		TEST(test_deaf_and_lying),
		TEST(test_deaf_restarts_graces),
		TEST(test_deaf_from_the_start),
		TEST(test_overrun_and_no_dump),
		TEST(test_interrupted_resync),
		TEST(test_interrupted_look),
		TEST(test_lost),
		TEST(test_lost_by_a_single_bond),
		TEST(test_configure),
		TEST(test_filter_of_names),
		TEST(test_counters),
		TEST(test_lacp_stats),
		TEST(test_lacp_stats_of_two),
		TEST(test_no_stack),
		TEST(test_stack),
		TEST(test_stack_is_read_with_all),
		TEST(test_stack_wanted_later),
		TEST(test_stack_without_vlans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
