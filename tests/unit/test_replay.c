/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures lived through again, record by record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "replay_fixture.h"

static void test_one_reading(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	assert_int_equal(replay_end(f->replay), 0);
	assert_status(replay_bonds(f->replay)->status, BOND_SET_SYNCHRONISED);
	assert_int_equal(the_bond(f)->slave_count, 2);
	assert_effective(f, CARRIER_DOWN);
	assert_kinds(discrepancy_raised(&the_bond(f)->discrepancies), 0);
	/* What was there at the beginning is no news. */
	assert_int_equal(f->log.count, 0);
}

/* Grace runs by the capture's clock, between records too. */
static void test_grace(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	read_seed(f, 1950);
	assert_int_equal(replay_end(f->replay), 0);
	assert_int_equal(f->log.count, 0);
	read_seed(f, 60000);
	assert_int_equal(replay_end(f->replay), 0);
	assert_int_equal(
	    event_at(f, EVENT_DISCREPANCY_RAISED, DISCREPANCY_FALSE_UP), 2006);
	assert_int_equal(replay_now_ms(f->replay), START_MS + 60006);
}

/* A slave that comes later in the same reading is not a slave that came. */
static void test_no_passing_states(void **state)
{
	struct fixture *f = *state;

	answer(f, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(f, plain_slave(SLAVE_A, CLAIMED), 90);
	event(f, plain_slave(SLAVE_A, CLAIMED), 95);
	assert_effective(f, CARRIER_UP);
	assert_int_equal(f->log.count, 0);
	assert_int_equal(the_bond(f)->effective_transitions, 0);
}

static void test_plug(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	event(f, plain_slave(SLAVE_B, CLAIMED), 5000);
	assert_effective(f, CARRIER_UP);
	assert_int_equal(event_at(f, EVENT_SLAVE_LOWER_UP, DISCREPANCY_NONE),
			 5000);
	assert_int_equal(event_at(f, EVENT_EFFECTIVE_UP, DISCREPANCY_NONE),
			 5000);
}

static void test_nothing_but_events(void **state)
{
	struct fixture *f = *state;

	event(f, bond_message(RTM_NEWLINK, CLAIMED), 0);
	event(f, plain_slave(SLAVE_A, UP), 10);
	event(f, plain_slave(SLAVE_A, CLAIMED), 20);
	assert_int_equal(the_bond(f)->slave_count, 1);
	assert_effective(f, CARRIER_UP);
}

static void test_slave_goes(void **state)
{
	struct fixture *f = *state;
	struct nl_msg *msg;

	read_seed(f, 0);
	event(f, start_slave(RTM_NEWLINK, SLAVE_A, UP), 10); /* released */
	assert_int_equal(the_bond(f)->slave_count, 1);
	assert_null(bond_slave(the_bond(f), SLAVE_A));
	assert_int_equal(event_at(f, EVENT_SLAVE_REMOVED, DISCREPANCY_NONE),
			 10);
	/* Deleted, in a message that still calls it a slave. */
	msg = plain_slave(SLAVE_B, UP);
	nlmsg_hdr(msg)->nlmsg_type = RTM_DELLINK;
	event(f, msg, 20);
	assert_int_equal(the_bond(f)->slave_count, 0);
	assert_reason(the_bond(f)->verdict.reason, CARRIER_REASON_NO_SLAVES);
}

/* Both messages in one datagram; what was raised is the old one's. */
static void test_bond_made_again(void **state)
{
	struct fixture *f = *state;
	struct nl_msg *parts[] = { bond_message(RTM_DELLINK, UP),
				   bond_message(RTM_NEWLINK, CLAIMED) };
	unsigned char bytes[4096] __attribute__((aligned(8)));
	struct capture_record record = { .bytes = bytes,
					 .at_ms = START_MS + 3000 };

	read_seed(f, 0);
	put_parts(&record, bytes, parts, 2);
	assert_int_equal(replay_record(f->replay, &record), 0);
	assert_int_equal(
	    event_at(f, EVENT_DISCREPANCY_CLEARED, DISCREPANCY_FALSE_UP), 3000);
	assert_int_equal(event_at(f, EVENT_BOND_REMOVED, DISCREPANCY_NONE),
			 3000);
	assert_int_equal(event_at(f, EVENT_BOND_ADDED, DISCREPANCY_NONE), 3000);
	assert_int_equal(the_bond(f)->slave_count, 0);
	assert_kinds(discrepancy_raised(&the_bond(f)->discrepancies), 0);
}

static void test_bond_goes(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	event(f, bond_message(RTM_DELLINK, UP), 3000);
	assert_int_equal(replay_bonds(f->replay)->count, 0);
	assert_int_equal(event_at(f, EVENT_BOND_REMOVED, DISCREPANCY_NONE),
			 3000);
	/* What was raised before it went is cleared. */
	assert_int_equal(
	    event_at(f, EVENT_DISCREPANCY_RAISED, DISCREPANCY_FALSE_UP), 2006);
	assert_int_equal(
	    event_at(f, EVENT_DISCREPANCY_CLEARED, DISCREPANCY_FALSE_UP), 3000);
}

/* The number of a bond is given to something else. */
static void test_ifindex_is_used_again(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	event(f, linkbuild_start(RTM_NEWLINK, BOND, UP, "eth7"), 10);
	assert_int_equal(replay_bonds(f->replay)->count, 0);
}

/* A VLAN slave: what it stands on is watched, and may go. */
static void test_lower_device(void **state)
{
	struct fixture *f = *state;

	answer(f, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(f, slave_message(SLAVE_A, CLAIMED, "vlan", LOWER), 1);
	answer(f, linkbuild_start(RTM_NEWLINK, LOWER, CLAIMED, "eth0"), 2);
	event(f, bond_message(RTM_NEWLINK, CLAIMED), 3);
	assert_effective(f, CARRIER_UP);
	event(f, linkbuild_start(RTM_NEWLINK, LOWER, UP, "eth0"), 10);
	assert_effective(f, CARRIER_DOWN);
	event(f, linkbuild_start(RTM_NEWLINK, LOWER, CLAIMED, "eth0"), 20);
	assert_effective(f, CARRIER_UP);
	event(f, linkbuild_start(RTM_DELLINK, LOWER, CLAIMED, "eth0"), 30);
	assert_effective(f, CARRIER_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_one_reading),
		TEST(test_grace),
		TEST(test_no_passing_states),
		TEST(test_plug),
		TEST(test_nothing_but_events),
		TEST(test_slave_goes),
		TEST(test_bond_goes),
		TEST(test_bond_made_again),
		TEST(test_ifindex_is_used_again),
		TEST(test_lower_device),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
