/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parses an rtnetlink link message into a struct link_event.
 *
 * Attributes are read through tables of number, length and destination
 * (linux/if_link.h). Every length is checked, and each value has a bit that
 * tells whether it was present, so no kernel version is assumed.
 * Pure: no I/O, no logging. The message bytes are untrusted.
 */
#ifndef BONDCARRIER_LINKMSG_H
#define BONDCARRIER_LINKMSG_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>

#include "bond/bond.h"

enum link_kind { /* IFLA_INFO_KIND */
		 LINK_KIND_OTHER = 0,
		 LINK_KIND_BOND,
		 LINK_KIND_VLAN,
		 LINK_KIND_MACVLAN, /* and macvtap, ipvlan: one lower device */
};

struct link_event {
	bool gone; /* RTM_DELLINK */
	enum link_kind kind;
	int master;	 /* IFLA_MASTER; 0: none */
	bool bond_slave; /* IFLA_INFO_SLAVE_KIND is "bond" */
	struct link_state link;
	struct bond_attrs bond;	  /* with LINK_KIND_BOND */
	struct bond_mac mac;	  /* with LINK_KIND_BOND */
	struct slave_attrs slave; /* with bond_slave */
	unsigned int bad_attrs;	  /* attributes of a wrong length, treated
				     as absent */
};

/*
 * Parses the message at `nlh`, of which `available` bytes are readable.
 * 0: `out` is filled. -ENOMSG: not the state of a link (another type, or a
 * partial message of a bridge or a wireless driver). -EBADMSG: truncated or
 * malformed; out->link is distrusted, and its ifindex is the message's if that
 * could be read, else 0.
 */
int linkmsg_parse(const struct nlmsghdr *nlh, size_t available,
		  struct link_event *out);

/* A datagram of messages, and the read position. */
struct linkmsg_cursor {
	const char *at; /* aligned as struct nlmsghdr */
	size_t rest;
};

/*
 * The next message, of which `available` bytes are readable. If its header
 * gives an impossible length, it is the last one, because the position of the
 * next is unknown. NULL: the end.
 */
const struct nlmsghdr *linkmsg_next(struct linkmsg_cursor *cursor,
				    size_t *available);

#endif
