/* SPDX-License-Identifier: BSD-2-Clause */
/* What an administrator, a cable and a partner do to a link. */
#include <errno.h>

#include "vk_internal.h"

int vk_set_up(struct vk *vk, int slot, bool up)
{
	if (slot < 0)
		return -ENODEV;
	if (up)
		return vk_open(vk, slot, true);
	vk_close(vk, slot);
	return 0;
}

int vk_set_wire(struct vk *vk, int slot, bool on)
{
	struct vk_link *link;

	if (slot < 0)
		return -ENODEV;
	link = &vk->links[slot];
	switch (link->kind) {
	case VK_NIC:
	case VK_VETH:
	case VK_DUMMY:
	case VK_TAP:
		break;
	case VK_NONE:
	case VK_VLAN:
	case VK_MACVLAN:
	case VK_BOND:
	default:
		return -EOPNOTSUPP;
	}
	if (link->wire == on)
		return 0;
	link->wire = on;
	vk_touch(vk, slot);
	vk_wire_changed(vk, slot);
	return 0;
}

/* Nobody is told; the driver asks when it next has a reason. */
int vk_set_speed(struct vk *vk, int slot, int32_t speed, bool full_duplex)
{
	if (slot < 0)
		return -ENODEV;
	if (vk->links[slot].kind != VK_TAP && vk->links[slot].kind != VK_NIC)
		return -EOPNOTSUPP;
	vk->links[slot].speed = speed;
	vk->links[slot].full_duplex = full_duplex;
	vk_touch(vk, slot);
	return 0;
}

int vk_set_protodown(struct vk *vk, int slot, bool on)
{
	struct vk_link *link;

	if (slot < 0)
		return -ENODEV;
	link = &vk->links[slot];
	if (link->kind != VK_MACVLAN && link->kind != VK_NIC)
		return -EOPNOTSUPP;
	link->protodown = on;
	vk_touch(vk, slot);
	if (link->kind == VK_NIC)
		vk_wire_changed(vk, slot);
	else
		vk_carrier(vk, slot,
			   !on && (vk->version < VK_PROTODOWN_KEPT ||
				   vk->links[link->lower].carrier));
	vk_state_change(vk, slot);
	return 0;
}

int vk_set_mode(struct vk *vk, int slot, bool dormant_mode)
{
	if (slot < 0)
		return -ENODEV;
	if (vk->links[slot].mode_dormant == dormant_mode)
		return 0;
	vk->links[slot].mode_dormant = dormant_mode;
	vk_touch(vk, slot);
	vk_state_change(vk, slot);
	return 0;
}

/* set_operstate() of rtnetlink */
int vk_set_operstate(struct vk *vk, int slot, uint8_t operstate)
{
	struct vk_link *link;
	uint8_t is;
	bool up;

	if (slot < 0)
		return -ENODEV;
	link = &vk->links[slot];
	is = link->operstate;
	up = is == VK_OPER_UP || is == VK_OPER_UNKNOWN;
	if (operstate == VK_OPER_UP && !link->dormant && !link->testing &&
	    (is == VK_OPER_DORMANT || is == VK_OPER_TESTING ||
	     is == VK_OPER_UNKNOWN))
		is = VK_OPER_UP;
	if ((operstate == VK_OPER_TESTING || operstate == VK_OPER_DORMANT) &&
	    up)
		is = operstate;
	if (is == link->operstate)
		return 0;
	link->operstate = is;
	vk_touch(vk, slot);
	vk_state_change(vk, slot);
	return 0;
}

int vk_set_arp_answers(struct vk *vk, int slot, bool answers)
{
	if (slot < 0)
		return -ENODEV;
	vk->links[slot].arp_answers = answers;
	vk_touch(vk, slot);
	return 0;
}
