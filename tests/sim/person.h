/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who works on the machine: makes the bonds, and then does what people do,
 * with a memory. A scene (a cable that flaps, a switch that boots, a bond
 * under maintenance) goes on over several actions; others are drawn one by
 * one. Some of the bonds it makes are calm ones, called calm*: nothing ever
 * happens to them.
 */
#ifndef BONDCARRIER_SIM_PERSON_H
#define BONDCARRIER_SIM_PERSON_H

#include "script.h"

#define PERSON_QUEUE 64

struct person {
	uint64_t rng;
	const struct vk *vk;
	struct action queue[PERSON_QUEUE]; /* of the scene */
	size_t first, count;
	int64_t now_ms; /* of the last action */
	bool faults;	/* makes some */
};

void person_init(struct person *person, const struct vk *vk, uint64_t seed);

/* The operations that make the machine, in order; false: that was all. */
void person_populate(struct person *person, struct script *out);

/* The next action; its time is never before that of the last. */
void person_next(struct person *person, struct action *out);

bool person_is_calm(const char *name);

#endif
