/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the LACP counters of a message, which are nested four levels deep. */
#include "netlink/lacp_stats.h"

#include <errno.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <string.h>

#include "netlink/linkmsg_attr.h"

#define STATS_LENGTH NLMSG_LENGTH(sizeof(struct if_stats_msg))

_Static_assert(BOND_3AD_STAT_MARKER_UNKNOWN_RX + 1 == LACP_STATS,
	       "one element per counter");

static int read_counts(const struct nlattr *nest, struct lacp_stats_answer *out)
{
	const struct nlattr *table[LACP_STATS];
	int err = linkmsg_attr_nested(nest, table, LACP_STATS - 1);

	if (err)
		return err;
	for (int i = 0; i < LACP_STATS; i++) {
		if (!table[i])
			continue;
		if (nla_len(table[i]) != (int)sizeof(out->lacp.counts[i])) {
			out->bad_attrs++;
			continue;
		}
		memcpy(&out->lacp.counts[i], nla_data(table[i]),
		       sizeof(out->lacp.counts[i]));
		out->lacp.present |= LACP_STAT_BIT(i);
	}
	return 0;
}

/* A missing nest is not an error: the link has no counters. */
static int read_slave(const struct nlattr *nest, struct lacp_stats_answer *out)
{
	const struct nlattr *types[LINK_XSTATS_TYPE_BOND + 1];
	const struct nlattr *groups[BOND_XSTATS_3AD + 1];
	int err = linkmsg_attr_nested(nest, types, LINK_XSTATS_TYPE_BOND);

	if (err || !types[LINK_XSTATS_TYPE_BOND])
		return err;
	err = linkmsg_attr_nested(types[LINK_XSTATS_TYPE_BOND], groups,
				  BOND_XSTATS_3AD);
	if (err || !groups[BOND_XSTATS_3AD])
		return err;
	return read_counts(groups[BOND_XSTATS_3AD], out);
}

static int read_message(const struct nlmsghdr *nlh,
			struct lacp_stats_answer *out)
{
	const struct nlattr *table[IFLA_STATS_LINK_XSTATS_SLAVE + 1];
	const struct if_stats_msg *head = nlmsg_data(nlh);
	int err;

	if (head->ifindex == 0 || head->ifindex > INT32_MAX)
		return -EBADMSG;
	out->ifindex = (int)head->ifindex;
	err = linkmsg_attr_table((const struct nlattr *)(head + 1),
				 (int)(nlh->nlmsg_len - STATS_LENGTH), table,
				 IFLA_STATS_LINK_XSTATS_SLAVE);
	if (err || !table[IFLA_STATS_LINK_XSTATS_SLAVE])
		return err;
	return read_slave(table[IFLA_STATS_LINK_XSTATS_SLAVE], out);
}

int lacp_stats_parse(const struct nlmsghdr *nlh, size_t available,
		     struct lacp_stats_answer *out)
{
	int err;

	memset(out, 0, sizeof(*out));
	if (available < sizeof(*nlh))
		return -EBADMSG;
	if (nlh->nlmsg_type != RTM_NEWSTATS)
		return -ENOMSG;
	if (nlh->nlmsg_len > available || nlh->nlmsg_len < STATS_LENGTH ||
	    nlh->nlmsg_len > INT32_MAX)
		return -EBADMSG;
	err = read_message(nlh, out);
	if (err)
		memset(out, 0, sizeof(*out));
	return err;
}
