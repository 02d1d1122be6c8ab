/* SPDX-License-Identifier: BSD-2-Clause */
/* Maintains the rows of ifStackTable, and the VLANs in them. */
#include "sync/monitor_internal.h"
#include "sync/stack_build.h"

/* The shortest time between two reads of all VLANs. */
#define VLANS_INTERVAL_MS 1000

/*
 * A VLAN that the filter does not cover yet may change unseen, so all are read
 * once more. A failure does not affect the status: if the kernel can't be read,
 * reading bonds fails too.
 */
static void read_vlans(struct monitor *monitor)
{
	struct bond_set *set = &monitor->set;
	int err;

	monitor->vlans_at_ms = INT64_MAX;
	monitor->vlans_read_ms = monitor->now_ms;
	set->stack.vlans_stale = false;
	err = linksock_dump_vlans(monitor->sock, &monitor->batch);
	monitor_lock(monitor);
	if (!err)
		err = tracker_vlans(&monitor->tracker, &monitor->batch);
	if (err || !filter_sync_covers_vlans(&monitor->filter, set)) {
		set->stack.vlans_stale = true;
		filter_sync_renew(&monitor->filter, monitor->sock, set);
	}
	monitor_unlock(monitor);
}

/* Readers keep the old rows until the new ones are complete. */
static void build_stack(struct monitor *monitor)
{
	struct if_stack *stack = &monitor->set.stack;
	struct pairs old = stack->rows;

	if (stack_build_rows(&stack->spare, &monitor->set) != 0)
		return;
	stack->stale = false;
	if (if_stack_rows_equal(&stack->spare, &old))
		return;
	monitor_lock(monitor);
	stack->rows = stack->spare;
	stack->spare = old;
	stack->changed_ms = monitor->now_ms;
	monitor_unlock(monitor);
}

void monitor_follow_stack(struct monitor *monitor)
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

/* The next dispatch reads the VLANs and builds the rows. */
void monitor_want_stack(struct monitor *monitor, bool wanted)
{
	struct if_stack *stack = &monitor->set.stack;

	if (stack->wanted == wanted)
		return;
	monitor_lock(monitor);
	if (!wanted)
		if_stack_fini(stack);
	stack->wanted = wanted;
	stack->stale = wanted;
	monitor->vlans_at_ms = wanted ? 0 : INT64_MAX;
	monitor_unlock(monitor);
}
