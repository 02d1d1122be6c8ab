/* SPDX-License-Identifier: BSD-2-Clause */
/* Collects the links that the filter covers. */
#include "sync/filter_sync.h"

#include "base/array.h"
#include "bond/lower_links.h"

void filter_sync_fini(struct filter_sync *watch)
{
	free(watch->ifindexes);
	memset(watch, 0, sizeof(*watch));
}

static bool is_same(const struct linkfilter *a, const struct linkfilter *b)
{
	return a->vlans == b->vlans && a->count == b->count &&
	       memcmp(a->ranges, b->ranges, a->count * sizeof(a->ranges[0])) ==
		   0;
}

void filter_sync_renew(struct filter_sync *watch, struct linksock *sock,
		       const struct bond_set *set)
{
	struct linkfilter filter = { .vlans = set->stack.wanted };
	size_t count = 0;

	if (ARRAY_ROOM(watch->ifindexes, watch->capacity,
		       set->count + bond_set_slave_total(set) +
			   set->lower_count + set->stack.vlan_count) != 0) {
		watch->filtering = false;
		(void)linksock_watch(sock, NULL);
		return;
	}
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		watch->ifindexes[count++] = bond->link.ifindex;
		for (size_t s = 0; s < bond->slave_count; s++)
			watch->ifindexes[count++] =
			    bond->slaves[s].link.ifindex;
	}
	for (size_t i = 0; i < set->lower_count; i++)
		watch->ifindexes[count++] = set->lowers[i].ifindex;
	for (size_t i = 0; i < set->stack.vlan_count; i++)
		watch->ifindexes[count++] = set->stack.vlans[i].ifindex;

	linkfilter_make(&filter, watch->ifindexes, count);
	if (watch->filtering && is_same(&filter, &watch->filter))
		return;
	watch->filter = filter;
	watch->filtering = linksock_watch(sock, &filter) == 0;
}

bool filter_sync_covers(const struct filter_sync *watch,
			const struct bond_set *set, const struct bond *bond)
{
	const struct linkfilter *filter = &watch->filter;

	if (!watch->filtering)
		return true;
	/* The bond itself bears IFF_MASTER as long as it is there; the VLANs
	   on it do not. */
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

bool filter_sync_covers_vlans(const struct filter_sync *watch,
			      const struct bond_set *set)
{
	const struct if_stack *stack = &set->stack;
	size_t i = 0;

	if (!watch->filtering)
		return true;
	while (i < stack->vlan_count &&
	       linkfilter_covers(&watch->filter, stack->vlans[i].ifindex))
		i++;
	return watch->filter.vlans && i == stack->vlan_count;
}
