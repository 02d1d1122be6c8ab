/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VLANs on bonds and slaves: only their place in the stack matters. An event
 * only marks them as stale; a dump has their values.
 */
#include "sync/stack_build.h"
#include "sync/tracker_internal.h"

void tracker_vlan_event(struct tracker *tracker, const struct link_event *event)
{
	struct if_stack *stack = &tracker->set->stack;
	const struct if_stack_vlan *known;
	bool is_ours;

	if (!stack->wanted || stack->vlans_stale)
		return;
	known = if_stack_vlan(stack, event->link.ifindex);
	is_ours = event->kind == LINK_KIND_VLAN && !event->gone &&
		  !event->link.distrusted && event->link.lower &&
		  stack_build_is_lower(tracker->set, event->link.lower);
	if (known ? !is_ours || known->lower != event->link.lower ||
			known->master != event->link.master
		  : is_ours)
		stack->vlans_stale = true;
}

int tracker_vlans(struct tracker *tracker, const struct link_batch *batch)
{
	return stack_build_vlans(tracker->set, batch->items, batch->count);
}
