/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A replay that is fed record by record. Short names: they are the words of the
 * tests. To be included behind cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_REPLAY_FIXTURE_H
#define BONDCARRIER_TESTS_REPLAY_FIXTURE_H

#include <stdint.h>

#include "capture/replay.h"
#include "linkbuild.h"
#include "named.h"
#include "sample.h"

#define UP	 LINK_FLAG_UP
#define CLAIMED	 (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define BOND	 10
#define SLAVE_A	 11
#define SLAVE_B	 12
#define LOWER	 13
#define START_MS INT64_C(1700000000000)

struct fixture {
	struct sample_log log; /* of the events */
	struct replay *replay;
};

int setup(void **state);
int teardown(void **state);
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* Feeds a message of that time, which is freed. */
void answer(struct fixture *f, struct nl_msg *msg, int64_t at_ms);
void event(struct fixture *f, struct nl_msg *msg, int64_t at_ms);
/* Puts these into one datagram at `bytes`, and frees them. */
void put_parts(struct capture_record *record, unsigned char *bytes,
	       struct nl_msg **parts, size_t count);

/* active-backup without a monitor, as in the first recipe. */
struct nl_msg *bond_message(int type, unsigned int flags);
/* A slave's message so far, for attributes of the test's. */
struct nl_msg *start_slave(int type, int ifindex, unsigned int flags);
struct nl_msg *slave_message(int ifindex, unsigned int flags, const char *kind,
			     int lower);
struct nl_msg *plain_slave(int ifindex, unsigned int flags);
/* The seed's bond: RUNNING, and neither slave has a link. */
void read_seed(struct fixture *f, int64_t at_ms);

const struct bond *the_bond(const struct fixture *f);
#define assert_effective(f, carrier)                                           \
	assert_carrier(the_bond(f)->verdict.effective, carrier)

/* The time of the only event of that type and kind; NEVER: there is none. */
#define NEVER (-1)
int64_t event_at(const struct fixture *f, enum event_type type,
		 enum discrepancy_kind kind);

#endif
