/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ARP monitor. A probe goes out of a slave and is answered, or not, by
 * the flag of the link; the other slaves of the bond whose flag is set see
 * the broadcast.
 */
#include "vk_internal.h"

#define NOCHANGE 0xFF

/* bond_time_in_interval() */
static bool in_interval(const struct vk *vk, int bond, int64_t last_ms,
			int64_t times)
{
	int64_t delta = vk_opt(vk, bond, IFLA_BOND_ARP_INTERVAL);

	return vk->now_ms >= last_ms - delta &&
	       vk->now_ms <= last_ms + times * delta + delta / 2;
}

static bool validates(const struct vk *vk, int bond, int slot)
{
	return (vk_opt(vk, bond, IFLA_BOND_ARP_VALIDATE) &
		(1U << vk->links[slot].slave.backup)) != 0;
}

/* Is a request, heard by a backup, believed to come from a live bond? */
static bool trusted(const struct vk *vk, int bond, int slot, int sender)
{
	int active = vk->links[bond].bond.active;

	if (!vk->links[slot].slave.backup)
		return slot == sender;
	return active >= 0 && vk->links[active].slave.last_rx_ms >
				  vk->links[active].slave.last_link_up_ms;
}

static void hear(struct vk *vk, int bond, int slot, int sender)
{
	struct vk_link *link = &vk->links[slot];
	int far = vk_far_end(vk, slot);

	if (far < 0 || !vk->links[far].arp_answers ||
	    !vk_slave_is_up(vk, slot) || !vk->links[bond].bond.listens)
		return;
	if (validates(vk, bond, slot) && !trusted(vk, bond, slot, sender))
		return;
	link->slave.last_rx_ms = vk->now_ms;
	link->slave.target_rx_ms = vk->now_ms;
}

static void send_probe(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int far = vk_far_end(vk, slot);

	if (!b->option[IFLA_BOND_ARP_IP_TARGET])
		return;
	vk->links[slot].slave.last_tx_ms = vk->now_ms;
	if (far < 0 || !vk_slave_is_up(vk, slot) || !vk->links[far].arp_answers)
		return;
	hear(vk, bond, slot, slot);
	for (int i = 0; i < b->slave_count; i++) {
		if (b->slaves[i] != slot)
			hear(vk, bond, b->slaves[i], slot);
	}
}

static int64_t last_rx(const struct vk *vk, int bond, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;

	return vk_opt(vk, bond, IFLA_BOND_ARP_ALL_TARGETS) ? slave->target_rx_ms
							   : slave->last_rx_ms;
}

/* What the load-balancing monitor proposes of a slave. */
static uint8_t lb_proposal(struct vk *vk, int bond, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;
	bool up = slave->link == VK_UP;
	int64_t times = up ? vk_opt(vk, bond, IFLA_BOND_MISSED_MAX) : 1;
	bool alive = in_interval(vk, bond, slave->last_tx_ms, times) &&
		     in_interval(vk, bond, slave->last_rx_ms, times);

	if (alive == up)
		return NOCHANGE;
	return alive ? VK_UP : VK_DOWN;
}

static void lb_commit(struct vk *vk, int bond, bool failover)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->new_link == NOCHANGE)
			continue;
		slave->link = slave->new_link;
		vk_touch(vk, b->slaves[i]);
	}
	for (int i = 0; i < b->slave_count; i++) {
		const struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->link == VK_UP)
			vk_set_state(vk, b->slaves[i], BOND_STATE_ACTIVE, true);
		else if (slave->link == VK_DOWN)
			vk_set_state(vk, b->slaves[i], BOND_STATE_BACKUP, true);
	}
	if (vk_mode(vk, bond) == BOND_MODE_XOR)
		vk_update_arrays(vk, bond, -1);
	if (failover)
		vk_select_active(vk, bond);
}

static void lb_monitor(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool failover = false, changed = false;
	int current = b->active;

	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];
		struct vk_slave *slave = &vk->links[slot].slave;

		slave->new_link = lb_proposal(vk, bond, slot);
		if (slave->new_link == VK_UP)
			failover |= current < 0;
		if (slave->new_link == VK_DOWN) {
			slave->failures++;
			failover |= slot == current;
		}
		changed |= slave->new_link != NOCHANGE;
		if (vk_slave_is_up(vk, slot))
			send_probe(vk, bond, slot);
	}
	if (changed)
		lb_commit(vk, bond, failover);
}

static uint8_t ab_proposal(struct vk *vk, int bond, int slot)
{
	const struct vk_bond *b = vk_bond_of(vk, bond);
	const struct vk_slave *slave = &vk->links[slot].slave;
	int64_t missed = vk_opt(vk, bond, IFLA_BOND_MISSED_MAX);
	int64_t rx = last_rx(vk, bond, slot);

	if (slave->link != VK_UP) {
		if (in_interval(vk, bond, rx, 1))
			return VK_UP;
		return slave->link == VK_BACK ? VK_FAIL : NOCHANGE;
	}
	if (in_interval(vk, bond, slave->last_link_up_ms, 2))
		return NOCHANGE;
	if (slave->backup)
		return b->current_arp < 0 &&
			       !in_interval(vk, bond, rx, missed + 1)
			   ? VK_DOWN
			   : NOCHANGE;
	if (!in_interval(vk, bond, slave->last_tx_ms, missed) ||
	    !in_interval(vk, bond, rx, missed))
		return VK_DOWN;
	return NOCHANGE;
}

static bool ab_up(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	if (b->active == slot)
		return false;
	vk_set_link(vk, slot, VK_UP, true);
	if (b->current_arp >= 0) {
		vk_set_inactive(vk, b->current_arp, true);
		b->current_arp = -1;
	}
	return b->active < 0 || slot == b->primary ||
	       vk->links[slot].slave.prio > vk->links[b->active].slave.prio;
}

static bool ab_down(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	vk->links[slot].slave.failures++;
	vk_set_link(vk, slot, VK_DOWN, true);
	vk_set_inactive(vk, slot, true);
	if (slot != b->active)
		return false;
	b->current_arp = -1;
	return true;
}

static void ab_commit(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool failover = false;

	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];

		switch (vk->links[slot].slave.new_link) {
		case VK_UP:
			failover |= ab_up(vk, bond, slot);
			break;
		case VK_DOWN:
			failover |= ab_down(vk, bond, slot);
			break;
		case VK_FAIL:
			vk_set_link(vk, slot, VK_FAIL, true);
			vk_set_inactive(vk, slot, true);
			if (b->active >= 0)
				b->current_arp = -1;
			break;
		default:
			break;
		}
	}
	if (failover)
		vk_select_active(vk, bond);
	(void)vk_set_bond_carrier(vk, bond);
}

/* The next slave to try where none is active, after the one tried last. */
static int next_to_try(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int tried = b->current_arp >= 0 ? b->current_arp : b->slaves[0];
	int before = -1, next = -1;
	bool found = false;

	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];
		bool up = vk_slave_is_up(vk, slot);
		struct vk_slave *slave = &vk->links[slot].slave;

		if (!found && before < 0 && up)
			before = slot;
		if (found && next < 0 && up)
			next = slot;
		if (!up && slave->link == VK_UP) {
			vk_set_link(vk, slot, VK_DOWN, false);
			slave->failures++;
			vk_set_inactive(vk, slot, false);
		}
		if (slot == tried)
			found = true;
	}
	return next >= 0 ? next : before;
}

static void ab_probe(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int slot;

	if (b->active >= 0) {
		send_probe(vk, bond, b->active);
		return;
	}
	slot = next_to_try(vk, bond);
	if (slot >= 0) {
		vk_set_link(vk, slot, VK_BACK, false);
		vk_set_active_flags(vk, slot, false);
		send_probe(vk, bond, slot);
		vk->links[slot].slave.last_link_up_ms = vk->now_ms;
		b->current_arp = slot;
	}
	vk_state_notify(vk, bond);
	vk_link_notify(vk, bond);
}

static void ab_monitor(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool peers = vk_should_notify_peers(vk, bond);
	bool commit = false;

	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		slave->new_link = ab_proposal(vk, bond, b->slaves[i]);
		commit |= slave->new_link != NOCHANGE;
	}
	if (commit)
		ab_commit(vk, bond);
	ab_probe(vk, bond);
	if (peers) {
		b->send_peer_notif--;
		vk_peers_told(vk, bond);
	}
}

void vk_arp_tick(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	uint32_t interval = vk_opt(vk, bond, IFLA_BOND_ARP_INTERVAL);

	b->arp_at_ms = VK_NEVER;
	if (b->slave_count) {
		if (vk_mode(vk, bond) == BOND_MODE_ACTIVEBACKUP)
			ab_monitor(vk, bond);
		else
			lb_monitor(vk, bond);
	}
	if (interval)
		b->arp_at_ms = vk->now_ms + interval;
}
