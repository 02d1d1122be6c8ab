/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the bytes of one RTM_NEWSTATS to the LACP counters of a bond's slave:
 * IFLA_STATS_LINK_XSTATS_SLAVE, LINK_XSTATS_TYPE_BOND, BOND_XSTATS_3AD
 * (bond_fill_linkxstats() in drivers/net/bonding/bond_netlink.c, since
 * Linux 5.0). Pure: no I/O, no logging. Message bytes are hostile.
 */
#ifndef BONDCARRIER_LINKSTATS_H
#define BONDCARRIER_LINKSTATS_H

#include <linux/netlink.h>
#include <stddef.h>

#include "bond/bond.h"

struct lacp_stats_answer {
	int ifindex;
	struct lacp_stats lacp; /* of no slave in 802.3ad nothing is present */
	unsigned int bad_attrs; /* of a wrong length, taken as absent */
};

/*
 * Reads the message at `nlh`, of which `available` bytes are readable.
 * 0: `out` is filled. -ENOMSG: another type. -EBADMSG: truncated or
 * malformed, and nothing is present.
 */
int lacp_stats_parse(const struct nlmsghdr *nlh, size_t available,
		     struct lacp_stats_answer *out);

#endif
