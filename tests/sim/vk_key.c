/* SPDX-License-Identifier: BSD-2-Clause */
/* 802.3ad: the key of a port, and what a change of its link does to it. */
#include "vk_internal.h"

static uint8_t speed_key(int32_t speed)
{
	static const int32_t speeds[] = { 1,	 10,	 100,	 1000,
					  2500,	 5000,	 10000,	 14000,
					  20000, 25000,	 40000,	 50000,
					  56000, 100000, 200000, 400000 };

	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		if (speeds[i] == speed)
			return (uint8_t)(i + 1);
	}
	return 0;
}

/* ad_update_actor_keys() */
void vk_ad_update_keys(struct vk *vk, int slot, bool reset)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	struct vk_port *port = &slave->port;
	uint16_t old = port->actor_oper_key;
	uint8_t duplex = 0, speed = 0;

	port->actor_admin_key &= 0xFFC0;
	if (!reset) {
		if (slave->link == VK_UP) {
			speed = speed_key(slave->speed);
			duplex = slave->speed != VK_SPEED_UNKNOWN &&
				 slave->full_duplex;
		}
		port->actor_admin_key |= (uint16_t)(speed << 1 | duplex);
	}
	port->actor_oper_key = port->actor_admin_key;
	if (old == port->actor_oper_key)
		return;
	vk_touch(vk, slot);
	port->lacp = duplex;
	if (!reset && speed && duplex && (old & 0x3E) >> 1 != speed)
		port->begin = true;
}

/* bond_3ad_handle_link_change() */
void vk_ad_link_change(struct vk *vk, int slot, bool up)
{
	int bond = vk->links[slot].slave.bond;
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool due = b->array_due;

	vk->links[slot].slave.port.enabled = up;
	vk_ad_update_keys(vk, slot, !up);
	vk_agg_select(vk, bond);
	b->array_due = due;
	vk_update_arrays(vk, bond, -1);
}
