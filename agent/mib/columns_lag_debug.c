/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dot3adAggPortDebugTable: of all that it has, the kernel tells by netlink
 * whether an end has churned, from 2026 on.
 */
#include "mib/columns_lag.h"

#include "bond/uapi.h"
#include "mib/value.h"

/* IEEE8023-LAG-MIB, ChurnState */
static bool value_churn(struct table_value *value, const struct table_row *row,
			int attribute, uint8_t churn)
{
	static const unsigned char numbers[] = {
		[UAPI_CHURN_NONE] = 1,
		[UAPI_CHURN_CHURNED] = 2,
		[UAPI_CHURN_MONITORED] = 3,
	};

	return slave_has(row->slave, attribute) && churn < sizeof(numbers) &&
	       value_number(value, numbers[churn]);
}

static bool get_actor(const struct table_row *row, struct table_value *value)
{
	return value_churn(value, row, UAPI_BOND_SLAVE_ACTOR_CHURN,
			   row->slave->attrs.actor_churn);
}

static bool get_partner(const struct table_row *row, struct table_value *value)
{
	return value_churn(value, row, UAPI_BOND_SLAVE_PARTNER_CHURN,
			   row->slave->attrs.partner_churn);
}

#define NUMBER(n, column_name, getter)                                         \
	TABLE_COLUMN(n, column_name, ASN_INTEGER, getter)
#define COUNTER(n, column_name)                                                \
	TABLE_COLUMN(n, column_name, ASN_COUNTER, table_get_absent)

static const struct table_column columns[] = {
	NUMBER(1, "dot3adAggPortDebugRxState", table_get_absent),
	TABLE_COLUMN(2, "dot3adAggPortDebugLastRxTime", ASN_TIMETICKS,
		     table_get_absent),
	NUMBER(3, "dot3adAggPortDebugMuxState", table_get_absent),
	TABLE_COLUMN(4, "dot3adAggPortDebugMuxReason", ASN_OCTET_STR,
		     table_get_absent),
	NUMBER(5, "dot3adAggPortDebugActorChurnState", get_actor),
	NUMBER(6, "dot3adAggPortDebugPartnerChurnState", get_partner),
	COUNTER(7, "dot3adAggPortDebugActorChurnCount"),
	COUNTER(8, "dot3adAggPortDebugPartnerChurnCount"),
	COUNTER(9, "dot3adAggPortDebugActorSyncTransitionCount"),
	COUNTER(10, "dot3adAggPortDebugPartnerSyncTransitionCount"),
	COUNTER(11, "dot3adAggPortDebugActorChangeCount"),
	COUNTER(12, "dot3adAggPortDebugPartnerChangeCount"),
};

const struct table columns_lag_debug = {
	.number = 3,
	.name = "dot3adAggPortDebugTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = columns_lag_port_seek,
};
