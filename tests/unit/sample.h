/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bonds for tests, in the short notation of the carrier oracle.
 *
 * Slaves are words such as "1U/2*": LOWER_UP (0, 1, or ? for a link whose
 * last message was malformed), mii_status (U up, F fail, D down, B back, or
 * - absent), then in any order
 *   /N  in aggregator N		*  the active slave
 *   z   dormant: not RUNNING		x  administratively down
 *   !   neither collecting nor distributing (else both)
 *   v   operstate unknown, as of a driver that never signals carrier
 * An active aggregator is "ID,PORTS,y" or "ID,PORTS,n": y, the partner is
 * known.
 */
#ifndef BONDCARRIER_TEST_SAMPLE_H
#define BONDCARRIER_TEST_SAMPLE_H

#include "bond/bond_set.h"
#include "bond/event.h"

#define SAMPLE_EVENTS	       512
#define SAMPLE_ARP_INTERVAL_MS 1000

/* A set of the test's own, *state. */
int sample_set_setup(void **state);
int sample_set_teardown(void **state);
#define SAMPLE_SET_TEST(name)                                                  \
	cmocka_unit_test_setup_teardown(name, sample_set_setup,                \
					sample_set_teardown)

/* A bond of which nothing is known, and a slave of that bond. */
struct bond *sample_add(struct bond_set *set, int ifindex);
struct slave *sample_add_slave(struct bond *bond, int ifindex);
/* Takes one bond away; nothing happens where it is not there. */
void sample_remove(struct bond_set *set, int ifindex);

/* A bond as the kernel tells of it: every option there and at its default,
   administratively up, without carrier, without slaves. */
struct bond *sample_bond(struct bond_set *set, int ifindex, unsigned int mode,
			 enum carrier_monitor monitor);

/* ... the only bond (1) of a set of sample's own, in which it takes the place
   of the one before. The group's teardown ends it. */
struct bond *sample_alone(unsigned int mode, enum carrier_monitor monitor);
int sample_alone_end(void **state);

/* The ifindex of the slave of that place, from 0. */
int sample_slave_ifindex(const struct bond *bond, size_t place);

/* Gives the bond these slaves and no others, and marks it as changed. */
void sample_slaves(struct bond *bond, const char *words, int64_t now_ms);

/* Says of each slave's link what the judge would, where all is up below. */
void sample_correct(struct bond *bond, int64_t now_ms);

/* AD_INFO; NULL: no active aggregator. */
void sample_ad(struct bond *bond, const char *words);

/* RUNNING and LOWER_UP of the bond itself. */
void sample_report(struct bond *bond, bool running, bool lower_up);

/* A sink that keeps what it is sent. */
struct sample_log {
	struct event events[SAMPLE_EVENTS];
	unsigned int raised[SAMPLE_EVENTS]; /* discrepancy_raised() then */
	size_t count;
};

struct event_sink sample_sink(struct sample_log *log);
/* How many of that type there were of the bond; kind NONE: of any kind. */
size_t sample_count(const struct sample_log *log, int bond,
		    enum event_type type, enum discrepancy_kind kind);

#endif
