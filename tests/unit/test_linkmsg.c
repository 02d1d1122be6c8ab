/* SPDX-License-Identifier: BSD-2-Clause */
/* Attributes of link messages, present or not, as the kernel sends them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "full_message.h"
#include "linkbuild.h"
#include "named.h"

static void assert_value(const struct value *value, const void *base)
{
	unsigned char bytes[8];

	full_pattern(bytes, value);
	assert_memory_equal((const char *)base + value->offset, bytes,
			    value->length);
}

static void test_everything(void **state)
{
	struct link_event event;

	(void)state;
	assert_int_equal(linkbuild_parse(full_message(), &event), 0);
	assert_false(event.gone);
	assert_link_kind(event.kind, LINK_KIND_BOND);
	assert_true(event.bond_slave);
	assert_int_equal(event.master, 7);
	assert_int_equal(event.link.master, 7);
	assert_int_equal(event.link.ifindex, 5);
	assert_int_equal(event.link.flags, UP_FLAGS);
	assert_string_equal(event.link.name, "bond0");
	assert_true(event.link.has_operstate);
	assert_int_equal(event.link.operstate, 6);
	assert_false(event.link.distrusted);
	assert_int_equal(event.bad_attrs, 0);
	for (size_t i = 0; i < full_bond_count; i++)
		assert_value(&full_bond[i], &event.bond);
	for (size_t i = 0; i < full_ad_count; i++)
		assert_value(&full_ad[i], &event.bond.ad);
	for (size_t i = 0; i < full_slave_count; i++)
		assert_value(&full_slave[i], &event.slave);
	assert_int_equal(event.bond.arp_ip_targets, 3);
	assert_int_equal(event.bond.ns_ip6_targets, 2);
	assert_int_equal(event.slave.perm_mac_len, 20);
	assert_int_equal(event.slave.perm_mac[5], 9);
	/* Numbers 1 to 34, 1 to 12 and 1 to 5, all of them. */
	assert_true(event.bond.present == ((UINT64_C(1) << 35) - 2));
	assert_int_equal(event.slave.present, (1U << 13) - 2);
	assert_int_equal(event.bond.ad.present, (1U << 6) - 2);
}

/* One attribute alone: with the right length its bit and no other; with one
   byte more or less none, and a count. */
static void check_alone(const struct value *value, bool of_slave, int change)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, 0, "x");
	struct nlattr *info, *data;
	unsigned char bytes[16] = { 0 };
	struct link_event event;
	uint64_t present;

	info = linkbuild_info(msg, of_slave ? NULL : "bond",
			      of_slave ? "bond" : NULL);
	data = nla_nest_start(msg,
			      of_slave ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA);
	full_pattern(bytes, value);
	(void)nla_put(msg, value->attr, (int)value->length + change, bytes);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	assert_int_equal(linkbuild_parse(msg, &event), 0);
	present = of_slave ? event.slave.present : event.bond.present;
	assert_true(present == (change ? 0 : UINT64_C(1) << value->attr));
	assert_int_equal(event.bad_attrs, change ? 1 : 0);
}

static void test_presence(void **state)
{
	static const int changes[] = { 0, 1, -1 };

	(void)state;
	for (size_t c = 0; c < COUNT(changes); c++) {
		for (size_t i = 0; i < full_bond_count; i++)
			check_alone(&full_bond[i], false, changes[c]);
		for (size_t i = 0; i < full_slave_count; i++)
			check_alone(&full_slave[i], true, changes[c]);
	}
}

static void test_ad_info_in_part(void **state)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, 0, "x");
	struct nlattr *info, *data, *ad;
	struct link_event event;

	(void)state;
	info = linkbuild_info(msg, "bond", NULL);
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	/* Also with the flag that newer kernels set on nests. */
	ad = nla_nest_start(msg, IFLA_BOND_AD_INFO | NLA_F_NESTED);
	full_put(msg, &full_ad[1]);
	(void)nla_put(msg, IFLA_BOND_AD_INFO_PARTNER_MAC, 5, "12345");
	nla_nest_end(msg, ad);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	assert_int_equal(linkbuild_parse(msg, &event), 0);
	assert_true(event.bond.present == BOND_ATTR_BIT(IFLA_BOND_AD_INFO));
	assert_int_equal(event.bond.ad.present,
			 1U << IFLA_BOND_AD_INFO_NUM_PORTS);
	assert_int_equal(event.bad_attrs, 1);
}

static void test_permanent_mac_length(void **state)
{
	static const struct {
		int length;
		bool good;
	} rows[] = { { 0, false }, { 1, true },	 { 6, true },
		     { 20, true }, { 32, true }, { 33, false } };
	static const unsigned char bytes[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, 0, "x");
		struct nlattr *info = linkbuild_info(msg, NULL, "bond");
		struct nlattr *data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
		struct link_event event;

		(void)nla_put(msg, IFLA_BOND_SLAVE_PERM_HWADDR, rows[i].length,
			      bytes);
		nla_nest_end(msg, data);
		nla_nest_end(msg, info);
		assert_int_equal(linkbuild_parse(msg, &event), 0);
		assert_int_equal(
		    event.slave.present,
		    rows[i].good ? SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_PERM_HWADDR)
				 : 0);
		assert_int_equal(event.slave.perm_mac_len,
				 rows[i].good ? rows[i].length : 0);
		assert_int_equal(event.bad_attrs, rows[i].good ? 0 : 1);
	}
}

/* Of a bond, and as long as Ethernet's. */
static void test_mac(void **state)
{
	static const struct {
		const char *kind;
		int length;
		bool known;
	} rows[] = { { "bond", 6, true },   { "bond", 0, false },
		     { "bond", 5, false },  { "bond", 7, false },
		     { "bond", 20, false }, { "vlan", 6, false } };
	static const unsigned char bytes[20] = { 2, 3, 4, 5, 6, 7 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, 0, "x");
		struct link_event event;

		(void)nla_put(msg, IFLA_ADDRESS, rows[i].length, bytes);
		nla_nest_end(msg, linkbuild_info(msg, rows[i].kind, NULL));
		assert_int_equal(linkbuild_parse(msg, &event), 0);
		assert_int_equal(event.mac.known, rows[i].known);
		if (rows[i].known)
			assert_memory_equal(event.mac.octets, bytes, 6);
		assert_int_equal(event.bad_attrs, 0);
	}
}

static void test_unknown_attributes_are_skipped(void **state)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, 0, "x");
	struct nlattr *info, *data;
	struct link_event event;

	(void)state;
	linkbuild_u32(msg, 0x3000, 1);
	info = linkbuild_info(msg, "bond", NULL);
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	linkbuild_u32(msg, 35, 1);
	linkbuild_u8(msg, IFLA_BOND_MODE, 4);
	linkbuild_u32(msg, 0x2fff, 1);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	assert_int_equal(linkbuild_parse(msg, &event), 0);
	assert_true(event.bond.present == BOND_ATTR_BIT(IFLA_BOND_MODE));
	assert_int_equal(event.bond.mode, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything),
		cmocka_unit_test(test_presence),
		cmocka_unit_test(test_ad_info_in_part),
		cmocka_unit_test(test_permanent_mac_length),
		cmocka_unit_test(test_mac),
		cmocka_unit_test(test_unknown_attributes_are_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
