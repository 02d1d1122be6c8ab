/* SPDX-License-Identifier: BSD-2-Clause */
/* bondEventTable: the latest events. */
#include "explain/explain.h"
#include "mib/columns.h"
#include "mib/value.h"

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct event_log_entry *entry =
	    event_log_lower_bound(row->shared->events, index[0]);

	if (!entry)
		return false;
	row->entry = entry;
	index[0] = entry->index;
	return true;
}

static bool get_time(const struct table_row *row, struct table_value *value)
{
	return value_stamp(value, row, row->entry->event.at_ms);
}

static bool get_date(const struct table_row *row, struct table_value *value)
{
	return value_date(value, row->entry->wall_ms);
}

static bool get_type(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->entry->event.type);
}

static bool get_kind(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->entry->event.kind);
}

static bool get_bond(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->entry->event.bond);
}

static bool get_slave(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->entry->event.slave);
}

static bool get_bond_name(const struct table_row *row,
			  struct table_value *value)
{
	return value_name(value, row->entry->event.bond_name);
}

static bool get_slave_name(const struct table_row *row,
			   struct table_value *value)
{
	return value_name(value, row->entry->event.slave_name);
}

static bool get_notified(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->entry->fate);
}

static bool get_text(const struct table_row *row, struct table_value *value)
{
	char text[EXPLAIN_TEXT_SIZE];

	explain_event(&row->entry->event, text, sizeof(text));
	return value_text(value, text);
}

static const struct table_column columns[] = {
	TABLE_INDEX(1, "bondEventIndex"),
	TABLE_COLUMN(2, "bondEventTime", ASN_TIMETICKS, get_time),
	TABLE_COLUMN(3, "bondEventDate", ASN_OCTET_STR, get_date),
	TABLE_COLUMN(4, "bondEventType", ASN_INTEGER, get_type),
	TABLE_COLUMN(5, "bondEventKind", ASN_INTEGER, get_kind),
	TABLE_COLUMN(6, "bondEventBond", ASN_INTEGER, get_bond),
	TABLE_COLUMN(7, "bondEventSlave", ASN_INTEGER, get_slave),
	TABLE_COLUMN(8, "bondEventBondName", ASN_OCTET_STR, get_bond_name),
	TABLE_COLUMN(9, "bondEventSlaveName", ASN_OCTET_STR, get_slave_name),
	TABLE_COLUMN(10, "bondEventNotified", ASN_INTEGER, get_notified),
	TABLE_COLUMN(11, "bondEventText", ASN_OCTET_STR, get_text),
};

const struct table columns_event = {
	.number = 7,
	.name = "bondEventTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = seek,
};
