/* SPDX-License-Identifier: BSD-2-Clause */
/* A bond and its slaves in the words of IEEE 802.3ad. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "mib/lag.h"

#define ID	     SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID)
#define ACTOR	     SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE)
#define PARTNER	     SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE)
#define ALL	     (ID | ACTOR | PARTNER)

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Aggregator 1 is the active one. */
static struct bond bond_of(struct slave *slaves, size_t count)
{
	struct bond bond = {
		.link = { .ifindex = 10 },
		.attrs = { .present = BOND_ATTR_BIT(IFLA_BOND_MODE) |
				      BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE) |
				      BOND_ATTR_BIT(IFLA_BOND_AD_INFO),
			   .mode = BOND_MODE_8023AD,
			   .ad = { .present = BOND_AD_INFO_BIT(
				       IFLA_BOND_AD_INFO_AGGREGATOR),
				   .aggregator = 1 } },
		.slaves = slaves,
		.slave_count = count,
	};

	return bond;
}

static struct slave port(int ifindex, uint32_t present, uint16_t aggregator,
			 uint8_t actor, uint16_t partner)
{
	struct slave slave = {
		.link = { .ifindex = ifindex },
		.attrs = { .present = present,
			   .aggregator_id = aggregator,
			   .actor_oper_state = actor,
			   .partner_oper_state = partner },
	};

	return slave;
}

/* States of Actor_State and Partner_State: 802.3ad-2000, 43.4.2.2. */
static void test_port(void **state)
{
	static const struct {
		uint32_t present;
		uint16_t aggregator;
		uint8_t actor;
		enum lag_tristate selected, attached, aggregatable;
	} rows[] = {
		/* collecting and distributing */
		{ ALL, 1, 0x3d, LAG_YES, LAG_YES, LAG_YES },
		/* attached, the partner not yet in sync; link down */
		{ ALL, 1, 0x0d, LAG_YES, LAG_YES, LAG_YES },
		/* waiting */
		{ ALL, 1, 0x05, LAG_YES, LAG_NO, LAG_YES },
		/* in an aggregator of its own */
		{ ALL, 2, 0x45, LAG_NO, LAG_NO, LAG_YES },
		{ ALL, 2, 0x4d, LAG_NO, LAG_NO, LAG_YES },
		/* in none: the kernel tells nothing of it */
		{ 0, 0, 0, LAG_NO, LAG_NO, LAG_UNKNOWN },
		{ ID, 1, 0x3d, LAG_YES, LAG_UNKNOWN, LAG_UNKNOWN },
		{ ALL, 1, 0x09, LAG_YES, LAG_YES, LAG_NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slave slave = port(1, rows[i].present,
					  rows[i].aggregator, rows[i].actor, 0);
		struct bond bond = bond_of(&slave, 1);

		assert_int_equal(lag_selected(&bond, &slave), rows[i].selected);
		assert_int_equal(lag_attached(&bond, &slave), rows[i].attached);
		assert_int_equal(lag_aggregatable(&slave),
				 rows[i].aggregatable);
	}
}

static void test_not_known(void **state)
{
	struct slave slave = port(1, ALL, 0, 0x3d, 0x3d);
	struct bond bond = bond_of(&slave, 1);

	(void)state;
	slave.attrs.aggregator_id = 1;
	slave.link.distrusted = true;
	assert_int_equal(lag_selected(&bond, &slave), LAG_UNKNOWN);
	assert_int_equal(lag_attached(&bond, &slave), LAG_UNKNOWN);
	assert_int_equal(lag_aggregatable(&slave), LAG_UNKNOWN);
	slave.link.distrusted = false;
	bond.link.distrusted = true;
	assert_int_equal(lag_attached(&bond, &slave), LAG_UNKNOWN);
	bond.link.distrusted = false;
	assert_int_equal(lag_attached(&bond, &slave), LAG_YES);
	/* An aggregator without a number; none. */
	bond.attrs.ad.present = 0;
	assert_int_equal(lag_attached(&bond, &slave), LAG_UNKNOWN);
	bond.attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	assert_int_equal(lag_attached(&bond, &slave), LAG_NO);
	slave.attrs.aggregator_id = 0;
	assert_int_equal(lag_attached(&bond, &slave), LAG_NO);
}

static void test_aggregate(void **state)
{
	static const struct {
		struct {
			uint32_t present;
			uint16_t aggregator;
			uint8_t actor;
			uint16_t partner;
		} ports[2];
		enum lag_tristate aggregate;
	} rows[] = {
		{ { { ALL, 1, 0x3d, 0x3d }, { ALL, 1, 0x3d, 0x3d } }, LAG_YES },
		/* nobody answers */
		{ { { ALL, 1, 0x4d, 0x00 }, { ALL, 2, 0x45, 0x00 } }, LAG_NO },
		/* a partner that does not aggregate */
		{ { { ALL, 1, 0x3d, 0x39 }, { ALL, 2, 0x3d, 0x3d } }, LAG_NO },
		{ { { ALL, 1, 0x39, 0x3d }, { 0, 0, 0, 0 } }, LAG_NO },
		{ { { ID, 1, 0x3d, 0x3d }, { ALL, 1, 0x3d, 0x3d } }, LAG_YES },
		/* nothing is known of it, and nobody is in it */
		{ { { ID | ACTOR, 1, 0x3d, 0x3d }, { 0, 0, 0, 0 } },
		  LAG_UNKNOWN },
		{ { { ALL, 2, 0x3d, 0x3d }, { ALL, 3, 0x3d, 0x3d } },
		  LAG_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slave slaves[2];
		struct bond bond;

		for (int s = 0; s < 2; s++)
			slaves[s] = port(s + 1, rows[i].ports[s].present,
					 rows[i].ports[s].aggregator,
					 rows[i].ports[s].actor,
					 rows[i].ports[s].partner);
		bond = bond_of(slaves, 2);
		assert_int_equal(lag_aggregate(&bond), rows[i].aggregate);
	}
}

static void test_admin_state(void **state)
{
	static const struct {
		int active; /* the option lacp_active; -1: there is none */
		uint8_t rate, oper, admin;
	} rows[] = {
		{ 1, 0, 0x3d, 0x05 },  { 1, 1, 0x3d, 0x07 },
		{ 0, 0, 0x3d, 0x04 },  { 0, 1, 0x3f, 0x06 },
		{ -1, 0, 0x3d, 0x05 }, { -1, 0, 0x3c, 0x04 },
		{ -1, 1, 0xc5, 0x07 }, { 1, 0, 0x39, 0x01 },
	};
	uint8_t admin;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slave slave = port(1, ALL, 1, rows[i].oper, 0);
		struct bond bond = bond_of(&slave, 1);

		bond.attrs.lacp_rate = rows[i].rate;
		if (rows[i].active >= 0) {
			bond.attrs.present |=
			    BOND_ATTR_BIT(UAPI_BOND_AD_LACP_ACTIVE);
			bond.attrs.lacp_active = (uint8_t)rows[i].active;
		}
		assert_true(lag_admin_state(&bond, &slave, &admin));
		assert_int_equal(admin, rows[i].admin);
		slave.attrs.present = ID;
		assert_false(lag_admin_state(&bond, &slave, &admin));
		slave.attrs.present = ALL;
		bond.attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE);
		assert_false(lag_admin_state(&bond, &slave, &admin));
	}
}

static void test_port_list(void **state)
{
	struct slave slaves[] = {
		port(1, ALL, 1, 0x3d, 0x3d),  port(3, ALL, 2, 0x4d, 0x3d),
		port(8, ALL, 1, 0x0d, 0x3d),  port(9, ALL, 1, 0x3d, 0x3d),
		port(16, ALL, 1, 0x05, 0x3d), port(24, ALL, 1, 0x3d, 0x3d),
	};
	const unsigned char whole[] = { 0x81, 0x80, 0x01 };
	struct bond bond = bond_of(slaves, COUNT(slaves));
	unsigned char octets[4];
	size_t length;

	(void)state;
	memset(octets, 0xff, sizeof(octets));
	assert_true(lag_port_list(&bond, octets, 3, &length));
	assert_int_equal(length, 3);
	assert_memory_equal(octets, whole, 3);
	assert_int_equal(octets[3], 0xff);
	/* One does not fit, or may be in it: no list rather than a part. */
	assert_false(lag_port_list(&bond, octets, 2, &length));
	slaves[5].link.ifindex = INT32_MAX;
	assert_false(lag_port_list(&bond, octets, 4, &length));
	slaves[5].attrs.aggregator_id = 9;
	assert_true(lag_port_list(&bond, octets, 4, &length));
	assert_int_equal(length, 2);
	slaves[1].link.distrusted = true;
	assert_false(lag_port_list(&bond, octets, 4, &length));
	bond.slave_count = 0;
	assert_true(lag_port_list(&bond, octets, 4, &length));
	assert_int_equal(length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_port),
		cmocka_unit_test(test_not_known),
		cmocka_unit_test(test_aggregate),
		cmocka_unit_test(test_admin_state),
		cmocka_unit_test(test_port_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
