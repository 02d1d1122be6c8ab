/* SPDX-License-Identifier: BSD-2-Clause */
/* Since when things are as they are, and what makes a grace begin again. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tracker_fixture.h"

static void test_grace_restarts(void **state)
{
	struct fixture *f = *state;
	struct link_event event = bond_of(10, "bond0", 1);
	struct bond *bond;

	start(f);
	bond = &f->set.bonds[0];
	event.link.flags = 0;
	(void)tell(f, event, 2000);
	assert_false(bond->restart_grace);
	event.link.flags = UP;
	(void)tell(f, event, 2100);
	assert_true(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 0);

	bond->restart_grace = false;
	event.bond.miimon_ms = 50;
	(void)tell(f, event, 2200);
	assert_true(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 2200);

	/* State is no option; nor is what only root is told. */
	bond->restart_grace = false;
	event.bond.ad.aggregator = 3;
	event.bond.ad.present = 2;
	event.bond.ad_user_port_key = 7;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO) |
			      BOND_ATTR_BIT(IFLA_BOND_AD_USER_PORT_KEY);
	bond->changed = false;
	(void)tell(f, event, 2300);
	assert_true(bond->changed);
	assert_false(bond->restart_grace);
	assert_int_equal(f->set.table_changed_ms, 2200);
	assert_int_equal(bond->attrs.ad.aggregator, 3);
}

/* Since when the driver may be counting an updelay. */
static void test_held_since(void **state)
{
	static const struct {
		int mii;
		unsigned int flags;
		int64_t at_ms;
		int64_t held_ms;
	} rows[] = {
		{ BOND_LINK_DOWN, DOWN, 2000, 0 },
		{ BOND_LINK_DOWN, UP, 3000, 3000 },
		{ BOND_LINK_BACK, UP, 4000, 3000 },
		{ BOND_LINK_DOWN, UP, 5000, 3000 },
		{ BOND_LINK_UP, UP, 6000, 0 },
		{ BOND_LINK_BACK, UP, 7000, 7000 },
		{ BOND_LINK_BACK, DOWN, 8000, 0 },
		{ BOND_LINK_BACK, UP, 9000, 9000 },
		{ BOND_LINK_FAIL, UP, 10000, 0 },
		{ BOND_LINK_BACK, UP, 11000, 11000 },
		{ -1, UP, 12000, 0 },
	};
	struct fixture *f = *state;

	start(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct link_event event = slave_of(1, "v1", rows[i].flags, 10);

		if (rows[i].mii < 0)
			event.slave.present = 0;
		else
			event.slave.mii_status = (uint8_t)rows[i].mii;
		(void)tell(f, event, rows[i].at_ms);
		assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms,
				 rows[i].held_ms);
	}
}

/* Nobody counts while the bond is down, or with another interval. */
static void test_held_since_the_monitor_began(void **state)
{
	struct fixture *f = *state;
	struct link_event slave = slave_of(1, "v1", UP, 10);
	struct link_event bond = bond_of(10, "bond0", 1);

	start(f);
	slave.slave.mii_status = BOND_LINK_BACK;
	bond.link.flags = 0;
	(void)tell(f, bond, 2000);
	(void)tell(f, slave, 3000);
	bond.link.flags = UP;
	(void)tell(f, bond, 4000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 4000);
	bond.bond.miimon_ms *= 2;
	(void)tell(f, bond, 5000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 5000);
	(void)tell(f, bond, 6000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 5000);
	bond.bond.updelay_ms = 300;
	(void)tell(f, bond, 7000);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 7000);
	/* Other options leave the monitor alone. */
	bond.bond.xmit_hash_policy ^= 1;
	bond.bond.downdelay_ms = 300;
	(void)tell(f, bond, 8000);
	assert_true(f->set.bonds[0].restart_grace);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 7000);
	/* Every one that is held, and nobody else. */
	assert_int_equal(bond_slave(&f->set.bonds[0], 2)->held_ms, 0);
	slave = slave_of(2, "v2", UP, 10);
	slave.slave.mii_status = BOND_LINK_DOWN;
	(void)tell(f, slave, 9000);
	bond.bond.miimon_ms *= 2;
	(void)tell(f, bond, 9500);
	assert_int_equal(bond_slave(&f->set.bonds[0], 1)->held_ms, 9500);
	assert_int_equal(bond_slave(&f->set.bonds[0], 2)->held_ms, 9500);
}

/* When the driver enabled the slave's port, as far as it was seen. */
static void test_enabled_at(void **state)
{
	static const struct {
		uint8_t mii;
		int64_t at_ms;
		int64_t enabled_ms;
	} rows[] = {
		{ BOND_LINK_UP, 2000, 0 },
		{ BOND_LINK_DOWN, 3000, 0 },
		{ BOND_LINK_BACK, 4000, 0 },
		{ BOND_LINK_UP, 5000, 5000 },
		{ BOND_LINK_FAIL, 6000, 5000 },
		{ BOND_LINK_UP, 7000, 5000 },
		{ BOND_LINK_DOWN, 8000, 0 },
		{ BOND_LINK_UP, 9000, 9000 },
		/* Of a slave that is DOWN, without a known speed. */
		{ BOND_LINK_DOWN, 10000, 0 },
		{ BOND_LINK_FAIL, 11000, INT64_MAX },
		{ BOND_LINK_FAIL, 12000, INT64_MAX },
		{ BOND_LINK_UP, 13000, 13000 },
		{ BOND_LINK_FAIL, 14000, 13000 },
		{ BOND_LINK_DOWN, 15000, 0 },
		{ BOND_LINK_FAIL, 16000, INT64_MAX },
		{ BOND_LINK_DOWN, 17000, 0 },
	};
	struct fixture *f = *state;

	start(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct link_event event = slave_of(1, "v1", UP, 10);

		event.slave.mii_status = rows[i].mii;
		(void)tell(f, event, rows[i].at_ms);
		assert_int_equal(bond_slave(&f->set.bonds[0], 1)->enabled_ms,
				 rows[i].enabled_ms);
	}
}

static struct link_event ports_of(int ifindex, uint16_t num_ports)
{
	struct link_event event = bond_of(ifindex, "bond0", 0);

	event.bond.mode = BOND_MODE_8023AD;
	event.bond.present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	event.bond.ad.present = BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS);
	event.bond.ad.num_ports = num_ports;
	return event;
}

/* Since when the active aggregator has no port, as far as it was seen. */
static void test_no_ports_since(void **state)
{
	struct fixture *f = *state;
	const struct bond *bond;

	put(f, ports_of(10, 0));
	dump(f, 0, 1000);
	bond = bond_set_get(&f->set, 10);
	assert_non_null(bond);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 2000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 1), 3000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 4000);
	(void)tell(f, ports_of(10, 0), 5000);
	assert_int_equal(bond->no_ports_since_ms, 4000);
	(void)tell(f, bond_of(10, "bond0", 0), 6000);
	assert_int_equal(bond->no_ports_since_ms, 0);
	(void)tell(f, ports_of(10, 0), 7000);
	assert_int_equal(bond->no_ports_since_ms, 7000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_grace_restarts),
		TEST(test_held_since),
		TEST(test_held_since_the_monitor_began),
		TEST(test_enabled_at),
		TEST(test_no_ports_since),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
