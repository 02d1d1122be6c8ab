/* SPDX-License-Identifier: BSD-2-Clause */
/* Captures with malformed messages, odd clocks, or without their end. */
#include <errno.h>
#include <linux/if_bonding.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "replay_fixture.h"

static struct nl_msg *malformed_slave(void)
{
	struct nl_msg *msg = start_slave(RTM_NEWLINK, SLAVE_A, CLAIMED);

	(void)nla_put(msg, IFLA_MASTER, 3, "\12\0\0");
	return msg;
}

static void test_malformed(void **state)
{
	struct fixture *f = *state;

	answer(f, bond_message(RTM_NEWLINK, CLAIMED), 0);
	answer(f, plain_slave(SLAVE_A, CLAIMED), 1);
	event(f, malformed_slave(), 10);
	assert_effective(f, CARRIER_UNKNOWN);
	assert_int_equal(replay_counts(f->replay).malformed, 1);
	assert_int_equal(replay_counts(f->replay).messages, 3);
	answer(f, plain_slave(SLAVE_A, CLAIMED), 20);
	assert_int_equal(replay_end(f->replay), 0);
	assert_effective(f, CARRIER_UP);
}

static void test_wrong_length_is_counted(void **state)
{
	struct fixture *f = *state;
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, BOND, UP, "bond0");
	struct nlattr *info = linkbuild_info(msg, "bond", NULL);
	struct nlattr *data = nla_nest_start(msg, IFLA_INFO_DATA);

	linkbuild_u32(msg, IFLA_BOND_MODE, BOND_MODE_ACTIVEBACKUP);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	event(f, msg, 0);
	assert_int_equal(replay_counts(f->replay).bad_attrs, 1);
	assert_int_equal(replay_counts(f->replay).malformed, 0);
}

/* The wall clock of the machine was set back. */
static void test_clock_never_goes_back(void **state)
{
	struct fixture *f = *state;

	read_seed(f, 0);
	event(f, plain_slave(SLAVE_A, CLAIMED), -3600000);
	assert_int_equal(replay_now_ms(f->replay), START_MS + 6);
	assert_effective(f, CARRIER_UP);
}

/* nlmon shows the wishes of others, of the same type as the kernel's news. */
static void test_requests_are_no_news(void **state)
{
	struct fixture *f = *state;
	struct nl_msg *msg = plain_slave(SLAVE_A, CLAIMED);

	read_seed(f, 0);
	nlmsg_hdr(msg)->nlmsg_flags = NLM_F_REQUEST;
	event(f, msg, 10);
	assert_effective(f, CARRIER_DOWN);
}

/* Several messages in one datagram, the last of them cut off. */
static void test_whole_datagrams(void **state)
{
	struct fixture *f = *state;
	struct nl_msg *parts[] = { bond_message(RTM_NEWLINK, CLAIMED),
				   plain_slave(SLAVE_A, CLAIMED),
				   plain_slave(SLAVE_B, CLAIMED) };
	unsigned char bytes[4096] __attribute__((aligned(8)));
	struct capture_record record = { .bytes = bytes,
					 .is_answer = true,
					 .at_ms = START_MS };

	put_parts(&record, bytes, parts, 3);
	record.length -= 8;
	assert_int_equal(replay_record(f->replay, &record), 0);
	assert_int_equal(replay_end(f->replay), 0);
	assert_int_equal(the_bond(f)->slave_count, 1);
	assert_int_equal(replay_counts(f->replay).messages, 3);
	assert_int_equal(replay_counts(f->replay).malformed, 1);
}

/* A file whose end is missing: what is there counts. */
static void test_damaged_file(void **state)
{
	struct fixture *f = *state;
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
	assert_int_equal(replay_all(f->replay, reader, &error), -EBADMSG);
	assert_non_null(strstr(error.text, "record 2"));
	assert_effective(f, CARRIER_DOWN);
	capture_reader_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_malformed),
		TEST(test_wrong_length_is_counted),
		TEST(test_clock_never_goes_back),
		TEST(test_requests_are_no_news),
		TEST(test_whole_datagrams),
		TEST(test_damaged_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
