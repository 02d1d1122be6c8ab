/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of ifStackTable, and which VLANs are among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "bond/bond_set.h"
#include "netlink/linkmsg.h"
#include "sample.h"
#include "sync/stack_build.h"

static struct bond *add_bond(struct bond_set *set, int ifindex)
{
	struct bond *bond = sample_add(set, ifindex);

	bond->link.is_bond = true;
	return bond;
}

static struct slave *add_slave(struct bond_set *set, int bond, int ifindex)
{
	struct slave *slave =
	    sample_add_slave(bond_set_find(set, bond), ifindex);

	slave->link.master = bond;
	return slave;
}

static void add_lower(struct bond_set *set, int ifindex, int lower)
{
	struct link_state link = { .ifindex = ifindex, .lower = lower };

	assert_int_equal(bond_set_put_lower(set, &link), 0);
}

static struct link_event vlan(int ifindex, int lower, int master)
{
	struct link_event event = {
		.kind = LINK_KIND_VLAN,
		.master = master,
		.link = { .ifindex = ifindex, .lower = lower, .master = master }
	};

	return event;
}

/* "higher-lower", in order. */
static void assert_rows(const struct bond_set *set, const char *expected)
{
	struct pairs rows = { 0 };
	char text[512] = "";
	size_t length = 0;

	assert_int_equal(stack_build_rows(&rows, set), 0);
	for (size_t i = 0; i < rows.count; i++)
		length += (size_t)snprintf(
		    text + length, sizeof(text) - length, "%s%d-%d",
		    i ? " " : "", rows.items[i].key, rows.items[i].value);
	pairs_fini(&rows);
	assert_string_equal(text, expected);
}

static void nothing_has_no_rows(void **state)
{
	assert_rows(*state, "");
}

static void a_bond_alone_is_top_and_bottom(void **state)
{
	add_bond(*state, 10);
	assert_rows(*state, "0-10 10-0");
}

static void slaves_are_below_their_bond(void **state)
{
	add_bond(*state, 10);
	add_bond(*state, 4);
	add_slave(*state, 10, 12);
	add_slave(*state, 10, 2);
	assert_rows(*state, "0-4 0-10 2-0 4-0 10-2 10-12 12-0");
}

static void what_a_slave_stands_on_is_below_it(void **state)
{
	add_bond(*state, 10);
	add_slave(*state, 10, 2)->link.lower = 7;
	add_lower(*state, 7, 8);
	add_lower(*state, 8, 0);
	assert_rows(*state, "0-10 2-7 7-8 8-0 10-2");
}

/* Two slaves on one device: it is there once. */
static void nothing_is_there_twice(void **state)
{
	add_bond(*state, 10);
	add_slave(*state, 10, 2)->link.lower = 7;
	add_slave(*state, 10, 3)->link.lower = 7;
	add_lower(*state, 7, 0);
	assert_rows(*state, "0-10 2-7 3-7 7-0 10-2 10-3");
}

static void a_bond_in_a_bridge_is_not_on_top(void **state)
{
	add_bond(*state, 10)->link.master = 30;
	assert_rows(*state, "10-0 30-10");
}

static void a_bond_in_a_bond_has_its_slaves_below(void **state)
{
	add_bond(*state, 10);
	add_bond(*state, 20)->link.master = 10;
	add_slave(*state, 10, 20)->link.is_bond = true;
	add_slave(*state, 20, 2);
	assert_rows(*state, "0-10 2-0 10-20 20-2");
}

/* It may have slaves: nobody knows. */
static void of_an_excluded_bond_no_bottom_is_said(void **state)
{
	add_bond(*state, 10);
	add_slave(*state, 10, 20)->link.is_bond = true;
	assert_rows(*state, "0-10 10-20");
}

static void vlans_of_ours_are_kept_whatever_the_order(void **state)
{
	struct bond_set *set = *state;
	const struct link_event events[] = {
		vlan(50, 40, 0),  /* on a VLAN on a VLAN */
		vlan(40, 60, 30), /* on a VLAN, in a bridge */
		vlan(60, 10, 0),  /* on the bond */
		vlan(70, 2, 0),	  /* on a slave */
		vlan(80, 99, 0),  /* on who knows what */
		vlan(81, 80, 0),  /* and one on that */
		vlan(90, 0, 0),	  /* in another namespace */
	};

	add_bond(set, 10);
	add_slave(set, 10, 2);
	assert_int_equal(stack_build_vlans(set, events, 7), 0);
	assert_true(set->stack.stale);
	assert_int_equal(set->stack.vlan_count, 4);
	assert_rows(set, "0-50 0-70 2-0 10-2 30-40 40-60 50-40 60-10 70-2");

	/* The same once more is nothing new. */
	set->stack.stale = false;
	assert_int_equal(stack_build_vlans(set, events, 7), 0);
	assert_false(set->stack.stale);
	assert_int_equal(stack_build_vlans(set, events, 6), 0);
	assert_false(set->stack.stale);
	/* Without the first: it is gone. */
	assert_int_equal(stack_build_vlans(set, events + 1, 6), 0);
	assert_true(set->stack.stale);
	assert_rows(set, "0-70 2-0 10-2 30-40 40-60 60-10 70-2");
}

static void others_are_no_vlans(void **state)
{
	struct bond_set *set = *state;
	struct link_event events[] = { vlan(50, 10, 0), vlan(51, 10, 0) };

	add_bond(set, 10);
	events[0].kind = LINK_KIND_MACVLAN;
	events[1].gone = true;
	assert_int_equal(stack_build_vlans(set, events, 2), 0);
	assert_int_equal(set->stack.vlan_count, 0);
}

/* All that its message says is that it is there. */
static void one_that_cannot_be_read_stays(void **state)
{
	struct bond_set *set = *state;
	struct link_event event = vlan(50, 10, 0);

	add_bond(set, 10);
	assert_int_equal(stack_build_vlans(set, &event, 1), 0);
	event = (struct link_event){ .link = { .ifindex = 50,
					       .distrusted = true } };
	assert_int_equal(stack_build_vlans(set, &event, 1), 0);
	assert_rows(set, "0-50 10-0 50-10");
	event.link.ifindex = 51; /* this one was never known */
	assert_int_equal(stack_build_vlans(set, &event, 1), 0);
	assert_rows(set, "0-10 10-0");
}

/* VLANs in a ring can't be, and stand on nothing of ours. */
static void a_ring_ends(void **state)
{
	struct bond_set *set = *state;
	const struct link_event events[] = { vlan(50, 51, 0), vlan(51, 50, 0),
					     vlan(52, 52, 0) };

	add_bond(set, 10);
	assert_int_equal(stack_build_vlans(set, events, 3), 0);
	assert_int_equal(set->stack.vlan_count, 0);
}

static void the_next_row_is_found(void **state)
{
	struct bond_set *set = *state;
	const struct pair *row;
	static const struct {
		int64_t from[2];
		int found[2]; /* 0, 0: none */
	} cases[] = {
		{ { 0, 0 }, { 0, 10 } },
		{ { 0, 10 }, { 0, 10 } },
		{ { 0, 11 }, { 2, 0 } },
		{ { 1, UINT32_MAX }, { 2, 0 } },
		{ { 2, 1 }, { 10, 2 } },
		{ { 10, 2 }, { 10, 2 } },
		{ { 10, 3 }, { 0, 0 } },
		{ { UINT32_MAX, INT64_C(1) << 32 }, { 0, 0 } },
	};

	add_bond(set, 10);
	add_slave(set, 10, 2);
	assert_null(pairs_at(&set->stack.rows, 0, 0));
	assert_int_equal(stack_build_rows(&set->stack.rows, set), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		row = pairs_at(&set->stack.rows, cases[i].from[0],
			       cases[i].from[1]);
		assert_int_equal(row ? row->key : 0, cases[i].found[0]);
		assert_int_equal(row ? row->value : 0, cases[i].found[1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_SET_TEST(nothing_has_no_rows),
		SAMPLE_SET_TEST(a_bond_alone_is_top_and_bottom),
		SAMPLE_SET_TEST(slaves_are_below_their_bond),
		SAMPLE_SET_TEST(what_a_slave_stands_on_is_below_it),
		SAMPLE_SET_TEST(nothing_is_there_twice),
		SAMPLE_SET_TEST(a_bond_in_a_bridge_is_not_on_top),
		SAMPLE_SET_TEST(a_bond_in_a_bond_has_its_slaves_below),
		SAMPLE_SET_TEST(of_an_excluded_bond_no_bottom_is_said),
		SAMPLE_SET_TEST(vlans_of_ours_are_kept_whatever_the_order),
		SAMPLE_SET_TEST(others_are_no_vlans),
		SAMPLE_SET_TEST(one_that_cannot_be_read_stays),
		SAMPLE_SET_TEST(a_ring_ends),
		SAMPLE_SET_TEST(the_next_row_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
