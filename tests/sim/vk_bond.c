/* SPDX-License-Identifier: BSD-2-Clause */
/* A bond: made, opened, closed; slaves come and go; its carrier. */
#include <errno.h>
#include <string.h>

#include "vk_internal.h"

void vk_bond_setup(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	struct vk_link *link = &vk->links[bond];

	link->random_address = true;
	link->carrier = true; /* until it is registered */
	b->active = -1;
	b->primary = -1;
	b->current_arp = -1;
	b->mii_at_ms = VK_NEVER;
	b->arp_at_ms = VK_NEVER;
	b->ad_at_ms = VK_NEVER;
	b->option[IFLA_BOND_USE_CARRIER] = 1;
	b->option[IFLA_BOND_RESEND_IGMP] = 1;
	b->option[IFLA_BOND_NUM_PEER_NOTIF] = 1;
	b->option[IFLA_BOND_LP_INTERVAL] = 1;
	b->option[IFLA_BOND_PACKETS_PER_SLAVE] = 1;
	b->option[IFLA_BOND_AD_ACTOR_SYS_PRIO] = 65535;
	b->option[IFLA_BOND_TLB_DYNAMIC_LB] = 1;
	b->option[IFLA_BOND_AD_LACP_ACTIVE] = 1;
	b->option[IFLA_BOND_MISSED_MAX] = 2;
	b->option[VK_BOND_COUPLED_CONTROL] = 1;
}

/* bond_set_carrier(): true if it changed */
bool vk_set_bond_carrier(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool up = false, was = vk->links[bond].carrier;

	if (b->slave_count && vk_is_lacp(vk, bond))
		return vk_ad_set_carrier(vk, bond);
	for (int i = 0; !up && i < b->slave_count; i++)
		up = vk->links[b->slaves[i]].slave.link == VK_UP;
	vk_carrier(vk, bond, up);
	return up != was;
}

/* bond_update_slave_arr() */
int vk_update_arrays(struct vk *vk, int bond, int skip)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool lacp = vk_is_lacp(vk, bond);
	uint64_t usable = 0, all = 0, had = b->usable;
	int active = lacp ? vk_ad_active(vk, bond) : -1;

	if (lacp && active < 0) {
		b->has_arrays = false;
		b->usable = b->all = 0;
		if (had)
			vk_touch(vk, bond);
		return 0;
	}
	for (int i = 0; i < b->slave_count; i++) {
		int slot = b->slaves[i];

		if (slot == skip)
			continue;
		all |= UINT64_C(1) << slot;
		if (lacp && vk->links[slot].slave.port.aggregator !=
				vk->links[active].slave.aggregator.id)
			continue;
		if (vk_can_tx(vk, slot))
			usable |= UINT64_C(1) << slot;
	}
	b->usable = usable;
	b->all = all;
	b->has_arrays = true;
	if (had != usable)
		vk_touch(vk, bond);
	return 0;
}

void vk_bond_open(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	for (int i = 0; i < b->slave_count; i++) {
		if (vk_uses_primary(vk, bond) && b->slaves[i] != b->active)
			vk_set_inactive(vk, b->slaves[i], true);
		else if (!vk_is_lacp(vk, bond))
			vk_set_active_flags(vk, b->slaves[i], true);
	}
	if (vk_opt(vk, bond, IFLA_BOND_MIIMON))
		b->mii_at_ms = vk->now_ms;
	if (vk_opt(vk, bond, IFLA_BOND_ARP_INTERVAL)) {
		b->arp_at_ms = vk->now_ms;
		b->listens = true;
	}
	if (vk_is_lacp(vk, bond)) {
		b->ad_at_ms = vk->now_ms;
		b->listens = true;
		b->agg_select_timer = 1;
	}
	if (vk_hashes(vk, bond))
		vk_update_arrays(vk, bond, -1);
}

void vk_bond_close(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	b->mii_at_ms = VK_NEVER;
	b->arp_at_ms = VK_NEVER;
	b->ad_at_ms = VK_NEVER;
	b->array_due = false;
	b->listens = false;
	b->send_peer_notif = 0;
}

/* Does `slot` stand, by whatever way, on `below`? */
static bool stands_on(const struct vk *vk, int slot, int below, int depth)
{
	const struct vk_link *link = &vk->links[slot];

	if (slot == below)
		return true;
	if (depth > VK_LINKS)
		return false;
	if (link->lower >= 0 && stands_on(vk, link->lower, below, depth + 1))
		return true;
	for (int i = 0; link->kind == VK_BOND && i < link->bond.slave_count;
	     i++) {
		if (stands_on(vk, link->bond.slaves[i], below, depth + 1))
			return true;
	}
	return false;
}

static bool has_macvlan(const struct vk *vk, int slot)
{
	for (int i = 0; i < vk->top; i++) {
		if (vk->links[i].kind == VK_MACVLAN &&
		    vk->links[i].lower == slot)
			return true;
	}
	return false;
}

static uint8_t initial_link(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	if (vk_opt(vk, bond, IFLA_BOND_MIIMON)) {
		if (!vk_check_link(vk, bond, slot))
			return VK_DOWN;
		vk->links[slot].slave.delay = (int32_t)b->updelay;
		return b->updelay ? VK_BACK : VK_UP;
	}
	if (vk_opt(vk, bond, IFLA_BOND_ARP_INTERVAL))
		return vk->links[slot].carrier ? VK_UP : VK_DOWN;
	return VK_UP;
}

static void begin_slave(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	struct vk_slave *slave = &vk->links[slot].slave;
	int64_t old_ms =
	    vk->now_ms - (int64_t)vk_opt(vk, bond, IFLA_BOND_ARP_INTERVAL) - 1;

	memset(slave, 0, sizeof(*slave));
	slave->bond = bond;
	slave->last_rx_ms = slave->last_tx_ms = slave->target_rx_ms = old_ms;
	slave->last_link_up_ms = VK_LONG_AGO;
	(void)vk_read_speed(vk, slot);
	vk_set_link(vk, slot, initial_link(vk, bond, slot), true);
	if (slave->link != VK_DOWN)
		slave->last_link_up_ms = vk->now_ms;
	if (vk_uses_primary(vk, bond) && b->primary_name[0] &&
	    strcmp(b->primary_name, vk->links[slot].name) == 0) {
		b->primary = slot;
		b->force_primary = true;
	}
	switch (vk_mode(vk, bond)) {
	case BOND_MODE_ACTIVEBACKUP:
	case BOND_MODE_TLB:
	case BOND_MODE_ALB:
		vk_set_inactive(vk, slot, true);
		break;
	case BOND_MODE_8023AD:
		vk_set_inactive(vk, slot, true);
		vk_ad_bind(vk, bond, slot, b->slave_count == 0);
		break;
	default:
		if (b->active < 0 && slave->link == VK_UP)
			b->active = slot;
		break;
	}
}

static int may_enslave(const struct vk *vk, int bond, int slot)
{
	if (has_macvlan(vk, slot))
		return -EBUSY;
	if (bond == slot || vk->links[slot].admin_up)
		return -EPERM;
	if (vk->links[bond].bond.slave_count == VK_SLAVES)
		return -ENOMEM;
	return 0;
}

static bool same_mac(const uint8_t *a, const uint8_t *b)
{
	return memcmp(a, b, VK_MAC_SIZE) == 0;
}

/* In balance-tlb and -alb the active slave has the bond's address, and whose
   address that was has the active slave's; the others have their own. */
static const uint8_t *lb_address(const struct vk *vk, int bond, int slot)
{
	const struct vk_link *link = &vk->links[slot];
	int active = vk->links[bond].bond.active;

	if (slot == active)
		return vk->links[bond].address;
	if (active >= 0 &&
	    same_mac(link->perm_address, vk->links[bond].address))
		return vk->links[active].perm_address;
	return link->perm_address;
}

static bool lb_in_use(const struct vk *vk, int bond, const uint8_t *mac)
{
	const struct vk_bond *b = &vk->links[bond].bond;

	for (int i = 0; i < b->slave_count; i++) {
		if (same_mac(lb_address(vk, bond, b->slaves[i]), mac))
			return true;
	}
	return false;
}

/* alb_handle_addr_collision_on_attach(): a VLAN and its lower device have the
   same address, and there may be no other to give. */
static bool address_collides(const struct vk *vk, int bond, const uint8_t *mac)
{
	const struct vk_bond *b = &vk->links[bond].bond;
	const uint8_t *own = vk->links[bond].address;

	if (!vk_is_lb(vk, bond) || !b->slave_count)
		return false;
	if (!same_mac(mac, own) && !lb_in_use(vk, bond, mac))
		return false;
	for (int i = 0; i < b->slave_count; i++) {
		if (!lb_in_use(vk, bond, vk->links[b->slaves[i]].perm_address))
			return false;
	}
	return b->active >= 0 || lb_in_use(vk, bond, own);
}

static void attach(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	begin_slave(vk, bond, slot);
	b->slaves[b->slave_count++] = slot;
	vk_tell(vk, slot, 0); /* NETDEV_CHANGEUPPER */
	vk_lower_state(vk, slot);
	vk_tell(vk, bond, 0); /* NETDEV_FEAT_CHANGE */
	(void)vk_set_bond_carrier(vk, bond);
	if (vk_uses_primary(vk, bond))
		vk_select_active(vk, bond);
	if (vk_hashes(vk, bond) || vk_mode(vk, bond) == BOND_MODE_BROADCAST)
		vk_update_arrays(vk, bond, -1);
}

/* do_set_master() and bond_enslave() */
int vk_enslave(struct vk *vk, int bond, int slot)
{
	struct vk_link *link;
	bool loop;
	int err;

	if (bond < 0 || slot < 0)
		return -ENODEV;
	link = &vk->links[slot];
	if (vk->links[bond].kind != VK_BOND)
		return -EOPNOTSUPP;
	if (link->slave.bond == bond)
		return 0;
	if (link->slave.bond >= 0)
		vk_release_one(vk, slot, false, false);
	err = may_enslave(vk, bond, slot);
	if (err)
		return err;
	loop = stands_on(vk, slot, bond, 0);
	if (!vk->links[bond].bond.slave_count &&
	    vk->links[bond].random_address) {
		vk->links[bond].random_address = false;
		vk_set_mac(vk, bond, link->address);
	}
	memcpy(link->perm_address, link->address, VK_MAC_SIZE);
	if (vk_mode(vk, bond) != BOND_MODE_ACTIVEBACKUP ||
	    !vk_opt(vk, bond, IFLA_BOND_FAIL_OVER_MAC))
		vk_set_mac(vk, slot, vk->links[bond].address);
	link->iff_slave = true;
	err = vk_open(vk, slot, false);
	if (!err && address_collides(vk, bond, link->perm_address))
		err = -EFAULT;
	if (!err && !loop) {
		vk_touch(vk, bond);
		attach(vk, bond, slot);
		return 0;
	}
	vk_close(vk, slot);
	link->iff_slave = false;
	vk_set_mac(vk, slot, link->perm_address);
	if (!vk->links[bond].bond.slave_count &&
	    same_mac(vk->links[bond].address, link->address)) {
		vk_random_mac(vk, vk->links[bond].address);
		vk->links[bond].random_address = true;
	}
	return err ? err : -EBUSY;
}

static void unlink_slave(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	int at = 0;

	while (b->slaves[at] != slot)
		at++;
	b->slave_count--;
	memmove(&b->slaves[at], &b->slaves[at + 1],
		(size_t)(b->slave_count - at) * sizeof(b->slaves[0]));
	vk->links[slot].slave.bond = -1;
	vk_tell(vk, slot, 0); /* NETDEV_CHANGEUPPER */
	vk->links[slot].iff_slave = false;
}

/* __bond_release_one() */
void vk_release_one(struct vk *vk, int slot, bool all, bool unregister)
{
	struct vk_link *link = &vk->links[slot];
	int bond = link->slave.bond;
	struct vk_bond *b = vk_bond_of(vk, bond);
	bool was_active = b->active == slot;

	(void)unregister;
	vk_touch(vk, bond);
	vk_touch(vk, slot);
	vk_set_inactive(vk, slot, true);
	if (vk_is_lacp(vk, bond))
		vk_ad_unbind(vk, slot);
	unlink_slave(vk, bond, slot);
	if (vk_hashes(vk, bond) || vk_mode(vk, bond) == BOND_MODE_BROADCAST)
		vk_update_arrays(vk, bond, slot);
	b->current_arp = -1;
	if (b->primary == slot)
		b->primary = -1;
	if (was_active) {
		/* Its flags are of no interest any more. */
		b->active = -1;
		if (!all)
			vk_select_active(vk, bond);
	}
	(void)vk_set_bond_carrier(vk, bond);
	if (!b->slave_count) {
		vk->links[bond].random_address = true;
		vk_random_mac(vk, vk->links[bond].address);
		vk_tell(vk, bond, 0); /* NETDEV_CHANGEADDR */
	}
	vk_tell(vk, bond, 0); /* NETDEV_FEAT_CHANGE */
	vk_close(vk, slot);
	if (vk_mode(vk, bond) != BOND_MODE_ACTIVEBACKUP ||
	    vk_opt(vk, bond, IFLA_BOND_FAIL_OVER_MAC) != 1)
		vk_set_mac(vk, slot, link->perm_address);
}

int vk_release(struct vk *vk, int slot)
{
	if (slot < 0)
		return -ENODEV;
	if (vk->links[slot].slave.bond >= 0)
		vk_release_one(vk, slot, false, false);
	return 0;
}
