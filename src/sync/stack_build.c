/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds the rows of ifStackTable. */
#include "sync/stack_build.h"

#include "base/array.h"
#include "bond/slave_index.h"

static int compare_vlans(const void *a, const void *b)
{
	const struct if_stack_vlan *left = a, *right = b;

	return (left->ifindex > right->ifindex) -
	       (left->ifindex < right->ifindex);
}

static const struct if_stack_vlan *find_vlan(const struct if_stack_vlan *vlans,
					     size_t count, int ifindex)
{
	size_t at = array_lower_bound(vlans, count, sizeof(*vlans), ifindex);

	return at < count && vlans[at].ifindex == ifindex ? &vlans[at] : NULL;
}

bool stack_build_is_lower(struct bond_set *set, int ifindex)
{
	return bond_set_get(set, ifindex) || slave_index_master(set, ifindex) ||
	       if_stack_vlan(&set->stack, ifindex);
}

/* Fills `vlans` with all VLANs, sorted by ifindex; returns their number. */
static size_t collect_vlans(const struct if_stack *stack,
			    const struct link_event *events, size_t count,
			    struct if_stack_vlan *vlans)
{
	size_t vlan_count = 0;

	for (size_t i = 0; i < count; i++) {
		const struct link_event *event = &events[i];
		const struct if_stack_vlan *known =
		    if_stack_vlan(stack, event->link.ifindex);

		if (event->link.distrusted && known) /* at least it exists */
			vlans[vlan_count++] = *known;
		else if (event->kind == LINK_KIND_VLAN && !event->gone)
			vlans[vlan_count++] = (struct if_stack_vlan){
				.ifindex = event->link.ifindex,
				.lower = event->link.lower,
				.master = event->link.master,
			};
	}
	if (vlan_count > 0)
		qsort(vlans, vlan_count, sizeof(*vlans), compare_vlans);
	for (size_t i = 0; i < vlan_count; i++)
		vlans[i].ours = false;
	return vlan_count;
}

/* Marks the VLANs on bonds and slaves, then in each round the VLANs on top of
   marked ones. */
static void choose_vlans(struct bond_set *set, struct if_stack_vlan *vlans,
			 size_t count)
{
	bool more = true;

	for (int depth = 0; more && depth < LINK_DEPTH_MAX; depth++) {
		more = false;
		for (size_t i = 0; i < count; i++) {
			int lower = vlans[i].lower;
			const struct if_stack_vlan *below;

			if (vlans[i].ours || !lower)
				continue;
			below = find_vlan(vlans, count, lower);
			vlans[i].ours = (below && below->ours) ||
					bond_set_get(set, lower) ||
					slave_index_master(set, lower);
			more = more || vlans[i].ours;
		}
	}
}

static bool vlans_equal(const struct if_stack_vlan *a,
			const struct if_stack_vlan *b, size_t count)
{
	size_t i = 0;

	while (i < count && a[i].ifindex == b[i].ifindex &&
	       a[i].lower == b[i].lower && a[i].master == b[i].master)
		i++;
	return i == count;
}

int stack_build_vlans(struct bond_set *set, const struct link_event *events,
		      size_t count)
{
	struct if_stack *stack = &set->stack;
	struct if_stack_vlan *vlans = calloc(count + 1, sizeof(*vlans));
	size_t all, kept = 0;

	if (!vlans)
		return -ENOMEM;
	all = collect_vlans(stack, events, count, vlans);
	choose_vlans(set, vlans, all);
	for (size_t i = 0; i < all; i++)
		if (vlans[i].ours)
			vlans[kept++] = vlans[i];
	if (kept != stack->vlan_count ||
	    !vlans_equal(vlans, stack->vlans, kept))
		stack->stale = true;
	free(stack->vlans);
	stack->vlans = vlans;
	stack->vlan_count = kept;
	return 0;
}

/* Adds the rows of one link, with "nothing above" and, if `below_known`,
   "nothing below"; turn_and_clean() removes these where they are wrong. */
static int add_link(struct pairs *rows, int ifindex, int lower, int master,
		    bool below_known)
{
	int err = pairs_add(rows, 0, ifindex);

	if (!err && below_known)
		err = pairs_add(rows, ifindex, 0);
	if (!err && lower)
		err = pairs_add(rows, ifindex, lower);
	if (!err && master)
		err = pairs_add(rows, master, ifindex);
	return err;
}

/* What is below a bond that is not in the set is unknown. */
static int add_known(struct pairs *rows, const struct bond_set *set,
		     const struct link_state *link, int master)
{
	return add_link(rows, link->ifindex, link->lower, master,
			!link->is_bond || bond_set_get(set, link->ifindex));
}

static int add_bond(struct pairs *rows, const struct bond_set *set,
		    const struct bond *bond)
{
	int ifindex = bond->link.ifindex;
	int err = add_link(rows, ifindex, 0, bond->link.master, true);

	for (size_t i = 0; i < bond->slave_count && !err; i++)
		err = add_known(rows, set, &bond->slaves[i].link, ifindex);
	return err;
}

static int add_all(struct pairs *rows, const struct bond_set *set)
{
	const struct if_stack *stack = &set->stack;
	int err = 0;

	for (size_t i = 0; i < set->count && !err; i++)
		err = add_bond(rows, set, &set->bonds[i]);
	for (size_t i = 0; i < set->lower_count && !err; i++)
		err = add_known(rows, set, &set->lowers[i],
				set->lowers[i].master);
	for (size_t i = 0; i < stack->vlan_count && !err; i++) {
		const struct if_stack_vlan *vlan = &stack->vlans[i];

		err = add_link(rows, vlan->ifindex, vlan->lower, vlan->master,
			       true);
	}
	return err;
}

/*
 * Swaps key and value of all rows and sorts them. Removes duplicates, and each
 * row with the value 0 ("nothing") whose key has other rows: it sorts before
 * them.
 */
static void turn_and_clean(struct pairs *rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < rows->count; i++)
		rows->items[i] = (struct pair){ .key = rows->items[i].value,
						.value = rows->items[i].key };
	rows->sorted = 0;
	pairs_sort(rows);
	for (size_t i = 0; i < rows->count; i++) {
		const struct pair *row = &rows->items[i];

		if (i + 1 < rows->count && row[1].key == row->key &&
		    (row->value == 0 || row->value == row[1].value))
			continue;
		rows->items[kept++] = *row;
	}
	rows->count = rows->sorted = kept;
}

int stack_build_rows(struct pairs *rows, const struct bond_set *set)
{
	int err;

	rows->count = rows->sorted = 0;
	err = add_all(rows, set);
	if (err)
		return err;
	turn_and_clean(rows); /* now sorted by lower link */
	turn_and_clean(rows);
	return 0;
}
