/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of ifStackTable, and the VLANs in them. */
#include "bond/if_stack.h"

#include "base/array.h"

void if_stack_fini(struct if_stack *stack)
{
	pairs_fini(&stack->rows);
	pairs_fini(&stack->spare);
	free(stack->vlans);
	memset(stack, 0, sizeof(*stack));
}

void if_stack_touch(struct if_stack *stack)
{
	stack->stale = true;
	stack->vlans_stale = true;
}

const struct if_stack_vlan *if_stack_vlan(const struct if_stack *stack,
					  int ifindex)
{
	size_t at = array_lower_bound(stack->vlans, stack->vlan_count,
				      sizeof(*stack->vlans), ifindex);

	return at < stack->vlan_count && stack->vlans[at].ifindex == ifindex
		   ? &stack->vlans[at]
		   : NULL;
}

bool if_stack_rows_equal(const struct pairs *a, const struct pairs *b)
{
	size_t i = 0;

	while (i < a->count && i < b->count &&
	       a->items[i].key == b->items[i].key &&
	       a->items[i].value == b->items[i].value)
		i++;
	return i == a->count && i == b->count;
}
