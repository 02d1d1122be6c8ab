/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What dumps, events and judging cost among many bonds, and how the cost of
 * one grows with their number. Needs no kernel: messages are made here.
 * Prints lines for bench/report.py.
 */
#include <err.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "capture/replay.h"
#include "decision/judge.h"
#include "scale.h"
#include "sync/tracker.h"

#define UP		(LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DOWN		LINK_FLAG_UP
#define SLAVES_PER_BOND 2
#define PER_BOND	(1 + 2 * SLAVES_PER_BOND) /* with lower devices */
/* The kernel's hash of ifindexes has so many chains, and a dump follows them:
   numbers come in no order. */
#define CHAINS 256

struct host {
	int bonds;
	bool vlans; /* every slave is a VLAN on a device of its own */
	struct link_batch batch;
	struct bond_set set;
	struct tracker tracker;
	struct judge_policy policy;
	int64_t now_ms;
};

double scale_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

void scale_result(const char *measure, const char *who, const char *unit,
		  double value)
{
	printf("%s|%s|%s|%.4g\n", measure, who, unit, value);
}

void scale_must(int error)
{
	if (error)
		errx(1, "%s", strerror(-error));
}

/* Of a bond: itself, then for each slave that one and what it stands on. */
static struct link_event link_of(const struct host *host, int ifindex,
				 unsigned int flags)
{
	int bond = ifindex - (ifindex - 1) % PER_BOND;
	int role = ifindex - bond;
	struct link_event event;

	memset(&event, 0, sizeof(event));
	event.link.ifindex = ifindex;
	event.link.flags = flags;
	(void)snprintf(event.link.name, sizeof(event.link.name), "l%d",
		       ifindex);
	if (role == 0) {
		event.kind = LINK_KIND_BOND;
		event.link.is_bond = true;
		event.bond.present = BOND_ATTR_BIT(IFLA_BOND_MODE) |
				     BOND_ATTR_BIT(IFLA_BOND_MIIMON);
		event.bond.mode = BOND_MODE_ACTIVEBACKUP;
		event.bond.miimon_ms = 100;
	} else if (role > SLAVES_PER_BOND) {
		event.bond_slave = true;
		event.master = event.link.master = bond;
		event.slave.present =
		    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
		event.slave.mii_status = BOND_LINK_UP;
		if (host->vlans) {
			event.kind = LINK_KIND_VLAN;
			event.link.lower = ifindex - SLAVES_PER_BOND;
		}
	}
	return event;
}

static bool is_there(const struct host *host, int ifindex)
{
	int role = (ifindex - 1) % PER_BOND;

	return host->vlans || role == 0 || role > SLAVES_PER_BOND;
}

static bool is_lower(int ifindex)
{
	int role = (ifindex - 1) % PER_BOND;

	return role >= 1 && role <= SLAVES_PER_BOND;
}

static void fill(struct host *host)
{
	link_batch_clear(&host->batch);
	for (int chain = 0; chain < CHAINS; chain++)
		for (int ifindex = chain ? chain : CHAINS;
		     ifindex <= host->bonds * PER_BOND; ifindex += CHAINS) {
			struct link_event event = link_of(host, ifindex, UP);

			if (is_there(host, ifindex))
				scale_must(
				    link_batch_add(&host->batch, &event));
		}
}

static void open_host(struct host *host, int bonds, bool vlans)
{
	memset(host, 0, sizeof(*host));
	host->bonds = bonds;
	host->vlans = vlans;
	host->now_ms = 1000;
	link_batch_init(&host->batch);
	bond_set_init(&host->set);
	host->set.status = BOND_SET_SYNCHRONISED;
	tracker_init(&host->tracker, &host->set);
	judge_policy_defaults(&host->policy);
	fill(host);
}

static void close_host(struct host *host)
{
	link_batch_fini(&host->batch);
	bond_set_fini(&host->set);
}

static double dump(struct host *host)
{
	double began = scale_now();

	scale_must(tracker_dump(&host->tracker, &host->batch, 0, host->now_ms));
	return scale_now() - began;
}

static double judge(struct host *host)
{
	double began = scale_now();

	scale_must(judge_run(&host->set, &host->policy, &host->tracker.sink,
			     host->now_ms));
	return scale_now() - began;
}

/* An event of each device below, as when a switch goes. */
static double all_down(struct host *host)
{
	double began = scale_now();
	int need;

	host->now_ms += 1000;
	for (int ifindex = 1; ifindex <= host->bonds * PER_BOND; ifindex++) {
		struct link_event event = link_of(host, ifindex, DOWN);

		if (is_lower(ifindex))
			(void)tracker_event(&host->tracker, &event,
					    host->now_ms, &need);
	}
	(void)judge(host);
	for (size_t i = 0; i < host->set.count; i++)
		if (host->set.bonds[i].verdict.effective != CARRIER_DOWN)
			errx(1, "not all are down");
	return scale_now() - began;
}

static double all_gone(struct host *host)
{
	link_batch_clear(&host->batch);
	host->now_ms += 1000;
	return dump(host);
}

static struct nl_msg *message_of(const struct link_event *event)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC,
				  .ifi_index = event->link.ifindex,
				  .ifi_flags = event->link.flags };
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest, *data;

	if (!msg)
		errx(1, "no memory");
	(void)nlmsg_put(msg, 0, 0, RTM_NEWLINK, 0, 0);
	(void)nlmsg_append(msg, &info, sizeof(info), NLMSG_ALIGNTO);
	(void)nla_put_string(msg, IFLA_IFNAME, event->link.name);
	if (event->master)
		(void)nla_put_u32(msg, IFLA_MASTER, (uint32_t)event->master);
	if (event->link.lower)
		(void)nla_put_u32(msg, IFLA_LINK, (uint32_t)event->link.lower);
	nest = nla_nest_start(msg, IFLA_LINKINFO);
	if (event->kind == LINK_KIND_BOND) {
		(void)nla_put_string(msg, IFLA_INFO_KIND, "bond");
		data = nla_nest_start(msg, IFLA_INFO_DATA);
		(void)nla_put_u8(msg, IFLA_BOND_MODE, event->bond.mode);
		(void)nla_put_u32(msg, IFLA_BOND_MIIMON, event->bond.miimon_ms);
		nla_nest_end(msg, data);
	} else if (event->kind == LINK_KIND_VLAN) {
		(void)nla_put_string(msg, IFLA_INFO_KIND, "vlan");
	}
	if (event->bond_slave) {
		(void)nla_put_string(msg, IFLA_INFO_SLAVE_KIND, "bond");
		data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
		(void)nla_put_u8(msg, IFLA_BOND_SLAVE_MII_STATUS,
				 event->slave.mii_status);
		nla_nest_end(msg, data);
	}
	nla_nest_end(msg, nest);
	return msg;
}

/* All links, an answer or an event each. */
static double capture(int bonds, bool answers)
{
	struct replay_options options = { .sink = { NULL, NULL } };
	struct capture_record record = { .is_answer = answers };
	struct replay *replay;
	struct host host;
	double taken = 0, began;

	open_host(&host, bonds, true);
	judge_policy_defaults(&options.policy);
	scale_must(replay_new(&replay, &options));
	for (size_t i = 0; i < host.batch.count; i++) {
		struct nl_msg *msg = message_of(&host.batch.items[i]);

		record.bytes = nlmsg_hdr(msg);
		record.length = nlmsg_hdr(msg)->nlmsg_len;
		record.at_ms = 1000000 + (int64_t)i / 100;
		began = scale_now();
		scale_must(replay_record(replay, &record));
		taken += scale_now() - began;
		nlmsg_free(msg);
	}
	began = scale_now();
	scale_must(replay_end(replay));
	taken += scale_now() - began;
	if (replay_bonds(replay)->count != (size_t)bonds)
		errx(1, "the capture has %zu bonds",
		     replay_bonds(replay)->count);
	replay_free(replay);
	close_host(&host);
	return taken;
}

static void reached(const char *what, int bonds, double taken, int at_most)
{
	char measure[96];

	(void)snprintf(measure, sizeof(measure), "%s, %d bonds of VLANs", what,
		       bonds);
	scale_result(measure, "this", "ms", taken);
	printf("reach|%s|-|%d\n", measure, at_most);
}

void scale_least(double *best, double taken)
{
	if (*best == 0 || taken < *best)
		*best = taken;
}

static void vlans(int bonds)
{
	double best[6] = { 0 };

	for (int round = 0; round < 3; round++) {
		struct host host;

		open_host(&host, bonds, true);
		scale_least(&best[0], dump(&host));
		scale_least(&best[1], judge(&host));
		scale_least(&best[2], all_down(&host));
		scale_least(&best[3], all_gone(&host));
		close_host(&host);
		scale_least(&best[4], capture(bonds, true));
		scale_least(&best[5], capture(bonds, false));
	}
	reached("first dump", bonds, best[0], 100);
	reached("first judging", bonds, best[1], 100);
	reached("all down", bonds, best[2], 100);
	reached("all gone", bonds, best[3], 100);
	reached("capture of answers", bonds, best[4], 1000);
	reached("capture of events", bonds, best[5], 1000);
}

/* Microseconds of one bond, of which there may be `many`. */
static void each(int bonds, int many, bool vlans, const char *who)
{
	static const char *const steps[] = { "come", "be judged", "rest",
					     "go" };
	double best[4] = { 0 };

	for (int round = 0; round < 16000 / bonds + 2; round++) {
		struct host host;

		open_host(&host, bonds, vlans);
		scale_least(&best[0], dump(&host));
		scale_least(&best[1], judge(&host));
		scale_least(&best[2], dump(&host) + judge(&host));
		scale_least(&best[3], all_gone(&host));
		close_host(&host);
	}
	for (int i = 0; i < 4; i++) {
		char measure[64];

		(void)snprintf(measure, sizeof(measure),
			       "for one of %d bonds%s to %s", many,
			       vlans ? " of VLANs" : "", steps[i]);
		scale_result(measure, who, "us", best[i] * 1e3 / bonds);
		if (strcmp(who, "this") == 0)
			printf("reach|%s|among 1000|%d\n", measure,
			       vlans && i == 0 ? 2 : 3);
	}
}

/* ... until a lost switch is dealt with. */
static void lost_switch(int bonds, int many, const char *who)
{
	char measure[64];
	double best = 0;

	for (int round = 0; round < 3; round++)
		scale_least(&best, scale_lose_switch(bonds));
	(void)snprintf(measure, sizeof(measure),
		       "for one of %d bonds to lose a switch", many);
	scale_result(measure, who, "us", best * 1e3 / bonds);
	if (strcmp(who, "this") == 0)
		printf("reach|%s|among 1000|3\n", measure);
}

int main(int argc, char *argv[])
{
	int bonds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 4000;

	vlans(bonds);
	for (int of_vlans = 0; of_vlans < 2; of_vlans++) {
		each(1000, 4 * bonds, of_vlans, "among 1000");
		each(4 * bonds, 4 * bonds, of_vlans, "this");
	}
	lost_switch(1000, 4 * bonds, "among 1000");
	lost_switch(4 * bonds, 4 * bonds, "this");
	return 0;
}
