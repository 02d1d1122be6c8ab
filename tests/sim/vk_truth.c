/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Would frames pass? From the links, the driver's transmit and receive paths
 * (which differ by mode) and the far ends; never from the bond's carrier.
 */
#include <string.h>

#include "vk_internal.h"

#define LACP_COLLECT 0x10U
#define LACP_DISTRIB 0x20U
#define DEPTH	     8

static void bond_truth(const struct vk *vk, int bond, int depth,
		       struct vk_truth *out);

/* bond_start_xmit() by mode: may the driver choose this slave? */
static bool driver_sends(const struct vk *vk, int bond, int slot)
{
	const struct vk_bond *b = &vk->links[bond].bond;
	const struct vk_slave *slave = &vk->links[slot].slave;
	uint64_t bit = UINT64_C(1) << slot;

	switch (vk_mode(vk, bond)) {
	case BOND_MODE_ACTIVEBACKUP:
		return b->active == slot;
	case BOND_MODE_XOR:
	case BOND_MODE_8023AD:
		return (b->usable & bit) != 0;
	case BOND_MODE_BROADCAST:
		return (b->all & bit) && vk_slave_is_up(vk, slot) &&
		       slave->link == VK_UP;
	case BOND_MODE_TLB:
	case BOND_MODE_ALB:
		if (!b->option[IFLA_BOND_TLB_DYNAMIC_LB])
			return (b->usable & bit) && vk_can_tx(vk, slot);
		return vk_can_tx(vk, slot);
	default: /* round-robin */
		return vk_can_tx(vk, slot);
	}
}

/* bond_handle_frame(); alb answers ARP for each slave, tlb for the active. */
static bool driver_accepts(const struct vk *vk, int bond, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;

	if (vk_mode(vk, bond) == BOND_MODE_ALB)
		return true;
	return !slave->inactive;
}

static void far_truth(const struct vk *vk, int slot, int depth,
		      struct vk_slave_truth *out)
{
	const struct vk_link *link = &vk->links[slot];
	const struct vk_partner *partner = &link->partner;
	struct vk_truth inner;

	switch (link->kind) {
	case VK_VLAN:
	case VK_MACVLAN:
		if (!vk->links[link->lower].admin_up)
			out->link = false;
		else if (depth < DEPTH)
			far_truth(vk, link->lower, depth + 1, out);
		return;
	case VK_BOND:
		bond_truth(vk, slot, depth + 1, &inner);
		out->link = out->link && (inner.out || inner.in);
		out->far_accepts = inner.out;
		out->far_sends = inner.in;
		return;
	case VK_NIC:
	case VK_VETH:
	case VK_TAP:
		out->link = out->link && link->wire && link->carrier;
		out->far_accepts =
		    !partner->heard || (partner->state & LACP_COLLECT);
		out->far_sends =
		    !partner->heard || (partner->state & LACP_DISTRIB);
		return;
	case VK_DUMMY:
		out->link = out->link && link->wire;
		out->far_accepts = out->far_sends = true;
		return;
	case VK_NONE:
	default:
		return;
	}
}

static void bond_truth(const struct vk *vk, int bond, int depth,
		       struct vk_truth *out)
{
	const struct vk_bond *b = &vk->links[bond].bond;

	memset(out, 0, sizeof(*out));
	if (depth > DEPTH)
		return;
	out->up = vk->links[bond].admin_up;
	out->slaves = b->slave_count;
	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave_truth *slave = &out->slave[i];
		int slot = b->slaves[i];

		slave->link = vk_slave_is_up(vk, slot);
		far_truth(vk, slot, depth, slave);
		slave->sends = out->up && driver_sends(vk, bond, slot);
		slave->accepts = out->up && driver_accepts(vk, bond, slot);
		if (slave->sends) {
			out->sending++;
			if (slave->link && slave->far_accepts)
				out->serving++;
			else
				out->sinks++;
		}
		if (slave->accepts && slave->link && slave->far_sends)
			out->receiving++;
	}
	out->out = out->serving > 0;
	out->in = out->receiving > 0;
	out->all_out = out->out && (!out->sinks ||
				    vk_mode(vk, bond) == BOND_MODE_BROADCAST);
}

void vk_truth(const struct vk *vk, int bond, struct vk_truth *out)
{
	bond_truth(vk, bond, 0, out);
}
