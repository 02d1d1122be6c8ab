/* SPDX-License-Identifier: BSD-2-Clause */
/* A link message with everything there is, and what it holds. */
#ifndef BONDCARRIER_TESTS_FULL_MESSAGE_H
#define BONDCARRIER_TESTS_FULL_MESSAGE_H

#include <stddef.h>

#include "netlink/linkmsg.h"

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

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

extern const struct value full_bond[], full_slave[], full_ad[];
extern const size_t full_bond_count, full_slave_count, full_ad_count;

struct nl_msg;

/* The bytes of a value: a pattern of its own for each attribute. */
void full_pattern(unsigned char *bytes, const struct value *value);
void full_put(struct nl_msg *msg, const struct value *value);

/* A bond (5) that is itself a slave of bond 7. The caller frees it. */
struct nl_msg *full_message(void);

#endif
