/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of a bond: what is allowed when, and what a change does. */
#include <errno.h>
#include <string.h>

#include "vk_internal.h"

#define MODE(mode)     (1U << (mode))
#define ALL_MODES      0x7FU
#define ARP_MODES      0x0FU
#define LACP_ONLY      MODE(BOND_MODE_8023AD)
#define LB_MODES       (MODE(BOND_MODE_TLB) | MODE(BOND_MODE_ALB))
#define PRIMARY_MODES  (MODE(BOND_MODE_ACTIVEBACKUP) | LB_MODES)
#define DEFAULT_MIIMON 100
#define NO_LIMIT       0x7FFFFFFFU

struct rule {
	uint32_t most;
	uint8_t modes;
	bool no_slaves, if_down;
	uint32_t least;
};

static const struct rule rules[VK_BOND_OPTIONS] = {
	[IFLA_BOND_MODE] = { 6, ALL_MODES, true, true, 0 },
	[IFLA_BOND_MIIMON] = { NO_LIMIT, ALL_MODES, false, false, 0 },
	[IFLA_BOND_UPDELAY] = { NO_LIMIT, ALL_MODES, false, false, 0 },
	[IFLA_BOND_DOWNDELAY] = { NO_LIMIT, ALL_MODES, false, false, 0 },
	[IFLA_BOND_USE_CARRIER] = { 1, ALL_MODES, false, false, 0 },
	[IFLA_BOND_ARP_INTERVAL] = { NO_LIMIT, ARP_MODES, false, false, 0 },
	[IFLA_BOND_ARP_IP_TARGET] = { 1, ALL_MODES, false, false, 0 },
	[IFLA_BOND_ARP_VALIDATE] = { 6, ARP_MODES, false, false, 0 },
	[IFLA_BOND_ARP_ALL_TARGETS] = { 1, ALL_MODES, false, false, 0 },
	[IFLA_BOND_PRIMARY_RESELECT] = { 2, ALL_MODES, false, false, 0 },
	[IFLA_BOND_FAIL_OVER_MAC] = { 2, ALL_MODES, true, false, 0 },
	[IFLA_BOND_XMIT_HASH_POLICY] = { 5, ALL_MODES, false, false, 0 },
	[IFLA_BOND_RESEND_IGMP] = { 255, ALL_MODES, false, false, 0 },
	[IFLA_BOND_NUM_PEER_NOTIF] = { 255, ALL_MODES, false, false, 0 },
	[IFLA_BOND_ALL_SLAVES_ACTIVE] = { 1, ALL_MODES, false, false, 0 },
	[IFLA_BOND_MIN_LINKS] = { NO_LIMIT, ALL_MODES, false, false, 0 },
	[IFLA_BOND_LP_INTERVAL] = { NO_LIMIT, ALL_MODES, false, false, 1 },
	[IFLA_BOND_PACKETS_PER_SLAVE] = { 65535, MODE(0), false, false, 0 },
	[IFLA_BOND_AD_LACP_ACTIVE] = { 1, LACP_ONLY, false, true, 0 },
	[IFLA_BOND_AD_LACP_RATE] = { 1, LACP_ONLY, false, true, 0 },
	[IFLA_BOND_AD_SELECT] = { 2, ALL_MODES, false, true, 0 },
	[IFLA_BOND_AD_USER_PORT_KEY] = { 1023, LACP_ONLY, false, true, 0 },
	[IFLA_BOND_AD_ACTOR_SYS_PRIO] = { 65535, LACP_ONLY, false, false, 1 },
	[IFLA_BOND_TLB_DYNAMIC_LB] = { 1, LB_MODES, false, true, 0 },
	[IFLA_BOND_MISSED_MAX] = { 255, ARP_MODES, false, false, 1 },
	[VK_BOND_COUPLED_CONTROL] = { 1, LACP_ONLY, false, true, 0 },
	[VK_BOND_LACP_STRICT] = { 1, LACP_ONLY, false, false, 0 },
};

static int check(const struct vk *vk, int bond, int option, uint32_t value)
{
	const struct rule *rule = &rules[option];

	if (!rule->modes ||
	    (option == VK_BOND_LACP_STRICT && vk->version < 702))
		return -EINVAL;
	if (!(rule->modes & MODE(vk_mode(vk, bond))))
		return -EACCES;
	if (rule->no_slaves && vk->links[bond].bond.slave_count)
		return -ENOTEMPTY;
	if (rule->if_down && vk->links[bond].admin_up)
		return -EBUSY;
	if (value > rule->most || value < rule->least)
		return -EINVAL;
	return 0;
}

static void set_mode(struct vk *vk, int bond, uint32_t mode)
{
	uint32_t *option = vk_bond_of(vk, bond)->option;

	if (!(ARP_MODES & MODE(mode))) {
		option[IFLA_BOND_ARP_INTERVAL] = 0;
		if (!option[IFLA_BOND_MIIMON])
			option[IFLA_BOND_MIIMON] = DEFAULT_MIIMON;
	}
	if (mode == BOND_MODE_ALB)
		option[IFLA_BOND_TLB_DYNAMIC_LB] = 1;
	option[IFLA_BOND_ARP_VALIDATE] = 0;
	option[IFLA_BOND_MODE] = mode;
}

/* A timer that runs keeps its time, however long that is. */
static void start(struct vk *vk, int64_t *at_ms)
{
	if (*at_ms == VK_NEVER)
		*at_ms = vk->now_ms;
}

static void set_miimon(struct vk *vk, int bond, uint32_t value)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	b->option[IFLA_BOND_MIIMON] = value;
	if (value && b->option[IFLA_BOND_ARP_INTERVAL]) {
		b->option[IFLA_BOND_ARP_INTERVAL] = 0;
		b->option[IFLA_BOND_ARP_VALIDATE] = 0;
	}
	if (!vk->links[bond].admin_up)
		return;
	if (value) {
		b->arp_at_ms = VK_NEVER;
		start(vk, &b->mii_at_ms);
	} else {
		b->mii_at_ms = VK_NEVER;
	}
}

static void set_arp_interval(struct vk *vk, int bond, uint32_t value)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	b->option[IFLA_BOND_ARP_INTERVAL] = value;
	if (value)
		b->option[IFLA_BOND_MIIMON] = 0;
	if (!vk->links[bond].admin_up)
		return;
	if (value) {
		b->listens = true;
		b->mii_at_ms = VK_NEVER;
		start(vk, &b->arp_at_ms);
	} else {
		if (b->option[IFLA_BOND_ARP_VALIDATE])
			b->listens = false;
		b->arp_at_ms = VK_NEVER;
	}
}

static int set_delay(struct vk *vk, int bond, uint32_t *ticks, uint32_t value)
{
	uint32_t miimon = vk_opt(vk, bond, IFLA_BOND_MIIMON);

	if (!miimon)
		return -EPERM;
	*ticks = value / miimon;
	return 0;
}

static void set_all_active(struct vk *vk, int bond, bool on)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	if (b->option[IFLA_BOND_ALL_SLAVES_ACTIVE] == on)
		return;
	b->option[IFLA_BOND_ALL_SLAVES_ACTIVE] = on;
	for (int i = 0; i < b->slave_count; i++) {
		struct vk_slave *slave = &vk->links[b->slaves[i]].slave;

		if (slave->backup)
			slave->inactive = !on;
	}
}

static int apply(struct vk *vk, int bond, int option, uint32_t value)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	switch (option) {
	case IFLA_BOND_MODE:
		set_mode(vk, bond, value);
		return 0;
	case IFLA_BOND_MIIMON:
		set_miimon(vk, bond, value);
		return 0;
	case IFLA_BOND_ARP_INTERVAL:
		set_arp_interval(vk, bond, value);
		return 0;
	case IFLA_BOND_UPDELAY:
		return set_delay(vk, bond, &b->updelay, value);
	case IFLA_BOND_DOWNDELAY:
		return set_delay(vk, bond, &b->downdelay, value);
	case IFLA_BOND_ALL_SLAVES_ACTIVE:
		set_all_active(vk, bond, value != 0);
		return 0;
	default:
		break;
	}
	b->option[option] = value;
	if (option == IFLA_BOND_PRIMARY_RESELECT)
		vk_select_active(vk, bond);
	if (option == IFLA_BOND_MIN_LINKS || option == VK_BOND_LACP_STRICT)
		(void)vk_set_bond_carrier(vk, bond);
	if (option == IFLA_BOND_AD_LACP_RATE ||
	    option == IFLA_BOND_AD_LACP_ACTIVE)
		vk_ad_update_flags(vk, bond);
	return 0;
}

/* Of bond_changelink(): do_setlink() then tells, of a link that is up. */
int vk_set_option(struct vk *vk, int bond, int option, uint32_t value)
{
	int err;

	if (bond < 0)
		return -ENODEV;
	if (vk->links[bond].kind != VK_BOND)
		return -EOPNOTSUPP;
	if (option <= 0 || option >= VK_BOND_OPTIONS)
		return -EINVAL;
	err = check(vk, bond, option, value);
	if (!err)
		err = apply(vk, bond, option, value);
	if (err)
		return err;
	vk_touch(vk, bond);
	vk_state_change(vk, bond);
	return 0;
}

int vk_set_active(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);

	if (!(PRIMARY_MODES & MODE(vk_mode(vk, bond))))
		return -EACCES;
	if (slot >= 0 && vk->links[slot].slave.bond != bond)
		return -EINVAL;
	if (slot < 0) {
		vk_change_active(vk, bond, -1);
		vk_select_active(vk, bond);
	} else if (slot != b->active) {
		if (b->active < 0 || vk->links[slot].slave.link != VK_UP ||
		    !vk_slave_is_up(vk, slot))
			return -EINVAL;
		vk_change_active(vk, bond, slot);
	}
	vk_touch(vk, bond);
	vk_state_change(vk, bond);
	return 0;
}

int vk_set_primary(struct vk *vk, int bond, int slot)
{
	struct vk_bond *b = vk_bond_of(vk, bond);
	const char *name = slot < 0 ? "" : vk->links[slot].name;

	if (!(PRIMARY_MODES & MODE(vk_mode(vk, bond))))
		return -EACCES;
	if (slot >= 0 && vk->links[slot].slave.bond == bond) {
		b->primary = slot;
		b->force_primary = true;
		vk_select_active(vk, bond);
	} else if (slot < 0 || b->primary >= 0) {
		b->primary = -1;
		vk_select_active(vk, bond);
	}
	memcpy(b->primary_name, name, strlen(name) + 1);
	vk_touch(vk, bond);
	vk_state_change(vk, bond);
	return 0;
}

int vk_set_prio(struct vk *vk, int slot, int32_t prio)
{
	struct vk_slave *slave = &vk->links[slot].slave;

	if (slave->bond < 0)
		return -EINVAL;
	if (!(PRIMARY_MODES & MODE(vk_mode(vk, slave->bond))))
		return -EACCES;
	slave->prio = prio;
	if (vk_bond_of(vk, slave->bond)->primary < 0)
		vk_select_active(vk, slave->bond);
	vk_touch(vk, slot);
	vk_state_change(vk, slot);
	return 0;
}
