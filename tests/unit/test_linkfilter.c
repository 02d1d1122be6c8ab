/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The filter's program, run by this machine's kernel on a datagram socket:
 * what is sent and not let through never arrives.
 */
#include "config.h"

#include <errno.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "byte_order.h"
#include "linkbuild.h"
#include "netlink/linkfilter.h"
#include "range.h"

struct fixture {
	struct linkfilter filter;
	int fds[2];
};

static int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, f.fds), 0);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	close(f->fds[0]);
	close(f->fds[1]);
	return 0;
}

static void attach(struct fixture *f, int *ifindexes, size_t count)
{
	struct sock_filter program[LINKFILTER_PROGRAM_MAX];
	struct sock_fprog fprog = { .filter = program };

	linkfilter_make(&f->filter, ifindexes, count);
	fprog.len = (unsigned short)linkfilter_program(&f->filter, program);
	assert_uint_in_range(fprog.len, 1, LINKFILTER_PROGRAM_MAX);
	assert_int_equal(setsockopt(f->fds[1], SOL_SOCKET, SO_ATTACH_FILTER,
				    &fprog, sizeof(fprog)),
			 0);
}

/* A dropped datagram is as good as received to the sender. */
static bool passes_bytes(struct fixture *f, const void *bytes, size_t length)
{
	char back[256];
	ssize_t got;

	assert_int_equal(send(f->fds[0], bytes, length, 0), length);
	got = recv(f->fds[1], back, sizeof(back), MSG_DONTWAIT);
	if (got < 0) {
		assert_int_equal(errno, EAGAIN);
		return false;
	}
	assert_int_equal(got, length); /* nothing is cut off */
	return true;
}

static bool passes(struct fixture *f, int type, int ifindex, unsigned int flags)
{
	struct nl_msg *msg = linkbuild_start(type, ifindex, flags, "eth0");
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	bool passed = passes_bytes(f, nlh, nlh->nlmsg_len);

	nlmsg_free(msg);
	return passed;
}

static void test_flags(void **state)
{
	struct fixture *f = *state;
	unsigned int others = ~(unsigned int)(IFF_MASTER | IFF_SLAVE);

	attach(f, NULL, 0);
	assert_true(passes(f, RTM_NEWLINK, 7, IFF_UP | IFF_SLAVE));
	assert_true(passes(f, RTM_DELLINK, 7, IFF_MASTER));
	assert_true(passes(f, RTM_NEWLINK, 7, IFF_MASTER | IFF_SLAVE));
	assert_false(passes(f, RTM_NEWLINK, 7, 0));
	assert_false(passes(f, RTM_NEWLINK, 7, others));
	assert_false(passes(f, RTM_DELLINK, 7, others));
}

static void test_known(void **state)
{
	struct fixture *f = *state;
	int known[] = { 300, 5, 6, 7, 0x01020304, 9, 5, INT32_MAX };

	attach(f, known, sizeof(known) / sizeof(known[0]));
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_true(linkfilter_covers(&f->filter, known[i]));
		assert_true(passes(f, RTM_NEWLINK, known[i], IFF_UP));
		assert_true(passes(f, RTM_DELLINK, known[i], 0));
	}
	for (const int *other =
		 (int[]){ 1, 4, 8, 10, 299, 301, 0x04030201, 0x01020303,
			  0x01020305, INT32_MAX - 1, 0 };
	     *other; other++) {
		assert_false(linkfilter_covers(&f->filter, *other));
		assert_false(passes(f, RTM_NEWLINK, *other, IFF_UP));
	}
}

/* Every 10th from 1000 on: the filter has to give way somewhere, and does so
   where it lets through least. */
static void test_more_than_fit(void **state)
{
	enum { COUNT = 3 * LINKFILTER_RANGES };
	struct fixture *f = *state;
	int known[COUNT + 2], extra = 0;

	for (int i = 0; i < COUNT; i++)
		known[i] = 1000 + 10 * ((i * 7) % COUNT); /* in disorder */
	known[COUNT] = 10;
	known[COUNT + 1] = 1000000;
	attach(f, known, COUNT + 2);
	assert_int_equal(f->filter.count, LINKFILTER_RANGES);
	for (int i = 0; i < COUNT + 2; i++)
		assert_true(passes(f, RTM_NEWLINK, known[i], 0));

	for (int i = 11; i < 1000; i++)
		extra += passes(f, RTM_NEWLINK, i, 0);
	for (int i = 1000 + 10 * COUNT; i < 4000; i++)
		extra += passes(f, RTM_NEWLINK, i, 0);
	assert_int_equal(extra, 0);
	assert_false(passes(f, RTM_NEWLINK, 999999, 0));
	assert_false(passes(f, RTM_NEWLINK, 1000001, 0));
}

static bool passes_on(struct fixture *f, int ifindex, int link)
{
	struct nl_msg *msg =
	    linkbuild_start(RTM_NEWLINK, ifindex, IFF_UP, "vlan7");
	bool passed;

	linkbuild_u32(msg, IFLA_LINK, (uint32_t)link);
	passed = passes_bytes(f, nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len);
	nlmsg_free(msg);
	return passed;
}

/* Not known itself, but what it stands on is. */
static void test_on_known(void **state)
{
	struct fixture *f = *state;
	int known[] = { 5, 0x01020304, 300, 0x7f000080 };

	needs_order_of_kernel();
	f->filter.vlans = true;
	attach(f, known, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_true(passes_on(f, 77, known[i]));
		assert_true(passes(f, RTM_NEWLINK, known[i], 0));
		assert_false(passes_on(f, 77, known[i] - 1));
		assert_false(passes_on(f, 77, known[i] + 1));
	}
	assert_false(passes_on(f, 77, 0x04030201));
	assert_false(passes(f, RTM_NEWLINK, 77, IFF_UP)); /* no IFLA_LINK */
	assert_true(passes(f, RTM_NEWLINK, 77, IFF_UP | IFF_SLAVE));
	assert_true(passes(f, RTM_NEWADDR, 77, 0));

	f->filter.vlans = false;
	attach(f, known, 4);
	assert_false(passes_on(f, 77, 5));
	assert_true(passes_on(f, 5, 77));
}

/* The longest program of all. */
static void test_on_more_than_fit(void **state)
{
	enum { COUNT = 2 * LINKFILTER_RANGES };
	struct fixture *f = *state;
	int known[COUNT];

	needs_order_of_kernel();
	for (int i = 0; i < COUNT; i++)
		known[i] = 1000 + 10 * i;
	f->filter.vlans = true;
	attach(f, known, COUNT);
	for (int i = 0; i < COUNT; i++) {
		assert_true(passes_on(f, 7, known[i]));
		assert_true(passes(f, RTM_DELLINK, known[i], 0));
	}
	assert_true(passes(f, RTM_NEWADDR, 7, 0));
	assert_true(passes(f, RTM_NEWLINK, 7, IFF_MASTER));
	assert_false(passes_on(f, 7, 999));
	assert_false(passes_on(f, 7, 1000 + 10 * COUNT));
	assert_false(passes(f, RTM_NEWLINK, 7, 0));
}

/* Those are for the parser, which counts them. */
static void test_others_pass(void **state)
{
	struct fixture *f = *state;
	struct {
		struct nlmsghdr header;
		struct ifinfomsg info;
	} message = {
		.header = { .nlmsg_type = RTM_NEWLINK },
		.info = { .ifi_index = 7 },
	};

	attach(f, NULL, 0);
	assert_false(passes_bytes(f, &message, sizeof(message)));
	assert_true(passes_bytes(f, &message, sizeof(message) - 1));
	assert_true(passes_bytes(f, &message, sizeof(message.header)));
	assert_true(passes_bytes(f, &message, 5)); /* of the type a half */
	assert_true(passes_bytes(f, &message, 1));
	assert_true(passes(f, RTM_NEWADDR, 7, 0));
	assert_true(passes(f, NLMSG_ERROR, 7, 0));
	assert_true(passes(f, NLMSG_DONE, 7, 0));
}

static void test_nothing_known(void **state)
{
	struct linkfilter filter = { .count = 3 };

	(void)state;
	linkfilter_make(&filter, NULL, 0);
	assert_int_equal(filter.count, 0);
	assert_false(linkfilter_covers(&filter, 1));
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_flags),
		TEST(test_known),
		TEST(test_more_than_fit),
		TEST(test_others_pass),
		TEST(test_nothing_known),
		TEST(test_on_known),
		TEST(test_on_more_than_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
