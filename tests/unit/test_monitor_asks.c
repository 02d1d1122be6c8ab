/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Before an event changes the carrier, and while an aggregator has not settled,
 * the kernel is asked what it says now.
 */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "monitor_fixture.h"

/* A bond in 802.3ad whose active aggregator is 1, and a port of it. */
static void put_lacp_bond(int ifindex, uint16_t num_ports)
{
	struct bond_attrs *attrs =
	    &put_bond(&kernel.links, ifindex, BOND_MODE_8023AD, 100)->bond;

	attrs->present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			  BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	attrs->min_links = 1;
	attrs->ad.aggregator = 1;
	attrs->ad.num_ports = num_ports;
	attrs->ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR) |
			    BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS);
}

static struct link_event *put_port(int ifindex, int master, uint16_t aggregator)
{
	struct link_event *port =
	    put_slave(&kernel.links, ifindex, master, UP, BOND_LINK_UP);

	port->slave.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	port->slave.aggregator_id = aggregator;
	return port;
}

/* Bond 10, whose slave 1 stands in the active aggregator. */
static void open_lacp(struct fixture *f, uint16_t num_ports)
{
	put_lacp_bond(10, num_ports);
	(void)put_port(1, 10, 1);
	open_at(f, T0);
}

/* The kernel mends it without a word, and it is seen within a second. */
static void assert_followed(struct fixture *f, enum carrier_reason reason,
			    void (*mend)(void))
{
	assert_reason(bond10(f)->verdict.reason, reason);
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 1000);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 1);
	assert_events(f, "");
	mend();
	run(f, T0 + 1999);
	assert_events(f, "");
	run(f, T0 + 2000);
	assert_events(f, "effectiveUp");
	/* No longer than it is needed. */
	assert_int_equal(monitor_next_ms(f->monitor), T0 + 7000);
}

static void agree(void)
{
	kernel.links.items[1].slave.actor_oper_state =
	    UAPI_LACP_COLLECTING | UAPI_LACP_DISTRIBUTING;
}

static void test_agreement_is_followed(void **state)
{
	struct fixture *f = *state;

	f->options.policy.strict_lacp = true;
	f->options.policy.discrepancy.grace_base_ms = 60000;
	open_lacp(f, 1);
	assert_followed(f, CARRIER_REASON_NOT_DISTRIBUTING, agree);
}

static void enable(void)
{
	kernel.links.items[0].bond.ad.num_ports = 1;
}

static void test_enabled_ports_are_followed(void **state)
{
	struct fixture *f = *state;

	f->options.policy.discrepancy.grace_base_ms = 60000;
	open_lacp(f, 0);
	assert_followed(f, CARRIER_REASON_PORTS_DISABLED, enable);
}

/* Read again at once, and not judged before. */
static void test_torn_is_read_again(void **state)
{
	struct fixture *f = *state;
	struct link_event moved;

	open_lacp(f, 1);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	kernel.torn = 2;
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_int_equal(bond10(f)->slaves[0].attrs.aggregator_id, 1);
	assert_events(f, "");

	/* An event may tear it as well. */
	moved = kernel.links.items[0];
	moved.bond.ad.aggregator = 9;
	(void)link_of_put(&kernel.events, moved);
	run(f, T0 + 2000);
	assert_int_equal(kernel.ones, 4);
	assert_int_equal(bond10(f)->attrs.ad.aggregator, 1);
	assert_events(f, "");
}

/* A port has changed its aggregator without a word. An event that would change
   the carrier is held against what the kernel says now. */
static void test_asks_before_the_carrier_follows(void **state)
{
	struct fixture *f = *state;
	struct link_event *moved;

	open_lacp(f, 1);
	moved = put_port(2, 10, 0);
	run(f, T0 + 5000);
	assert_events(f, "slaveAdded");
	kernel.ones = 0;

	moved->slave.aggregator_id = 2;
	kernel.links.items[1].link.flags = DOWN;
	(void)link_of_put(&kernel.events, kernel.links.items[1]);
	run(f, T0 + 6000);
	assert_int_equal(kernel.ones, 1);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_events(f, "slaveLowerDown");
	/* What follows the event in silence is read as always. */
	assert_int_equal(monitor_next_ms(f->monitor),
			 T0 + 6000 + TRACKER_REREAD_MS);

	/* Nothing changes: nobody is asked. */
	run(f, T0 + 6000 + TRACKER_REREAD_MS);
	kernel.ones = 0;
	(void)link_of_put(&kernel.events, kernel.links.items[2]);
	run(f, T0 + 7000);
	assert_int_equal(kernel.ones, 0);

	/* What a dump shows was read just now. */
	moved->link.flags = DOWN;
	kernel.alls = 0;
	run(f, T0 + 60000);
	assert_int_equal(kernel.alls, 1);
	assert_int_equal(kernel.ones, 0);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_DOWN);
	moved->link.flags = UP;
	run(f, T0 + 120000);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(kernel.ones, 0);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
}

/* The ARP monitor of round-robin takes one slave and gives another in one step.
   The first becomes a backup, which is told; the other one was active though
   not UP, as one enslaved without carrier is, and nothing is told of it. */
static void test_asks_before_arp_takes_the_carrier(void **state)
{
	struct fixture *f = *state;

	put_bond(&kernel.links, 10, BOND_MODE_ROUNDROBIN, 0)
	    ->bond.arp_interval_ms = 100;
	(void)put_slave(&kernel.links, 1, 10, UP, BOND_LINK_UP);
	(void)put_slave(&kernel.links, 2, 10, UP, BOND_LINK_DOWN);
	open_at(f, T0);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);

	kernel.links.items[1].slave.mii_status = BOND_LINK_DOWN;
	kernel.links.items[2].slave.mii_status = BOND_LINK_UP;
	(void)link_of_put(&kernel.events, kernel.links.items[1]);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 1);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_events(f, "");
}

/* Down whatever the aggregators are: no need to ask. */
static void test_asks_nobody_when_all_links_go(void **state)
{
	struct fixture *f = *state;

	open_lacp(f, 1);
	kernel.links.items[1].link.flags = DOWN;
	(void)link_of_put(&kernel.events, kernel.links.items[1]);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 0);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_DOWN);
	assert_events(f, "slaveLowerDown, effectiveDown");
}

/* So many bonds of 802.3ad, each with ports in the aggregators 1, the active
   one, and 2, of which the latter has not been heard of yet. */
static void open_lacp_bonds(struct fixture *f, int count)
{
	for (int i = 0; i < count; i++) {
		put_lacp_bond(10 + i, 1);
		(void)put_port(100 + i, 10 + i, 1);
		(void)put_port(200 + i, 10 + i, 0);
	}
	open_at(f, T0);
}

/* The active ports go; the others have changed their aggregators before. */
static void lose_active_ports(void)
{
	for (size_t i = 0; i < kernel.links.count; i++) {
		struct link_event *link = &kernel.links.items[i];

		if (link->link.ifindex >= 200) {
			link->slave.aggregator_id = 2;
		} else if (link->link.ifindex >= 100) {
			link->link.flags = DOWN;
			(void)link_of_put(&kernel.events, *link);
		}
	}
}

static void test_asks_once_for_many(void **state)
{
	struct fixture *f = *state;

	open_lacp_bonds(f, 17);
	lose_active_ports();
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 0);
	assert_int_equal(kernel.alls, 2);
	assert_int_equal(monitor_counters(f->monitor).resyncs, 1);
	for (size_t i = 0; i < 17; i++)
		assert_carrier(
		    monitor_bonds(f->monitor)->bonds[i].verdict.effective,
		    CARRIER_UP);
}

/* One of those asked for is gone: the next one is asked for all the same. What
   is said meanwhile is heard. */
static void test_asks_for_the_one_behind(void **state)
{
	struct fixture *f = *state;
	const struct bond_set *set;

	open_lacp_bonds(f, 3);
	lose_active_ports();
	kernel.links.items[0] = kernel.links.items[kernel.links.count - 1];
	kernel.links.count--;
	kernel.heard = 0;
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_int_equal(kernel.heard, 2);
	set = monitor_bonds(f->monitor);
	assert_int_equal(set->count, 2);
	assert_carrier(set->bonds[0].verdict.effective, CARRIER_UP);
}

/* A bond that stays torn is not asked for ever. */
static void test_torn_for_good(void **state)
{
	struct fixture *f = *state;

	open_lacp(f, 1);
	kernel.torn = SIZE_MAX;
	(void)put_slave(&kernel.events, 1, 10, UP, BOND_LINK_UP);
	run(f, T0 + 1000);
	assert_int_equal(kernel.ones, 3);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_events(f, "");
	assert_true(monitor_next_ms(f->monitor) > T0 + 1000);
}

/* The kernel enables a port without a word: it is asked before the bond is
   said to be down. */
static void test_asks_before_the_verdict_ends(void **state)
{
	const int64_t plug_ms = T0 + 1000, due_ms = plug_ms + 2 * 132;
	struct fixture *f = *state;

	open_lacp(f, 0);
	assert_reason(bond10(f)->verdict.reason, CARRIER_REASON_PORTS_DISABLED);
	kernel.links.items[1].link.flags = DOWN;
	(void)link_of_put(&kernel.events, kernel.links.items[1]);
	run(f, T0 + 500);
	kernel.links.items[1].link.flags = UP;
	(void)link_of_put(&kernel.events, kernel.links.items[1]);
	run(f, plug_ms);
	run(f, plug_ms + 50);
	assert_events(f, "slaveLowerDown, slaveLowerUp, effectiveUp");
	assert_int_equal(monitor_next_ms(f->monitor), due_ms);

	kernel.links.items[0].bond.ad.num_ports = 1;
	run(f, due_ms);
	assert_carrier(bond10(f)->verdict.effective, CARRIER_UP);
	assert_events(f, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_agreement_is_followed),
		TEST(test_enabled_ports_are_followed),
		TEST(test_torn_is_read_again),
		TEST(test_asks_before_the_carrier_follows),
		TEST(test_asks_before_arp_takes_the_carrier),
		TEST(test_asks_nobody_when_all_links_go),
		TEST(test_asks_once_for_many),
		TEST(test_asks_for_the_one_behind),
		TEST(test_torn_for_good),
		TEST(test_asks_before_the_verdict_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
