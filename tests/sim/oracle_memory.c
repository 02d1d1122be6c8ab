/* SPDX-License-Identifier: BSD-2-Clause */
/* What the oracle remembers: since when things are as they are. */
#include <string.h>

#include "oracle.h"
#include "oracle_internal.h"

/*
 * The LACP machines leave the bits of a port as they were while it is disabled,
 * and clear them in their first step after it was enabled: up to then the bits
 * tell what LACP had agreed on before.
 */
static void observe_port(const struct vk *vk, const struct vk_slave *slave,
			 struct oracle_memory *memory)
{
	int64_t next_ms;

	if (slave->bond < 0)
		return;
	next_ms = vk->links[slave->bond].bond.ad_at_ms;
	if (!slave->port.enabled)
		memory->step_ms = VK_NEVER;
	else if (memory->step_ms == VK_NEVER)
		memory->step_ms = next_ms;
	else if (memory->step_ms != next_ms)
		memory->step_ms = 0;
}

void oracle_observe(struct oracle *oracle)
{
	const struct vk *vk = oracle->vk;

	for (int slot = 0; slot < vk->top; slot++) {
		const struct vk_link *link = &vk->links[slot];
		struct oracle_memory *memory = &oracle->memory[slot];
		bool up, back;

		if (link->kind == VK_NONE)
			continue;
		up = oracle_lower_up(vk, slot);
		back = link->slave.bond >= 0 && link->slave.link == VK_BACK;
		if (memory->ifindex != link->ifindex) {
			memset(memory, 0, sizeof(*memory));
			memory->ifindex = link->ifindex;
			memory->link_ms = vk->now_ms;
			memory->link = up;
			memory->admin_ms = vk->now_ms;
			memory->admin = link->admin_up;
			memory->told = link->carrier;
		}
		if (!link->linkwatch)
			memory->told = link->carrier;
		if (memory->admin != link->admin_up)
			memory->admin_ms = vk->now_ms;
		memory->admin = link->admin_up;
		if (memory->link != up)
			memory->link_ms = vk->now_ms;
		memory->link = up;
		if (!back)
			memory->back_ms = 0;
		else if (memory->back_ms == 0)
			memory->back_ms = vk->now_ms;
		observe_port(vk, &link->slave, memory);
	}
}
