/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual kernel by itself: what must hold whatever the driver does. And
   the oracle on it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "oracle.h"
#include "vk_fixture.h"

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
	assert_true(heard.messages > 20000);
	return heard.hash;
}

static void the_same_seed_is_the_same_world(void **state)
{
	uint64_t first = hash_of(5);

	(void)state;
	assert_true(hash_of(5) == first);
	assert_true(hash_of(6) != first);
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
	before = heard.messages;
	run("wait 500");
	assert_int_equal(vk.links[vk_find(&vk, "v1")].slave.link, VK_FAIL);
	assert_int_equal(heard.messages, before);
	run("wait 1000");
	assert_int_equal(vk.links[vk_find(&vk, "v1")].slave.link, VK_DOWN);
	assert_true(heard.messages > before);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_are_read_back),
		TEST(nonsense_is_refused),
		TEST(the_same_seed_is_the_same_world),
		TEST(a_dead_active_slave_loses_all),
		TEST(a_partner_out_of_sync_takes_nothing),
		TEST(two_switches_never_drop_the_carrier),
		TEST(strict_lacp_counts_what_distributes),
		TEST(leftover_bits_are_not_believed),
		TEST(fail_is_silent),
		TEST(who_rests_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
