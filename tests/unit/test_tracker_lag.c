/* SPDX-License-Identifier: BSD-2-Clause */
/* What changes the tables of IEEE8023-LAG-MIB, and what only root can read. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

/* bond0 (10) in 802.3ad with v1 (1) and v2 (2) in its aggregator. */
static struct link_event lag_of(void)
{
	struct link_event event = bond_of(10, "bond0", 0);

	event.bond.mode = BOND_MODE_8023AD;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE);
	event.bond.ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR);
	event.bond.ad.aggregator = 1;
	event.mac.known = true;
	return event;
}

static struct link_event port_of(int ifindex, const char *name)
{
	struct link_event event = slave_of(ifindex, name, UP, 10);

	event.slave.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) |
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE);
	event.slave.aggregator_id = 1;
	return event;
}

static void dump_lag(struct fixture *f, const struct link_event *bond,
		     const struct link_event *port, int64_t now_ms)
{
	put(f, *bond);
	put(f, *port);
	put(f, port_of(2, "v2"));
	dump(f, 0, now_ms);
}

/* The dump changes IEEE8023-LAG-MIB's tables, the one before did not. */
static void assert_lag_changes(struct fixture *f, const struct link_event *bond,
			       const struct link_event *port)
{
	struct link_event bond_before = lag_of();
	struct link_event port_before = port_of(1, "v1");

	dump_lag(f, &bond_before, &port_before, 2000);
	f->set.lag_changed_ms = 0;
	dump_lag(f, &bond_before, &port_before, 3000);
	assert_int_equal(f->set.lag_changed_ms, 0);
	dump_lag(f, bond ? bond : &bond_before, port ? port : &port_before,
		 4000);
	assert_int_equal(f->set.lag_changed_ms, 4000);
}

static void test_lag_changed_bond(void **state)
{
	struct fixture *f = *state;
	struct link_event bond;

	bond = lag_of();
	bond.bond.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad.partner_mac[5] = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad.partner_key = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.lacp_rate = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.lacp_active = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad_actor_sys_prio = 1;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.bond.ad_actor_system[0] = 2;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.mac.octets[0] = 2;
	assert_lag_changes(f, &bond, NULL);
	bond = lag_of();
	bond.mac.known = false;
	assert_lag_changes(f, &bond, NULL);
	/* Its rows go, with what there was. */
	bond = lag_of();
	bond.bond.mode = BOND_MODE_XOR;
	assert_lag_changes(f, &bond, NULL);
	/* And they come; of two other modes there are none. */
	bond.bond.mode = BOND_MODE_ROUNDROBIN;
	(void)tell(f, bond, 5000);
	assert_int_equal(f->set.lag_changed_ms, 4000);
	bond.bond.mode = BOND_MODE_8023AD;
	(void)tell(f, bond, 6000);
	assert_int_equal(f->set.lag_changed_ms, 6000);
}

static void test_lag_changed_port(void **state)
{
	struct fixture *f = *state;
	struct link_event port;

	port = port_of(1, "v1");
	port.slave.aggregator_id = 2;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.present &= ~SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID);
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.actor_oper_state = 0x3f;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.partner_oper_state = 0x3f;
	assert_lag_changes(f, NULL, &port);
	port = port_of(1, "v1");
	port.slave.actor_port_prio = 1;
	assert_lag_changes(f, NULL, &port);
	/* It is the bond's no more. */
	port = port_of(1, "v1");
	port.master = 20;
	assert_lag_changes(f, NULL, &port);
}

/* What the tables do not show, and what is in no table of that MIB. */
static void test_lag_unchanged(void **state)
{
	struct fixture *f = *state;
	struct link_event bond = lag_of();
	struct link_event port = port_of(1, "v1");

	dump_lag(f, &bond, &port, 1000);
	f->set.lag_changed_ms = 0;
	bond.bond.miimon_ms = 200;
	port.slave.link_failures = 1;
	port.link.flags = DOWN;
	dump_lag(f, &bond, &port, 2000);
	assert_int_equal(f->set.lag_changed_ms, 0);
	put_start(f);
	dump(f, 0, 3000);
	assert_int_equal(f->set.lag_changed_ms, 3000); /* 802.3ad no more */
	put(f, bond_of(10, "bond0", 2));
	put(f, slave_of(2, "v2", UP, 10));
	dump(f, 0, 4000);
	assert_int_equal(f->set.lag_changed_ms, 3000);
	f->set.lag_changed_ms = 0;
	dump(f, 0, 5000); /* nothing is left */
	assert_int_equal(f->set.lag_changed_ms, 0);
}

/* The kernel's own messages have what a reader without CAP_NET_ADMIN does not
   get: taken, it would be gone with the next dump. */
static void test_privileged(void **state)
{
	const uint64_t sys_prio = BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYS_PRIO);
	struct fixture *f = *state;
	struct link_event plain = lag_of();
	struct link_event whole = lag_of();
	const struct bond *bond;

	whole.bond.present |= sys_prio;
	whole.bond.ad_actor_sys_prio = 7;
	put(f, plain);
	dump(f, 0, 1000);
	bond = &f->set.bonds[0];
	f->set.lag_changed_ms = 0;
	(void)tell(f, whole, 2000);
	assert_false(bond->attrs.present & sys_prio);
	assert_int_equal(f->set.lag_changed_ms, 0);
	/* What else it tells is news. */
	whole.bond.lacp_rate = !plain.bond.lacp_rate;
	(void)tell(f, whole, 2500);
	assert_false(bond->attrs.present & sys_prio);
	assert_int_equal(f->set.lag_changed_ms, 2500);
	/* Who gets it in a dump gets the news of it too; but that it can be
	   read now is no change of an option. */
	whole.bond = plain.bond;
	whole.bond.lacp_rate = !plain.bond.lacp_rate;
	whole.bond.present |= sys_prio |
			      BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_ACTOR_SYSTEM);
	whole.bond.ad_actor_sys_prio = 7;
	whole.bond.ad_user_port_key = 3;
	whole.bond.ad_actor_system[5] = 1;
	f->set.table_changed_ms = 0;
	put(f, whole);
	dump(f, 0, 3000);
	assert_int_equal(f->set.table_changed_ms, 0);
	assert_false(bond->restart_grace);
	assert_true(bond->attrs.present & sys_prio);
	assert_int_equal(bond->attrs.ad_actor_sys_prio, 7);
	whole.bond.ad_actor_sys_prio = 8;
	(void)tell(f, whole, 4000);
	assert_int_equal(bond->attrs.ad_actor_sys_prio, 8);
	assert_int_equal(f->set.lag_changed_ms, 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lag_changed_bond),
		TEST(test_lag_changed_port),
		TEST(test_lag_unchanged),
		TEST(test_privileged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
