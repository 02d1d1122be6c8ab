/* SPDX-License-Identifier: BSD-2-Clause */
/* `bondcarrier show --json`: what is in it, and what is left out. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "show_fixture.h"

static void json_tells_the_same(void **state)
{
	struct fixture f;
	json_t *item;

	(void)state;
	false_up(&f);
	render(&f, false);
	assert_string_equal(string_at(f.json, "name"), "bond0");
	assert_true(json_is_true(json_object_get(f.json, "running")));
	assert_string_equal(string_at(f.json, "effective.carrier"), "down");
	assert_string_equal(string_at(f.json, "effective.reason"), "noSlaveUp");
	assert_string_equal(string_at(f.json, "mode"), "active-backup");
	assert_string_equal(string_at(f.json, "monitor"), "none");
	assert_int_equal(count_of(f.json, "discrepancies"), 3);
	item = element(f.json, "discrepancies", 0);
	assert_string_equal(string_at(item, "kind"), "falseUp");
	assert_string_equal(string_at(item, "phase"), "pending");
	assert_non_null(strstr(string_at(item, "remedy"), "miimon 100"));
	assert_false(holds(item, "slave"));
	item = element(f.json, "discrepancies", 2);
	assert_string_equal(string_at(item, "kind"), "slaveFalseUp");
	assert_string_equal(string_at(item, "slave.name"), "eth1");
	assert_string_equal(
	    string_at(element(f.json, "warnings", 0), "warning"),
	    "unmonitored");
	item = element(f.json, "slaves", 0);
	assert_string_equal(string_at(item, "link"), "down");
	assert_string_equal(string_at(item, "miiStatus"), "up");
	assert_string_equal(string_at(item, "corrected"), "down");
	assert_string_equal(
	    json_string_value(element(item, "discrepancies", 0)),
	    "slaveFalseUp");
	unmake(&f);
}

/* Absent is not zero. */
static void json_leaves_out_what_the_kernel_did_not_give(void **state)
{
	struct fixture f;
	json_t *slave;

	(void)state;
	false_up(&f);
	f.bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_USE_CARRIER);
	f.bond->attrs.present &= ~BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE);
	f.bond->slaves[0].attrs.present = 0;
	f.bond->slaves[0].link.has_operstate = false;
	f.bond->changed = true;
	render(&f, false);
	assert_false(holds(json_object_get(f.json, "options"), "use_carrier"));
	assert_true(holds(json_object_get(f.json, "options"), "miimon"));
	assert_false(holds(f.json, "activeSlave"));
	slave = element(f.json, "slaves", 0);
	assert_false(holds(slave, "miiStatus"));
	assert_false(holds(slave, "state"));
	assert_false(holds(slave, "linkFailures"));
	assert_false(holds(slave, "operstate"));
	unmake(&f);
}

static void options_have_the_values_of_their_fields(void **state)
{
	struct fixture f;
	json_t *options;

	(void)state;
	make(&f, BOND_MODE_8023AD, CARRIER_MONITOR_MII);
	f.bond->attrs.present = UINT64_MAX;
	f.bond->attrs.miimon_ms = 4294967295U;
	f.bond->attrs.updelay_ms = 7000;
	f.bond->attrs.min_links = 3;
	f.bond->attrs.lacp_rate = 1;
	f.bond->attrs.ad_select = 255;
	f.bond->attrs.use_carrier = 0;
	render(&f, false);
	options = json_object_get(f.json, "options");
	static const struct {
		const char *name;
		json_int_t value;
	} expected[] = {
		{ "miimon", 4294967295 }, { "updelay", 7000 },
		{ "min_links", 3 },	  { "lacp_rate", 1 },
		{ "ad_select", 255 },	  { "use_carrier", 0 },
	};
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		assert_int_equal(json_integer_value(json_object_get(
				     options, expected[i].name)),
				 expected[i].value);
	unmake(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_tells_the_same),
		cmocka_unit_test(json_leaves_out_what_the_kernel_did_not_give),
		cmocka_unit_test(options_have_the_values_of_their_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
