/* SPDX-License-Identifier: BSD-2-Clause */
/* 802.3ad: the mux machine, which lets frames through. */
#include "vk_internal.h"

#define WAIT_TICKS   20
#define LACP_SYNC    0x08U
#define LACP_COLLECT 0x10U
#define LACP_DISTRIB 0x20U

static bool partner_in_sync(const struct vk_port *port)
{
	return (port->partner.state & LACP_SYNC) != 0;
}

static bool stays(const struct vk_port *port)
{
	return port->selected && !port->standby && partner_in_sync(port) &&
	       (port->actor_state & LACP_SYNC);
}

static void enable(struct vk *vk, int slot)
{
	if (vk->links[slot].slave.link == VK_UP && vk_slave_is_up(vk, slot))
		vk_set_active_flags(vk, slot, false);
	vk_bond_of(vk, vk->links[slot].slave.bond)->array_due = true;
}

static void collect(struct vk *vk, int slot)
{
	if (vk->links[slot].slave.link == VK_UP && vk_slave_is_up(vk, slot))
		vk->links[slot].slave.rx_disabled = false;
}

/* A port that went to one of the three states that let frames through, and
   whose driver does not yet: link came up later than LACP. */
static void make_sure(struct vk *vk, int slot, bool active)
{
	if (active && vk->links[slot].slave.backup)
		enable(vk, slot);
}

static uint8_t attached(struct vk *vk, int slot, bool active)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	struct vk_port *port = &slave->port;

	if (port->selected && partner_in_sync(port) &&
	    !vk_bond_of(vk, slave->bond)->agg_select_timer) {
		if (!active)
			return VK_MUX_ATTACHED;
		return vk_opt(vk, slave->bond, VK_BOND_COUPLED_CONTROL)
			   ? VK_MUX_BOTH
			   : VK_MUX_COLLECTING;
	}
	if (!port->selected || port->standby) {
		port->ready_n = false;
		vk_agg_ready(vk, slot);
		return VK_MUX_DETACHED;
	}
	if (active && !(port->actor_state & LACP_SYNC)) {
		port->actor_state |= LACP_SYNC;
		vk_touch(vk, slot);
	}
	return VK_MUX_ATTACHED;
}

static uint8_t waiting(struct vk *vk, int slot)
{
	struct vk_port *port = &vk->links[slot].slave.port;

	if (!port->selected) {
		port->ready_n = false;
		vk_agg_ready(vk, slot);
		return VK_MUX_DETACHED;
	}
	if (port->mux_timer && !--port->mux_timer)
		port->ready_n = true;
	vk_agg_ready(vk, slot);
	return port->ready && !port->mux_timer ? VK_MUX_ATTACHED
					       : VK_MUX_WAITING;
}

static uint8_t next_state(struct vk *vk, int slot, bool active)
{
	struct vk_port *port = &vk->links[slot].slave.port;
	bool collecting = (port->partner.state & LACP_COLLECT) != 0;

	if (port->begin)
		return VK_MUX_DETACHED;
	switch (port->mux) {
	case VK_MUX_DETACHED:
		return port->selected || port->standby ? VK_MUX_WAITING
						       : VK_MUX_DETACHED;
	case VK_MUX_WAITING:
		return waiting(vk, slot);
	case VK_MUX_ATTACHED:
		return attached(vk, slot, active);
	case VK_MUX_BOTH:
		if (!stays(port))
			return VK_MUX_ATTACHED;
		make_sure(vk, slot, active);
		return VK_MUX_BOTH;
	case VK_MUX_COLLECTING:
		if (!stays(port))
			return VK_MUX_ATTACHED;
		if (collecting)
			return VK_MUX_DISTRIBUTING;
		if (active)
			collect(vk, slot);
		return VK_MUX_COLLECTING;
	case VK_MUX_DISTRIBUTING:
		if (!stays(port) || !collecting)
			return VK_MUX_COLLECTING;
		make_sure(vk, slot, active);
		return VK_MUX_DISTRIBUTING;
	default:
		return port->mux;
	}
}

/* Only where there is a partner: without one the selection logic enables. */
static void disable(struct vk *vk, int slot, int home, bool receive_too)
{
	if (home < 0 || !vk_agg_has_partner(vk, home))
		return;
	if (receive_too)
		vk_set_inactive(vk, slot, false);
	else
		vk_set_state(vk, slot, BOND_STATE_BACKUP, false);
	vk_bond_of(vk, vk->links[slot].slave.bond)->array_due = true;
}

static void enter(struct vk *vk, int slot, int home, bool active)
{
	struct vk_port *port = &vk->links[slot].slave.port;
	const uint8_t passing = LACP_COLLECT | LACP_DISTRIB;

	vk_touch(vk, slot);
	switch (port->mux) {
	case VK_MUX_DETACHED:
		port->actor_state &= (uint8_t) ~(LACP_SYNC | passing);
		disable(vk, slot, home, true);
		port->ntt = true;
		break;
	case VK_MUX_WAITING:
		port->mux_timer = WAIT_TICKS;
		break;
	case VK_MUX_ATTACHED:
		port->actor_state &= (uint8_t) ~(LACP_SYNC | passing);
		if (active)
			port->actor_state |= LACP_SYNC;
		disable(vk, slot, home, true);
		port->ntt = true;
		break;
	case VK_MUX_BOTH:
		port->actor_state |= LACP_SYNC | passing;
		if (active)
			enable(vk, slot);
		port->ntt = true;
		break;
	case VK_MUX_COLLECTING:
		port->actor_state &= (uint8_t)~LACP_DISTRIB;
		port->actor_state |= LACP_SYNC | LACP_COLLECT;
		if (active)
			collect(vk, slot);
		disable(vk, slot, home, false);
		port->ntt = true;
		break;
	case VK_MUX_DISTRIBUTING:
		port->actor_state |= LACP_SYNC | LACP_DISTRIB;
		if (active)
			enable(vk, slot);
		break;
	default:
		break;
	}
}

void vk_mux_machine(struct vk *vk, int slot)
{
	struct vk_port *port = &vk->links[slot].slave.port;
	int home = vk_agg_home(vk, slot);
	bool active = home >= 0 && vk->links[home].slave.aggregator.active;
	uint8_t last = port->mux;

	port->mux = next_state(vk, slot, active);
	if (port->mux == last)
		return;
	enter(vk, slot, home, active);
	/* Only the strict rule counts what distributes. */
	if (vk_opt(vk, vk->links[slot].slave.bond, VK_BOND_LACP_STRICT))
		(void)vk_ad_set_carrier(vk, vk->links[slot].slave.bond);
}
