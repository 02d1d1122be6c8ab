/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of grace and hold begin with. */
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "discrepancy_fixture.h"
#include "sample.h"

void open_scene(struct scene *scene)
{
	memset(scene, 0, sizeof(*scene));
	bond_set_init(&scene->set);
	scene->bond = sample_bond(&scene->set, 1, BOND_MODE_ROUNDROBIN,
				  CARRIER_MONITOR_NONE);
	sample_slaves(scene->bond, "0U 0U", START_MS);
	scene->policy.grace_base_ms = GRACE_MS;
	scene->policy.lacp_grace_fast_ms = 10000;
	scene->policy.lacp_grace_slow_ms = 100000;
}

void close_scene(struct scene *scene)
{
	discrepancy_fini(&scene->state);
	assert_int_equal(scene->state.count, 0);
	bond_set_fini(&scene->set);
}

void keep(void *ctx, const struct discrepancy *item, bool raised)
{
	struct scene *scene = ctx;

	record_discrepancy(&scene->record, item->kind, raised);
	memcpy(scene->name, item->slave_name, sizeof(scene->name));
	scene->since_ms = item->since_ms;
}

void step(struct scene *scene, int64_t after_ms, bool restart,
	  struct finding *items, size_t count)
{
	struct finding_list findings = { items, count, count };

	assert_int_equal(discrepancy_step(&scene->state, scene->bond, &findings,
					  &scene->policy, restart,
					  START_MS + after_ms, keep, scene),
			 0);
}

void with_false_up(struct scene *scene, int64_t after_ms)
{
	struct finding found = { FALSE_UP, 0 };

	step(scene, after_ms, false, &found, 1);
}

void without(struct scene *scene, int64_t after_ms)
{
	step(scene, after_ms, false, NULL, 0);
}

int setup(void **state)
{
	static struct scene scene;

	open_scene(&scene);
	*state = &scene;
	return 0;
}

int teardown(void **state)
{
	close_scene(*state);
	return 0;
}
