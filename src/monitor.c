/* SPDX-License-Identifier: BSD-2-Clause */
/* When to listen, what to re-read, when to judge. */
#include "monitor.h"

#include <errno.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdlib.h>
#include <string.h>

#include "linkwatch.h"

#define RESYNC_INTERVAL_MS 60000
/* It may come early by this part of the interval: see find_due(). */
#define RESYNC_EARLY 24
/* Where the kernel is silent: see is_silent(). */
#define WATCH_INTERVAL_MS 5000
#define BACKOFF_FIRST_MS  100
#define BACKOFF_LAST_MS	  15000
/* From one reading of all VLANs to the next, when they come and go. */
#define VLANS_INTERVAL_MS 1000
/* More bonds than these at one time cost less in one dump of everything. */
#define REREAD_MAX 16

/* Bonds to be read again now; with more than fit, everything is. */
struct reread {
	int bonds[REREAD_MAX];
	size_t count;
	bool everything;
};

struct monitor {
	struct monitor_options options;
	struct linksock *sock;
	struct bond_set set;
	struct tracker tracker;
	struct linkwatch watch;
	struct link_batch batch; /* reused from dump to dump */
	struct monitor_counters counters;
	int64_t resync_at_ms; /* or sooner, when a re-read failed */
	int64_t backoff_ms;   /* of the next failure */
	int64_t vlans_at_ms;  /* when they are to be read */
	int64_t vlans_read_ms;
	struct reread reread; /* what this dispatch has found */
	int64_t now_ms;	      /* of this dispatch */
};

static void lock(struct monitor *monitor)
{
	if (monitor->options.lock)
		monitor->options.lock(monitor->options.lock_ctx);
}

static void unlock(struct monitor *monitor)
{
	if (monitor->options.unlock)
		monitor->options.unlock(monitor->options.lock_ctx);
}

static void reread_add(struct reread *reread, int ifindex)
{
	for (size_t i = 0; i < reread->count; i++) {
		if (reread->bonds[i] == ifindex)
			return;
	}
	if (reread->count < REREAD_MAX)
		reread->bonds[reread->count++] = ifindex;
	else
		reread->everything = true;
}

static void on_event(void *ctx, const struct link_event *event)
{
	struct monitor *monitor = ctx;
	int ifindex = 0;
	enum tracker_need need;

	lock(monitor);
	need =
	    tracker_event(&monitor->tracker, event, monitor->now_ms, &ifindex);
	unlock(monitor);
	if (need == TRACKER_NEEDS_NOW)
		reread_add(&monitor->reread, ifindex);
}

/* What was pending may have been over and begun again unseen; or has another
   grace now. */
static void restart_graces(struct bond_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		set->bonds[i].restart_grace = true;
		bond_mark_changed(&set->bonds[i]);
	}
}

/* Everything that is decided of a bond depends on it. */
static void set_status(struct bond_set *set, enum bond_set_status status)
{
	if (set->status == status)
		return;
	set->status = status;
	bond_set_touch_all(set);
}

/* Locked for each event, and not while the socket is read: under a flood the
   other thread must have its turn. */
static void hear(struct monitor *monitor)
{
	int err = linksock_receive(monitor->sock, on_event, monitor);

	if (!err)
		return;
	lock(monitor);
	/* ENOBUFS; after any other error it is not known either what was
	   missed. */
	monitor->counters.overruns++;
	monitor->reread.everything = true;
	if (monitor->set.status == BOND_SET_SYNCHRONISED)
		set_status(&monitor->set, BOND_SET_RESYNCHRONISING);
	restart_graces(&monitor->set);
	unlock(monitor);
}

/*
 * Does the kernel change anything of this slave without a word? It does not
 * tell of options set by netlink while the link is administratively down
 * (netdev_state_change() speaks for IFF_UP only), nor of FAIL and BACK.
 */
static bool is_slave_silent(const struct slave *slave)
{
	if (!link_admin_up(&slave->link))
		return true;
	return slave_has(slave, IFLA_BOND_SLAVE_MII_STATUS) &&
	       (slave->attrs.mii_status == BOND_LINK_FAIL ||
		slave->attrs.mii_status == BOND_LINK_BACK);
}

/* ... of this bond? Nor does it tell of AD_INFO. */
static bool is_silent(const struct bond *bond)
{
	if (!link_admin_up(&bond->link) ||
	    discrepancy_pending(&bond->discrepancies))
		return true;
	if (bond_attrs_lacp(&bond->attrs))
		return true;
	for (size_t i = 0; i < bond->slave_count; i++) {
		if (is_slave_silent(&bond->slaves[i]))
			return true;
	}
	return false;
}

/* What was looked at is done with until then. What could not be done (without
   memory, or where links lie) is tried again. */
static void rest(const struct bond_set *set, struct bond *bond, int64_t now_ms)
{
	int64_t until_ms = judge_bond_next_ms(set, bond);

	if (bond->changed && !judge_is_frozen(set, bond) &&
	    now_ms + WATCH_INTERVAL_MS < until_ms)
		until_ms = now_ms + WATCH_INTERVAL_MS;
	if (bond->reread_at_ms != 0 && bond->reread_at_ms < until_ms)
		until_ms = bond->reread_at_ms;
	bond_rest(bond, until_ms);
}

static void watch(struct monitor *monitor)
{
	struct bond_set *set = &monitor->set;

	for (size_t i = bond_set_next_look(set, 0, monitor->now_ms);
	     i < set->count;
	     i = bond_set_next_look(set, i + 1, monitor->now_ms)) {
		struct bond *bond = &set->bonds[i];

		if (bond->reread_at_ms == 0 && is_silent(bond))
			bond->reread_at_ms =
			    monitor->now_ms + WATCH_INTERVAL_MS;
		rest(set, bond, monitor->now_ms);
	}
}

/*
 * Asked for, or about to be said something of: a grace may have ended on what
 * the kernel changed in silence, so it is looked at once more before. Not
 * while nothing can be said: the end of that grace stays past until then.
 */
static bool is_due(const struct bond_set *set, const struct bond *bond,
		   int64_t now_ms)
{
	if (bond->reread_at_ms != 0 && bond->reread_at_ms <= now_ms)
		return true;
	return discrepancy_next_ms(&bond->discrepancies) <= now_ms &&
	       !judge_is_frozen(set, bond);
}

static void find_due(struct monitor *monitor)
{
	const struct bond_set *set = &monitor->set;
	int64_t soon_ms = monitor->now_ms;

	for (size_t i = bond_set_next_look(set, 0, monitor->now_ms);
	     i < set->count;
	     i = bond_set_next_look(set, i + 1, monitor->now_ms)) {
		const struct bond *bond = &set->bonds[i];

		if (is_due(set, bond, monitor->now_ms))
			reread_add(&monitor->reread, bond->link.ifindex);
	}
	/* Who is up and reading does along with it what is due soon. */
	if (monitor->reread.count > 0)
		soon_ms += monitor->options.resync_interval_ms / RESYNC_EARLY;
	if (soon_ms >= monitor->resync_at_ms)
		monitor->reread.everything = true;
}

/*
 * A dump that changes interrupt time and again is no loss of the kernel:
 * events go on, and nothing is raised on what could not be looked at. After
 * any other failure it is lost, until a dump of everything succeeds.
 */
static void fail(struct monitor *monitor, int err)
{
	if (err != -EAGAIN) {
		set_status(&monitor->set, BOND_SET_LOST);
		monitor->counters.lost_error = -err;
	} else if (monitor->set.status == BOND_SET_SYNCHRONISED) {
		set_status(&monitor->set, BOND_SET_RESYNCHRONISING);
	}
	monitor->resync_at_ms = monitor->now_ms + monitor->backoff_ms;
	monitor->backoff_ms *= 2;
	if (monitor->backoff_ms > BACKOFF_LAST_MS)
		monitor->backoff_ms = BACKOFF_LAST_MS;
}

static void succeed(struct monitor *monitor)
{
	set_status(&monitor->set, BOND_SET_SYNCHRONISED);
	monitor->backoff_ms = BACKOFF_FIRST_MS;
	monitor->resync_at_ms =
	    monitor->now_ms + monitor->options.resync_interval_ms;
}

/* If not, what came since it was read may have been missed: read it again. */
static bool is_covered(struct monitor *monitor, struct bond *bond)
{
	bool covered = linkwatch_covers(&monitor->watch, &monitor->set, bond);

	if (!covered)
		bond->reread_at_ms = monitor->now_ms + TRACKER_REREAD_MS;
	return covered;
}

/* Unlocked while the kernel is asked: nobody else changes the set. */
static int read_bond(struct monitor *monitor, int ifindex)
{
	struct bond *bond;
	int err = linksock_dump_bond(monitor->sock, ifindex, &monitor->batch);

	lock(monitor);
	bond = bond_set_find(&monitor->set, ifindex);
	if (bond) {
		bond->reread_at_ms = 0;
		bond_touch(bond);
	}
	if (!err)
		err = tracker_dump(&monitor->tracker, &monitor->batch, ifindex,
				   monitor->now_ms);
	if (err)
		fail(monitor, err);
	bond = bond_set_find(&monitor->set, ifindex);
	if (bond && !err)
		bond->lacp_unread = true;
	if (bond && !is_covered(monitor, bond))
		linkwatch_renew(&monitor->watch, monitor->sock, &monitor->set);
	unlock(monitor);
	return err;
}

static int read_all(struct monitor *monitor)
{
	int err = linksock_dump_all(monitor->sock, &monitor->batch);

	lock(monitor);
	for (size_t i = 0; i < monitor->set.count; i++)
		monitor->set.bonds[i].reread_at_ms = 0;
	bond_set_touch_all(&monitor->set);
	if (!err)
		err = tracker_dump(&monitor->tracker, &monitor->batch, 0,
				   monitor->now_ms);
	if (err)
		fail(monitor, err);
	else
		succeed(monitor);
	for (size_t i = 0; i < monitor->set.count; i++) {
		if (!err)
			monitor->set.bonds[i].lacp_unread = true;
		(void)is_covered(monitor, &monitor->set.bonds[i]);
	}
	linkwatch_renew(&monitor->watch, monitor->sock, &monitor->set);
	unlock(monitor);
	return err;
}

/*
 * One that comes while the filter does not let it through may be missed: then
 * they are read once more. Trouble with VLANs is none with bonds, and if the
 * kernel can't be read, the others will find out.
 */
static void read_vlans(struct monitor *monitor)
{
	struct bond_set *set = &monitor->set;
	int err;

	monitor->vlans_at_ms = INT64_MAX;
	monitor->vlans_read_ms = monitor->now_ms;
	set->stack.vlans_stale = false;
	err = linksock_dump_vlans(monitor->sock, &monitor->batch);
	lock(monitor);
	if (!err)
		err = tracker_vlans(&monitor->tracker, &monitor->batch);
	if (err || !linkwatch_covers_vlans(&monitor->watch, set)) {
		set->stack.vlans_stale = true;
		linkwatch_renew(&monitor->watch, monitor->sock, set);
	}
	unlock(monitor);
}

/* The rows are made beside those that are read meanwhile. */
static void build_stack(struct monitor *monitor)
{
	struct if_stack *stack = &monitor->set.stack;
	struct if_stack_rows old = stack->rows;

	if (if_stack_build(&stack->spare, &monitor->set) != 0)
		return;
	stack->stale = false;
	if (if_stack_rows_equal(&stack->spare, &old))
		return;
	lock(monitor);
	stack->rows = stack->spare;
	stack->spare = old;
	stack->changed_ms = monitor->now_ms;
	unlock(monitor);
}

static void follow_stack(struct monitor *monitor)
{
	struct if_stack *stack = &monitor->set.stack;

	if (!stack->wanted)
		return;
	if (monitor->reread.everything)
		stack->vlans_stale = true;
	if (monitor->now_ms >= monitor->vlans_at_ms)
		read_vlans(monitor);
	if (stack->stale)
		build_stack(monitor);
	if (stack->vlans_stale && monitor->vlans_at_ms == INT64_MAX) {
		int64_t at_ms = monitor->vlans_read_ms + VLANS_INTERVAL_MS;
		int64_t least_ms = monitor->now_ms + TRACKER_REREAD_MS;

		monitor->vlans_at_ms = at_ms > least_ms ? at_ms : least_ms;
	}
}

/* In trouble single bonds wait for the next attempt to read everything. */
static void reread(struct monitor *monitor)
{
	const struct reread *due = &monitor->reread;
	bool waiting = monitor->backoff_ms > BACKOFF_FIRST_MS;

	if (waiting && monitor->now_ms < monitor->resync_at_ms)
		return;
	if (due->everything) {
		if (read_all(monitor) == 0)
			monitor->counters.resyncs++;
		return;
	}
	for (size_t i = 0; i < due->count; i++) {
		if (read_bond(monitor, due->bonds[i]) != 0)
			return;
	}
}

int monitor_dispatch(struct monitor *monitor, int64_t now_ms)
{
	const struct linksock_stats *stats = linksock_stats(monitor->sock);
	int err;

	monitor->now_ms = now_ms;
	memset(&monitor->reread, 0, sizeof(monitor->reread));
	/* Reading the set needs no lock: this thread alone changes it. */
	hear(monitor);
	find_due(monitor);
	reread(monitor);
	follow_stack(monitor);

	lock(monitor);
	err = judge_run(&monitor->set, &monitor->options.policy,
			&monitor->options.sink, now_ms);
	if (monitor->options.judged)
		monitor->options.judged(monitor->options.judged_ctx,
					&monitor->set, now_ms);
	watch(monitor);
	monitor->counters.interrupted = stats->interrupted;
	monitor->counters.malformed = stats->malformed + stats->bad_attrs;
	unlock(monitor);
	return err;
}

/* Asked without the lock: nobody else changes the set. */
static int read_lacp(struct monitor *monitor, struct bond *bond)
{
	int err = 0;

	bond->lacp_unread = false;
	for (size_t i = 0; i < bond->slave_count && err != -ETIMEDOUT; i++) {
		struct slave *slave = &bond->slaves[i];
		struct lacp_stats lacp;

		err = linksock_lacp_stats(monitor->sock, slave->link.ifindex,
					  &lacp);
		lock(monitor);
		slave->lacp = lacp;
		unlock(monitor);
	}
	return err;
}

void monitor_read_lacp_stats(struct monitor *monitor)
{
	for (size_t i = 0; i < monitor->set.count; i++) {
		struct bond *bond = &monitor->set.bonds[i];

		if (bond->lacp_unread && bond_attrs_lacp(&bond->attrs) &&
		    read_lacp(monitor, bond) == -ETIMEDOUT)
			return;
	}
}

static void set_interval(struct monitor *monitor, int64_t resync_interval_ms)
{
	monitor->options.resync_interval_ms =
	    resync_interval_ms > 0 ? resync_interval_ms : RESYNC_INTERVAL_MS;
}

int monitor_open(struct monitor **out, const struct monitor_options *options,
		 int64_t now_ms)
{
	struct monitor *monitor = calloc(1, sizeof(*monitor));
	int err;

	if (!monitor)
		return -ENOMEM;
	monitor->options = *options;
	monitor->now_ms = now_ms;
	monitor->backoff_ms = BACKOFF_FIRST_MS;
	set_interval(monitor, options->resync_interval_ms);
	link_batch_init(&monitor->batch);
	bond_set_init(&monitor->set);
	tracker_init(&monitor->tracker, &monitor->set);
	monitor->vlans_at_ms = options->if_stack ? 0 : INT64_MAX;
	monitor->set.stack.wanted = options->if_stack;
	monitor->tracker.sink = options->sink;
	monitor->tracker.filter = options->filter;
	err = linksock_open(&monitor->sock, &options->linksock);
	monitor->tracker.quiet = true;
	if (!err)
		err = read_all(monitor);
	monitor->tracker.quiet = false;
	if (!err && options->first) {
		lock(monitor);
		options->first(options->first_ctx, &monitor->set, now_ms);
		unlock(monitor);
	}
	if (!err)
		err = monitor_dispatch(monitor, now_ms);
	if (err) {
		monitor_close(monitor);
		return err;
	}
	*out = monitor;
	return 0;
}

void monitor_close(struct monitor *monitor)
{
	if (!monitor)
		return;
	linksock_close(monitor->sock);
	linkwatch_fini(&monitor->watch);
	link_batch_fini(&monitor->batch);
	bond_set_fini(&monitor->set);
	free(monitor);
}

int monitor_fd(const struct monitor *monitor)
{
	return linksock_fd(monitor->sock);
}

int64_t monitor_next_ms(const struct monitor *monitor)
{
	/* While it is waited, nothing is re-read: see reread(). */
	bool waiting = monitor->backoff_ms > BACKOFF_FIRST_MS;
	int64_t next_ms = waiting ? judge_next_ms(&monitor->set)
				  : bond_set_look_ms(&monitor->set);

	if (monitor->resync_at_ms < next_ms)
		next_ms = monitor->resync_at_ms;
	if (monitor->vlans_at_ms < next_ms)
		next_ms = monitor->vlans_at_ms;
	return next_ms;
}

const struct bond_set *monitor_bonds(const struct monitor *monitor)
{
	return &monitor->set;
}

struct monitor_counters monitor_counters(const struct monitor *monitor)
{
	return monitor->counters;
}

void monitor_configure(struct monitor *monitor,
		       const struct judge_policy *policy,
		       const struct tracker_filter *filter,
		       int64_t resync_interval_ms)
{
	lock(monitor);
	monitor->options.policy = *policy;
	monitor->options.filter = *filter;
	monitor->tracker.filter = *filter;
	set_interval(monitor, resync_interval_ms);
	restart_graces(&monitor->set);
	monitor->resync_at_ms = 0; /* at the next dispatch, which is due */
	unlock(monitor);
}

/* The rows go at the next dispatch, or come. */
void monitor_want_stack(struct monitor *monitor, bool wanted)
{
	struct if_stack *stack = &monitor->set.stack;

	if (stack->wanted == wanted)
		return;
	lock(monitor);
	if (!wanted)
		if_stack_fini(stack);
	stack->wanted = wanted;
	stack->stale = wanted;
	monitor->vlans_at_ms = wanted ? 0 : INT64_MAX;
	unlock(monitor);
}
