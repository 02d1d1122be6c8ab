/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dumps of all kinds and events, at random, against a simple list: who is
 * there, whose it is, and since when. What nothing was said of rests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bond/lower_links.h"
#include "link_of.h"
#include "sync/tracker.h"

#define LINKS	24 /* the first BONDS may be bonds, the others slaves */
#define BONDS	8
#define DEVICES 34 /* behind the LINKS: what slaves and these stand on */
#define SEEDS	300
#define STEPS	120

/* As the kernel has it, and as the tracker should; by ifindex. */
struct link {
	bool there;
	int master;
	int lower;
	int64_t began_ms; /* of what is known */
	bool ended;	  /* an RTM_DELLINK came since the last dump of it */
};

struct world {
	struct link kernel[DEVICES + 1], known[LINKS + 1];
	struct bond_set set;
	struct tracker tracker;
	struct link_batch batch;
	int64_t now_ms;
	int comings, goings; /* told, less those expected */
	unsigned int seed, random;
};

static int pick(struct world *world, int from, int to)
{
	world->random = world->random * 1103515245U + 12345U;
	return from + (int)(world->random >> 16) % (to - from + 1);
}

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct world *world = ctx;

	(void)bond;
	world->comings +=
	    event->type == EVENT_BOND_ADDED || event->type == EVENT_SLAVE_ADDED;
	world->goings += event->type == EVENT_BOND_REMOVED ||
			 event->type == EVENT_SLAVE_REMOVED;
}

static struct link_event message(const struct world *world, int ifindex)
{
	const struct link *link = &world->kernel[ifindex];
	struct link_event event;
	char name[LINK_NAME_SIZE];

	(void)snprintf(name, sizeof(name), "l%d", ifindex);
	event = link_of(ifindex, name, DOWN);
	event.gone = !link->there;
	event.kind = ifindex <= BONDS ? LINK_KIND_BOND : LINK_KIND_OTHER;
	event.link.lower = link->lower;
	event.master = link->master;
	event.bond_slave = link->master != 0;
	return event;
}

static void change_kernel(struct world *world)
{
	int ifindex = pick(world, 1, DEVICES);
	struct link *link = &world->kernel[ifindex];
	int bond = pick(world, 1, BONDS);

	link->there = ifindex > BONDS ? pick(world, 0, 4) > 0 : !link->there;
	link->master = 0;
	if (link->there && ifindex > BONDS && ifindex <= LINKS &&
	    world->kernel[bond].there)
		link->master = bond;
	/* Devices stand on lower numbers: there are no circles. */
	if (ifindex > BONDS)
		link->lower = pick(world, LINKS - 4,
				   ifindex > LINKS ? ifindex - 1 : DEVICES);
	if (link->lower <= LINKS)
		link->lower = 0;
	for (int i = BONDS + 1; i <= LINKS && ifindex <= BONDS; i++)
		if (world->kernel[i].master == ifindex)
			world->kernel[i].master = 0;
}

static void forget(struct world *world, int ifindex)
{
	struct link *known = &world->known[ifindex];

	world->goings -= known->there;
	memset(known, 0, sizeof(*known));
	for (int i = BONDS + 1; i <= LINKS; i++)
		if (world->known[i].there && world->known[i].master == ifindex)
			forget(world, i);
}

/* What a message, or that there was none, says of one link. */
static void expect(struct world *world, int ifindex, int scope, bool comes)
{
	const struct link *kernel = &world->kernel[ifindex];
	struct link *known = &world->known[ifindex];
	bool bond = ifindex <= BONDS;
	int home = bond ? ifindex : kernel->master;
	bool now = kernel->there && home && (bond || world->known[home].there);
	bool mine = scope <= 0 || home == scope;
	bool asked = scope <= 0 || (bond ? ifindex : known->master) == scope;
	bool moved = known->master != kernel->master;

	if (known->there && (comes ? now && mine && moved
				   : asked && (known->ended || !now || moved)))
		forget(world, ifindex);
	if (comes && now && mine && !known->there) {
		known->there = true;
		known->master = kernel->master;
		known->began_ms = world->now_ms;
		world->comings--;
	}
}

static void dump(struct world *world, int scope)
{
	bool said[DEVICES + 1] = { false };

	for (int i = 1; i <= DEVICES; i++) {
		struct link_event event = message(world, i);

		said[i] = scope >= 0 || pick(world, 0, 2) == 0;
		if (said[i] && (!event.gone || scope < 0) &&
		    (scope <= 0 || i == scope || event.master == scope ||
		     i > LINKS))
			assert_int_equal(link_batch_add(&world->batch, &event),
					 0);
		if (said[i] && event.gone && scope < 0 && i <= LINKS)
			world->known[i].ended = world->known[i].there;
	}
	for (int comes = 0; comes < 2; comes++)
		for (int i = 1; i <= LINKS; i++)
			if (said[i])
				expect(world, i, scope, comes);
	assert_int_equal(
	    tracker_dump(&world->tracker, &world->batch, scope, world->now_ms),
	    0);
	link_batch_clear(&world->batch);
}

static void hear(struct world *world)
{
	struct link_event event = message(world, pick(world, 1, DEVICES));
	int need;

	if (event.gone && event.link.ifindex <= LINKS)
		world->known[event.link.ifindex].ended |=
		    world->known[event.link.ifindex].there;
	(void)tracker_event(&world->tracker, &event, world->now_ms, &need);
	tracker_caught_up(&world->tracker);
}

static void compare(struct world *world, int step)
{
	int there = 0, slaves = 0;

	for (int i = 1; i <= LINKS; i++) {
		const struct link *known = &world->known[i];
		const struct bond *bond =
		    bond_set_get(&world->set, i <= BONDS ? i : known->master);
		const struct slave *slave =
		    bond && i > BONDS ? bond_slave(bond, i) : NULL;
		int64_t began_ms = i <= BONDS ? (bond ? bond->began_ms : 0)
				   : slave    ? slave->began_ms
					      : 0;

		if (began_ms != known->began_ms)
			fail_msg("seed %u, step %d: link %d since %d, not %d",
				 world->seed, step, i, (int)began_ms,
				 (int)known->began_ms);
		there += known->there && i <= BONDS;
		slaves += known->there && i > BONDS;
	}
	assert_int_equal(world->set.count, there);
	assert_int_equal(bond_set_slave_total(&world->set), slaves);
	if (world->comings || world->goings)
		fail_msg("seed %u, step %d: comings %+d, goings %+d too many",
			 world->seed, step, world->comings, world->goings);
}

static int count(const struct pairs *pairs)
{
	const struct pair *pair = pairs_from(pairs, INT64_MIN);
	int found = 0;

	for (; pair; pair = pairs_next(pairs, pair))
		found++;
	return found;
}

/* What one slave stands on: `marked`, if the set has it; in the set, after a
   dump of all, if the kernel has it. */
static void compare_below(struct world *world, int lower, bool all,
			  bool *marked)
{
	const struct link_state *link = bond_set_lower(&world->set, lower);

	for (; link; link = bond_set_lower(&world->set, link->lower))
		marked[link->ifindex] = true;
	while (all && lower && world->kernel[lower].there) {
		assert_non_null(bond_set_lower(&world->set, lower));
		lower = world->kernel[lower].lower;
	}
}

/* Those in the set are all needed, and the index knows each. */
static void compare_lowers(struct world *world, bool all)
{
	bool marked[DEVICES + 1] = { false };
	struct bond_set *set = &world->set;
	int slaves = (int)bond_set_slave_total(set);
	int uppers = 0;

	for (size_t b = 0; b < set->count; b++)
		for (size_t s = 0; s < set->bonds[b].slave_count; s++) {
			int lower = set->bonds[b].slaves[s].link.lower;

			compare_below(world, lower, all, marked);
			uppers += lower != 0;
		}
	for (size_t i = 0; i < set->lower_count; i++) {
		const struct link_state *link = &set->lowers[i];

		assert_true(marked[link->ifindex]);
		assert_true(lower_links_has_upper(set, link->ifindex));
		uppers += link->lower != 0;
		if (all)
			assert_int_equal(link->lower,
					 world->kernel[link->ifindex].lower);
	}
	assert_int_equal(count(&set->masters), slaves);
	assert_int_equal(count(&set->uppers), uppers);
}

static void live(struct world *world)
{
	bond_set_init(&world->set);
	tracker_init(&world->tracker, &world->set);
	world->tracker.sink = (struct event_sink){ on_event, world };
	link_batch_init(&world->batch);
	for (int step = 1; step <= STEPS; step++) {
		int kind;

		world->now_ms = 1000 * step;
		for (int i = pick(world, 0, 3); i > 0; i--)
			change_kernel(world);
		kind = pick(world, 0, 3);
		switch (kind) {
		case 0:
			dump(world, 0);
			break;
		case 1:
			dump(world, pick(world, 1, BONDS));
			break;
		default: /* recordings have no events besides */
			if (world->seed % 2)
				dump(world, TRACKER_SCOPE_MERGE);
			else
				hear(world);
		}
		tracker_caught_up(&world->tracker);
		compare(world, step);
		/* An event leaves what is not needed to the next dump. */
		if (kind == 0 || world->seed % 2)
			compare_lowers(world, kind == 0);
	}
	bond_set_fini(&world->set);
	link_batch_fini(&world->batch);
}

static void test_what_is_not_spoken_of_rests(void **state)
{
	(void)state;
	for (unsigned int seed = 1; seed <= SEEDS; seed++) {
		struct world world = { .seed = seed, .random = seed };

		live(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_not_spoken_of_rests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
