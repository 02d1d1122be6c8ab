/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations drawn at random, most of which a kernel accepts. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <string.h>

#include "ops.h"
#include "ops_pick.h"

#define BONDS	6 /* names of a kind */
#define DUMMIES 3
#define TAPS	3
#define UPPERS	3
#define CABLES	8

static void name_it(struct op *op, const struct vk *vk, int slot)
{
	memcpy(op->name, vk->links[slot].name, VK_NAME);
}

static void name_other(struct op *op, const struct vk *vk, int slot)
{
	memcpy(op->other, vk->links[slot].name, VK_NAME);
}

/* Sometimes one that a link had before. */
static int old_index(uint64_t *rng, const struct vk *vk)
{
	int ifindex;

	if (!pick_chance(rng, 25) || vk->next_ifindex < 3)
		return 0;
	ifindex = 2 + (int)op_below(rng, (uint32_t)vk->next_ifindex - 2);
	return vk_find_index(vk, ifindex) < 0 ? ifindex : 0;
}

static void draw_partner(uint64_t *rng, struct vk_partner *out)
{
	static const enum vk_mood often[] = { VK_ANSWERS, VK_ANSWERS,
					      VK_ANSWERS, VK_ANSWERS,
					      VK_SILENT,  VK_UNSYNC,
					      VK_STANDBY, VK_ALONE };

	out->mood = often[op_below(rng, 8)];
	out->system = (uint8_t)(1 + op_below(rng, 2));
	out->key = pick_chance(rng, 85) ? 1 : 2;
	out->fast = pick_chance(rng, 70);
	out->mute_rx = pick_chance(rng, 5);
}

static bool draw_add(uint64_t *rng, const struct vk *vk, struct op *op)
{
	static const struct {
		enum vk_kind kind;
		const char *prefix;
		uint32_t names;
	} table[] = {
		{ VK_VETH, "v", CABLES },   { VK_VETH, "v", CABLES },
		{ VK_VETH, "v", CABLES },   { VK_NIC, "eth", CABLES },
		{ VK_DUMMY, "d", DUMMIES }, { VK_TAP, "t", TAPS },
		{ VK_VLAN, "vl", UPPERS },  { VK_MACVLAN, "mv", UPPERS },
	};
	uint32_t which = op_below(rng, 8);
	int lower;

	op->kind = OP_ADD;
	op->link_kind = table[which].kind;
	(void)snprintf(op->name, sizeof(op->name), "%s%u", table[which].prefix,
		       op_below(rng, table[which].names));
	op->ifindex = old_index(rng, vk);
	draw_partner(rng, &op->partner);
	if (op->link_kind == VK_VLAN || op->link_kind == VK_MACVLAN) {
		lower = pick_any(rng, vk, pick_is_any);
		if (lower < 0)
			return false;
		name_other(op, vk, lower);
	}
	if (op->link_kind == VK_DUMMY || op->other[0])
		memset(&op->partner, 0, sizeof(op->partner));
	return true;
}

static const uint32_t intervals[] = { 0, 0, 10, 50, 100, 100, 100, 1000 };

static void add_option(struct op *op, int option, uint32_t value)
{
	if (op->option_count == OP_OPTIONS)
		return;
	op->options[op->option_count].option = option;
	op->options[op->option_count++].value = value;
}

static bool draw_add_bond(uint64_t *rng, const struct vk *vk, struct op *op)
{
	uint32_t mode = op_below(rng, 9), miimon = intervals[op_below(rng, 8)];

	if (mode > 6)
		mode = mode == 7 ? BOND_MODE_8023AD : BOND_MODE_ACTIVEBACKUP;
	op->kind = OP_ADD_BOND;
	(void)snprintf(op->name, sizeof(op->name), "b%u", op_below(rng, BONDS));
	op->ifindex = old_index(rng, vk);
	add_option(op, IFLA_BOND_MODE, mode);
	if (mode < BOND_MODE_8023AD && pick_chance(rng, 25)) {
		add_option(op, IFLA_BOND_ARP_INTERVAL, 100);
		add_option(op, IFLA_BOND_ARP_IP_TARGET, 1);
		return true;
	}
	add_option(op, IFLA_BOND_MIIMON, miimon);
	if (miimon && pick_chance(rng, 30))
		add_option(op, IFLA_BOND_UPDELAY, miimon * op_below(rng, 10));
	if (miimon && pick_chance(rng, 30))
		add_option(op, IFLA_BOND_DOWNDELAY, miimon * op_below(rng, 10));
	if (mode == BOND_MODE_8023AD && pick_chance(rng, 70))
		add_option(op, IFLA_BOND_AD_LACP_RATE, 1);
	if (pick_chance(rng, 30))
		add_option(op, IFLA_BOND_MIN_LINKS, op_below(rng, 3));
	return true;
}

/* Options and how many values of each are worth a try. */
static const struct {
	int option;
	uint32_t below;
} plain_options[] = {
	{ IFLA_BOND_MODE, 7 },
	{ IFLA_BOND_USE_CARRIER, 2 },
	{ IFLA_BOND_ARP_IP_TARGET, 2 },
	{ IFLA_BOND_ARP_VALIDATE, 4 },
	{ IFLA_BOND_PRIMARY_RESELECT, 3 },
	{ IFLA_BOND_FAIL_OVER_MAC, 3 },
	{ IFLA_BOND_XMIT_HASH_POLICY, 4 },
	{ IFLA_BOND_ALL_SLAVES_ACTIVE, 2 },
	{ IFLA_BOND_MIN_LINKS, 4 },
	{ IFLA_BOND_AD_LACP_RATE, 2 },
	{ IFLA_BOND_AD_SELECT, 3 },
	{ IFLA_BOND_TLB_DYNAMIC_LB, 2 },
	{ IFLA_BOND_AD_LACP_ACTIVE, 2 },
	{ IFLA_BOND_MISSED_MAX, 5 },
	{ VK_BOND_LACP_STRICT, 2 },
};

static bool draw_option(uint64_t *rng, const struct vk *vk, struct op *op)
{
	int bond = pick_any(rng, vk, pick_is_bond);
	uint32_t which, miimon;

	if (bond < 0)
		return false;
	op->kind = OP_OPTION;
	name_it(op, vk, bond);
	miimon = vk->links[bond].bond.option[IFLA_BOND_MIIMON];
	which = op_below(rng, 100);
	if (which < 30) {
		op->option = IFLA_BOND_MIIMON;
		op->value = intervals[op_below(rng, 8)];
		if (which == 0)
			op->value = 100000;
	} else if (which < 50) {
		op->option =
		    which < 40 ? IFLA_BOND_UPDELAY : IFLA_BOND_DOWNDELAY;
		op->value = miimon * op_below(rng, 12);
	} else if (which < 58) {
		op->option = IFLA_BOND_ARP_INTERVAL;
		op->value = intervals[op_below(rng, 8)];
	} else {
		which = op_below(rng, sizeof(plain_options) /
					  sizeof(plain_options[0]));
		op->option = plain_options[which].option;
		op->value = op_below(rng, plain_options[which].below);
	}
	if (op->option == VK_BOND_LACP_STRICT && vk->version < 702)
		op->option = IFLA_BOND_MIN_LINKS;
	return true;
}

static bool draw_two(uint64_t *rng, const struct vk *vk, struct op *op)
{
	int bond = pick_any(rng, vk, pick_is_bond);
	int slave = pick_any(
	    rng, vk, pick_chance(rng, 90) ? pick_is_slave : pick_is_any);

	if (bond < 0 || slave < 0)
		return false;
	if (vk->links[slave].slave.bond >= 0 && pick_chance(rng, 90))
		bond = vk->links[slave].slave.bond;
	op->kind = pick_chance(rng, 60) ? OP_ACTIVE : OP_PRIMARY;
	name_it(op, vk, bond);
	if (!pick_chance(rng, 15))
		name_other(op, vk, slave);
	return true;
}

static bool draw_enslave(uint64_t *rng, const struct vk *vk, struct op *op)
{
	int bond = pick_any(rng, vk, pick_is_bond);
	int slave = pick_any(rng, vk,
			     pick_chance(rng, 85) ? pick_is_free : pick_is_any);

	if (slave >= 0 && vk->links[slave].kind == VK_BOND &&
	    pick_chance(rng, 70))
		slave = pick_any(rng, vk, pick_is_free);
	if (bond < 0 || slave < 0)
		return false;
	op->kind = OP_ENSLAVE;
	name_it(op, vk, slave);
	name_other(op, vk, bond);
	return true;
}

static bool draw_rename(uint64_t *rng, const struct vk *vk, struct op *op)
{
	int slot = pick_any(rng, vk, pick_is_any),
	    other = pick_any(rng, vk, pick_is_any);

	if (slot < 0)
		return false;
	name_it(op, vk, slot);
	if (other >= 0 && other != slot && pick_chance(rng, 30)) {
		op->kind = OP_SWAP;
		name_other(op, vk, other);
		return true;
	}
	op->kind = OP_RENAME;
	(void)snprintf(op->other, sizeof(op->other), "name%u",
		       op_below(rng, 12));
	return true;
}

static bool draw_number(uint64_t *rng, const struct vk *vk, struct op *op,
			enum op_kind kind, bool (*fits)(const struct vk_link *),
			uint32_t below)
{
	int slot = pick_any(rng, vk, fits);

	if (slot < 0)
		return false;
	op->kind = kind;
	name_it(op, vk, slot);
	op->value = op_below(rng, below);
	return true;
}

static bool draw_speed(uint64_t *rng, const struct vk *vk, struct op *op)
{
	static const int32_t speeds[] = { -1, 100, 1000, 10000, 10000 };

	if (!draw_number(rng, vk, op, OP_SPEED, pick_has_speed, 5))
		return false;
	op->value = speeds[op->value];
	op->flag = pick_chance(rng, 85);
	return true;
}

static bool draw_operstate(uint64_t *rng, const struct vk *vk, struct op *op)
{
	static const uint8_t states[] = { 4, 5, 6, 6 };

	if (!draw_number(rng, vk, op, OP_OPERSTATE, pick_is_any, 4))
		return false;
	op->value = states[op->value];
	return true;
}

static bool draw_admin(uint64_t *rng, const struct vk *vk, struct op *op)
{
	if (!draw_number(rng, vk, op, OP_ADMIN,
			 pick_chance(rng, 50) ? pick_is_bond : pick_is_any, 10))
		return false;
	op->value = op->value < 7;
	return true;
}

static bool draw_wire(uint64_t *rng, const struct vk *vk, struct op *op)
{
	if (!draw_number(rng, vk, op, OP_WIRE, pick_has_wire, 2))
		return false;
	op->value = !vk->links[vk_find(vk, op->name)].wire;
	return true;
}

static bool draw_partner_op(uint64_t *rng, const struct vk *vk, struct op *op)
{
	if (!draw_number(rng, vk, op, OP_PARTNER, pick_has_partner, 1))
		return false;
	draw_partner(rng, &op->partner);
	return true;
}

/* One of them, as often as its part of 100 says. */
static bool draw(uint64_t *rng, const struct vk *vk, struct op *op)
{
	uint32_t which = op_below(rng, 100);

	if (which < 8)
		return draw_add(rng, vk, op);
	if (which < 13)
		return draw_add_bond(rng, vk, op);
	if (which < 16)
		return draw_number(rng, vk, op, OP_DELETE, pick_is_deletable,
				   1);
	if (which < 17)
		return draw_number(rng, vk, op, OP_MOVE, pick_is_movable, 1);
	if (which < 20)
		return draw_rename(rng, vk, op);
	if (which < 32)
		return draw_enslave(rng, vk, op);
	if (which < 35)
		return draw_number(rng, vk, op, OP_RELEASE, pick_is_slave, 1);
	if (which < 46)
		return draw_admin(rng, vk, op);
	if (which < 63)
		return draw_wire(rng, vk, op);
	if (which < 66)
		return draw_speed(rng, vk, op);
	if (which < 67)
		return draw_number(rng, vk, op, OP_PROTODOWN,
				   pick_has_protodown, 2);
	if (which < 69)
		return draw_number(rng, vk, op, OP_MODE, pick_is_any, 2);
	if (which < 71)
		return draw_operstate(rng, vk, op);
	if (which < 83)
		return draw_option(rng, vk, op);
	if (which < 86)
		return draw_two(rng, vk, op);
	if (which < 88)
		return draw_number(rng, vk, op, OP_PRIO, pick_is_slave, 3);
	if (which < 95)
		return draw_partner_op(rng, vk, op);
	return draw_number(rng, vk, op, OP_ARP, pick_has_partner, 2);
}

void op_random(uint64_t *rng, const struct vk *vk, struct op *out)
{
	do
		memset(out, 0, sizeof(*out));
	while (!draw(rng, vk, out));
}
