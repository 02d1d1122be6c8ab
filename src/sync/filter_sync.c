/* SPDX-License-Identifier: BSD-2-Clause */
/* Collects the links that the filter covers. */
#include "sync/filter_sync.h"

#include "base/array.h"
#include "bond/lower_links.h"

void filter_sync_fini(struct filter_sync *sync)
{
	free(sync->ifindexes);
	memset(sync, 0, sizeof(*sync));
}

static bool is_same(const struct linkfilter *a, const struct linkfilter *b)
{
	return a->vlans == b->vlans && a->count == b->count &&
	       memcmp(a->ranges, b->ranges, a->count * sizeof(a->ranges[0])) ==
		   0;
}

void filter_sync_renew(struct filter_sync *sync, struct linksock *sock,
		       const struct bond_set *set)
{
	struct linkfilter filter = { .vlans = set->stack.wanted };
	size_t count = 0;

	if (ARRAY_ROOM(sync->ifindexes, sync->capacity,
		       set->count + bond_set_slave_total(set) +
			   set->lower_count + set->stack.vlan_count) != 0) {
		sync->filtering = false;
		(void)linksock_watch(sock, NULL);
		return;
	}
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		sync->ifindexes[count++] = bond->link.ifindex;
		for (size_t s = 0; s < bond->slave_count; s++)
			sync->ifindexes[count++] = bond->slaves[s].link.ifindex;
	}
	for (size_t i = 0; i < set->lower_count; i++)
		sync->ifindexes[count++] = set->lowers[i].ifindex;
	for (size_t i = 0; i < set->stack.vlan_count; i++)
		sync->ifindexes[count++] = set->stack.vlans[i].ifindex;

	linkfilter_make(&filter, sync->ifindexes, count);
	if (sync->filtering && is_same(&filter, &sync->filter))
		return;
	sync->filter = filter;
	sync->filtering = linksock_watch(sock, &filter) == 0;
}

bool filter_sync_covers(const struct filter_sync *sync,
			const struct bond_set *set, const struct bond *bond)
{
	const struct linkfilter *filter = &sync->filter;

	if (!sync->filtering)
		return true;
	/* The bond always has IFF_MASTER; the VLANs on it do not. */
	if (filter->vlans && !linkfilter_covers(filter, bond->link.ifindex))
		return false;
	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct link_state *link = &bond->slaves[i].link;

		for (int steps = 0; link;
		     link = lower_links_below(set, link, &steps))
			if (!linkfilter_covers(filter, link->ifindex))
				return false;
	}
	return true;
}

bool filter_sync_covers_vlans(const struct filter_sync *sync,
			      const struct bond_set *set)
{
	const struct if_stack *stack = &set->stack;
	size_t i = 0;

	if (!sync->filtering)
		return true;
	while (i < stack->vlan_count &&
	       linkfilter_covers(&sync->filter, stack->vlans[i].ifindex))
		i++;
	return sync->filter.vlans && i == stack->vlan_count;
}
