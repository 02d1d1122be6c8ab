/* SPDX-License-Identifier: BSD-2-Clause */
/* Statistics of a bond's slave as the kernel sends them, and as it never
   would. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "netlink/lacp_stats.h"

/* Numbers on the wire: linux/if_link.h and linux/if_bonding.h. */
enum {
	XSTATS = 2, /* IFLA_STATS_LINK_XSTATS: of the bond itself */
	XSTATS_SLAVE = 3,
	TYPE_BRIDGE = 1,
	TYPE_BOND = 2,
	GROUP_3AD = 1,
	PAD = 9,
};

static struct nl_msg *start(int type, unsigned int ifindex)
{
	struct if_stats_msg head = { .ifindex = ifindex };
	struct nl_msg *msg = nlmsg_alloc_size(4096);

	(void)nlmsg_put(msg, 0, 0, type, 0, 0);
	(void)nlmsg_append(msg, &head, sizeof(head), NLMSG_ALIGNTO);
	return msg;
}

static void put_u64(struct nl_msg *msg, int attr, uint64_t value)
{
	(void)nla_put(msg, attr, sizeof(value), &value);
}

/* Nests down to where the counters are; closed by ends(). */
struct nests {
	struct nlattr *stats, *type, *group;
};

static struct nests begin(struct nl_msg *msg, int stats, int type, int group)
{
	struct nests nests;

	nests.stats = nla_nest_start(msg, stats);
	nests.type = nla_nest_start(msg, type);
	nests.group = nla_nest_start(msg, group);
	return nests;
}

static void end(struct nl_msg *msg, struct nests nests)
{
	nla_nest_end(msg, nests.group);
	nla_nest_end(msg, nests.type);
	nla_nest_end(msg, nests.stats);
}

static int parse(struct nl_msg *msg, struct lacp_stats_answer *out)
{
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	int err = lacp_stats_parse(nlh, nlh->nlmsg_len, out);

	nlmsg_free(msg);
	return err;
}

/* All nine, each with a value of its own beyond 32 bits, and the padding that
   the kernel puts between them. */
static struct nl_msg *whole(void)
{
	struct nl_msg *msg = start(RTM_NEWSTATS, 7);
	struct nests nests = begin(msg, XSTATS_SLAVE, TYPE_BOND, GROUP_3AD);

	for (int i = 0; i < 9; i++) {
		(void)nla_put(msg, PAD, 0, NULL);
		put_u64(msg, i, (UINT64_C(1) << 40) + (uint64_t)i);
	}
	end(msg, nests);
	return msg;
}

static void test_whole(void **state)
{
	struct lacp_stats_answer stats;

	(void)state;
	assert_int_equal(parse(whole(), &stats), 0);
	assert_int_equal(stats.ifindex, 7);
	assert_int_equal(stats.bad_attrs, 0);
	assert_int_equal(stats.lacp.present, 0x1ff);
	for (int i = 0; i < 9; i++)
		assert_true(stats.lacp.counts[i] ==
			    (UINT64_C(1) << 40) + (uint64_t)i);
}

static void test_absent_is_not_zero(void **state)
{
	struct nl_msg *msg = start(RTM_NEWSTATS, 7);
	struct nests nests = begin(msg, XSTATS_SLAVE, TYPE_BOND, GROUP_3AD);
	struct lacp_stats_answer stats;

	(void)state;
	put_u64(msg, 1, 0);
	put_u64(msg, 30, 5); /* of a newer kernel */
	end(msg, nests);
	assert_int_equal(parse(msg, &stats), 0);
	assert_int_equal(stats.lacp.present, 1U << 1);
	assert_int_equal(stats.lacp.counts[1], 0);
}

/* No slave, another mode, another driver's statistics: nothing is there. */
static void test_of_others(void **state)
{
	static const int paths[][3] = {
		{ XSTATS, TYPE_BOND, GROUP_3AD },
		{ XSTATS_SLAVE, TYPE_BRIDGE, GROUP_3AD },
		{ XSTATS_SLAVE, TYPE_BOND, 2 },
	};
	struct lacp_stats_answer stats;
	struct nl_msg *msg;

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct nests nests;

		msg = start(RTM_NEWSTATS, 7);
		nests = begin(msg, paths[i][0], paths[i][1], paths[i][2]);
		put_u64(msg, 0, 5);
		end(msg, nests);
		assert_int_equal(parse(msg, &stats), 0);
		assert_int_equal(stats.ifindex, 7);
		assert_int_equal(stats.lacp.present, 0);
	}
	assert_int_equal(parse(start(RTM_NEWSTATS, 7), &stats), 0);
	assert_int_equal(stats.lacp.present, 0);
	assert_int_equal(parse(start(RTM_NEWLINK, 7), &stats), -ENOMSG);
}

static void test_wrong_lengths(void **state)
{
	struct nl_msg *msg = start(RTM_NEWSTATS, 7);
	struct nests nests = begin(msg, XSTATS_SLAVE, TYPE_BOND, GROUP_3AD);
	struct lacp_stats_answer stats;

	(void)state;
	(void)nla_put_u32(msg, 0, 5);
	(void)nla_put(msg, 1, 0, NULL);
	put_u64(msg, 2, 6);
	end(msg, nests);
	assert_int_equal(parse(msg, &stats), 0);
	assert_int_equal(stats.bad_attrs, 2);
	assert_int_equal(stats.lacp.present, 1U << 2);
	assert_int_equal(stats.lacp.counts[2], 6);
}

static void test_ifindex(void **state)
{
	struct lacp_stats_answer stats;

	(void)state;
	assert_int_equal(parse(start(RTM_NEWSTATS, 0), &stats), -EBADMSG);
	assert_int_equal(parse(start(RTM_NEWSTATS, 0x80000000U), &stats),
			 -EBADMSG);
	assert_int_equal(parse(start(RTM_NEWSTATS, 0x7fffffff), &stats), 0);
	assert_int_equal(stats.ifindex, 0x7fffffff);
}

/* Cut after each byte, in a block that ends there: malformed or, where only
   whole attributes at the end are missing, with fewer values; never another
   value. */
static void test_truncated(void **state)
{
	struct nl_msg *msg = whole();
	const struct nlmsghdr *nlh = nlmsg_hdr(msg);

	(void)state;
	for (size_t length = 0; length < nlh->nlmsg_len; length++) {
		void *block = malloc(length ? length : 1);
		struct lacp_stats_answer stats;
		int err;

		assert_non_null(block);
		memcpy(block, nlh, length);
		/* Its header still says how long it was. */
		err = lacp_stats_parse(block, length, &stats);
		assert_int_equal(err, -EBADMSG);
		if (length >= sizeof(*nlh)) {
			((struct nlmsghdr *)block)->nlmsg_len =
			    (uint32_t)length;
			err = lacp_stats_parse(block, length, &stats);
			assert_true(err == 0 || err == -EBADMSG);
		}
		for (int i = 0; i < 9; i++)
			if (stats.lacp.present & (1U << i))
				assert_true(stats.lacp.counts[i] ==
					    (UINT64_C(1) << 40) + (uint64_t)i);
		free(block);
	}
	nlmsg_free(msg);
}

static void test_lengths_that_lie(void **state)
{
	static const uint32_t lengths[] = { 0,	       15,	   16,
					    27,	       0x7fffffff, 0xfffffff0,
					    0xffffffff };
	struct nl_msg *msg = whole();
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	uint32_t length = nlh->nlmsg_len;
	struct lacp_stats_answer stats;

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		nlh->nlmsg_len = lengths[i];
		assert_int_equal(lacp_stats_parse(nlh, length, &stats),
				 -EBADMSG);
		assert_int_equal(stats.lacp.present, 0);
	}
	nlmsg_free(msg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_absent_is_not_zero),
		cmocka_unit_test(test_of_others),
		cmocka_unit_test(test_wrong_lengths),
		cmocka_unit_test(test_ifindex),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_lengths_that_lie),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
