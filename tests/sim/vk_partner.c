/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The far end of each cable: a switch's port, with a mood. It speaks LACP
 * unless it is silent, whatever the near end does with that.
 */
#include <errno.h>
#include <string.h>

#include "vk_internal.h"

#define LACP_ACTIVITY  0x01U
#define LACP_TIMEOUT   0x02U
#define LACP_AGG       0x04U
#define LACP_SYNC      0x08U
#define LACP_COLLECT   0x10U
#define LACP_DISTRIB   0x20U
#define LACP_DEFAULTED 0x40U
#define FAST_MS	       1000
#define SLOW_MS	       30000
#define PORT_PRIO      128
#define SYSTEM_PRIO    32768

/* The slave out of which a bond's own frame goes, -1. */
static int way_out(const struct vk *vk, const struct vk_bond *bond)
{
	for (int i = 0; i < bond->slave_count; i++) {
		if (vk_can_tx(vk, bond->slaves[i]))
			return bond->slaves[i];
	}
	return -1;
}

int vk_far_end(const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];

	for (int depth = 0; depth < VK_LINKS; depth++) {
		if (link->kind == VK_MACVLAN)
			slot = link->lower;
		else if (link->kind == VK_BOND)
			slot = way_out(vk, &link->bond);
		else
			break;
		if (slot < 0)
			return -1;
		link = &vk->links[slot];
	}
	return link->kind == VK_NIC || link->kind == VK_VETH ||
		       link->kind == VK_TAP
		   ? slot
		   : -1;
}

static void system_of(const struct vk_partner *partner,
		      uint8_t out[VK_MAC_SIZE])
{
	static const uint8_t base[VK_MAC_SIZE] = { 0x06, 0, 0, 0, 0, 0 };

	memcpy(out, base, VK_MAC_SIZE);
	out[VK_MAC_SIZE - 1] = partner->system;
}

/* Does it know who it talks to, and do we know it in turn? */
static bool matched(const struct vk_partner *partner,
		    const struct vk_lacpdu *pdu)
{
	uint8_t system[VK_MAC_SIZE];

	system_of(partner, system);
	return pdu->partner.port == partner->port &&
	       pdu->partner.key == partner->key &&
	       memcmp(pdu->partner.system, system, VK_MAC_SIZE) == 0;
}

static uint8_t state_of(const struct vk_partner *partner)
{
	uint8_t state = LACP_ACTIVITY;

	if (partner->fast)
		state |= LACP_TIMEOUT;
	if (partner->mood != VK_ALONE)
		state |= LACP_AGG;
	if (!partner->heard)
		return state | LACP_DEFAULTED;
	if (partner->mood == VK_UNSYNC || partner->mood == VK_STANDBY)
		return state;
	state |= LACP_SYNC;
	if (partner->matched && (partner->our.state & LACP_SYNC))
		state |= LACP_COLLECT | LACP_DISTRIB;
	return state;
}

static bool has_cable(const struct vk_link *link)
{
	return link->wire && link->admin_up && link->carrier;
}

static void send_at(struct vk *vk, int slot, int64_t at_ms)
{
	struct vk_partner *partner = &vk->links[slot].partner;

	if (partner->mood == VK_SILENT || !has_cable(&vk->links[slot]))
		partner->send_at_ms = VK_NEVER;
	else if (at_ms < partner->send_at_ms)
		partner->send_at_ms = at_ms;
}

/* After anything that its sending depends on. */
void vk_partner_wake(struct vk *vk, int slot)
{
	struct vk_link *link = &vk->links[slot];

	if (vk_far_end(vk, slot) != slot)
		return;
	if (!has_cable(link))
		link->partner.heard = false;
	link->partner.state = state_of(&link->partner);
	send_at(vk, slot, vk->now_ms);
}

void vk_partner_hears(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	int far = vk_far_end(vk, slot);
	struct vk_partner *partner;
	uint8_t mask = LACP_ACTIVITY | LACP_TIMEOUT | LACP_AGG | LACP_SYNC;
	uint8_t before;

	if (far < 0 || !has_cable(&vk->links[far]) || !vk_slave_is_up(vk, slot))
		return;
	partner = &vk->links[far].partner;
	if (partner->mood == VK_SILENT || partner->mute_rx)
		return;
	before = partner->state;
	partner->heard = true;
	partner->heard_until_ms =
	    vk->now_ms + 3 * (partner->fast ? FAST_MS : SLOW_MS);
	partner->our = pdu->actor;
	partner->matched = matched(partner, pdu);
	partner->state = state_of(partner);
	if (partner->state != before || !partner->matched ||
	    (pdu->partner.state & mask) != (partner->state & mask))
		send_at(vk, far, vk->now_ms);
}

/* Whoever listens above a link: the bond, or a macvlan that is a slave. */
static void deliver(struct vk *vk, int slot, const struct vk_lacpdu *pdu)
{
	const struct vk_link *link = &vk->links[slot];
	struct vk_slave *slave = &vk->links[slot].slave;

	if (slave->bond >= 0 && vk_bond_of(vk, slave->bond)->listens &&
	    vk_slave_is_up(vk, slot)) {
		if (vk_is_lacp(vk, slave->bond) && slave->bound) {
			vk_ad_receive(vk, slot, pdu);
			return;
		}
		if (vk_opt(vk, slave->bond, IFLA_BOND_ARP_INTERVAL) &&
		    !vk_opt(vk, slave->bond, IFLA_BOND_ARP_VALIDATE))
			slave->last_rx_ms = vk->now_ms;
	}
	/* Through a bond to the bond that it is a slave of. */
	if (slave->bond >= 0 && !slave->inactive && vk_slave_is_up(vk, slot))
		deliver(vk, slave->bond, pdu);
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind == VK_MACVLAN &&
		    vk->links[i].lower == slot && link->admin_up)
			deliver(vk, i, pdu);
	}
}

void vk_partner_tick(struct vk *vk, int slot)
{
	struct vk_partner *partner = &vk->links[slot].partner;
	struct vk_lacpdu pdu = { 0 };

	if (partner->heard && partner->heard_until_ms <= vk->now_ms) {
		partner->heard = false;
		vk_touch(vk, slot);
	}
	partner->state = state_of(partner);
	partner->send_at_ms = VK_NEVER;
	if (partner->mood == VK_SILENT || !has_cable(&vk->links[slot]))
		return;
	system_of(partner, pdu.actor.system);
	pdu.actor.system_prio = SYSTEM_PRIO;
	pdu.actor.key = partner->key;
	pdu.actor.port = partner->port;
	pdu.actor.port_prio = PORT_PRIO;
	pdu.actor.state = partner->state;
	if (partner->heard)
		pdu.partner = partner->our;
	partner->send_at_ms =
	    vk->now_ms + (partner->heard && !(partner->our.state & LACP_TIMEOUT)
			      ? SLOW_MS
			      : FAST_MS);
	if (partner->heard && partner->heard_until_ms < partner->send_at_ms)
		partner->send_at_ms = partner->heard_until_ms;
	deliver(vk, slot, &pdu);
}

/* NULL: silent. */
int vk_set_partner(struct vk *vk, int slot, const struct vk_partner *partner)
{
	struct vk_partner *own;

	if (slot < 0)
		return -ENODEV;
	if (vk_far_end(vk, slot) != slot)
		return -EOPNOTSUPP;
	own = &vk->links[slot].partner;
	own->mood = partner ? partner->mood : VK_SILENT;
	if (partner) {
		own->system = partner->system;
		own->key = partner->key;
		own->fast = partner->fast;
		own->mute_rx = partner->mute_rx;
	}
	own->port = (uint16_t)vk->links[slot].ifindex;
	own->heard = false;
	own->send_at_ms = VK_NEVER;
	vk_touch(vk, slot);
	vk_partner_wake(vk, slot);
	return 0;
}
