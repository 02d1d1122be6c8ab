/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Builds link messages as the kernel does (rtnl_fill_ifinfo), for tests.
 * The caller frees what linkbuild_start() gives with nlmsg_free().
 */
#ifndef BONDCARRIER_LINKBUILD_H
#define BONDCARRIER_LINKBUILD_H

#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "netlink/linkmsg.h"

#define UP_FLAGS (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)

static inline void linkbuild_u8(struct nl_msg *msg, int attr, uint8_t value)
{
	(void)nla_put_u8(msg, attr, value);
}

static inline void linkbuild_u16(struct nl_msg *msg, int attr, uint16_t value)
{
	(void)nla_put_u16(msg, attr, value);
}

static inline void linkbuild_u32(struct nl_msg *msg, int attr, uint32_t value)
{
	(void)nla_put_u32(msg, attr, value);
}

/* A message of that type with an ifinfomsg and, unless NULL, a name. */
static inline struct nl_msg *
linkbuild_start(int type, int ifindex, unsigned int flags, const char *name)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC,
				  .ifi_index = ifindex,
				  .ifi_flags = flags };
	struct nl_msg *msg = nlmsg_alloc_size(8192);

	(void)nlmsg_put(msg, 0, 0, type, 0, 0);
	(void)nlmsg_append(msg, &info, sizeof(info), NLMSG_ALIGNTO);
	if (name)
		(void)nla_put_string(msg, IFLA_IFNAME, name);
	return msg;
}

/* IFLA_LINKINFO with a kind and a slave's kind (NULL: none), left open. */
static inline struct nlattr *
linkbuild_info(struct nl_msg *msg, const char *kind, const char *slave_kind)
{
	struct nlattr *info = nla_nest_start(msg, IFLA_LINKINFO);

	if (kind)
		(void)nla_put_string(msg, IFLA_INFO_KIND, kind);
	if (slave_kind)
		(void)nla_put_string(msg, IFLA_INFO_SLAVE_KIND, slave_kind);
	return info;
}

static inline struct nlmsghdr *linkbuild_bytes(struct nl_msg *msg)
{
	return nlmsg_hdr(msg);
}

/* Frees it, and returns what linkmsg_parse() says of it. */
static inline int linkbuild_parse(struct nl_msg *msg, struct link_event *out)
{
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	int err = linkmsg_parse(nlh, nlh->nlmsg_len, out);

	nlmsg_free(msg);
	return err;
}

#endif
