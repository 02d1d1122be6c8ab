/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Operations on the virtual kernel: values that can be drawn at random,
 * applied, printed as a line and read back, so that a failure can be shown,
 * shortened and replayed.
 *
 * Links are named, not numbered: an operation whose link is no longer there
 * fails with -ENODEV as it would in a shell, and a list of operations keeps
 * its meaning when lines are taken out.
 */
#ifndef BONDCARRIER_SIM_OPS_H
#define BONDCARRIER_SIM_OPS_H

#include "vk.h"

enum op_kind {
	OP_WAIT,      /* value: ms */
	OP_SETTLE,    /* until nothing but periodic checks lies ahead */
	OP_ADD,	      /* link_kind name, other: lower device, ifindex or 0 */
	OP_ADD_BOND,  /* name, ifindex or 0, options */
	OP_DELETE,    /* name */
	OP_MOVE,      /* name: to another namespace */
	OP_RENAME,    /* name, other: the new name */
	OP_SWAP,      /* name, other: names exchanged */
	OP_ENSLAVE,   /* name, other: the bond */
	OP_RELEASE,   /* name */
	OP_ADMIN,     /* name, value: up */
	OP_WIRE,      /* name, value: plugged, or carrier by hand */
	OP_SPEED,     /* name, value: Mbit/s or -1, flag: full duplex */
	OP_PROTODOWN, /* name, value */
	OP_MODE,      /* name, value: IFLA_LINKMODE dormant */
	OP_OPERSTATE, /* name, value: IF_OPER_* */
	OP_OPTION,    /* name, option, value */
	OP_ACTIVE,    /* name, other: the slave, or "" */
	OP_PRIMARY,   /* name, other: the slave, or "" */
	OP_PRIO,      /* name, value */
	OP_PARTNER,   /* name, partner */
	OP_ARP,	      /* name, value: a target answers through it */
	OP_KINDS,
};

#define OP_OPTIONS  6
#define OP_LINE_MAX 256

struct op {
	enum op_kind kind;
	enum vk_kind link_kind;
	char name[VK_NAME];
	char other[VK_NAME];
	int ifindex;
	int option;
	int64_t value;
	bool flag;
	struct vk_partner partner; /* mood, system, key, fast, mute_rx */
	struct vk_option options[OP_OPTIONS];
	int option_count;
};

/* A random operation that mostly makes sense in that world; never OP_WAIT nor
   OP_SETTLE. The generator's state is advanced. */
void op_random(uint64_t *rng, const struct vk *vk, struct op *out);
/* The generator: uniform below `bound`. */
uint32_t op_below(uint64_t *rng, uint32_t bound);

/* As the kernel would: 0 or -errno. */
int op_apply(struct vk *vk, const struct op *op);

/* One line without a newline; it fits OP_LINE_MAX. The length. */
size_t op_print(const struct op *op, char *line, size_t size);
/* 0, or -EINVAL: not a line of op_print(). */
int op_parse(const char *line, struct op *out);

#endif
