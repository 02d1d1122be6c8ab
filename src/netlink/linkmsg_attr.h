/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What linkmsg.c and linkmsg_bond.c share: walking attributes strictly.
 *
 * A stream of attributes is well-formed when it is used up to the last byte;
 * the padding after the last attribute may be missing. Of an attribute that
 * is there twice the last one counts, as everywhere in netlink.
 * Errors: -EBADMSG, the structure is broken.
 */
#ifndef BONDCARRIER_LINKMSG_ATTR_H
#define BONDCARRIER_LINKMSG_ATTR_H

#include <netlink/attr.h>

#include "netlink/linkmsg.h"

/* Sorts attributes 0..max into `table` (max + 1 pointers); NULL: absent. */
int linkmsg_attrs(const struct nlattr *head, int length,
		  const struct nlattr **table, int max);
int linkmsg_nested(const struct nlattr *nest, const struct nlattr **table,
		   int max);

/* IFLA_INFO_DATA of a bond and IFLA_INFO_SLAVE_DATA of a bond's slave. */
int linkmsg_bond_data(const struct nlattr *nest, struct bond_attrs *out,
		      unsigned int *bad_attrs);
int linkmsg_slave_data(const struct nlattr *nest, struct slave_attrs *out,
		       unsigned int *bad_attrs);

#endif
