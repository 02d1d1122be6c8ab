/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One bond, one state, and what is raised and cleared. Short names: they are
 * the words of the tests. To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_DISCREPANCY_FIXTURE_H
#define BONDCARRIER_TESTS_DISCREPANCY_FIXTURE_H

#include "bond/bond_set.h"
#include "decision/discrepancy_step.h"
#include "decision/finding.h"
#include "named.h"
#include "record.h"

#define START_MS INT64_C(1000000)
#define GRACE_MS 2000 /* of an unmonitored bond: the base */

#define FALSE_UP DISCREPANCY_FALSE_UP
#define SLAVE_UP DISCREPANCY_SLAVE_FALSE_UP

struct scene {
	struct bond_set set;
	struct bond *bond; /* with two slaves, 101 and 102 */
	struct discrepancy_state state;
	struct discrepancy_policy policy;
	struct record record;
	/* of the last that was raised or cleared */
	char name[DISCREPANCY_NAME_SIZE];
	int64_t since_ms;
};

void open_scene(struct scene *scene);
void close_scene(struct scene *scene);
int setup(void **state);
int teardown(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Records it: a discrepancy_emit. */
void keep(void *ctx, const struct discrepancy *item, bool raised);

/* One step with these findings, in their order; `count` of them. */
void step(struct scene *scene, int64_t after_ms, bool restart,
	  struct finding *items, size_t count);
void with_false_up(struct scene *scene, int64_t after_ms);
void without(struct scene *scene, int64_t after_ms);

#endif
