/* SPDX-License-Identifier: BSD-2-Clause */
/* Which link a message is about, and what that link is. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "full_message.h"
#include "linkbuild.h"
#include "named.h"

/* Data of another kind uses the same numbers and is not a bond's. */
static void test_other_kinds(void **state)
{
	static const struct {
		const char *kind;
		enum link_kind expected;
		bool lower;
	} rows[] = {
		{ "team", LINK_KIND_OTHER, false },
		{ "veth", LINK_KIND_OTHER, false },
		{ "bondx", LINK_KIND_OTHER, false },
		{ "vlan", LINK_KIND_VLAN, true },
		{ "macvlan", LINK_KIND_MACVLAN, true },
		{ "macvtap", LINK_KIND_MACVLAN, true },
		{ "ipvlan", LINK_KIND_MACVLAN, true },
		{ "bond", LINK_KIND_BOND, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (int netns = 0; netns < 2; netns++) {
			struct nl_msg *msg =
			    linkbuild_start(RTM_NEWLINK, 5, 0, "x");
			struct nlattr *info, *data;
			struct link_event event;

			linkbuild_u32(msg, IFLA_LINK, 3);
			if (netns)
				linkbuild_u32(msg, IFLA_LINK_NETNSID, 0);
			info = linkbuild_info(msg, rows[i].kind, "team");
			data = nla_nest_start(msg, IFLA_INFO_DATA);
			linkbuild_u8(msg, IFLA_BOND_MODE, 4);
			nla_nest_end(msg, data);
			data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
			linkbuild_u8(msg, IFLA_BOND_SLAVE_MII_STATUS, 0);
			nla_nest_end(msg, data);
			nla_nest_end(msg, info);
			assert_int_equal(linkbuild_parse(msg, &event), 0);
			assert_link_kind(event.kind, rows[i].expected);
			assert_int_equal(event.link.is_bond,
					 rows[i].expected == LINK_KIND_BOND);
			assert_false(event.bond_slave);
			assert_int_equal(event.slave.present, 0);
			assert_true((event.bond.present != 0) ==
				    (event.kind == LINK_KIND_BOND));
			assert_int_equal(event.link.lower,
					 rows[i].lower && !netns ? 3 : 0);
		}
	}
}

static void test_gone(void **state)
{
	struct link_event event;

	(void)state;
	assert_int_equal(
	    linkbuild_parse(
		linkbuild_start(RTM_DELLINK, 9, 0, "fifteen-bytes-x"), &event),
	    0);
	assert_true(event.gone);
	assert_int_equal(event.link.ifindex, 9);
	assert_string_equal(event.link.name, "fifteen-bytes-x");
	assert_int_equal(event.master, 0);
	assert_link_kind(event.kind, LINK_KIND_OTHER);
	assert_false(event.link.has_operstate);
}

/* A layer above it, as ifStackTable has it; a VRF is none. */
static void test_master(void **state)
{
	static const struct {
		const char *slave_kind;
		int layer;
	} cases[] = {
		{ "bridge", 7 }, { "bond", 7 },	 { "team", 7 },
		{ "vrf", 0 },	 { "bonds", 0 }, { NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nl_msg *msg =
		    linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, "x");
		struct link_event event;

		linkbuild_u32(msg, IFLA_MASTER, 7);
		nla_nest_end(msg,
			     linkbuild_info(msg, NULL, cases[i].slave_kind));
		assert_int_equal(linkbuild_parse(msg, &event), 0);
		assert_int_equal(event.master, 7);
		assert_int_equal(event.link.master, cases[i].layer);
	}
}

static void test_not_about_links(void **state)
{
	static const int types[] = { RTM_GETLINK,  RTM_SETLINK, RTM_NEWADDR,
				     RTM_NEWSTATS, NLMSG_DONE,	NLMSG_NOOP };
	struct link_event event;
	struct nl_msg *msg;
	struct ifinfomsg *info;

	(void)state;
	for (size_t i = 0; i < COUNT(types); i++)
		assert_int_equal(
		    linkbuild_parse(linkbuild_start(types[i], 5, UP_FLAGS, "x"),
				    &event),
		    -ENOMSG);
	msg = full_message();
	info = nlmsg_data(nlmsg_hdr(msg));
	info->ifi_family = AF_BRIDGE;
	assert_int_equal(linkbuild_parse(msg, &event), -ENOMSG);
	msg = full_message();
	linkbuild_u32(msg, IFLA_WIRELESS, 1);
	assert_int_equal(linkbuild_parse(msg, &event), -ENOMSG);
	/* Partial messages may have no name either. */
	msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, NULL);
	linkbuild_u32(msg, IFLA_WIRELESS, 1);
	assert_int_equal(linkbuild_parse(msg, &event), -ENOMSG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_other_kinds),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_master),
		cmocka_unit_test(test_not_about_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
