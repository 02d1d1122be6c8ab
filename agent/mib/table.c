/* SPDX-License-Identifier: BSD-2-Clause */
/* Finds the instance of an object identifier, and the next one. */
#include "mib/table.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <string.h>

#include "base/clock.h"
#include "bond/discrepancy.h"
#include "state/uptime.h"

void table_row_init(struct table_row *row, struct shared *shared,
		    struct table_times *times)
{
	memset(row, 0, sizeof(*row));
	row->shared = shared;
	row->times = times;
	times->known = false;
}

const struct table_times *table_get_times(const struct table_row *row)
{
	struct table_times *times = row->times;

	if (!times->known) {
		times->known = true;
		clock_both(&times->now_ms, &times->wall_ms);
		times->uptime_began_ms = uptime_last_zero_ms(
		    row->shared->uptime_began_ms, times->now_ms);
	}
	return times;
}

void table_row_set_bond(struct table_row *row, const struct bond *bond)
{
	row->bond = bond;
	row->raised = discrepancy_raised(&bond->discrepancies);
	row->slave = NULL;
	row->discrepancy = NULL;
	row->entry = NULL;
}

bool table_seek_scalar(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	(void)row;
	if (index[0] > 0)
		return false;
	index[0] = 0;
	return true;
}

bool table_get_absent(const struct table_row *row, struct table_value *value)
{
	(void)row;
	(void)value;
	return false;
}

/* The position of the column's number in a suffix. */
static size_t table_depth(const struct table *table)
{
	return table->scalars ? 1 : 2;
}

size_t table_suffix(const struct table_instance *instance,
		    oid suffix[TABLE_SUFFIX_MAX])
{
	size_t length = 0;

	suffix[length++] = instance->table->number;
	if (!instance->table->scalars)
		suffix[length++] = 1;
	suffix[length++] = instance->column->number;
	for (size_t i = 0; i < instance->table->index_count; i++)
		suffix[length++] = (oid)instance->index[i];
	return length;
}

enum table_found table_find(const struct table *const *tables, size_t count,
			    const oid *suffix, size_t length,
			    const struct table_row *start,
			    struct table_instance *out)
{
	const struct table *table = NULL;
	int64_t wanted[TABLE_INDEX_MAX] = { 0 };
	size_t depth;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < count && length > 0; i++)
		if (tables[i]->number == suffix[0])
			table = tables[i];
	if (!table)
		return TABLE_NO_SUCH_OBJECT;
	out->table = table;
	depth = table_depth(table);
	if (length <= depth || (!table->scalars && suffix[1] != 1))
		return TABLE_NO_SUCH_OBJECT;
	for (size_t i = 0; i < table->column_count; i++)
		if (table->columns[i].number == suffix[depth])
			out->column = &table->columns[i];
	if (!out->column || out->column->type == TABLE_NOT_ACCESSIBLE)
		return TABLE_NO_SUCH_OBJECT;

	if (length != depth + 1 + table->index_count)
		return TABLE_NO_SUCH_INSTANCE;
	for (size_t i = 0; i < table->index_count; i++)
		wanted[i] = (int64_t)suffix[depth + 1 + i];
	memcpy(out->index, wanted, sizeof(wanted));
	out->row = *start;
	if (!table->seek(&out->row, out->index) ||
	    memcmp(out->index, wanted, sizeof(wanted)) != 0)
		return TABLE_NO_SUCH_INSTANCE;
	return TABLE_FOUND;
}

/* Where a search starts. */
struct position {
	size_t table;
	size_t column;
	int64_t index[TABLE_INDEX_MAX];
};

/* Where to start in the column: at the name's index, or just behind it if the
   name is not before that instance. */
static void position_index(struct position *pos, const struct table *table,
			   const oid *index, size_t length, bool inclusive)
{
	for (size_t i = 0; i < table->index_count && i < length; i++)
		pos->index[i] = (int64_t)index[i];
	if (length > table->index_count ||
	    (length == table->index_count && !inclusive))
		pos->index[table->index_count - 1]++;
}

/* The position of the first instance that can follow the name. */
static struct position position_after(const struct table *const *tables,
				      size_t count, const oid *suffix,
				      size_t length, bool inclusive)
{
	struct position pos = { 0 };
	const struct table *table;
	size_t depth;

	if (length == 0)
		return pos;
	while (pos.table < count && tables[pos.table]->number < suffix[0])
		pos.table++;
	if (pos.table == count || tables[pos.table]->number > suffix[0])
		return pos;
	table = tables[pos.table];
	depth = table_depth(table);
	if (!table->scalars && length > 1 && suffix[1] != 1) {
		if (suffix[1] > 1)
			pos.table++;
		return pos;
	}
	if (length <= depth)
		return pos;
	while (pos.column < table->column_count &&
	       table->columns[pos.column].number < suffix[depth])
		pos.column++;
	if (pos.column < table->column_count &&
	    table->columns[pos.column].number == suffix[depth])
		position_index(&pos, table, suffix + depth + 1,
			       length - depth - 1, inclusive);
	return pos;
}

/* The first row from `index` on with a value in this column. */
static bool column_next(const struct table *table,
			const struct table_column *column,
			int64_t index[TABLE_INDEX_MAX],
			const struct table_row *start,
			struct table_instance *out, struct table_value *value)
{
	if (column->type == TABLE_NOT_ACCESSIBLE ||
	    column->get == table_get_absent)
		return false;
	out->table = table;
	out->column = column;
	out->row = *start;
	while (table->seek(&out->row, index)) {
		memcpy(out->index, index, sizeof(out->index));
		if (column->get(&out->row, value))
			return true;
		index[table->index_count - 1]++;
	}
	return false;
}

bool table_next(const struct table *const *tables, size_t count,
		const oid *suffix, size_t length, bool inclusive,
		const struct table_row *start, struct table_instance *out,
		struct table_value *value)
{
	struct position pos =
	    position_after(tables, count, suffix, length, inclusive);

	for (; pos.table < count; pos.table++, pos.column = 0) {
		const struct table *table = tables[pos.table];

		for (; pos.column < table->column_count; pos.column++) {
			if (column_next(table, &table->columns[pos.column],
					pos.index, start, out, value))
				return true;
			memset(pos.index, 0, sizeof(pos.index));
		}
		/* An index may be left from a number past the last column. */
		memset(pos.index, 0, sizeof(pos.index));
	}
	return false;
}
