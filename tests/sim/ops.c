/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations applied to the virtual kernel. */
#include <errno.h>
#include <string.h>

#include "ops.h"

/* Longer than any timer of the driver at its slowest. */
#define SETTLE_MS 600000

static int slot_or_none(const struct vk *vk, const char *name)
{
	return name[0] ? vk_find(vk, name) : -1;
}

static int add(struct vk *vk, const struct op *op)
{
	int err = vk_add(vk, op->link_kind, op->name, op->ifindex,
			 slot_or_none(vk, op->other), &op->partner);

	return err < 0 ? err : 0;
}

static int add_bond(struct vk *vk, const struct op *op)
{
	int err = vk_add_bond(vk, op->name, op->ifindex, op->options,
			      (size_t)op->option_count);

	return err < 0 ? err : 0;
}

/* Three renames in a row, as a script does it, of links that are down. */
static int swap(struct vk *vk, const struct op *op)
{
	int a = vk_find(vk, op->name), b = vk_find(vk, op->other);
	bool a_up, b_up;
	int err;

	if (a < 0 || b < 0)
		return -ENODEV;
	if (a == b)
		return 0;
	a_up = vk->links[a].admin_up;
	b_up = vk->links[b].admin_up;
	(void)vk_set_up(vk, a, false);
	(void)vk_set_up(vk, b, false);
	err = vk_rename(vk, a, "swapped");
	if (!err)
		err = vk_rename(vk, b, op->name);
	if (!err)
		err = vk_rename(vk, a, op->other);
	if (a_up)
		(void)vk_set_up(vk, a, true);
	if (b_up)
		(void)vk_set_up(vk, b, true);
	return err;
}

/* As `ip link set X down; ip link set X name Y; ip link set X up`. */
static int rename_link(struct vk *vk, int slot, const char *name)
{
	bool up = vk->links[slot].admin_up;
	int err;

	(void)vk_set_up(vk, slot, false);
	err = vk_rename(vk, slot, name);
	if (up)
		(void)vk_set_up(vk, slot, true);
	return err;
}

static int enslave(struct vk *vk, int slot, int bond)
{
	if (bond < 0)
		return -ENODEV;
	if (vk->links[slot].slave.bond < 0)
		(void)vk_set_up(vk, slot, false);
	return vk_enslave(vk, bond, slot);
}

static int with_other(struct vk *vk, const struct op *op, int slot, int other)
{
	if (op->other[0] && other < 0)
		return -ENODEV;
	if (vk->links[slot].kind != VK_BOND)
		return -EOPNOTSUPP;
	return op->kind == OP_ACTIVE ? vk_set_active(vk, slot, other)
				     : vk_set_primary(vk, slot, other);
}

static int on_link(struct vk *vk, const struct op *op, int slot)
{
	bool on = op->value != 0;

	switch (op->kind) {
	case OP_DELETE:
		return vk_delete(vk, slot);
	case OP_MOVE:
		return vk_move(vk, slot);
	case OP_RENAME:
		return rename_link(vk, slot, op->other);
	case OP_ENSLAVE:
		return enslave(vk, slot, vk_find(vk, op->other));
	case OP_RELEASE:
		return vk_release(vk, slot);
	case OP_ADMIN:
		return vk_set_up(vk, slot, on);
	case OP_WIRE:
		return vk_set_wire(vk, slot, on);
	case OP_SPEED:
		return vk_set_speed(vk, slot, (int32_t)op->value, op->flag);
	case OP_PROTODOWN:
		return vk_set_protodown(vk, slot, on);
	case OP_MODE:
		return vk_set_mode(vk, slot, on);
	case OP_OPERSTATE:
		return vk_set_operstate(vk, slot, (uint8_t)op->value);
	case OP_OPTION:
		return vk_set_option(vk, slot, op->option, (uint32_t)op->value);
	case OP_ACTIVE:
	case OP_PRIMARY:
		return with_other(vk, op, slot, slot_or_none(vk, op->other));
	case OP_PRIO:
		return vk_set_prio(vk, slot, (int32_t)op->value);
	case OP_PARTNER:
		return vk_set_partner(vk, slot, &op->partner);
	case OP_ARP:
		return vk_set_arp_answers(vk, slot, on);
	case OP_WAIT:
	case OP_SETTLE:
	case OP_ADD:
	case OP_ADD_BOND:
	case OP_SWAP:
	case OP_KINDS:
	default:
		return -EINVAL;
	}
}

int op_apply(struct vk *vk, const struct op *op)
{
	int slot;

	switch ((int)op->kind) {
	case OP_WAIT:
		vk_advance(vk, vk->now_ms + op->value);
		return 0;
	case OP_SETTLE:
		return vk_settle(vk, SETTLE_MS) ? 0 : -ETIMEDOUT;
	case OP_ADD:
		return add(vk, op);
	case OP_ADD_BOND:
		return add_bond(vk, op);
	case OP_SWAP:
		return swap(vk, op);
	default:
		slot = vk_find(vk, op->name);
		return slot < 0 ? -ENODEV : on_link(vk, op, slot);
	}
}
