/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads single bonds, everything, and the LACP counters. */
#include <errno.h>
#include <string.h>

#include "bond/schedule.h"
#include "decision/carrier.h"
#include "decision/carrier_monitor.h"
#include "sync/monitor_internal.h"

#define BACKOFF_LAST_MS 15000
/* How often one dispatch re-reads bonds whose values contradict each other. */
#define DOUBTFUL_TRIES 3

static int64_t twice(int64_t wait_ms)
{
	return 2 * wait_ms < BACKOFF_LAST_MS ? 2 * wait_ms : BACKOFF_LAST_MS;
}

/*
 * After -EAGAIN (changes interrupted each dump) events still arrive, so the
 * kernel is not lost, but nothing is raised until a dump succeeds. After any
 * other failure it is lost until everything has been read.
 */
static void fail(struct monitor *monitor, int err)
{
	monitor->counters.lost_error = -err;
	if (err != -EAGAIN)
		monitor_set_status(monitor, BOND_SET_LOST);
	else if (monitor->set.status == BOND_SET_SYNCHRONISED)
		monitor_set_status(monitor, BOND_SET_RESYNCHRONISING);
	monitor->resync_at_ms = monitor->now_ms + monitor->backoff_ms;
	monitor->backoff_ms = twice(monitor->backoff_ms);
}

/* A dump that was read while the kernel drops events may already be out of
   date, and no event corrects it. */
static void succeed(struct monitor *monitor)
{
	int64_t next_ms = monitor->options.resync_interval_ms;

	if (monitor->congested_ms) {
		monitor_set_status(monitor, BOND_SET_RESYNCHRONISING);
		next_ms = monitor->congested_ms = twice(monitor->congested_ms);
	} else {
		monitor_set_status(monitor, BOND_SET_SYNCHRONISED);
	}
	monitor->backoff_ms = MONITOR_BACKOFF_FIRST_MS;
	monitor->resync_at_ms = monitor->now_ms + next_ms;
}

/* If the filter does not cover the bond, events since the read may be missing:
   the bond is read again. */
static bool is_covered(struct monitor *monitor, struct bond *bond)
{
	bool covered =
	    filter_sync_covers(&monitor->filter, &monitor->set, bond);

	if (!covered)
		bond->reread_at_ms = monitor->now_ms + TRACKER_REREAD_MS;
	return covered;
}

/* Cancels the re-read that this read satisfies. An event of this dispatch keeps
   its later re-read, for what the kernel changes after it without an event. */
static void note_read(const struct monitor *monitor, struct bond *bond)
{
	bond->read_ms = monitor->now_ms;
	bond->reread_at_ms =
	    bond->follow_ms == monitor->now_ms + TRACKER_REREAD_MS
		? bond->follow_ms
		: 0;
}

/* Waits for the kernel without the lock: only this thread changes the set. */
static int read_bond(struct monitor *monitor, int ifindex)
{
	struct bond *bond;
	int err = linksock_dump_bond(monitor->sock, ifindex, &monitor->batch);

	monitor_lock(monitor);
	bond = bond_set_find(&monitor->set, ifindex);
	if (bond) {
		note_read(monitor, bond);
		schedule_touch(bond);
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
		filter_sync_renew(&monitor->filter, monitor->sock,
				  &monitor->set);
	monitor_unlock(monitor);
	return err;
}

/* The first dump emits no events: what it finds existed before. */
static int apply_all(struct monitor *monitor)
{
	int err;

	monitor->tracker.quiet = !monitor->begun;
	err = tracker_dump(&monitor->tracker, &monitor->batch, 0,
			   monitor->now_ms);
	monitor->tracker.quiet = false;
	if (err || monitor->begun)
		return err;
	monitor->begun = true;
	if (monitor->options.first)
		monitor->options.first(monitor->options.first_ctx,
				       &monitor->set, monitor->now_ms);
	return 0;
}

static int read_all(struct monitor *monitor)
{
	int err = linksock_dump_all(monitor->sock, &monitor->batch);

	monitor_lock(monitor);
	for (size_t i = 0; i < monitor->set.count; i++)
		note_read(monitor, &monitor->set.bonds[i]);
	schedule_touch_all(&monitor->set);
	if (!err)
		err = apply_all(monitor);
	if (err)
		fail(monitor, err);
	else
		succeed(monitor);
	for (size_t i = 0; i < monitor->set.count; i++) {
		if (!err)
			monitor->set.bonds[i].lacp_unread = true;
		(void)is_covered(monitor, &monitor->set.bonds[i]);
	}
	filter_sync_renew(&monitor->filter, monitor->sock, &monitor->set);
	monitor_unlock(monitor);
	return err;
}

/*
 * Whether the effective carrier is about to change because of events alone,
 * while the kernel may have changed other values without an event. In 802.3ad
 * ports change their aggregators without one, and the last re-read was up to 5
 * s ago. The ARP monitor of the load-balancing modes changes all slaves in one
 * step and sends a message only about those that become active or backup, not
 * about a slave that was active without being UP.
 */
static bool changes_unread(struct monitor *monitor, struct bond *bond)
{
	bool changes;

	if ((!bond_attrs_lacp(&bond->attrs) &&
	     carrier_monitor(bond) != CARRIER_MONITOR_ARP) ||
	    !bond->judged || bond->read_ms == monitor->now_ms)
		return false;
	monitor_lock(monitor);
	changes = judge_reading_matters(
	    &monitor->set, bond, &monitor->options.policy, monitor->now_ms);
	monitor_unlock(monitor);
	return changes;
}

/* Stops at the first failure. True: the kernel was asked. */
static bool read_found(struct monitor *monitor,
		       const struct monitor_reread *found)
{
	if (found->everything) {
		bool again = monitor->begun;

		monitor->counters.resyncs += read_all(monitor) == 0 && again;
		return true;
	}
	for (size_t i = 0; i < found->count; i++)
		if (read_bond(monitor, found->bonds[i]) != 0)
			break;
	return found->count > 0;
}

/* Finds due bonds that must be read again before they are judged. */
static void find_doubtful(struct monitor *monitor, struct monitor_reread *found)
{
	struct bond_set *set = &monitor->set;

	memset(found, 0, sizeof(*found));
	for (size_t i = schedule_next(set, 0, monitor->now_ms);
	     i < set->count && !found->everything;
	     i = schedule_next(set, i + 1, monitor->now_ms)) {
		struct bond *bond = &set->bonds[i];

		if (carrier_is_torn(bond) || changes_unread(monitor, bond))
			monitor_want_reread(found, bond->link.ifindex);
	}
}

/* After an error single bonds wait for the next attempt to read everything. */
bool monitor_reread(struct monitor *monitor)
{
	struct monitor_reread doubtful;
	bool asked;

	if (monitor_is_waiting(monitor) &&
	    monitor->now_ms < monitor->resync_at_ms)
		return false;
	asked = read_found(monitor, &monitor->reread);
	while (monitor->doubtful_tries < DOUBTFUL_TRIES &&
	       !monitor_is_waiting(monitor)) {
		find_doubtful(monitor, &doubtful);
		if (!read_found(monitor, &doubtful))
			break;
		monitor->doubtful_tries++;
		monitor->reread.everything |= doubtful.everything;
		asked = true;
	}
	return asked;
}

int monitor_begun(const struct monitor *monitor)
{
	if (monitor->begun)
		return 0;
	return monitor->counters.lost_error ? -monitor->counters.lost_error
					    : -EINPROGRESS;
}

bool monitor_error_passes(int err)
{
	return err == -EINPROGRESS || err == -EAGAIN || err == -ETIMEDOUT;
}

const char *monitor_error_text(int err)
{
	if (err == -EINPROGRESS || err == -ETIMEDOUT)
		return "the kernel does not answer";
	if (err == -EAGAIN)
		return "links change faster than they can be read";
	return strerror(-err);
}

/* Waits for the kernel without the lock: only this thread changes the set. */
static int read_lacp(struct monitor *monitor, struct bond *bond)
{
	int err = 0;

	bond->lacp_unread = false;
	for (size_t i = 0; i < bond->slave_count && err != -ETIMEDOUT; i++) {
		struct slave *slave = &bond->slaves[i];
		struct lacp_stats lacp;

		err = linksock_lacp_stats(monitor->sock, slave->link.ifindex,
					  &lacp);
		monitor_lock(monitor);
		slave->lacp = lacp;
		monitor_unlock(monitor);
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
