/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of IEEE8023-LAG-MIB, and what they share: the rows of ports, and
 * getters of their bond.
 */
#ifndef BONDCARRIER_AGENT_COLUMNS_LAG_H
#define BONDCARRIER_AGENT_COLUMNS_LAG_H

#include "mib/table.h"

extern const struct table columns_lag;	       /* dot3adAggTable */
extern const struct table columns_lag_list;    /* dot3adAggPortListTable */
extern const struct table columns_lag_port;    /* dot3adAggPortTable */
extern const struct table columns_lag_stats;   /* dot3adAggPortStatsTable */
extern const struct table columns_lag_debug;   /* dot3adAggPortDebugTable */
extern const struct table columns_lag_scalars; /* dot3adTablesLastChanged */

/* Seeks the first slave of any bond in mode 802.3ad, by the slave's ifIndex. */
bool columns_lag_port_seek(struct table_row *row,
			   int64_t index[TABLE_INDEX_MAX]);

/* Getters of the row's bond; the partner is that of the active aggregator. */
bool columns_lag_get_system_priority(const struct table_row *row,
				     struct table_value *value);
bool columns_lag_get_system(const struct table_row *row,
			    struct table_value *value);
bool columns_lag_get_partner(const struct table_row *row,
			     struct table_value *value);
bool columns_lag_get_partner_key(const struct table_row *row,
				 struct table_value *value);

#endif
