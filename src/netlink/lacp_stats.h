/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parses an RTM_NEWSTATS message into the LACP counters of a bond's slave:
 * IFLA_STATS_LINK_XSTATS_SLAVE, LINK_XSTATS_TYPE_BOND, BOND_XSTATS_3AD
 * (bond_fill_linkxstats() in drivers/net/bonding/bond_netlink.c, since
 * Linux 5.0). Pure: no I/O, no logging. The message bytes are untrusted.
 */
#ifndef BONDCARRIER_LACP_STATS_H
#define BONDCARRIER_LACP_STATS_H

#include <linux/netlink.h>
#include <stddef.h>

#include "bond/bond.h"

struct lacp_stats_answer {
	int ifindex;
	struct lacp_stats lacp; /* nothing present: not an 802.3ad slave */
	unsigned int bad_attrs; /* of a wrong length, treated as absent */
};

/*
 * Parses the message at `nlh`, of which `available` bytes are readable.
 * 0: `out` is filled. -ENOMSG: another type. -EBADMSG: truncated or malformed;
 * `out` is all zero.
 */
int lacp_stats_parse(const struct nlmsghdr *nlh, size_t available,
		     struct lacp_stats_answer *out);

#endif
