/* SPDX-License-Identifier: BSD-2-Clause */
/* 802.3ad: aggregators, strict LACP, and what the kernel did not send. */
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "decision/carrier.h"
#include "named.h"
#include "sample.h"
#include "words.h"

#define NOW_MS INT64_C(1000000)

static void test_ad_info_without_its_parts(void **state)
{
	const unsigned int needed[] = {
		0,
		BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR),
		BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS),
	};
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		sample_slaves(bond, "1U/1 0D/2", NOW_MS);
		sample_ad(bond, "1,1,y");
		bond->attrs.ad.present = needed[i];
		sample_correct(bond, NOW_MS);
		assert_carrier(carrier_decide(bond, false, NOW_MS).effective,
			       UNKNOWN);
		assert_false(carrier_is_torn(bond));

		sample_slaves(bond, "0D/1 0D/2", NOW_MS);
		sample_correct(bond, NOW_MS);
		assert_carrier(carrier_decide(bond, false, NOW_MS).effective,
			       DOWN);
	}
	bond->attrs.ad.present = 0;
	assert_carrier(carrier_kernel(bond), UNKNOWN);
}

/* Only what LACP alone keeps down waits for it. */
static void test_awaits_lacp(void **state)
{
	static const struct {
		const char *slaves;
		uint32_t min_links;
		bool expected;
	} cases[] = {
		{ "1U/1!", 0, true },	    { "1U/1", 0, false },
		{ "0D/1!", 0, false },	    { "1U/1! 1U/1", 2, true },
		{ "1U/1! 0D/1", 2, false }, { "1U!", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bond *bond;

		bond = sample_alone(LACP, MII);
		bond->attrs.min_links = cases[i].min_links;
		sample_ad(bond, "1,2,y");
		sample_slaves(bond, cases[i].slaves, NOW_MS);
		sample_correct(bond, NOW_MS);
		assert_int_equal(carrier_decide(bond, true, NOW_MS).awaits_lacp,
				 cases[i].expected);
	}
}

static void test_torn(void **state)
{
	static const struct {
		unsigned int mode;
		const char *slaves;
		const char *ad;
		bool expected;
	} cases[] = {
		{ LACP, "1U/1 1U/2", "3,2,y", true },
		{ LACP, "0D/1 1U/2", "1,1,y", false },
		{ LACP, "1U 1U", "1,2,y", true },
		{ LACP, "1U/0", "0,1,y", true },
		{ LACP, "?U/1 1U/2", "3,2,y", false },
		{ LACP, "1U/1", NULL, false },
		{ LACP, "", "1,1,y", false },
		{ AB, "1U/1", "3,1,y", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bond *bond;

		bond = sample_alone(cases[i].mode, MII);
		sample_ad(bond, cases[i].ad);
		sample_slaves(bond, cases[i].slaves, NOW_MS);
		assert_int_equal(carrier_is_torn(bond), cases[i].expected);
		bond->link.distrusted = true;
		assert_false(carrier_is_torn(bond));
	}
}

static void test_strict_without_a_state(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	sample_slaves(bond, "1U/1", NOW_MS);
	sample_ad(bond, "1,1,y");
	bond->slaves[0].attrs.present &=
	    ~SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	sample_correct(bond, NOW_MS);
	assert_carrier(carrier_decide(bond, true, NOW_MS).effective, UNKNOWN);
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, UP);

	/* The kernel's own option does the same, when it is on. */
	bond->attrs.present |= BOND_ATTR_BIT(UAPI_BOND_LACP_STRICT);
	bond->attrs.min_links = 1;
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, UP);
	bond->attrs.lacp_strict = 1;
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, UNKNOWN);
	/* It compares with min_links as it is: with 0 it decides nothing. */
	bond->attrs.min_links = 0;
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, UP);
	assert_carrier(carrier_decide(bond, true, NOW_MS).effective, UNKNOWN);
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, UNKNOWN);
	bond->attrs.present |= BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	bond->attrs.min_links = 1;

	/* Either bit alone is not enough. */
	bond->slaves[0].attrs.present |=
	    SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE);
	bond->slaves[0].attrs.actor_oper_state = UAPI_LACP_COLLECTING;
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, DOWN);
	bond->slaves[0].attrs.actor_oper_state = UAPI_LACP_DISTRIBUTING;
	assert_carrier(carrier_decide(bond, false, NOW_MS).effective, DOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ad_info_without_its_parts),
		cmocka_unit_test(test_awaits_lacp),
		cmocka_unit_test(test_torn),
		cmocka_unit_test(test_strict_without_a_state),
	};

	return cmocka_run_group_tests(tests, NULL, sample_alone_end);
}
