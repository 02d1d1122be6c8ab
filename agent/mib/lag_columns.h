/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of IEEE8023-LAG-MIB, and what they share: the rows of ports, and
 * getters of their bond.
 */
#ifndef BONDCARRIER_AGENT_LAG_COLUMNS_H
#define BONDCARRIER_AGENT_LAG_COLUMNS_H

#include "mib/table.h"

extern const struct table lag_columns;	       /* dot3adAggTable */
extern const struct table lag_columns_list;    /* dot3adAggPortListTable */
extern const struct table lag_port_columns;    /* dot3adAggPortTable */
extern const struct table lag_stats_columns;   /* dot3adAggPortStatsTable */
extern const struct table lag_debug_columns;   /* dot3adAggPortDebugTable */
extern const struct table lag_columns_scalars; /* dot3adTablesLastChanged */

/* Seeks the first slave of any bond in mode 802.3ad, by the slave's ifIndex. */
bool lag_port_columns_seek(struct table_row *row,
			   int64_t index[TABLE_INDEX_MAX]);

/* Getters of the row's bond; the partner is that of the active aggregator. */
bool lag_columns_get_system_priority(const struct table_row *row,
				     struct table_value *value);
bool lag_columns_get_system(const struct table_row *row,
			    struct table_value *value);
bool lag_columns_get_partner(const struct table_row *row,
			     struct table_value *value);
bool lag_columns_get_partner_key(const struct table_row *row,
				 struct table_value *value);

#endif
