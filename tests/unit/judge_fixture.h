/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A set that the judge looks at, and the events that it emits. Short names:
 * they are the words of the tests. To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_JUDGE_FIXTURE_H
#define BONDCARRIER_TESTS_JUDGE_FIXTURE_H

#include "decision/judge.h"
#include "named.h"
#include "sample.h"
#include "words.h"

#define START_MS INT64_C(1000000)
#define BASE_MS	 2000 /* the grace of a bond without a monitor */

extern struct bond_set set; /* synchronised */
extern struct judge_policy policy;
extern struct sample_log emitted;
extern struct event_sink sink; /* of `emitted` */

int setup(void **state);
int teardown(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* A bond with these slaves that says of itself what is true, or UP. */
void make(int ifindex, enum carrier_monitor monitor, const char *slaves,
	  bool reported);
struct bond *get(int ifindex);

/* Judges all, so long after START_MS. */
void judge(int64_t after_ms);

/* Of the bond of that ifindex. */
size_t events(int bond, enum event_type type);
enum carrier effective(int bond);
unsigned int raised(int bond);
unsigned int pending(int bond);

#endif
