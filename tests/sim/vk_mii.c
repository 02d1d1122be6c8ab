/* SPDX-License-Identifier: BSD-2-Clause */
/* The MII monitor: what it sees at each tick, and what comes of it. */
#include "vk_internal.h"

#define NOCHANGE 0xFF

/* bond_check_dev_link() */
int vk_check_link(const struct vk *vk, int bond, int slot)
{
	const struct vk_link *link = &vk->links[slot];

	if (!link->admin_up)
		return 0;
	if (vk_opt(vk, bond, IFLA_BOND_USE_CARRIER) || vk->version >= 618)
		return link->carrier;
	/* A dummy answers neither ethtool nor the MII ioctls. */
	return link->kind == VK_DUMMY || link->carrier;
}

/* Of a slave that is UP or FAIL: the state to propose. */
static uint8_t going_down(struct vk *vk, struct vk_bond *b, int slot, bool link,
			  bool *commit)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	uint8_t proposed = NOCHANGE;

	if (slave->link == VK_UP) {
		if (link)
			return NOCHANGE;
		proposed = VK_FAIL;
		*commit = true;
		slave->delay = (int32_t)b->downdelay;
	}
	if (link) {
		slave->last_link_up_ms = vk->now_ms;
		*commit = true;
		return VK_UP;
	}
	if (slave->delay <= 0) {
		*commit = true;
		return VK_DOWN;
	}
	slave->delay--;
	return proposed;
}

static uint8_t going_up(struct vk *vk, struct vk_bond *b, int slot, bool link,
			bool *ignore_updelay, bool *commit)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	uint8_t proposed = NOCHANGE;

	if (slave->link == VK_DOWN) {
		if (!link)
			return NOCHANGE;
		proposed = VK_BACK;
		*commit = true;
		slave->delay = (int32_t)b->updelay;
	}
	if (!link) {
		*commit = true;
		return VK_DOWN;
	}
	if (*ignore_updelay)
		slave->delay = 0;
	if (slave->delay <= 0) {
		*commit = true;
		*ignore_updelay = false;
		return VK_UP;
	}
	slave->delay--;
	return proposed;
}

static bool inspect(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool ignore_updelay = b->has_arrays && !b->usable;
	bool commit = false;

	if (vk_mode(vk, bond) == BOND_MODE_ACTIVEBACKUP)
		ignore_updelay = b->active < 0;
	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];
		struct vk_slave *slave = &vk->links[slot].slave;
		bool link = vk_check_link(vk, bond, slot) != 0;

		if (slave->link == VK_UP || slave->link == VK_FAIL)
			slave->new_link =
			    going_down(vk, b, slot, link, &commit);
		else
			slave->new_link = going_up(vk, b, slot, link,
						   &ignore_updelay, &commit);
	}
	return commit;
}

static void link_changed(struct vk *vk, int bond, int slot, bool up)
{
	switch (vk_mode(vk, bond)) {
	case BOND_MODE_8023AD:
		vk_ad_link_change(vk, slot, up);
		break;
	case BOND_MODE_TLB:
	case BOND_MODE_ALB:
		if (!vk_opt(vk, bond, IFLA_BOND_TLB_DYNAMIC_LB))
			vk_update_arrays(vk, bond, -1);
		break;
	case BOND_MODE_XOR:
		vk_update_arrays(vk, bond, -1);
		break;
	default:
		break;
	}
}

/* True if another active slave is to be looked for. */
static bool commit_up(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	struct vk_slave *slave = &vk->links[slot].slave;

	if (vk_read_speed(vk, slot) && vk_needs_speed(vk, bond)) {
		slave->link = VK_DOWN; /* silently */
		return false;
	}
	vk_set_link(vk, slot, VK_UP, true);
	slave->last_link_up_ms = vk->now_ms;
	if (vk_is_lacp(vk, bond))
		vk_set_state(vk, slot, BOND_STATE_BACKUP, true);
	else if (vk_mode(vk, bond) != BOND_MODE_ACTIVEBACKUP)
		vk_set_state(vk, slot, BOND_STATE_ACTIVE, true);
	link_changed(vk, bond, slot, true);
	return b->active < 0 || slot == b->primary ||
	       slave->prio > vk->links[b->active].slave.prio;
}

static bool commit_down(struct vk *vk, int bond, int slot)
{
	vk->links[slot].slave.failures++;
	vk_set_link(vk, slot, VK_DOWN, true);
	if (vk_mode(vk, bond) == BOND_MODE_ACTIVEBACKUP || vk_is_lacp(vk, bond))
		vk_set_inactive(vk, slot, true);
	link_changed(vk, bond, slot, false);
	return slot == vk_bond_of(vk, bond)->active;
}

static void commit(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool failover = false;

	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		/* FAIL and BACK are silent: they are told later, by nobody. */
		if (slave->new_link != NOCHANGE)
			vk_set_link(vk, b->slaves[i], slave->new_link, false);
	}
	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];
		struct vk_slave *slave = &vk->links[slot].slave;

		if (slave->new_link == VK_UP)
			failover |= commit_up(vk, bond, slot);
		else if (slave->new_link == VK_DOWN)
			failover |= commit_down(vk, bond, slot);
		else if (slave->new_link == NOCHANGE && vk_is_lacp(vk, bond) &&
			 slave->link == VK_UP)
			vk_ad_update_keys(vk, slot, false);
	}
	if (failover)
		vk_select_active(vk, bond);
	(void)vk_set_bond_carrier(vk, bond);
}

void vk_mii_tick(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	uint32_t miimon = vk_opt(vk, bond, IFLA_BOND_MIIMON);

	b->mii_at_ms = VK_NEVER;
	if (b->slave_count) {
		bool peers = vk_should_notify_peers(vk, bond);

		if (inspect(vk, bond))
			commit(vk, bond);
		if (b->send_peer_notif) {
			b->send_peer_notif--;
			if (peers)
				vk_peers_told(vk, bond);
		}
	}
	if (miimon)
		b->mii_at_ms = vk->now_ms + miimon;
}
