/* SPDX-License-Identifier: BSD-2-Clause */
/* ifStackTable and ifStackLastChange of IF-MIB (RFC 2863), read-only. */
#include "mib/columns.h"
#include "mib/value.h"

#define ROW_ACTIVE 1 /* RowStatus, RFC 2579 */

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct pair *pair =
	    bonds ? pairs_at(&bonds->stack.rows, index[0], index[1]) : NULL;

	if (!pair)
		return false;
	index[0] = pair->key;
	index[1] = pair->value;
	return true;
}

static bool get_status(const struct table_row *row, struct table_value *value)
{
	(void)row;
	return value_number(value, ROW_ACTIVE);
}

static const struct table_column stack[] = {
	TABLE_INDEX(1, "ifStackHigherLayer"),
	TABLE_INDEX(2, "ifStackLowerLayer"),
	TABLE_COLUMN(3, "ifStackStatus", ASN_INTEGER, get_status),
};

const struct table columns_stack = {
	.number = 2,
	.name = "ifStackTable",
	.index_count = 2,
	.columns = stack,
	.column_count = sizeof(stack) / sizeof(stack[0]),
	.seek = seek,
};

/* 0: no change since the start. */
static bool get_last_change(const struct table_row *row,
			    struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;

	if (!bonds || bonds->stack.changed_ms == 0)
		return value_number(value, 0);
	return value_stamp(value, row, bonds->stack.changed_ms);
}

static const struct table_column objects[] = {
	TABLE_COLUMN(6, "ifStackLastChange", ASN_TIMETICKS, get_last_change),
};

const struct table columns_stack_scalars = {
	.number = 1,
	.name = "ifMIBObjects",
	.scalars = true,
	.index_count = 1,
	.columns = objects,
	.column_count = sizeof(objects) / sizeof(objects[0]),
	.seek = table_seek_scalar,
};
