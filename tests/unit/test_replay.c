/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures lived through again, record by record. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/replay.h"
#include "linkbuild.h"

#define UP	 LINK_FLAG_UP
#define CLAIMED	 (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define BOND	 10
#define SLAVE_A	 11
#define SLAVE_B	 12
#define LOWER	 13
#define START_MS INT64_C(1700000000000)

struct told {
	struct event events[64];
	size_t count;
	struct replay *replay;
};

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct told *told = ctx;

	(void)bond;
	assert_true(told->count < 64);
	told->events[told->count++] = *event;
}

static int set_up(void **state)
{
	struct told *told = calloc(1, sizeof(*told));
	struct replay_options options = { .sink = { on_event, told } };

	judge_policy_defaults(&options.policy);
	*state = told;
	return replay_new(&told->replay, &options);
}

static int tear_down(void **state)
{
	struct told *told = *state;

	replay_free(told->replay);
	free(told);
	return 0;
}

/* The only event of that type and kind; its time. NONE_TOLD: there is none. */
#define NONE_TOLD (-1)
static int64_t told_at(const struct told *told, enum event_type type,
		       enum discrepancy_kind kind)
{
	int64_t at_ms = NONE_TOLD;

	for (size_t i = 0; i < told->count; i++) {
		if (told->events[i].type != type ||
		    told->events[i].kind != kind)
			continue;
		assert_int_equal(at_ms, NONE_TOLD);
		at_ms = told->events[i].at_ms - START_MS;
	}
	return at_ms;
}

static void feed(struct told *told, struct nl_msg *msg, bool is_answer,
		 int64_t at_ms)
{
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	struct capture_record record = { .bytes = nlh,
					 .length = nlh->nlmsg_len,
					 .is_answer = is_answer,
					 .at_ms = START_MS + at_ms };

	assert_int_equal(replay_record(told->replay, &record), 0);
	nlmsg_free(msg);
}

static void answer(struct told *told, struct nl_msg *msg, int64_t at_ms)
{
	feed(told, msg, true, at_ms);
}

static void event(struct told *told, struct nl_msg *msg, int64_t at_ms)
{
	feed(told, msg, false, at_ms);
}

/* active-backup without a monitor, as in the first recipe. */
static struct nl_msg *bond_message(int type, unsigned int flags)
{
	struct nl_msg *msg = linkbuild_start(type, BOND, flags, "bond0");
	struct nlattr *info = linkbuild_info(msg, "bond", NULL);
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	linkbuild_u8(msg, IFLA_BOND_MODE, BOND_MODE_ACTIVEBACKUP);
	linkbuild_u32(msg, IFLA_BOND_MIIMON, 0);
	linkbuild_u32(msg, IFLA_BOND_ARP_INTERVAL, 0);
	linkbuild_u32(msg, IFLA_BOND_MIN_LINKS, 0);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return msg;
}

static struct nl_msg *start_slave(int type, int ifindex, unsigned int flags)
{
	return linkbuild_start(type, ifindex, flags,
			       ifindex == SLAVE_A ? "a" : "b");
}

static struct nl_msg *slave_message(int ifindex, unsigned int flags,
				    const char *kind, int lower)
{
	struct nl_msg *msg = start_slave(RTM_NEWLINK, ifindex, flags);
	struct nlattr *info = linkbuild_info(msg, kind, "bond");
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);

	linkbuild_u8(msg, IFLA_BOND_SLAVE_MII_STATUS, BOND_LINK_UP);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	linkbuild_u32(msg, IFLA_MASTER, BOND);
	if (lower)
		linkbuild_u32(msg, IFLA_LINK, (uint32_t)lower);
	return msg;
}

static struct nl_msg *plain_slave(int ifindex, unsigned int flags)
{
	return slave_message(ifindex, flags, NULL, 0);
}

/* The seed's bond: RUNNING, and neither slave has a link. */
static void read_seed(struct told *told, int64_t at_ms)
{
	answer(told, bond_message(RTM_NEWLINK, CLAIMED), at_ms);
	answer(told, plain_slave(SLAVE_A, UP), at_ms + 3);
	answer(told, plain_slave(SLAVE_B, UP), at_ms + 6);
}

static const struct bond *the_bond(const struct told *told)
{
	const struct bond *bond =
	    bond_set_get(replay_bonds(told->replay), BOND);

	assert_non_null(bond);
	return bond;
}

static void assert_effective(const struct told *told, enum carrier carrier)
{
	assert_int_equal(the_bond(told)->verdict.effective, carrier);
}

static void test_one_reading(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	assert_int_equal(replay_end(told->replay), 0);
	assert_int_equal(replay_bonds(told->replay)->status,
			 BOND_SET_SYNCHRONISED);
	assert_int_equal(the_bond(told)->slave_count, 2);
	assert_effective(told, CARRIER_DOWN);
	assert_int_equal(discrepancy_raised(&the_bond(told)->discrepancies), 0);
	/* What was there at the beginning is no news. */
	assert_int_equal(told->count, 0);
}

/* Grace runs by the capture's clock, between records too. */
static void test_grace(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	read_seed(told, 1950);
	assert_int_equal(replay_end(told->replay), 0);
	assert_int_equal(told->count, 0);
	read_seed(told, 60000);
	assert_int_equal(replay_end(told->replay), 0);
	assert_int_equal(
	    told_at(told, EVENT_DISCREPANCY_RAISED, DISCREPANCY_FALSE_UP),
	    2006);
	assert_int_equal(replay_now_ms(told->replay), START_MS + 60006);
}

/* A slave that comes later in the same reading is not a slave that came. */
static void test_no_passing_states(void **state)
{
	struct told *told = *state;

	answer(told, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(told, plain_slave(SLAVE_A, CLAIMED), 90);
	event(told, plain_slave(SLAVE_A, CLAIMED), 95);
	assert_effective(told, CARRIER_UP);
	assert_int_equal(told->count, 0);
	assert_int_equal(the_bond(told)->effective_transitions, 0);
}

static void test_plug(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	event(told, plain_slave(SLAVE_B, CLAIMED), 5000);
	assert_effective(told, CARRIER_UP);
	assert_int_equal(told_at(told, EVENT_SLAVE_LOWER_UP, DISCREPANCY_NONE),
			 5000);
	assert_int_equal(told_at(told, EVENT_EFFECTIVE_UP, DISCREPANCY_NONE),
			 5000);
}

static void test_nothing_but_events(void **state)
{
	struct told *told = *state;

	event(told, bond_message(RTM_NEWLINK, CLAIMED), 0);
	event(told, plain_slave(SLAVE_A, UP), 10);
	event(told, plain_slave(SLAVE_A, CLAIMED), 20);
	assert_int_equal(the_bond(told)->slave_count, 1);
	assert_effective(told, CARRIER_UP);
}

static void test_slave_goes(void **state)
{
	struct told *told = *state;
	struct nl_msg *msg;

	read_seed(told, 0);
	event(told, start_slave(RTM_NEWLINK, SLAVE_A, UP), 10); /* released */
	assert_int_equal(the_bond(told)->slave_count, 1);
	assert_null(bond_slave(the_bond(told), SLAVE_A));
	assert_int_equal(told_at(told, EVENT_SLAVE_REMOVED, DISCREPANCY_NONE),
			 10);
	/* Deleted, in a message that still calls it a slave. */
	msg = plain_slave(SLAVE_B, UP);
	nlmsg_hdr(msg)->nlmsg_type = RTM_DELLINK;
	event(told, msg, 20);
	assert_int_equal(the_bond(told)->slave_count, 0);
	assert_int_equal(the_bond(told)->verdict.reason,
			 CARRIER_REASON_NO_SLAVES);
}

/* Both messages in one datagram; what was raised is the old one's. */
static void test_bond_made_again(void **state)
{
	struct told *told = *state;
	struct nl_msg *parts[] = { bond_message(RTM_DELLINK, UP),
				   bond_message(RTM_NEWLINK, CLAIMED) };
	unsigned char bytes[4096] __attribute__((aligned(8)));
	struct capture_record record = { .bytes = bytes,
					 .at_ms = START_MS + 3000 };

	read_seed(told, 0);
	for (size_t i = 0; i < 2; i++) {
		struct nlmsghdr *nlh = linkbuild_bytes(parts[i]);

		memcpy(bytes + record.length, nlh, nlh->nlmsg_len);
		record.length += NLMSG_ALIGN(nlh->nlmsg_len);
		nlmsg_free(parts[i]);
	}
	assert_int_equal(replay_record(told->replay, &record), 0);
	assert_int_equal(
	    told_at(told, EVENT_DISCREPANCY_CLEARED, DISCREPANCY_FALSE_UP),
	    3000);
	assert_int_equal(told_at(told, EVENT_BOND_REMOVED, DISCREPANCY_NONE),
			 3000);
	assert_int_equal(told_at(told, EVENT_BOND_ADDED, DISCREPANCY_NONE),
			 3000);
	assert_int_equal(the_bond(told)->slave_count, 0);
	assert_int_equal(discrepancy_raised(&the_bond(told)->discrepancies), 0);
}

static void test_bond_goes(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	event(told, bond_message(RTM_DELLINK, UP), 3000);
	assert_int_equal(replay_bonds(told->replay)->count, 0);
	assert_int_equal(told_at(told, EVENT_BOND_REMOVED, DISCREPANCY_NONE),
			 3000);
	/* What was raised before it went is cleared. */
	assert_int_equal(
	    told_at(told, EVENT_DISCREPANCY_RAISED, DISCREPANCY_FALSE_UP),
	    2006);
	assert_int_equal(
	    told_at(told, EVENT_DISCREPANCY_CLEARED, DISCREPANCY_FALSE_UP),
	    3000);
}

/* The number of a bond is given to something else. */
static void test_ifindex_is_used_again(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	event(told, linkbuild_start(RTM_NEWLINK, BOND, UP, "eth7"), 10);
	assert_int_equal(replay_bonds(told->replay)->count, 0);
}

static struct nl_msg *malformed_slave(void)
{
	struct nl_msg *msg = start_slave(RTM_NEWLINK, SLAVE_A, CLAIMED);

	(void)nla_put(msg, IFLA_MASTER, 3, "\12\0\0");
	return msg;
}

static void test_malformed(void **state)
{
	struct told *told = *state;

	answer(told, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(told, plain_slave(SLAVE_A, CLAIMED), 1);
	event(told, malformed_slave(), 10);
	assert_effective(told, CARRIER_UNKNOWN);
	assert_int_equal(replay_counts(told->replay).malformed, 1);
	assert_int_equal(replay_counts(told->replay).messages, 3);
	answer(told, plain_slave(SLAVE_A, CLAIMED), 20);
	assert_int_equal(replay_end(told->replay), 0);
	assert_effective(told, CARRIER_UP);
}

static void test_wrong_length_is_counted(void **state)
{
	struct told *told = *state;
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, BOND, UP, "bond0");
	struct nlattr *info = linkbuild_info(msg, "bond", NULL);
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	linkbuild_u32(msg, IFLA_BOND_MODE, BOND_MODE_ACTIVEBACKUP);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	event(told, msg, 0);
	assert_int_equal(replay_counts(told->replay).bad_attrs, 1);
	assert_int_equal(replay_counts(told->replay).malformed, 0);
}

/* The wall clock of the machine was set back. */
static void test_clock_never_goes_back(void **state)
{
	struct told *told = *state;

	read_seed(told, 0);
	event(told, plain_slave(SLAVE_A, CLAIMED), -3600000);
	assert_int_equal(replay_now_ms(told->replay), START_MS + 6);
	assert_effective(told, CARRIER_UP);
}

/* nlmon shows the wishes of others, of the same type as the kernel's news. */
static void test_requests_are_no_news(void **state)
{
	struct told *told = *state;
	struct nl_msg *msg = plain_slave(SLAVE_A, CLAIMED);

	read_seed(told, 0);
	nlmsg_hdr(msg)->nlmsg_flags = NLM_F_REQUEST;
	event(told, msg, 10);
	assert_effective(told, CARRIER_DOWN);
}

/* A VLAN slave: what it stands on is watched, and may go. */
static void test_lower_device(void **state)
{
	struct told *told = *state;

	answer(told, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(told, slave_message(SLAVE_A, CLAIMED, "vlan", LOWER), 1);
	answer(told, linkbuild_start(RTM_NEWLINK, LOWER, CLAIMED, "eth0"), 2);
	event(told, bond_message(RTM_NEWLINK, CLAIMED), 3);
	assert_effective(told, CARRIER_UP);
	event(told, linkbuild_start(RTM_NEWLINK, LOWER, UP, "eth0"), 10);
	assert_effective(told, CARRIER_DOWN);
	event(told, linkbuild_start(RTM_NEWLINK, LOWER, CLAIMED, "eth0"), 20);
	assert_effective(told, CARRIER_UP);
	event(told, linkbuild_start(RTM_DELLINK, LOWER, CLAIMED, "eth0"), 30);
	assert_effective(told, CARRIER_UNKNOWN);
}

/* Several messages in one datagram, the last of them cut off. */
static void test_whole_datagrams(void **state)
{
	struct told *told = *state;
	struct nl_msg *parts[] = { bond_message(RTM_NEWLINK, CLAIMED),
				   plain_slave(SLAVE_A, CLAIMED),
				   plain_slave(SLAVE_B, CLAIMED) };
	unsigned char bytes[4096] __attribute__((aligned(8)));
	struct capture_record record = { .bytes = bytes,
					 .is_answer = true,
					 .at_ms = START_MS };

	for (size_t i = 0; i < 3; i++) {
		struct nlmsghdr *nlh = linkbuild_bytes(parts[i]);

		memcpy(bytes + record.length, nlh, nlh->nlmsg_len);
		record.length += NLMSG_ALIGN(nlh->nlmsg_len);
		nlmsg_free(parts[i]);
	}
	record.length -= 8;
	assert_int_equal(replay_record(told->replay, &record), 0);
	assert_int_equal(replay_end(told->replay), 0);
	assert_int_equal(the_bond(told)->slave_count, 1);
	assert_int_equal(replay_counts(told->replay).messages, 3);
	assert_int_equal(replay_counts(told->replay).malformed, 1);
}

/* A file whose end is missing: what is there counts. */
static void test_damaged_file(void **state)
{
	struct told *told = *state;
	struct nl_msg *msg = bond_message(RTM_NEWLINK, CLAIMED);
	char path[] = "/tmp/test_replay.XXXXXX";
	int fd = mkstemp(path);
	struct capture_writer *writer;
	struct capture_reader *reader;
	struct capture_error error;
	struct nlmsghdr *nlh = linkbuild_bytes(msg);

	assert_true(fd >= 0);
	assert_int_equal(capture_writer_open(&writer, path, &error), 0);
	for (int i = 0; i < 2; i++)
		capture_writer_add(writer, nlh, nlh->nlmsg_len, false,
				   START_MS * 1000);
	assert_int_equal(capture_writer_close(writer, &error), 0);
	nlmsg_free(msg);
	assert_int_equal(ftruncate(fd, lseek(fd, 0, SEEK_END) - 1), 0);
	close(fd);
	assert_int_equal(capture_reader_open(&reader, path, &error), 0);
	unlink(path);
	assert_int_equal(replay_all(told->replay, reader, &error), -EBADMSG);
	assert_non_null(strstr(error.text, "record 2"));
	assert_effective(told, CARRIER_DOWN);
	capture_reader_close(reader);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

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
		TEST(test_malformed),
		TEST(test_wrong_length_is_counted),
		TEST(test_clock_never_goes_back),
		TEST(test_requests_are_no_news),
		TEST(test_lower_device),
		TEST(test_whole_datagrams),
		TEST(test_damaged_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
