/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walks the attributes of a message strictly.
 *
 * A stream of attributes is well-formed when it is used up to the last byte;
 * the padding after the last attribute may be missing. Of an attribute that
 * is there twice the last one counts, as everywhere in netlink.
 * Errors: -EBADMSG, the structure is broken.
 */
#ifndef BONDCARRIER_LINKMSG_ATTR_H
#define BONDCARRIER_LINKMSG_ATTR_H

#include <netlink/attr.h>

/* Sorts attributes 0..max into `table` (max + 1 pointers); NULL: absent. */
int linkmsg_attr_table(const struct nlattr *head, int length,
		       const struct nlattr **table, int max);
int linkmsg_attr_nested(const struct nlattr *nest, const struct nlattr **table,
			int max);

#endif
