/* SPDX-License-Identifier: BSD-2-Clause */
/* The carrier that the driver itself would give the bond. */
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

struct kernel_case {
	const char *what;
	unsigned int mode;
	uint32_t min_links;
	const char *slaves;
	const char *ad;
	bool strict; /* lacp_strict */
	enum carrier expected;
};

/* clang-format off */
static const struct kernel_case kernel_cases[] = {
	{ "no slaves", RR, 0, "", NULL, false, DOWN },
	{ "no slaves, yet AD_INFO", LACP, 0, "", "1,1,y", false, DOWN },
	{ "believes mii_status, not the link", AB, 0, "0U*", NULL, false, UP },
	{ "FAIL, DOWN and BACK are not up", RR, 0, "1F 1D 1B", NULL, false,
	  DOWN },
	{ "min_links is of 802.3ad", RR, 2, "1U", NULL, false, UP },
	{ "does not tell", RR, 0, "1-", NULL, false, UNKNOWN },
	{ "tells enough", RR, 0, "1- 1U", NULL, false, UP },
	{ "malformed", RR, 0, "?U 0D", NULL, false, UNKNOWN },
	{ "no aggregator", LACP, 0, "1U/1", NULL, false, DOWN },
	{ "ports, whatever the links", LACP, 2, "0D/1 0D/1", "1,2,n", false,
	  UP },
	{ "no port, none wanted", LACP, 0, "0D/1", "1,0,n", false, UP },
	{ "too few ports", LACP, 2, "1U/1 1U/1", "1,1,y", false, DOWN },
	{ "strict: not ready", LACP, 1, "1U/1!", "1,1,y", true, DOWN },
	{ "strict: not ready, and none wanted", LACP, 0, "1U/1!", "1,1,y", true,
	  UP },
	{ "strict: ready", LACP, 1, "1U/1", "1,1,y", true, UP },
	{ "strict: ready elsewhere", LACP, 1, "1U/2 0D/1!", "1,1,y", true,
	  DOWN },
	{ "strict: bits of before are the kernel's too", LACP, 1, "0D/1",
	  "1,1,y", true, UP },
	{ "torn", LACP, 1, "1U/2", "1,0,y", false, UNKNOWN },
	{ "torn, strict", LACP, 1, "1U/2", "1,1,y", true, UNKNOWN },
	{ "strict: too few", LACP, 2, "1U/1 1U/1!", "1,2,y", true, DOWN },
	{ "strict: enough", LACP, 2, "1U/1 1U/1", "1,2,y", true, UP },
	{ "strict: one is, behind one that is not", LACP, 1, "1U/1! 1U/1",
	  "1,2,y", true, UP },
	{ "a mode to come", 7, 0, "1U", NULL, false, UNKNOWN },
};
/* clang-format on */

static void test_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kernel_cases) / sizeof(kernel_cases[0]);
	     i++) {
		const struct kernel_case *test = &kernel_cases[i];
		struct bond *bond;

		bond = sample_alone(test->mode, MII);
		bond->attrs.min_links = test->min_links;
		bond->attrs.present |= BOND_ATTR_BIT(UAPI_BOND_LACP_STRICT);
		bond->attrs.lacp_strict = test->strict;
		sample_slaves(bond, test->slaves, NOW_MS);
		sample_ad(bond, test->ad);
		if (carrier_kernel(bond) != test->expected)
			fail_msg("%s: %s, not %s", test->what,
				 named_carrier(carrier_kernel(bond)),
				 named_carrier(test->expected));
		bond->link.distrusted = true;
		assert_carrier(carrier_kernel(bond), UNKNOWN);
	}
}

static void test_kernel_wants_min_links(void **state)
{
	struct bond *bond;

	(void)state;
	bond = sample_alone(LACP, MII);
	sample_slaves(bond, "1U/1", NOW_MS);
	sample_ad(bond, "1,1,y");
	bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS);
	assert_carrier(carrier_kernel(bond), UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kernel),
		cmocka_unit_test(test_kernel_wants_min_links),
	};

	return cmocka_run_group_tests(tests, NULL, sample_alone_end);
}
