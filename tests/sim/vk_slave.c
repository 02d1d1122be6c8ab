/* SPDX-License-Identifier: BSD-2-Clause */
/* One slave: its link state and its STATE, and who is told of them. */
#include <string.h>

#include "vk_internal.h"

/* bond_lower_state_changed(): NETDEV_CHANGELOWERSTATE */
void vk_lower_state(struct vk *vk, int slot)
{
	vk_tell(vk, slot, 0);
}

void vk_set_link(struct vk *vk, int slot, uint8_t link, bool now)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	slave->new_link = link;
	slave->link = link;
	vk_touch(vk, slot);
	if (now) {
		slave->should_notify_link = false;
		vk_lower_state(vk, slot);
	} else {
		slave->should_notify_link = !slave->should_notify_link;
	}
}

void vk_set_state(struct vk *vk, int slot, uint8_t backup, bool now)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	if (slave->backup == backup)
		return;
	slave->backup = backup;
	vk_touch(vk, slot);
	if (now) {
		vk_lower_state(vk, slot);
		slave->should_notify = false;
	} else {
		slave->should_notify = !slave->should_notify;
	}
}

void vk_set_inactive(struct vk *vk, int slot, bool now)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	if (!vk_is_lb(vk, slave->bond))
		vk_set_state(vk, slot, BOND_STATE_BACKUP, now);
	if (!vk_opt(vk, slave->bond, IFLA_BOND_ALL_SLAVES_ACTIVE))
		slave->inactive = true;
	if (vk_is_lacp(vk, slave->bond))
		slave->rx_disabled = true;
}

void vk_set_active_flags(struct vk *vk, int slot, bool now)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	vk_set_state(vk, slot, BOND_STATE_ACTIVE, now);
	slave->inactive = false;
	if (vk_is_lacp(vk, slave->bond))
		slave->rx_disabled = false;
}

void vk_state_notify(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->should_notify) {
			vk_lower_state(vk, b->slaves[i]);
			slave->should_notify = false;
		}
	}
}

void vk_link_notify(struct vk *vk, int bond)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->should_notify_link) {
			vk_lower_state(vk, b->slaves[i]);
			slave->should_notify_link = false;
		}
	}
}

/* bond_slave_can_tx() */
bool vk_can_tx(const struct vk *vk, int slot)
{
	const struct vk_slave *slave = &vk->links[slot].slave;

	return vk_slave_is_up(vk, slot) && slave->link == VK_UP &&
	       slave->backup == BOND_STATE_ACTIVE;
}

static int32_t bond_speed(const struct vk *vk, const struct vk_bond *bond,
			  bool broadcast, bool *full)
{
	int32_t speed = 0;
	bool known = false;

	*full = false;
	for (int i = 0; i < bond->slave_count; i++) {
		const struct vk_slave *slave =
		    &vk->links[bond->slaves[i]].slave;

		if (!vk_can_tx(vk, bond->slaves[i]) ||
		    slave->speed == VK_SPEED_UNKNOWN)
			continue;
		if (!broadcast)
			speed += slave->speed;
		else if (speed == 0 || slave->speed < speed)
			speed = slave->speed;
		if (!known)
			*full = slave->full_duplex;
		known = true;
	}
	return known ? speed : VK_SPEED_UNKNOWN;
}

/* What ETHTOOL_GLINKSETTINGS says; VLANs and macvlans ask below. */
int32_t vk_ethtool_speed(const struct vk *vk, int slot, bool *full)
{
	const struct vk_link *link = &vk->links[slot];

	while (link->lower >= 0)
		link = &vk->links[link->lower];
	if (link->kind == VK_BOND)
		return bond_speed(vk, &link->bond,
				  link->bond.option[IFLA_BOND_MODE] ==
				      BOND_MODE_BROADCAST,
				  full);
	*full = link->full_duplex;
	return link->speed > 0 ? link->speed : VK_SPEED_UNKNOWN;
}

/* bond_update_speed_duplex() */
bool vk_read_speed(struct vk *vk, int slot)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	slave->speed = vk_ethtool_speed(vk, slot, &slave->full_duplex);
	return slave->speed == VK_SPEED_UNKNOWN;
}

static void renamed(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	if (!vk_uses_primary(vk, bond) || !b->primary_name[0])
		return;
	if (b->primary == slot)
		b->primary = -1;
	else if (strcmp(vk->links[slot].name, b->primary_name) == 0)
		b->primary = slot;
	else
		return;
	vk_touch(vk, bond);
	vk_select_active(vk, bond);
}

/* bond_slave_netdev_event() */
void vk_slave_event(struct vk *vk, int slot, enum vk_event event)
{
	struct vk_slave *slave = &vk->links[slot].slave;
	int bond = slave->bond;

	switch (event) {
	case VK_EV_UNREGISTER:
		vk_release_one(vk, slot, false, true);
		return;
	case VK_EV_UP:
	case VK_EV_CHANGE:
		if (vk_read_speed(vk, slot) && vk_is_lacp(vk, bond)) {
			/* Of this nobody is told. */
			uint8_t link = slave->last_link_up_ms == VK_LONG_AGO
					   ? VK_DOWN
					   : VK_FAIL;

			if (slave->link != link)
				vk_touch(vk, slot);
			slave->link = link;
		}
		if (vk_is_lacp(vk, bond))
			vk_ad_update_keys(vk, slot, false);
		break;
	case VK_EV_CHANGENAME:
		renamed(vk, bond, slot);
		return;
	case VK_EV_DOWN:
		break;
	case VK_EV_FAILOVER:
	default:
		return;
	}
	if (vk_hashes(vk, bond))
		vk_update_arrays(vk, bond, -1);
}
