/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strict parsing of a message's attributes.
 *
 * A stream of attributes is well-formed if it is consumed to the last byte; the
 * padding after the last attribute may be missing. If an attribute is repeated,
 * the last one counts, as everywhere in netlink. Errors: -EBADMSG: malformed.
 */
#ifndef BONDCARRIER_LINKMSG_ATTR_H
#define BONDCARRIER_LINKMSG_ATTR_H

#include <netlink/attr.h>

/* Stores attribute number N in table[N], for 0 to `max`; NULL: absent. */
int linkmsg_attr_table(const struct nlattr *head, int length,
		       const struct nlattr **table, int max);
int linkmsg_attr_nested(const struct nlattr *nest, const struct nlattr **table,
			int max);

#endif
