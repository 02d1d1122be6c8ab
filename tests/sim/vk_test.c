/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual kernel by itself: what must hold whatever the driver does. And
   the oracle on it. */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ops.h"
#include "oracle.h"
#include "vk_internal.h"

static struct vk vk; /* too large for a stack */

/* What was told: how much, a hash of it, the last message. */
static struct {
	unsigned int messages;
	uint64_t hash;
	int ifindex;
} told;

static void hear(void *ctx, const void *bytes, size_t length)
{
	const struct nlmsghdr *nlh = bytes;
	const struct ifinfomsg *info = NLMSG_DATA(nlh);
	const struct rtattr *attr = IFLA_RTA(info);
	int rest = (int)length - (int)NLMSG_SPACE(sizeof(*info));

	(void)ctx;
	assert_int_equal(nlh->nlmsg_len, length);
	assert_true(length <= VK_MESSAGE_MAX);
	for (; RTA_OK(attr, rest); attr = RTA_NEXT(attr, rest))
		;
	assert_int_equal(rest, 0);
	for (size_t i = 0; i < length; i++)
		told.hash = (told.hash ^ ((const uint8_t *)bytes)[i]) *
			    UINT64_C(0x100000001B3);
	told.messages++;
	told.ifindex = info->ifi_index;
}

static int begin(void **state)
{
	(void)state;
	vk_init(&vk, 0, 1000);
	memset(&told, 0, sizeof(told));
	vk.sink = hear;
	return 0;
}

static void run(const char *line)
{
	struct op op;

	assert_int_equal(op_parse(line, &op), 0);
	assert_int_equal(op_apply(&vk, &op), 0);
}

static void lines_are_read_back(void **state)
{
	char line[OP_LINE_MAX], again[OP_LINE_MAX];
	uint64_t rng = 7;
	bool seen[OP_KINDS] = { false };

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct op op, copy;

		op_random(&rng, &vk, &op);
		assert_true(op_print(&op, line, sizeof(line)) < sizeof(line));
		assert_int_equal(op_parse(line, &copy), 0);
		(void)op_print(&copy, again, sizeof(again));
		assert_string_equal(line, again);
		assert_int_equal(copy.kind, op.kind);
		(void)op_apply(&vk, &copy);
		seen[op.kind] = true;
	}
	for (int kind = OP_ADD; kind < OP_KINDS; kind++)
		assert_true(seen[kind]);
}

static void nonsense_is_refused(void **state)
{
	static const char *const lines[] = { "",
					     "fly v0",
					     "admin v0",
					     "wait",
					     "option b0 nothing 1",
					     "rename v0 a b",
					     "wait x",
					     "delete a-name-that-is-too-long" };
	struct op op;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(op_parse(lines[i], &op), -EINVAL);
}

static uint64_t hash_of(uint64_t rng)
{
	(void)begin(NULL);
	for (int i = 0; i < 20000; i++) {
		struct op op;

		op_random(&rng, &vk, &op);
		(void)op_apply(&vk, &op);
		vk_advance(&vk, vk.now_ms + op_below(&rng, 300));
	}
	assert_true(told.messages > 20000);
	return told.hash;
}

static void the_same_seed_is_the_same_world(void **state)
{
	uint64_t first = hash_of(5);

	(void)state;
	assert_true(hash_of(5) == first);
	assert_true(hash_of(6) != first);
}

static void two_cables(const char *options)
{
	char line[OP_LINE_MAX];

	run("add veth v0 0 - answers 1 1 fast hears");
	run("add veth v1 0 - answers 1 1 fast hears");
	(void)snprintf(line, sizeof(line), "add-bond b0 0 %s", options);
	run(line);
	run("enslave v0 b0");
	run("enslave v1 b0");
	run("admin b0 1");
	run("settle");
}

static struct vk_truth truth(void)
{
	struct vk_truth out;

	vk_truth(&vk, vk_find(&vk, "b0"), &out);
	return out;
}

static bool carrier(void)
{
	return vk.links[vk_find(&vk, "b0")].carrier;
}

/* Recipe d: nothing makes the bond leave its dead active slave. */
static void a_dead_active_slave_loses_all(void **state)
{
	(void)state;
	two_cables("mode 1");
	assert_true(truth().out && truth().all_out);
	run("wire v0 0");
	run("settle");
	assert_true(carrier());
	assert_false(truth().out);
	assert_int_equal(truth().sinks, 1);
	run("option b0 miimon 100");
	run("settle");
	assert_true(truth().out);
}

/* Row 43: the carrier stays, and no frame passes. */
static void a_partner_out_of_sync_takes_nothing(void **state)
{
	(void)state;
	two_cables("mode 4 miimon 100 lacp_rate 1");
	assert_int_equal(truth().serving, 2);
	run("partner v0 unsync 1 1 fast hears");
	run("partner v1 unsync 1 1 fast hears");
	run("settle");
	assert_true(carrier());
	assert_false(truth().out);
	assert_int_equal(truth().sending, 0);
}

/* Row 40: another aggregator takes over in the same commit. */
static void two_switches_never_drop_the_carrier(void **state)
{
	(void)state;
	two_cables("mode 4 miimon 100 lacp_rate 1");
	run("partner v1 answers 2 1 fast hears");
	run("settle");
	assert_int_equal(truth().serving, 1);
	run("wire v0 0");
	for (int i = 0; i < 1000; i++) {
		run("wait 5");
		assert_true(carrier());
	}
	assert_int_equal(truth().serving, 1);
}

/* 7.2: what distributes is compared with min_links, as it is. */
static void strict_lacp_counts_what_distributes(void **state)
{
	(void)state;
	vk.version = 702;
	two_cables("mode 4 miimon 100 lacp_rate 1 min_links 1");
	run("option b0 lacp_strict 1");
	assert_true(carrier());
	run("partner v0 unsync 1 1 fast hears");
	run("partner v1 unsync 1 1 fast hears");
	run("settle");
	assert_false(carrier());
	run("option b0 min_links 0");
	assert_true(carrier());
}

/* Watches the world for that long, and what the oracle says meanwhile. */
static unsigned int watched(struct oracle *oracle, int wait_ms)
{
	unsigned int says = 0;

	for (int ms = 0; ms < wait_ms; ms += 5) {
		oracle_observe(oracle);
		says |= oracle_effective(oracle, vk_find(&vk, "b0"));
		run("wait 5");
	}
	return says;
}

/* The bits of a port that was disabled are left over: nothing has been agreed
   on since. */
static void leftover_bits_are_not_believed(void **state)
{
	static struct oracle oracle;
	const struct vk_port *port;

	(void)state;
	oracle = (struct oracle){ .vk = &vk, .strict = true };
	two_cables("mode 4 miimon 100 lacp_rate 1");
	port = &vk.links[vk_find(&vk, "v0")].slave.port;
	assert_int_equal(watched(&oracle, 1000), ORACLE_UP);
	run("wire v0 0");
	run("wire v1 0");
	(void)watched(&oracle, 1000);
	assert_false(port->enabled);
	assert_int_equal(port->actor_state & 0x30, 0x30);
	run("partner v0 silent 1 1 fast hears");
	run("partner v1 silent 1 1 fast hears");
	run("wire v0 1");
	assert_int_equal(watched(&oracle, 10), ORACLE_DOWN);
	assert_int_equal(port->actor_state & 0x30, 0x30);
	assert_int_equal(watched(&oracle, 5000), ORACLE_DOWN);
	/* One that talks is believed once it has been heard. */
	run("wire v0 0");
	run("partner v0 answers 1 1 fast hears");
	(void)watched(&oracle, 1000);
	run("wire v0 1");
	assert_int_equal(watched(&oracle, 500), ORACLE_DOWN);
	(void)watched(&oracle, 10000);
	assert_int_equal(watched(&oracle, 1000), ORACLE_UP);
}

static void fail_is_silent(void **state)
{
	unsigned int before;

	(void)state;
	two_cables("mode 1 miimon 100 downdelay 1000");
	run("wire v1 0");
	run("wait 50"); /* linkwatch speaks */
	before = told.messages;
	run("wait 500");
	assert_int_equal(vk.links[vk_find(&vk, "v1")].slave.link, VK_FAIL);
	assert_int_equal(told.messages, before);
	run("wait 1000");
	assert_int_equal(vk.links[vk_find(&vk, "v1")].slave.link, VK_DOWN);
	assert_true(told.messages > before);
}

static void who_rests_is_not_touched(void **state)
{
	uint64_t before, after;

	(void)state;
	two_cables("mode 4 miimon 100");
	run("add-bond b1 0 mode 1 miimon 100");
	(void)vk_touched(&vk, vk_find(&vk, "b0"), &before);
	run("add veth v2 0 - silent 1 1 slow hears");
	run("enslave v2 b1");
	run("delete b1");
	run("wait 100000");
	(void)vk_touched(&vk, vk_find(&vk, "b0"), &after);
	assert_int_equal(before, after);
}

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
	assert_int_equal(told.ifindex, 77);
	ask(&answer, NULL, 77);
	assert_int_equal(links_in(&answer, &flags), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(lines_are_read_back, begin),
		cmocka_unit_test_setup(nonsense_is_refused, begin),
		cmocka_unit_test_setup(the_same_seed_is_the_same_world, begin),
		cmocka_unit_test_setup(a_dead_active_slave_loses_all, begin),
		cmocka_unit_test_setup(a_partner_out_of_sync_takes_nothing,
				       begin),
		cmocka_unit_test_setup(two_switches_never_drop_the_carrier,
				       begin),
		cmocka_unit_test_setup(strict_lacp_counts_what_distributes,
				       begin),
		cmocka_unit_test_setup(leftover_bits_are_not_believed, begin),
		cmocka_unit_test_setup(fail_is_silent, begin),
		cmocka_unit_test_setup(who_rests_is_not_touched, begin),
		cmocka_unit_test_setup(dumps_are_filtered_by_kind, begin),
		cmocka_unit_test_setup(a_dump_knows_that_it_was_interrupted,
				       begin),
		cmocka_unit_test_setup(one_link_is_answered_and_acknowledged,
				       begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
