/* SPDX-License-Identifier: BSD-2-Clause */
/* What the virtual kernel answers to questions. */
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vk_fixture.h"

static struct {
	struct nlmsghdr nlh;
	struct ifinfomsg info;
	struct rtattr nest, kind;
	char name[8];
} question;

static void ask(struct vk_answer *answer, const char *kind, int ifindex)
{
	memset(&question, 0, sizeof(question));
	question.nlh.nlmsg_len =
	    kind ? sizeof(question) : NLMSG_LENGTH(sizeof(question.info));
	question.nlh.nlmsg_type = RTM_GETLINK;
	question.nlh.nlmsg_flags =
	    ifindex ? NLM_F_REQUEST | NLM_F_ACK : NLM_F_REQUEST | NLM_F_DUMP;
	question.nlh.nlmsg_seq = 9;
	question.info.ifi_index = ifindex;
	question.nest.rta_type = IFLA_LINKINFO;
	question.nest.rta_len = RTA_LENGTH(sizeof(question.kind) + 8);
	question.kind.rta_type = IFLA_INFO_KIND;
	question.kind.rta_len = RTA_LENGTH(kind ? strlen(kind) + 1 : 0);
	if (kind)
		memcpy(question.name, kind, strlen(kind) + 1);
	assert_int_equal(vk_ask(&vk, answer, &question, question.nlh.nlmsg_len),
			 0);
}

/* Counts the links of what is left of an answer; the flags of all. */
static int links_in(struct vk_answer *answer, unsigned int *flags)
{
	static char bytes[VK_DATAGRAM_MAX];
	size_t length;
	int count = 0;

	*flags = 0;
	while ((length = vk_answer(&vk, answer, bytes))) {
		const struct nlmsghdr *nlh = (const void *)bytes;

		for (; NLMSG_OK(nlh, length); nlh = NLMSG_NEXT(nlh, length)) {
			assert_int_equal(nlh->nlmsg_seq, 9);
			*flags |= nlh->nlmsg_flags;
			count += nlh->nlmsg_type == RTM_NEWLINK;
		}
		assert_int_equal(length, 0);
	}
	return count;
}

static void dumps_are_filtered_by_kind(void **state)
{
	struct vk_answer answer;
	unsigned int flags;

	(void)state;
	two_cables("mode 1");
	ask(&answer, "bond", 0);
	assert_int_equal(links_in(&answer, &flags), 1);
	assert_true(flags & NLM_F_DUMP_FILTERED);
	ask(&answer, "nokind", 0);
	assert_int_equal(links_in(&answer, &flags), 3);
	assert_false(flags & NLM_F_DUMP_FILTERED);
}

static void a_dump_knows_that_it_was_interrupted(void **state)
{
	static char bytes[VK_DATAGRAM_MAX];
	struct vk_answer answer;
	unsigned int flags;

	(void)state;
	for (int i = 0; i < 20; i++) {
		char line[OP_LINE_MAX];

		(void)snprintf(line, sizeof(line), "add dummy d%d 0 -", i);
		run(line);
	}
	ask(&answer, NULL, 0);
	assert_int_equal(links_in(&answer, &flags), 20);
	assert_false(flags & NLM_F_DUMP_INTR);
	ask(&answer, NULL, 0);
	assert_true(vk_answer(&vk, &answer, bytes) > 0);
	run("delete d19");
	assert_true(links_in(&answer, &flags) < 19);
	assert_true(flags & NLM_F_DUMP_INTR);
}

static void one_link_is_answered_and_acknowledged(void **state)
{
	struct vk_answer answer;
	unsigned int flags;

	(void)state;
	run("add dummy d0 77 -");
	ask(&answer, NULL, 77);
	assert_int_equal(links_in(&answer, &flags), 1);
	run("delete d0");
	assert_int_equal(heard.ifindex, 77);
	ask(&answer, NULL, 77);
	assert_int_equal(links_in(&answer, &flags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(dumps_are_filtered_by_kind),
		TEST(a_dump_knows_that_it_was_interrupted),
		TEST(one_link_is_answered_and_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
