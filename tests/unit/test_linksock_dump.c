/* SPDX-License-Identifier: BSD-2-Clause */
/* Answers to dumps that no kernel gives on demand, from bytes. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "linkbuild.h"
#include "netlink/linksock_internal.h"

struct fixture {
	struct linksock sock; /* without sockets: only counts */
	struct link_batch batch;
	struct linksock_dump_answer answer;
	char bytes[8192] __attribute__((aligned(4)));
	size_t length;
};

static void put(struct fixture *f, struct nl_msg *msg, uint32_t seq, int flags)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);

	nlh->nlmsg_seq = seq;
	nlh->nlmsg_flags = (uint16_t)(NLM_F_MULTI | flags);
	memcpy(f->bytes + f->length, nlh, nlh->nlmsg_len);
	f->length += NLMSG_ALIGN((size_t)nlh->nlmsg_len);
	nlmsg_free(msg);
}

static struct nl_msg *bond(int ifindex)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, ifindex, 0, "b");

	nla_nest_end(msg, linkbuild_info(msg, "bond", NULL));
	return msg;
}

static struct nl_msg *slave(int ifindex, int master)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, ifindex, 0, "s");

	linkbuild_u32(msg, IFLA_MASTER, (uint32_t)master);
	nla_nest_end(msg, linkbuild_info(msg, NULL, "bond"));
	return msg;
}

static struct nl_msg *ending(int type, int error)
{
	struct nl_msg *msg = nlmsg_alloc();

	(void)nlmsg_put(msg, 0, 0, type, 0, 0);
	(void)nlmsg_append(msg, &error, sizeof(error), NLMSG_ALIGNTO);
	return msg;
}

static void start(struct fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->sock.seq = 7;
}

static void read_all(struct fixture *f, struct linksock_dump_question question)
{
	assert_int_equal(linksock_dump_read(&f->sock, &question, f->bytes,
					    f->length, &f->batch, &f->answer),
			 0);
}

static void test_answer(void **state)
{
	struct linksock_dump_question bonds = { .kind = "bond" };
	struct linksock_dump_question slaves = { .master = 4 };
	struct linksock_dump_question one = { .ifindex = 9 };
	struct fixture f;

	(void)state;
	start(&f);
	put(&f, linkbuild_start(RTM_NEWLINK, 1, 0, "lo"), 7, 0);
	put(&f, bond(4), 7, 0);
	put(&f, bond(5), 6, 0); /* of an earlier question */
	put(&f, slave(8, 4), 7, 0);
	put(&f, slave(9, 3), 7, 0);
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 3);
	assert_false(f.answer.done || f.answer.filtered ||
		     f.answer.interrupted);
	link_batch_clear(&f.batch);
	/* The same from a kernel that does not filter. */
	read_all(&f, slaves);
	assert_int_equal(f.batch.count, 1);
	assert_int_equal(f.batch.items[0].link.ifindex, 8);
	link_batch_clear(&f.batch);
	read_all(&f, one);
	assert_int_equal(f.batch.count, 1);
	assert_int_equal(f.batch.items[0].link.ifindex, 9);
	link_batch_clear(&f.batch);
	put(&f, ending(NLMSG_DONE, 0), 7, 0);
	put(&f, bond(6), 7, 0); /* behind the end */
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 3);
	assert_true(f.answer.done);
	assert_int_equal(f.answer.error, 0);
	link_batch_fini(&f.batch);
}

static void test_answer_flags(void **state)
{
	struct linksock_dump_question bonds = { .kind = "bond" };
	struct fixture f;

	(void)state;
	start(&f);
	put(&f, bond(4), 7, NLM_F_DUMP_FILTERED);
	read_all(&f, bonds);
	assert_true(f.answer.filtered);
	assert_false(f.answer.interrupted);
	put(&f, bond(5), 6, NLM_F_DUMP_INTR); /* not ours */
	read_all(&f, bonds);
	assert_false(f.answer.interrupted);
	put(&f, bond(5), 7, NLM_F_DUMP_INTR);
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	link_batch_fini(&f.batch);
	/* The kernel may say so no sooner than at the end. */
	start(&f);
	put(&f, ending(NLMSG_DONE, 0), 7, NLM_F_DUMP_INTR);
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	assert_true(f.answer.done);
}

static void test_answer_errors(void **state)
{
	static const struct {
		int type;
		int error;
		int expected;
	} rows[] = {
		{ NLMSG_DONE, -EINVAL, -EINVAL },
		{ NLMSG_ERROR, -EPERM, -EPERM },
		{ NLMSG_ERROR, 0, 0 },
		{ NLMSG_DONE, 12, 0 },
	};
	struct linksock_dump_question bonds = { .kind = "bond" };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(&f);
		put(&f, ending(rows[i].type, rows[i].error), 7, 0);
		read_all(&f, bonds);
		assert_true(f.answer.done);
		assert_int_equal(f.answer.error, rows[i].expected);
	}
}

/* A message that can't be read leaves a mark: its link was there. */
static void test_answer_malformed(void **state)
{
	struct linksock_dump_question bonds = { .kind = "bond" };
	struct fixture f;
	struct nlmsghdr *nlh;

	(void)state;
	start(&f);
	put(&f, linkbuild_start(RTM_NEWLINK, 4, 0x10041, NULL), 7, 0);
	put(&f, bond(5), 7, 0);
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 2);
	assert_true(f.batch.items[0].link.distrusted);
	assert_int_equal(f.batch.items[0].link.ifindex, 4);
	assert_int_equal(f.batch.items[0].link.flags, 0);
	assert_false(f.batch.items[1].link.distrusted);
	assert_int_equal(f.sock.stats.malformed, 1);
	assert_false(f.answer.interrupted);
	link_batch_clear(&f.batch);
	/* A length that leads out of the datagram. */
	nlh = (void *)f.bytes;
	nlh->nlmsg_len = (uint32_t)f.length + 1;
	read_all(&f, bonds);
	assert_true(f.answer.interrupted);
	assert_int_equal(f.batch.count, 0);
	nlh->nlmsg_len = 3;
	read_all(&f, bonds);
	assert_int_equal(f.batch.count, 0);
	link_batch_fini(&f.batch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_answer_flags),
		cmocka_unit_test(test_answer_errors),
		cmocka_unit_test(test_answer_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
