/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine as it is before the agent comes. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <string.h>

#include "person_internal.h"

static struct op *add(struct script *out, enum op_kind kind, const char *name)
{
	struct action action = { .op = { .kind = kind } };

	snprintf(action.op.name, sizeof(action.op.name), "%s", name);
	script_add(out, &action);
	return &out->actions[out->count - 1].op;
}

static void set(struct op *op, int option, uint32_t value)
{
	op->options[op->option_count++] =
	    (struct vk_option){ .option = option, .value = value };
}

static void add_options(struct person *person, struct op *op, uint32_t mode)
{
	static const uint32_t delays_ms[] = { 0, 0, 200, 1000 };

	set(op, IFLA_BOND_MODE, mode);
	if (mode != BOND_MODE_8023AD && person_below(person, 6) == 0) {
		set(op, IFLA_BOND_MIIMON, 0);
		return;
	}
	if (mode != BOND_MODE_8023AD && mode < BOND_MODE_TLB &&
	    person_below(person, 8) == 0) {
		set(op, IFLA_BOND_ARP_INTERVAL, 200);
		return;
	}
	set(op, IFLA_BOND_MIIMON, person_below(person, 8) ? 100 : 50);
	set(op, IFLA_BOND_UPDELAY, delays_ms[person_below(person, 4)]);
	set(op, IFLA_BOND_DOWNDELAY, delays_ms[person_below(person, 4)]);
	if (mode == BOND_MODE_8023AD) {
		set(op, IFLA_BOND_AD_LACP_RATE, person_below(person, 3) != 0);
		set(op, IFLA_BOND_MIN_LINKS, person_below(person, 3));
	}
}

/* Two switches in a trunk, or two that are none. */
static void add_slave(struct person *person, struct script *out,
		      const char *name, const char *bond, int number,
		      bool two_switches)
{
	struct op *op = add(out, OP_ADD, name);

	op->link_kind = person_below(person, 12) ? VK_NIC : VK_TAP;
	op->partner.mood = VK_ANSWERS;
	op->partner.system = (uint8_t)(1 + (two_switches ? number % 2 : 0));
	op->partner.key = 7;
	op->partner.fast = true;
	snprintf(add(out, OP_ENSLAVE, name)->other, VK_NAME, "%s", bond);
	if (person_is_calm(name) || person_below(person, 6))
		add(out, OP_ARP, name)->value = 1;
	/* Taken down by the driver's predecessors, up again by enslaving. */
	if (!person_is_calm(name) && person_below(person, 10) == 0)
		add(out, OP_WIRE, name)->value = 0;
}

static void add_bond(struct person *person, struct script *out,
		     const char *name, uint32_t mode)
{
	bool two_switches = person_below(person, 2);
	int count = 1 + (int)person_below(person, 3);
	char slave[VK_NAME];
	struct op *op;

	op = add(out, OP_ADD_BOND, name);
	add_options(person, op, mode);
	if (mode == BOND_MODE_8023AD && person->vk->version >= 702 &&
	    person_below(person, 3) == 0) {
		op = add(out, OP_OPTION, name);
		op->option = VK_BOND_LACP_STRICT;
		op->value = 1;
	}
	for (int i = 0; i < count; i++) {
		snprintf(slave, sizeof(slave), "%.10s%c", name, 'a' + i);
		add_slave(person, out, slave, name, i, two_switches);
	}
	add(out, OP_ADMIN, name)->value = 1;
}

static uint32_t any_mode(struct person *person)
{
	static const uint32_t modes[] = {
		BOND_MODE_ACTIVEBACKUP, BOND_MODE_ACTIVEBACKUP,
		BOND_MODE_8023AD,	BOND_MODE_8023AD,
		BOND_MODE_8023AD,	BOND_MODE_ROUNDROBIN,
		BOND_MODE_XOR,		BOND_MODE_TLB,
		BOND_MODE_ALB,		BOND_MODE_BROADCAST,
	};

	return modes[person_below(person, 10)];
}

/* Calm ones before, between and behind the busy ones, in the order of their
   numbers. */
void person_populate(struct person *person, struct script *out)
{
	int busy = 1 + (int)person_below(person, 3);
	char name[VK_NAME];

	for (int i = 0; i < busy; i++) {
		if (person_below(person, 3)) {
			snprintf(name, sizeof(name), "calm%d", i);
			add_bond(person, out, name, any_mode(person));
		}
		snprintf(name, sizeof(name), "bond%d", i);
		add_bond(person, out, name, any_mode(person));
	}
	add_bond(person, out, "calm8", any_mode(person));
	add_bond(person, out, "calm9", any_mode(person));
	for (int i = 0; i < 2; i++) {
		struct op *op;

		snprintf(name, sizeof(name), "spare%d", i);
		op = add(out, OP_ADD, name);
		op->link_kind = i ? VK_VETH : VK_NIC;
		op->partner.mood = VK_ANSWERS;
		op->partner.system = 3;
		op->partner.key = 1;
	}
}
