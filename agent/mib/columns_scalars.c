/* SPDX-License-Identifier: BSD-2-Clause */
/* bondCarrierSummary, bondCarrierAgent and bondCarrierControl. */
#include "mib/columns.h"
#include "mib/value.h"
#include "process/build_info.h"

#define GRACE_MAX_MS 3600000

static bool get_count(const struct table_row *row, struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;

	return value_number(value, bonds ? (int64_t)bonds->count : 0);
}

static bool get_slaves(const struct table_row *row, struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;

	return value_number(value,
			    bonds ? (int64_t)bond_set_slave_total(bonds) : 0);
}

static bool get_false_up(const struct table_row *row, struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;
	size_t count =
	    bonds ? bond_set_raised_count(bonds, DISCREPANCY_FALSE_UP) : 0;

	return value_number(value, (int64_t)count);
}

static bool get_discrepancies(const struct table_row *row,
			      struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;

	return value_number(
	    value, bonds ? (int64_t)bond_set_discrepancy_total(bonds) : 0);
}

static bool get_table_change(const struct table_row *row,
			     struct table_value *value)
{
	const struct shared *shared = row->shared;

	return value_stamp(value, row,
			   shared->bonds ? shared->bonds->table_changed_ms
					 : shared->began_ms);
}

static bool get_state_change(const struct table_row *row,
			     struct table_value *value)
{
	const struct shared *shared = row->shared;

	return value_stamp(value, row,
			   shared->bonds ? shared->bonds->state_changed_ms
					 : shared->began_ms);
}

static bool get_last_event(const struct table_row *row,
			   struct table_value *value)
{
	/* In a notification, the index of its own event. */
	if (row->entry)
		return value_number(value, row->entry->index);
	return value_number(value, event_log_last(row->shared->events));
}

static const struct table_column summary[] = {
	TABLE_COLUMN(1, "bondCount", ASN_GAUGE, get_count),
	TABLE_COLUMN(2, "bondSlaveTotal", ASN_GAUGE, get_slaves),
	TABLE_COLUMN(3, "bondFalseUpCount", ASN_GAUGE, get_false_up),
	TABLE_COLUMN(4, "bondDiscrepancyCount", ASN_GAUGE, get_discrepancies),
	TABLE_COLUMN(5, "bondTableLastChange", ASN_TIMETICKS, get_table_change),
	TABLE_COLUMN(6, "bondStateLastChange", ASN_TIMETICKS, get_state_change),
	TABLE_COLUMN(7, "bondEventLastIndex", ASN_UNSIGNED, get_last_event),
};

const struct table columns_scalars_summary = {
	.number = 1,
	.name = "bondCarrierSummary",
	.scalars = true,
	.index_count = 1,
	.columns = summary,
	.column_count = sizeof(summary) / sizeof(summary[0]),
	.seek = table_seek_scalar,
};

static bool get_version(const struct table_row *row, struct table_value *value)
{
	(void)row;
	return value_text(value, build_info_version);
}

static bool get_status(const struct table_row *row, struct table_value *value)
{
	const struct bond_set *bonds = row->shared->bonds;

	return value_number(value, bonds ? bonds->status : BOND_SET_LOST);
}

static bool get_resyncs(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->shared->counters.resyncs);
}

static bool get_overruns(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->shared->counters.overruns);
}

static bool get_sent(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->shared->counters.sent);
}

static bool get_queued(const struct table_row *row, struct table_value *value)
{
	return value_number(value, (int64_t)outbox_count(row->shared->outbox));
}

static bool get_dropped(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->shared->counters.dropped);
}

static bool get_suppressed(const struct table_row *row,
			   struct table_value *value)
{
	return value_number(value, row->shared->counters.suppressed);
}

static bool get_began(const struct table_row *row, struct table_value *value)
{
	return value_stamp(value, row, row->shared->began_ms);
}

static const struct table_column agent[] = {
	TABLE_COLUMN(1, "bondAgentVersion", ASN_OCTET_STR, get_version),
	TABLE_COLUMN(2, "bondAgentStatus", ASN_INTEGER, get_status),
	TABLE_COLUMN(3, "bondAgentResyncs", ASN_COUNTER, get_resyncs),
	TABLE_COLUMN(4, "bondAgentOverruns", ASN_COUNTER, get_overruns),
	TABLE_COLUMN(5, "bondAgentNotificationsSent", ASN_COUNTER, get_sent),
	TABLE_COLUMN(6, "bondAgentNotificationsQueued", ASN_GAUGE, get_queued),
	TABLE_COLUMN(7, "bondAgentNotificationsDropped", ASN_COUNTER,
		     get_dropped),
	TABLE_COLUMN(8, "bondAgentNotificationsSuppressed", ASN_COUNTER,
		     get_suppressed),
	TABLE_COLUMN(9, "bondAgentDiscontinuityTime", ASN_TIMETICKS, get_began),
};

const struct table columns_scalars_agent = {
	.number = 2,
	.name = "bondCarrierAgent",
	.scalars = true,
	.index_count = 1,
	.columns = agent,
	.column_count = sizeof(agent) / sizeof(agent[0]),
	.seek = table_seek_scalar,
};

static bool get_enabled(const struct table_row *row, struct table_value *value)
{
	return value_truth(value, row->shared->control.notifications_enabled);
}

static void set_enabled(struct shared *shared, int64_t number)
{
	shared->control.notifications_enabled = number == 1;
}

static bool get_grace(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->shared->control.grace_ms);
}

static void set_grace(struct shared *shared, int64_t number)
{
	shared->control.grace_ms = (uint32_t)number;
}

static const struct table_column control[] = {
	TABLE_SETTABLE(1, "bondNotificationsEnabled", ASN_INTEGER, get_enabled,
		       set_enabled, 1, 2),
	TABLE_SETTABLE(2, "bondDiscrepancyGrace", ASN_UNSIGNED, get_grace,
		       set_grace, 0, GRACE_MAX_MS),
};

const struct table columns_scalars_control = {
	.number = 3,
	.name = "bondCarrierControl",
	.scalars = true,
	.index_count = 1,
	.columns = control,
	.column_count = sizeof(control) / sizeof(control[0]),
	.seek = table_seek_scalar,
};
