/* SPDX-License-Identifier: BSD-2-Clause */
/* Strict parsing of attributes. */
#include "netlink/linkmsg_attr.h"

#include <errno.h>
#include <string.h>

int linkmsg_attr_table(const struct nlattr *head, int length,
		       const struct nlattr **table, int max)
{
	const struct nlattr *attr = head;
	int rest = length;

	/* NOLINTNEXTLINE(bugprone-sizeof-expression): pointers are cleared */
	memset(table, 0, ((size_t)max + 1) * sizeof(*table));
	for (; nla_ok(attr, rest); attr = nla_next(attr, &rest)) {
		if (nla_type(attr) <= max)
			table[nla_type(attr)] = attr;
	}
	return rest > 0 ? -EBADMSG : 0;
}

int linkmsg_attr_nested(const struct nlattr *nest, const struct nlattr **table,
			int max)
{
	return linkmsg_attr_table(nla_data(nest), nla_len(nest), table, max);
}
