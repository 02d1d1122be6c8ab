/* SPDX-License-Identifier: BSD-2-Clause */
/* Link messages as the kernel sends them, and as it never would. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bond/uapi.h"
#include "linkbuild.h"
#include "netlink/linkmsg.h"

#define UP_FLAGS (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)

static int parse(struct nl_msg *msg, struct link_event *out)
{
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	int err = linkmsg_parse(nlh, nlh->nlmsg_len, out);

	nlmsg_free(msg);
	return err;
}

/*
 * Every attribute of a bond with a value of its own: the attribute's number,
 * its length on the wire and where it must arrive. Written down from
 * rtnetlink's documentation of the bond, not from the tables under test.
 */
struct value {
	int attr;
	unsigned int length;
	size_t offset;
};

#define VALUE(type, attr, length, member)                                      \
	{                                                                      \
		attr, length, offsetof(struct type, member)                    \
	}

static const struct value bond_values[] = {
	VALUE(bond_attrs, 1, 1, mode),
	VALUE(bond_attrs, 2, 4, active_slave),
	VALUE(bond_attrs, 3, 4, miimon_ms),
	VALUE(bond_attrs, 4, 4, updelay_ms),
	VALUE(bond_attrs, 5, 4, downdelay_ms),
	VALUE(bond_attrs, 6, 1, use_carrier),
	VALUE(bond_attrs, 7, 4, arp_interval_ms),
	VALUE(bond_attrs, 9, 4, arp_validate),
	VALUE(bond_attrs, 10, 4, arp_all_targets),
	VALUE(bond_attrs, 11, 4, primary),
	VALUE(bond_attrs, 12, 1, primary_reselect),
	VALUE(bond_attrs, 13, 1, fail_over_mac),
	VALUE(bond_attrs, 14, 1, xmit_hash_policy),
	VALUE(bond_attrs, 15, 4, resend_igmp),
	VALUE(bond_attrs, 16, 1, num_peer_notif),
	VALUE(bond_attrs, 17, 1, all_slaves_active),
	VALUE(bond_attrs, 18, 4, min_links),
	VALUE(bond_attrs, 19, 4, lp_interval),
	VALUE(bond_attrs, 20, 4, packets_per_slave),
	VALUE(bond_attrs, 21, 1, lacp_rate),
	VALUE(bond_attrs, 22, 1, ad_select),
	VALUE(bond_attrs, 24, 2, ad_actor_sys_prio),
	VALUE(bond_attrs, 25, 2, ad_user_port_key),
	VALUE(bond_attrs, 26, 6, ad_actor_system),
	VALUE(bond_attrs, 27, 1, tlb_dynamic_lb),
	VALUE(bond_attrs, 28, 4, peer_notif_delay_ms),
	VALUE(bond_attrs, 29, 1, lacp_active),
	VALUE(bond_attrs, 30, 1, missed_max),
	VALUE(bond_attrs, 32, 1, coupled_control),
	VALUE(bond_attrs, 33, 1, broadcast_neigh),
	VALUE(bond_attrs, 34, 1, lacp_strict),
};

static const struct value slave_values[] = {
	VALUE(slave_attrs, 1, 1, state),
	VALUE(slave_attrs, 2, 1, mii_status),
	VALUE(slave_attrs, 3, 4, link_failures),
	VALUE(slave_attrs, 5, 2, queue_id),
	VALUE(slave_attrs, 6, 2, aggregator_id),
	VALUE(slave_attrs, 7, 1, actor_oper_state),
	VALUE(slave_attrs, 8, 2, partner_oper_state),
	VALUE(slave_attrs, 9, 4, prio),
	VALUE(slave_attrs, 10, 2, actor_port_prio),
	VALUE(slave_attrs, 11, 1, actor_churn),
	VALUE(slave_attrs, 12, 1, partner_churn),
};

static const struct value ad_values[] = {
	VALUE(bond_ad_info, 1, 2, aggregator),
	VALUE(bond_ad_info, 2, 2, num_ports),
	VALUE(bond_ad_info, 3, 2, actor_key),
	VALUE(bond_ad_info, 4, 2, partner_key),
	VALUE(bond_ad_info, 5, 6, partner_mac),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A different pattern of bytes for each attribute. */
static void pattern(unsigned char *bytes, const struct value *value)
{
	for (unsigned int i = 0; i < value->length; i++)
		bytes[i] = (unsigned char)(value->attr * 7 + (int)i + 1);
}

static void put_value(struct nl_msg *msg, const struct value *value)
{
	unsigned char bytes[8];

	pattern(bytes, value);
	(void)nla_put(msg, value->attr, (int)value->length, bytes);
}

static void assert_value(const struct value *value, const void *base)
{
	unsigned char bytes[8];

	pattern(bytes, value);
	assert_memory_equal((const char *)base + value->offset, bytes,
			    value->length);
}

static void put_ad_info(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, IFLA_BOND_AD_INFO);

	for (size_t i = 0; i < COUNT(ad_values); i++)
		put_value(msg, &ad_values[i]);
	nla_nest_end(msg, nest);
}

static void put_targets(struct nl_msg *msg, int attr, int count, int length)
{
	static const unsigned char address[16] = { 192, 0, 2, 1 };
	struct nlattr *nest = nla_nest_start(msg, attr);

	for (int i = 0; i < count; i++)
		(void)nla_put(msg, i, length, address);
	nla_nest_end(msg, nest);
}

/* A bond that is itself a slave of bond 7, with everything there is. */
static struct nl_msg *full_message(void)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, "bond0");
	struct nlattr *info, *data;
	static const unsigned char mac[20] = { 2, 0, 0, 0, 0, 9, 1, 2, 3 };

	linkbuild_u8(msg, IFLA_OPERSTATE, 6);
	linkbuild_u32(msg, IFLA_MASTER, 7);
	info = linkbuild_info(msg, "bond", "bond");
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	for (size_t i = 0; i < COUNT(bond_values); i++)
		put_value(msg, &bond_values[i]);
	put_targets(msg, 8, 3, 4);
	put_targets(msg, 31, 2, 16);
	put_ad_info(msg);
	nla_nest_end(msg, data);
	data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
	for (size_t i = 0; i < COUNT(slave_values); i++)
		put_value(msg, &slave_values[i]);
	(void)nla_put(msg, 4, 20, mac);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return msg;
}

static void test_everything(void **state)
{
	struct link_event event;

	(void)state;
	assert_int_equal(parse(full_message(), &event), 0);
	assert_false(event.gone);
	assert_int_equal(event.kind, LINK_KIND_BOND);
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
	for (size_t i = 0; i < COUNT(bond_values); i++)
		assert_value(&bond_values[i], &event.bond);
	for (size_t i = 0; i < COUNT(ad_values); i++)
		assert_value(&ad_values[i], &event.bond.ad);
	for (size_t i = 0; i < COUNT(slave_values); i++)
		assert_value(&slave_values[i], &event.slave);
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
	pattern(bytes, value);
	(void)nla_put(msg, value->attr, (int)value->length + change, bytes);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	assert_int_equal(parse(msg, &event), 0);
	present = of_slave ? event.slave.present : event.bond.present;
	assert_true(present == (change ? 0 : UINT64_C(1) << value->attr));
	assert_int_equal(event.bad_attrs, change ? 1 : 0);
}

static void test_presence(void **state)
{
	static const int changes[] = { 0, 1, -1 };

	(void)state;
	for (size_t c = 0; c < COUNT(changes); c++) {
		for (size_t i = 0; i < COUNT(bond_values); i++)
			check_alone(&bond_values[i], false, changes[c]);
		for (size_t i = 0; i < COUNT(slave_values); i++)
			check_alone(&slave_values[i], true, changes[c]);
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
	put_value(msg, &ad_values[1]);
	(void)nla_put(msg, IFLA_BOND_AD_INFO_PARTNER_MAC, 5, "12345");
	nla_nest_end(msg, ad);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	assert_int_equal(parse(msg, &event), 0);
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
		assert_int_equal(parse(msg, &event), 0);
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
		assert_int_equal(parse(msg, &event), 0);
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
	assert_int_equal(parse(msg, &event), 0);
	assert_true(event.bond.present == BOND_ATTR_BIT(IFLA_BOND_MODE));
	assert_int_equal(event.bond.mode, 4);
}

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
			assert_int_equal(parse(msg, &event), 0);
			assert_int_equal(event.kind, rows[i].expected);
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
	    parse(linkbuild_start(RTM_DELLINK, 9, 0, "fifteen-bytes-x"),
		  &event),
	    0);
	assert_true(event.gone);
	assert_int_equal(event.link.ifindex, 9);
	assert_string_equal(event.link.name, "fifteen-bytes-x");
	assert_int_equal(event.master, 0);
	assert_int_equal(event.kind, LINK_KIND_OTHER);
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
		assert_int_equal(parse(msg, &event), 0);
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
		    parse(linkbuild_start(types[i], 5, UP_FLAGS, "x"), &event),
		    -ENOMSG);
	msg = full_message();
	info = nlmsg_data(nlmsg_hdr(msg));
	info->ifi_family = AF_BRIDGE;
	assert_int_equal(parse(msg, &event), -ENOMSG);
	msg = full_message();
	linkbuild_u32(msg, IFLA_WIRELESS, 1);
	assert_int_equal(parse(msg, &event), -ENOMSG);
	/* Partial messages may have no name either. */
	msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, NULL);
	linkbuild_u32(msg, IFLA_WIRELESS, 1);
	assert_int_equal(parse(msg, &event), -ENOMSG);
}

static void assert_bad(struct nl_msg *msg, int ifindex)
{
	struct link_event event;
	struct link_event nothing;

	memset(&event, 0xff, sizeof(event));
	memset(&nothing, 0, sizeof(nothing));
	nothing.link.ifindex = ifindex;
	nothing.link.distrusted = true;
	assert_int_equal(parse(msg, &event), -EBADMSG);
	assert_memory_equal(&event, &nothing, sizeof(event));
}

static struct nl_msg *with(int attr, int length, const char *bytes)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS,
					     attr == IFLA_IFNAME ? NULL : "x");

	(void)nla_put(msg, attr, length, bytes);
	return msg;
}

static void test_malformed(void **state)
{
	unsigned char garbage[4] = { 1, 0, 0, 0 };
	struct nl_msg *msg;

	(void)state;
	assert_bad(linkbuild_start(RTM_NEWLINK, 0, UP_FLAGS, "x"), 0);
	assert_bad(linkbuild_start(RTM_NEWLINK, -3, UP_FLAGS, "x"), 0);
	assert_bad(linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, NULL), 5);
	assert_bad(with(IFLA_IFNAME, 0, ""), 5);
	assert_bad(with(IFLA_IFNAME, 1, ""), 5);
	assert_bad(with(IFLA_IFNAME, 4, "bond"), 5);   /* no NUL */
	assert_bad(with(IFLA_IFNAME, 6, "bo\0nd"), 5); /* two */
	assert_bad(with(IFLA_IFNAME, 17, "sixteen-bytes-xy"), 5);
	/* A master that can't be read is not "no master". */
	assert_bad(with(IFLA_MASTER, 2, "\1\0"), 5);
	assert_bad(with(IFLA_MASTER, 8, "\1\0\0\0\0\0\0"), 5);
	assert_bad(with(IFLA_MASTER, 4, "\377\377\377\377"), 5);
	/* Bytes that are no attribute, at each depth. */
	msg = full_message();
	(void)nlmsg_append(msg, garbage, sizeof(garbage), NLMSG_ALIGNTO);
	assert_bad(msg, 5);
	assert_bad(with(IFLA_LINKINFO, 4, "\1\0\1\0"), 5);
	assert_bad(with(IFLA_LINKINFO, 3, "\4\0\1"), 5);
	assert_bad(with(IFLA_LINKINFO, 8, "\11\0\1\0bond"), 5);
	assert_bad(with(IFLA_LINKINFO, 8, "\10\0\1\0bond"), 5); /* no NUL */
	/* kind "bond" with IFLA_INFO_DATA of one stray byte */
	assert_bad(with(IFLA_LINKINFO, 17, "\11\0\1\0bond\0\0\0\0\5\0\2\0\1"),
		   5);
}

/* Of a good message, cut anywhere: never a link that is believed. */
static void test_every_truncation(void **state)
{
	struct nl_msg *msg = full_message();
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	size_t whole = nlh->nlmsg_len;

	(void)state;
	for (size_t length = 0; length < whole; length++) {
		/* A block of its own, so that ASan sees any byte too far. */
		struct nlmsghdr *cut = malloc(length ? length : 1);
		struct link_event event;

		memcpy(cut, nlh, length);
		assert_int_equal(linkmsg_parse(cut, length, &event), -EBADMSG);
		assert_int_equal(event.link.flags, 0);
		if (length >= sizeof(*cut)) {
			int err;

			/* The same with a header that agrees. */
			cut->nlmsg_len = (uint32_t)length;
			err = linkmsg_parse(cut, length, &event);
			assert_true(err == 0 || err == -EBADMSG);
			if (err)
				assert_int_equal(event.link.flags, 0);
			else
				assert_string_equal(event.link.name, "bond0");
		}
		free(cut);
	}
	nlmsg_free(msg);
}

/* Every byte of a good message set to telling values: no read outside, no
   name without an end, and no bit for what is not there. */
static void test_every_mutation(void **state)
{
	static const unsigned char values[] = {
		0, 1, 3, 4, 5, 0x7f, 0x80, 0xff
	};
	struct nl_msg *msg = full_message();
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	size_t whole = nlh->nlmsg_len;
	unsigned char *bytes = malloc(whole);
	size_t refused = 0;

	(void)state;
	for (size_t at = 0; at < whole; at++) {
		for (size_t v = 0; v < COUNT(values); v++) {
			struct link_event event;
			int err;

			memcpy(bytes, nlh, whole);
			bytes[at] = values[v];
			err = linkmsg_parse((void *)bytes, whole, &event);
			if (err) {
				refused++;
				assert_int_equal(event.link.flags, 0);
				assert_int_equal(event.bond.present, 0);
				continue;
			}
			assert_non_null(memchr(event.link.name, 0,
					       sizeof(event.link.name)));
			assert_true(event.link.ifindex > 0);
			assert_true(event.slave.perm_mac_len <= 32);
			assert_true(event.bond.present >> 35 == 0);
			if (event.kind != LINK_KIND_BOND)
				assert_int_equal(event.bond.present, 0);
			if (!event.bond_slave)
				assert_int_equal(event.slave.present, 0);
		}
	}
	assert_true(refused > 0);
	free(bytes);
	nlmsg_free(msg);
}

/* Steps from message to message, and never beyond the end. */
static void test_datagram(void **state)
{
	static const uint32_t lies[] = { 0,	     1,		 15,
					 41,	     0x7fffffff, 0x80000000,
					 0xfffffffc, 0xfffffffd, 0xffffffff };
	struct nlmsghdr headers[4] = { { .nlmsg_len = 18 },
				       { .nlmsg_len = 0 } };
	struct linkmsg_cursor cursor;
	size_t available;

	(void)state;
	/* 18 bytes, two of padding, and a message of 16 bytes behind. */
	memcpy((char *)headers + 20, &(struct nlmsghdr){ .nlmsg_len = 16 }, 16);
	cursor = (struct linkmsg_cursor){ (const char *)headers, 36 };
	assert_ptr_equal(linkmsg_next(&cursor, &available), headers);
	assert_int_equal(available, 36);
	assert_ptr_equal(linkmsg_next(&cursor, &available),
			 (char *)headers + 20);
	assert_int_equal(available, 16);
	assert_null(linkmsg_next(&cursor, &available));

	/* The padding of the last one may be missing. */
	cursor = (struct linkmsg_cursor){ (const char *)headers, 18 };
	assert_non_null(linkmsg_next(&cursor, &available));
	assert_null(linkmsg_next(&cursor, &available));
	cursor = (struct linkmsg_cursor){ (const char *)headers, 15 };
	assert_null(linkmsg_next(&cursor, &available));

	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		headers[0].nlmsg_len = lies[i];
		cursor = (struct linkmsg_cursor){ (const char *)headers, 40 };
		assert_non_null(linkmsg_next(&cursor, &available));
		assert_int_equal(available, 40);
		assert_null(linkmsg_next(&cursor, &available));
	}
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
		cmocka_unit_test(test_other_kinds),
		cmocka_unit_test(test_gone),
		cmocka_unit_test(test_master),
		cmocka_unit_test(test_not_about_links),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_every_truncation),
		cmocka_unit_test(test_every_mutation),
		cmocka_unit_test(test_datagram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
