/* SPDX-License-Identifier: BSD-2-Clause */
/* Chances, and links picked at random. */
#include "ops_pick.h"
#include "ops.h"

/* splitmix64 */
static uint64_t next(uint64_t *rng)
{
	uint64_t z = *rng += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint32_t op_below(uint64_t *rng, uint32_t bound)
{
	return (uint32_t)(((next(rng) >> 32) * bound) >> 32);
}

bool pick_chance(uint64_t *rng, uint32_t percent)
{
	return op_below(rng, 100) < percent;
}

int pick_any(uint64_t *rng, const struct vk *vk,
	     bool (*fits)(const struct vk_link *))
{
	uint32_t seen = 0;
	int found = -1;

	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind && fits(&vk->links[i]) &&
		    op_below(rng, ++seen) == 0)
			found = i;
	}
	return found;
}

bool pick_is_any(const struct vk_link *link)
{
	return link->kind != VK_NONE;
}

bool pick_is_bond(const struct vk_link *link)
{
	return link->kind == VK_BOND;
}

bool pick_is_slave(const struct vk_link *link)
{
	return link->slave.bond >= 0;
}

bool pick_is_free(const struct vk_link *link)
{
	return link->slave.bond < 0;
}

bool pick_has_wire(const struct vk_link *link)
{
	return link->kind == VK_NIC || link->kind == VK_VETH ||
	       link->kind == VK_DUMMY || link->kind == VK_TAP;
}

bool pick_has_partner(const struct vk_link *link)
{
	return pick_has_wire(link) && link->kind != VK_DUMMY;
}

bool pick_has_speed(const struct vk_link *link)
{
	return link->kind == VK_TAP || link->kind == VK_NIC;
}

bool pick_has_protodown(const struct vk_link *link)
{
	return link->kind == VK_MACVLAN || link->kind == VK_NIC;
}

bool pick_is_deletable(const struct vk_link *link)
{
	return link->kind != VK_NIC;
}

bool pick_is_movable(const struct vk_link *link)
{
	return link->kind != VK_BOND;
}
