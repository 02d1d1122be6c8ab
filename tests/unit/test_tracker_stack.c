/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes the rows of ifStackTable stale, or the VLANs among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

/* Have the rows, or the VLANs, to be looked at? From now on not any more. */
static int stale(struct fixture *f)
{
	struct if_stack *stack = &f->set.stack;
	int found = stack->stale + 2 * stack->vlans_stale;

	stack->stale = false;
	stack->vlans_stale = false;
	return found;
}

/* Whatever comes, goes or moves; and nothing else. */
static void test_stack_stale(void **state)
{
	struct fixture *f = *state;
	struct link_event event;

	f->set.stack.wanted = true;
	start(f);
	assert_int_equal(stale(f), 3);
	put(f, bond_of(10, "bond0", 2));
	put(f, slave_of(1, "v1", DOWN, 10));
	put(f, slave_of(2, "renamed", UP, 10));
	dump(f, 0, 2000);
	assert_int_equal(stale(f), 0);

	put(f, bond_of(10, "bond0", 2)); /* v2 is released */
	put(f, slave_of(1, "v1", DOWN, 10));
	dump(f, 10, 3000);
	assert_int_equal(stale(f), 3);
	event = bond_of(10, "bond0", 2); /* a bridge takes the bond */
	event.master = event.link.master = 30;
	tell(f, event, 4000);
	assert_int_equal(stale(f), 3);
	tell(f, event, 4000);
	assert_int_equal(stale(f), 0);
	event = slave_of(1, "v1", DOWN, 10);
	event.link.lower = 7;
	tell(f, event, 5000);
	assert_int_equal(stale(f), 3);

	put(f, link_of(3, "eth3", UP)); /* the bond has gone */
	dump(f, 0, 6000);
	assert_int_equal(stale(f), 3);

	put(f, bond_of(10, "bond0", 0)); /* one without slaves comes, goes */
	dump(f, 0, 7000);
	(void)stale(f);
	dump(f, 0, 8000);
	assert_int_equal(stale(f), 3);
}

/* The devices below slaves are in the stack as well: by their place. */
static void test_stack_of_lowers(void **state)
{
	struct fixture *f = *state;
	struct link_event eth6 = link_of(6, "eth6", UP);

	f->set.stack.wanted = true;
	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		dump(f, 0, 1000);
		assert_int_equal(stale(f) & 1, pass == 0);
	}
	(void)tell(f, link_of(6, "eth6", DOWN), 2000);
	assert_int_equal(stale(f) & 1, 0);
	put_lowers(f, UP);
	dump(f, 0, 2050);
	assert_int_equal(stale(f) & 1, 0);
	for (int pass = 0; pass < 2; pass++) {
		eth6.link.master = 30; /* a bridge takes it */
		if (pass)
			eth6.link.lower = 7; /* it stands on another one */
		(void)tell(f, eth6, 3000);
		assert_int_equal(stale(f) & 1, 1);
		(void)tell(f, eth6, 3000);
		assert_int_equal(stale(f) & 1, 0);
	}
	for (int pass = 0; pass < 2; pass++) {
		put_lowers(f, UP);
		f->batch.items[3].link.lower = pass ? 0 : 7;
		dump(f, 0, 4000);
		assert_int_equal(stale(f) & 1, 1);
	}
}

static void test_stack_vlans(void **state)
{
	struct fixture *f = *state;
	struct link_event event = link_of_vlan(50, "vlan", 10);

	start(f);
	(void)stale(f);
	tell(f, event, 2000); /* nobody wants it */
	assert_int_equal(stale(f), 0);
	f->set.stack.wanted = true;
	tell(f, event, 2000);
	assert_int_equal(stale(f), 2);
	tell(f, link_of_vlan(50, "vlan", 1), 2000); /* on a slave */
	assert_int_equal(stale(f), 2);
	tell(f, link_of_vlan(50, "vlan", 77), 2000); /* on none of ours */
	tell(f, link_of_vlan(50, "vlan", 0),
	     2000); /* on one in another namespace */
	event.kind = LINK_KIND_MACVLAN;
	tell(f, event, 2000);
	assert_int_equal(stale(f), 0);

	put(f, link_of_vlan(50, "vlan", 10));
	assert_int_equal(tracker_vlans(&f->tracker, &f->batch), 0);
	link_batch_clear(&f->batch);
	assert_int_equal(stale(f), 1);
	tell(f, link_of_vlan(50, "vlan", 10), 3000); /* as it is known */
	assert_int_equal(stale(f), 0);
	tell(f, link_of_vlan(51, "vlan", 50), 3000); /* on that one */
	assert_int_equal(stale(f), 2);
	event = link_of_vlan(50, "vlan", 10);
	event.master = event.link.master = 30;
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
	event = link_of_vlan(50, "vlan", 10);
	event.gone = true;
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
	event = (struct link_event){ .link = { .ifindex = 50,
					       .distrusted = true } };
	tell(f, event, 3000);
	assert_int_equal(stale(f), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_stack_stale),
		TEST(test_stack_of_lowers),
		TEST(test_stack_vlans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
