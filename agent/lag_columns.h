/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IEEE8023-LAG-MIB's tables, and what they share: rows of slaves, and what a
 * port has of its bond.
 */
#ifndef BONDCARRIER_AGENT_LAG_COLUMNS_H
#define BONDCARRIER_AGENT_LAG_COLUMNS_H

#include "table.h"

extern const struct table lag_columns;	     /* dot3adAggTable */
extern const struct table lag_list_columns;  /* dot3adAggPortListTable */
extern const struct table lag_port_columns;  /* dot3adAggPortTable */
extern const struct table lag_stats_columns; /* dot3adAggPortStatsTable */
extern const struct table lag_debug_columns; /* dot3adAggPortDebugTable */
extern const struct table scalars_lag;	     /* dot3adTablesLastChanged */

/* Goes to the first slave of any bond in 802.3ad, by its own ifIndex. */
bool lag_port_seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX]);

/* Getters of the row's bond; of the active aggregator those of the partner. */
bool lag_get_system_priority(const struct table_row *row,
			     struct table_value *value);
bool lag_get_system(const struct table_row *row, struct table_value *value);
bool lag_get_partner(const struct table_row *row, struct table_value *value);
bool lag_get_partner_key(const struct table_row *row,
			 struct table_value *value);

#endif
