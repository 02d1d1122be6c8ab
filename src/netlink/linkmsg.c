/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses a link message: the link itself, its kind and its master. */
#include "netlink/linkmsg.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <string.h>
#include <sys/socket.h>

#include "netlink/linkmsg_attr.h"
#include "netlink/linkmsg_bond.h"

#define IFINFO_LENGTH NLMSG_LENGTH(sizeof(struct ifinfomsg))

/* A string of 1 to `size - 1` bytes whose only NUL is its last byte. */
static int read_string(const struct nlattr *attr, char *out, size_t size)
{
	size_t length = (size_t)nla_len(attr);
	const char *nul = memchr(nla_data(attr), '\0', length);

	if (length < 2 || length > size)
		return -EBADMSG;
	if (nul != (const char *)nla_data(attr) + length - 1)
		return -EBADMSG;
	memcpy(out, nla_data(attr), length);
	return 0;
}

/* An ifindex; 0 if the attribute is absent. */
static int read_ifindex(const struct nlattr *attr, int *out)
{
	int32_t value = 0;

	if (attr) {
		if (nla_len(attr) != (int)sizeof(value))
			return -EBADMSG;
		memcpy(&value, nla_data(attr), sizeof(value));
	}
	if (value < 0)
		return -EBADMSG;
	*out = value;
	return 0;
}

static enum link_kind kind_of(const char *kind)
{
	static const struct {
		const char *name;
		enum link_kind kind;
	} kinds[] = {
		{ "bond", LINK_KIND_BOND },
		{ "vlan", LINK_KIND_VLAN },
		{ "macvlan", LINK_KIND_MACVLAN },
		{ "macvtap", LINK_KIND_MACVLAN },
		{ "ipvlan", LINK_KIND_MACVLAN },
		{ "ipvtap", LINK_KIND_MACVLAN },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kind, kinds[i].name) == 0)
			return kinds[i].kind;
	}
	return LINK_KIND_OTHER;
}

/* Whether that kind of master is a layer above its ports (RFC 2863, 3.1.1). A
   VRF is not: it only selects their routing table. */
static bool is_layer(const char *slave_kind)
{
	return strcmp(slave_kind, "bridge") == 0 ||
	       strcmp(slave_kind, "bond") == 0 ||
	       strcmp(slave_kind, "team") == 0;
}

/* IFLA_LINKINFO: the kind of the link, and of its master. */
static int read_info(const struct nlattr *nest, struct link_event *out)
{
	const struct nlattr *table[IFLA_INFO_SLAVE_DATA + 1];
	char kind[64]; /* MODULE_NAME_LEN, the most the kernel allows */
	char slave_kind[64];
	int err = linkmsg_attr_nested(nest, table, IFLA_INFO_SLAVE_DATA);

	if (!err && table[IFLA_INFO_KIND]) {
		err = read_string(table[IFLA_INFO_KIND], kind, sizeof(kind));
		if (!err)
			out->kind = kind_of(kind);
		out->link.is_bond = out->kind == LINK_KIND_BOND;
	}
	if (!err && table[IFLA_INFO_SLAVE_KIND]) {
		err = read_string(table[IFLA_INFO_SLAVE_KIND], slave_kind,
				  sizeof(slave_kind));
		if (!err)
			out->bond_slave = strcmp(slave_kind, "bond") == 0;
		if (!err && is_layer(slave_kind))
			out->link.master = out->master;
	}
	if (!err && out->kind == LINK_KIND_BOND && table[IFLA_INFO_DATA])
		err = linkmsg_bond_data(table[IFLA_INFO_DATA], &out->bond,
					&out->bad_attrs);
	if (!err && out->bond_slave && table[IFLA_INFO_SLAVE_DATA])
		err = linkmsg_slave_data(table[IFLA_INFO_SLAVE_DATA],
					 &out->slave, &out->bad_attrs);
	return err;
}

static void read_operstate(const struct nlattr *attr, struct link_event *out)
{
	if (!attr)
		return;
	if (nla_len(attr) != (int)sizeof(out->link.operstate)) {
		out->bad_attrs++;
		return;
	}
	memcpy(&out->link.operstate, nla_data(attr),
	       sizeof(out->link.operstate));
	out->link.has_operstate = true;
}

/* Only for some kinds IFLA_LINK is the lower device; for a veth it is the peer.
   With IFLA_LINK_NETNSID, it is an ifindex of another namespace. */
static int read_lower(const struct nlattr *const *table, struct link_event *out)
{
	if (out->kind != LINK_KIND_VLAN && out->kind != LINK_KIND_MACVLAN)
		return 0;
	if (table[IFLA_LINK_NETNSID])
		return 0;
	return read_ifindex(table[IFLA_LINK], &out->link.lower);
}

/* Only bonds need their address. */
static void read_mac(const struct nlattr *attr, struct link_event *out)
{
	if (out->kind != LINK_KIND_BOND || !attr ||
	    nla_len(attr) != (int)sizeof(out->mac.octets))
		return;
	memcpy(out->mac.octets, nla_data(attr), sizeof(out->mac.octets));
	out->mac.known = true;
}

/*
 * A message with an invalid name, master or kind is malformed, because its
 * meaning depends on them: a slave whose master can't be read must not look
 * like one that was released.
 */
static int read_link(const struct nlattr *head, int length,
		     struct link_event *out)
{
	const struct nlattr *table[IFLA_LINK_NETNSID + 1];
	int err = linkmsg_attr_table(head, length, table, IFLA_LINK_NETNSID);

	if (err)
		return err;
	/* A wireless driver's event, not the state of the link. */
	if (table[IFLA_WIRELESS])
		return -ENOMSG;
	if (!table[IFLA_IFNAME])
		return -EBADMSG;
	err = read_string(table[IFLA_IFNAME], out->link.name,
			  sizeof(out->link.name));
	if (!err)
		err = read_ifindex(table[IFLA_MASTER], &out->master);
	if (!err && table[IFLA_LINKINFO])
		err = read_info(table[IFLA_LINKINFO], out);
	if (!err)
		err = read_lower(table, out);
	read_operstate(table[IFLA_OPERSTATE], out);
	read_mac(table[IFLA_ADDRESS], out);
	return err;
}

int linkmsg_parse(const struct nlmsghdr *nlh, size_t available,
		  struct link_event *out)
{
	const struct ifinfomsg *info = nlmsg_data(nlh);
	int ifindex;
	int err;

	memset(out, 0, sizeof(*out));
	out->link.distrusted = true; /* until the message is parsed */
	if (available < sizeof(*nlh))
		return -EBADMSG;
	if (nlh->nlmsg_type != RTM_NEWLINK && nlh->nlmsg_type != RTM_DELLINK)
		return -ENOMSG;
	if (available < IFINFO_LENGTH || nlh->nlmsg_len < IFINFO_LENGTH)
		return -EBADMSG;
	/* AF_BRIDGE messages, about ports of a bridge, have the same types. */
	if (info->ifi_family != AF_UNSPEC)
		return -ENOMSG;
	if (info->ifi_index <= 0)
		return -EBADMSG;

	ifindex = info->ifi_index;
	out->gone = nlh->nlmsg_type == RTM_DELLINK;
	out->link.ifindex = ifindex;
	out->link.flags = info->ifi_flags;
	out->link.distrusted = false;
	if (nlh->nlmsg_len > available)
		err = -EBADMSG;
	else
		err = read_link((const struct nlattr *)(info + 1),
				(int)(nlh->nlmsg_len - IFINFO_LENGTH), out);
	if (err) {
		memset(out, 0, sizeof(*out));
		out->link.ifindex = ifindex;
		out->link.distrusted = true;
	}
	return err;
}

const struct nlmsghdr *linkmsg_next(struct linkmsg_cursor *cursor,
				    size_t *available)
{
	const struct nlmsghdr *nlh = (const void *)cursor->at;
	size_t step = cursor->rest;

	if (cursor->rest < sizeof(*nlh))
		return NULL;
	*available = cursor->rest;
	/* Compare first: NLMSG_ALIGN turns lengths near 2^32 into 0. */
	if (nlh->nlmsg_len >= sizeof(*nlh) && nlh->nlmsg_len < cursor->rest)
		step = NLMSG_ALIGN(nlh->nlmsg_len);
	if (step > cursor->rest)
		step = cursor->rest;
	cursor->at += step;
	cursor->rest -= step;
	return nlh;
}
