/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A tracker, the set that it fills, and the messages that it is given. Short
 * names: they are the words of the tests. To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_TRACKER_FIXTURE_H
#define BONDCARRIER_TESTS_TRACKER_FIXTURE_H

#include "link_of.h"
#include "named.h"
#include "record.h"
#include "sync/tracker.h"

struct fixture {
	struct bond_set set;
	struct tracker tracker;
	struct link_batch batch; /* of the next dump */
	struct record record;
	int need_ifindex;
};

int setup(void **state);
int teardown(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* A bond in active-backup with that active slave; 0: none. */
struct link_event bond_of(int ifindex, const char *name, int active);
/* A slave that the driver calls up, whatever its flags. */
struct link_event slave_of(int ifindex, const char *name, unsigned int flags,
			   int master);
/* A link whose message is malformed. */
struct link_event distrusted(int ifindex);
struct link_event deleted(struct link_event event);

/* Puts a message into the next dump. */
void put(struct fixture *f, struct link_event event);
/* bond0 (10) with v1 (1, up, active) and v2 (2, down) */
void put_start(struct fixture *f);
/* bond0 (10) with v1 (1), bond1 (20), and v2 (2) as a slave of v2_master */
void put_two_bonds(struct fixture *f, int v2_master);
/* bond0's slave is a VLAN (4) on a macvlan (5) on a device (6). */
void put_lowers(struct fixture *f, unsigned int flags);

/* The dump, of that scope. Marks of an earlier one are taken off before. */
void dump(struct fixture *f, int scope, int64_t now_ms);
/* put_start() in a dump at 1000 ms, without events. */
void start(struct fixture *f);
/* An event; what the tracker needs then. */
int tell(struct fixture *f, struct link_event event, int64_t now_ms);
const char *need_name(int need);
#define assert_need(actual, expected) NAMED_ASSERT(need_name, actual, expected)

/* Raises a discrepancy of the first bond, and nobody hears of it. */
void raise_kind(struct fixture *f, enum discrepancy_kind kind, int slave,
		const char *name);

#endif
