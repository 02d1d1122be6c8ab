/* SPDX-License-Identifier: BSD-2-Clause */
/* The active slave: which is best, and what a change of it does. */
#include "vk_internal.h"

/* The link of highest priority that is up; the first of several. */
static int best_by_prio(const struct vk *vk, const struct vk_bond *bond)
{
	int best = -1;

	for (int i = 0; i < bond->slave_count; i++) {
		int slot = bond->slaves[i];
		const struct vk_slave *slave = &vk->links[slot].slave;

		if (slave->link == VK_UP &&
		    (best < 0 || slave->prio > vk->links[best].slave.prio))
			best = slot;
	}
	return best;
}

static int reselect(const struct vk *vk, int bond, int primary, int current)
{
	const struct vk_slave *p = &vk->links[primary].slave;
	const struct vk_slave *c;

	if (current < 0 || vk->links[current].slave.link != VK_UP)
		return primary;
	c = &vk->links[current].slave;
	switch (vk_opt(vk, bond, IFLA_BOND_PRIMARY_RESELECT)) {
	case 0: /* always */
		return primary;
	case 1: /* better */
		if (p->speed < c->speed ||
		    (p->speed == c->speed && p->full_duplex <= c->full_duplex))
			return current;
		return primary;
	default: /* failure */
		return current;
	}
}

static int primary_or_current(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int best, current = b->active;

	if (b->primary < 0 || vk->links[b->primary].slave.link != VK_UP) {
		best = best_by_prio(vk, b);
		if (best >= 0 && best != current)
			return reselect(vk, bond, best, current);
		if (current < 0 || vk->links[current].slave.link != VK_UP)
			return -1;
		return current;
	}
	if (b->force_primary) {
		b->force_primary = false;
		return b->primary;
	}
	return reselect(vk, bond, b->primary, current);
}

/* Else the one whose updelay ends first. */
static int find_best(struct vk *vk, int bond)
{
	const struct vk_bond *b = vk_bond_of(vk, bond);
	int best = primary_or_current(vk, bond);
	int32_t least = (int32_t)b->updelay;

	if (best >= 0)
		return best;
	for (int i = 0; i < b->slave_count; i++) {
		const struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->link == VK_UP)
			return b->slaves[i];
		if (slave->link == VK_BACK &&
		    vk_slave_is_up(vk, b->slaves[i]) && slave->delay < least) {
			least = slave->delay;
			best = b->slaves[i];
		}
	}
	return best;
}

bool vk_should_notify_peers(const struct vk *vk, int bond)
{
	const struct vk_bond *b = &vk->links[bond].bond;

	return b->active >= 0 && b->send_peer_notif &&
	       vk->links[bond].carrier && !vk->links[b->active].linkwatch;
}

/* NETDEV_NOTIFY_PEERS */
void vk_peers_told(struct vk *vk, int bond)
{
	vk_notify(vk, bond, VK_EV_FAILOVER);
}

static void failed_over(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool peers = false;

	if (vk->links[bond].admin_up) {
		b->send_peer_notif =
		    (int)vk_opt(vk, bond, IFLA_BOND_NUM_PEER_NOTIF);
		peers = vk_should_notify_peers(vk, bond);
	}
	vk_notify(vk, bond, VK_EV_FAILOVER);
	if (peers) {
		b->send_peer_notif--;
		vk_peers_told(vk, bond);
	}
}

void vk_change_active(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int old = b->active;

	if (old == slot)
		return;
	if (slot >= 0) {
		struct vk_slave *slave = &vk->links[slot].slave;

		slave->last_link_up_ms = vk->now_ms;
		if (slave->link == VK_BACK) {
			slave->delay = 0;
			vk_set_link(vk, slot, VK_UP, true);
			if (vk_is_lacp(vk, bond))
				vk_ad_link_change(vk, slot, true);
		}
	}
	b->active = slot;
	vk_touch(vk, bond);
	if (!vk_is_lb(vk, bond) && vk_mode(vk, bond) != BOND_MODE_ACTIVEBACKUP)
		return;
	if (old >= 0)
		vk_set_inactive(vk, old, true);
	if (slot >= 0) {
		vk_set_active_flags(vk, slot, true);
		if (vk_mode(vk, bond) == BOND_MODE_ACTIVEBACKUP)
			failed_over(vk, bond);
	}
}

void vk_select_active(struct vk *vk, int bond)
{
	int best = find_best(vk, bond);

	if (best == vk_bond_of(vk, bond)->active)
		return;
	vk_change_active(vk, bond, best);
	(void)vk_set_bond_carrier(vk, bond);
}
