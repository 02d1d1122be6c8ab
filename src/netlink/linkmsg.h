/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the bytes of one rtnetlink link message to a struct link_event.
 *
 * Attributes are read through tables of number, length and destination
 * (linux/if_link.h), every length is checked, and each value has a bit that
 * says whether it was there: no version of the kernel is ever assumed.
 * Pure: no I/O, no logging. Message bytes are hostile.
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
	struct bond_mac mac;	  /* likewise */
	struct slave_attrs slave; /* with bond_slave */
	unsigned int bad_attrs;	  /* attributes of a wrong length, taken as
				     absent; counted by the caller */
};

/*
 * Reads the message at `nlh`, of which `available` bytes are readable.
 * 0: `out` is filled. -ENOMSG: not about a link as such (another type, the
 * bridge's or a wireless driver's partial messages). -EBADMSG: truncated or
 * malformed; out->link is distrusted, and its ifindex is the one the message
 * claims to be about when that much could be read, else 0.
 */
int linkmsg_parse(const struct nlmsghdr *nlh, size_t available,
		  struct link_event *out);

/* A datagram of messages, and how far it has been read. */
struct linkmsg_cursor {
	const char *at; /* aligned as struct nlmsghdr */
	size_t rest;
};

/*
 * The next message, of which `available` bytes are readable; its length may
 * say otherwise, and then it is the last, since nothing behind a header that
 * lies can be found. NULL: the end.
 */
const struct nlmsghdr *linkmsg_next(struct linkmsg_cursor *cursor,
				    size_t *available);

#endif
