/* SPDX-License-Identifier: BSD-2-Clause */
/* Scenes of the machine's life. */
#include "person.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdio.h>
#include <string.h>

#include "master.h"
#include "person_internal.h"

uint32_t person_below(struct person *person, uint32_t bound)
{
	return op_below(&person->rng, bound);
}

void person_init(struct person *person, const struct vk *vk, uint64_t seed)
{
	memset(person, 0, sizeof(*person));
	person->rng = seed * 0x9e3779b97f4a7c15U + 0x1234567;
	person->vk = vk;
	person->faults = person_below(person, 4) != 0;
}

bool person_is_calm(const char *name)
{
	return strncmp(name, "calm", 4) == 0;
}

static struct action *put(struct person *person, int64_t after_ms)
{
	static struct action overflow;
	struct action *action;

	person->now_ms += after_ms;
	if (person->count == PERSON_QUEUE)
		return &overflow;
	action = &person->queue[person->count++];
	memset(action, 0, sizeof(*action));
	action->at_ms = person->now_ms;
	return action;
}

struct op *person_put_op(struct person *person, int64_t after_ms,
			 enum op_kind kind, const char *name)
{
	struct action *action = put(person, after_ms);

	action->op.kind = kind;
	snprintf(action->op.name, sizeof(action->op.name), "%s", name);
	/* Where a question is being answered, it may be in its midst. */
	if (person_below(person, 10) == 0)
		action->inside = 1 + (int)person_below(person, 4);
	return &action->op;
}

void person_put_fault(struct person *person, int64_t after_ms,
		      enum fault_kind fault, int64_t value)
{
	struct action *action = put(person, after_ms);

	action->is_fault = true;
	action->fault = fault;
	action->value = value;
}

int person_any_link(struct person *person, enum person_of of)
{
	const struct vk *vk = person->vk;

	for (int tries = 0; tries < 40; tries++) {
		int slot = (int)person_below(person, (uint32_t)vk->top);
		const struct vk_link *link = &vk->links[slot];

		if (link->kind == VK_NONE || person_is_calm(link->name) ||
		    strcmp(link->name, "lo") == 0)
			continue;
		if ((of == PERSON_OF_BONDS && link->kind != VK_BOND) ||
		    (of == PERSON_OF_SLAVES && link->slave.bond < 0))
			continue;
		return slot;
	}
	return -1;
}

static bool draw(struct person *person, struct op *out)
{
	for (int tries = 0; tries < 40; tries++) {
		op_random(&person->rng, person->vk, out);
		if (!person_is_calm(out->name) && !person_is_calm(out->other))
			return true;
	}
	return false;
}

static void scene_one(struct person *person, int64_t after_ms)
{
	struct op op;

	if (draw(person, &op))
		*person_put_op(person, after_ms, op.kind, op.name) = op;
}

void person_flip(struct person *person, int64_t after_ms)
{
	int slot = person_any_link(person, PERSON_OF_SLAVES);

	if (slot >= 0)
		person_put_op(person, after_ms, OP_WIRE,
			      person->vk->links[slot].name)
		    ->value = person_below(person, 2);
}

/* The cable of that link, or the LACP of its partner. */
static void put_port(struct person *person, int64_t after_ms, enum op_kind kind,
		     const struct vk_link *link, bool on)
{
	struct op *op = person_put_op(person, after_ms, kind, link->name);

	op->value = on;
	op->partner = link->partner;
	if (!on)
		op->partner.mood = VK_SILENT;
}

static void ports_of_bond(struct person *person, int bond, enum op_kind kind,
			  bool on, int64_t gap_ms)
{
	const struct vk_bond *of = &person->vk->links[bond].bond;

	for (int i = 0; i < of->slave_count; i++)
		put_port(person, gap_ms, kind,
			 &person->vk->links[of->slaves[i]], on);
}

static void cables_of(struct person *person, int bond, bool on, int64_t gap_ms)
{
	ports_of_bond(person, bond, OP_WIRE, on, gap_ms);
}

/* The cables of a bond, one after the other, or all at a time, are pulled and
   come back without a known speed. */
static void scene_no_speed(struct person *person)
{
	int bond = person_any_link(person, PERSON_OF_BONDS);
	bool together = person_below(person, 2);
	int64_t away_ms = 150 + person_below(person, 900);
	const struct vk_bond *of;

	if (bond < 0)
		return;
	of = &person->vk->links[bond].bond;
	for (int i = 0; i < of->slave_count; i++) {
		const char *name = person->vk->links[of->slaves[i]].name;
		struct op *op = person_put_op(person, 5, OP_SPEED, name);

		op->value = -1;
		op->flag = true;
		person_put_op(person, 5, OP_WIRE, name)->value = 0;
		if (!together)
			person_put_op(person, away_ms, OP_WIRE, name)->value =
			    1;
		person->now_ms += together ? 0 : away_ms;
	}
	if (together)
		cables_of(person, bond, true, away_ms);
}

/* Cables: one, or all of a bond, again and again. */
static void scene_flap(struct person *person)
{
	static const int gaps_ms[] = { 5, 30, 120, 700, 3000 };
	int slot = person_any_link(person, PERSON_OF_SLAVES);
	int count = 1 + (int)person_below(person, 12);
	int64_t gap_ms = gaps_ms[person_below(person, 5)];
	bool on;

	if (slot < 0)
		return;
	on = person->vk->links[slot].wire;
	for (int i = 0; i < count; i++) {
		on = !on;
		person_put_op(person, gap_ms + person_below(person, 50),
			      OP_WIRE, person->vk->links[slot].name)
		    ->value = on;
	}
}

/* Where LACP is spoken the partner may be mute for a while when the cables are
   back. */
static void scene_unplug_all(struct person *person)
{
	int bond = person_any_link(person, PERSON_OF_BONDS);
	bool mute;

	if (bond < 0)
		return;
	mute = person->vk->links[bond].bond.option[IFLA_BOND_MODE] ==
		   BOND_MODE_8023AD &&
	       person_below(person, 2);
	cables_of(person, bond, false, person_below(person, 300));
	if (mute)
		ports_of_bond(person, bond, OP_PARTNER, false, 10);
	person->now_ms += 200 + person_below(person, 15000);
	cables_of(person, bond, true, person_below(person, 300));
	if (!mute)
		return;
	person->now_ms += 500 + person_below(person, 12000);
	ports_of_bond(person, bond, OP_PARTNER, true, 10);
}

/* One cable, then the other: the bond never is without. */
static void scene_swing(struct person *person)
{
	int bond = person_any_link(person, PERSON_OF_BONDS);
	const struct vk_bond *of;

	if (bond < 0)
		return;
	of = &person->vk->links[bond].bond;
	for (int i = 0; i < of->slave_count; i++) {
		const char *name = person->vk->links[of->slaves[i]].name;

		person_put_op(person, 500 + person_below(person, 3000), OP_WIRE,
			      name)
		    ->value = 0;
		person_put_op(person, 500 + person_below(person, 9000), OP_WIRE,
			      name)
		    ->value = 1;
	}
}

/* Each port of a switch: its cable, or its LACP, goes or comes. */
static void ports_of(struct person *person, uint8_t system, enum op_kind kind,
		     bool on)
{
	const struct vk *vk = person->vk;

	for (int slot = 0; slot < vk->top; slot++) {
		const struct vk_link *link = &vk->links[slot];

		if (link->kind == VK_NIC && link->partner.system == system &&
		    !person_is_calm(link->name))
			put_port(person, person_below(person, 20), kind, link,
				 on);
	}
}

/* A switch loses its cables, or its LACP alone; or it boots, and speaks LACP
   some time after its links have come. */
static void scene_switch(struct person *person)
{
	uint8_t system = (uint8_t)(1 + person_below(person, 3));
	bool cables = person_below(person, 3) != 0;
	bool lacp = !cables || person_below(person, 2);

	if (cables)
		ports_of(person, system, OP_WIRE, false);
	if (lacp)
		ports_of(person, system, OP_PARTNER, false);
	person->now_ms += 300 + person_below(person, 12000);
	if (cables)
		ports_of(person, system, OP_WIRE, true);
	if (cables && lacp)
		person->now_ms += person_below(person, 9000);
	if (lacp)
		ports_of(person, system, OP_PARTNER, true);
}

/* Somebody takes miimon for microseconds; all cables go, and time goes by. */
static void scene_slow(struct person *person)
{
	int bond = person_any_link(person, PERSON_OF_BONDS);
	struct op *op;

	if (bond < 0)
		return;
	for (int i = 0; i < 2; i++) {
		op = person_put_op(person, 100, OP_OPTION,
				   person->vk->links[bond].name);
		op->option = i ? IFLA_BOND_MIIMON : IFLA_BOND_UPDELAY;
		op->value = i ? 100000 : 0;
	}
	cables_of(person, bond, false, 20);
	person->now_ms += 40000 + person_below(person, 20000);
	cables_of(person, bond, true, 20);
}

static void scene_burst(struct person *person)
{
	int count = 2 + (int)person_below(person, 15);

	for (int i = 0; i < count; i++)
		scene_one(person, person_below(person, 60));
}

static void scene_rest(struct person *person)
{
	static const int rests_ms[] = { 3000, 8000, 30000, 95000 };

	person_put_fault(person, rests_ms[person_below(person, 4)], FAULT_WAKE,
			 0);
}

static void scene(struct person *person)
{
	switch (person_below(person, 17)) {
	case 0:
	case 1:
		scene_flap(person);
		break;
	case 2:
		scene_unplug_all(person);
		break;
	case 3:
		scene_swing(person);
		break;
	case 4:
		scene_switch(person);
		break;
	case 5:
		person_maintenance(person);
		break;
	case 6:
		person_reuse(person);
		break;
	case 7:
		scene_burst(person);
		break;
	case 8:
		scene_rest(person);
		break;
	case 9:
		if (person_below(person, 4))
			scene_no_speed(person);
		else
			scene_slow(person);
		break;
	case 10:
	case 11:
		if (person->faults)
			person_fault(person);
		break;
	default:
		scene_one(person, person_below(person, 2000));
		break;
	}
}

void person_next(struct person *person, struct action *out)
{
	if (person->first == person->count) {
		person->first = 0;
		person->count = 0;
		while (person->count == 0)
			scene(person);
	}
	*out = person->queue[person->first++];
}
