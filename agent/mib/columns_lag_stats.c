/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dot3adAggPortStatsTable: the driver's own counters of each port, as of the
 * last read of its bond, every five seconds. The MIB has the lower 32 of their
 * 64 bits.
 */
#include "mib/columns_lag.h"

#include <linux/if_bonding.h>

#include "mib/value.h"

static bool value_count(struct table_value *value, const struct table_row *row,
			unsigned int bond_3ad_stat)
{
	const struct lacp_stats *lacp = &row->slave->lacp;

	return (lacp->present & LACP_STAT_BIT(bond_3ad_stat)) &&
	       value_number(value, (uint32_t)lacp->counts[bond_3ad_stat]);
}

#define GETTER(name, bond_3ad_stat)                                            \
	static bool name(const struct table_row *row,                          \
			 struct table_value *value)                            \
	{                                                                      \
		return value_count(value, row, bond_3ad_stat);                 \
	}

GETTER(get_lacpdus_rx, BOND_3AD_STAT_LACPDU_RX)
GETTER(get_markers_rx, BOND_3AD_STAT_MARKER_RX)
GETTER(get_responses_rx, BOND_3AD_STAT_MARKER_RESP_RX)
GETTER(get_illegal_rx, BOND_3AD_STAT_LACPDU_ILLEGAL_RX)
GETTER(get_lacpdus_tx, BOND_3AD_STAT_LACPDU_TX)
GETTER(get_markers_tx, BOND_3AD_STAT_MARKER_TX)
GETTER(get_responses_tx, BOND_3AD_STAT_MARKER_RESP_TX)

/* The driver counts unknown subtypes and unknown Marker TLVs separately. */
static bool get_unknown_rx(const struct table_row *row,
			   struct table_value *value)
{
	const struct lacp_stats *lacp = &row->slave->lacp;
	const unsigned int both =
	    LACP_STAT_BIT(BOND_3AD_STAT_LACPDU_UNKNOWN_RX) |
	    LACP_STAT_BIT(BOND_3AD_STAT_MARKER_UNKNOWN_RX);

	if ((lacp->present & both) != both)
		return false;
	return value_number(
	    value, (uint32_t)(lacp->counts[BOND_3AD_STAT_LACPDU_UNKNOWN_RX] +
			      lacp->counts[BOND_3AD_STAT_MARKER_UNKNOWN_RX]));
}

#define COUNTER(n, column_name, getter)                                        \
	TABLE_COLUMN(n, column_name, ASN_COUNTER, getter)

static const struct table_column columns[] = {
	COUNTER(1, "dot3adAggPortStatsLACPDUsRx", get_lacpdus_rx),
	COUNTER(2, "dot3adAggPortStatsMarkerPDUsRx", get_markers_rx),
	COUNTER(3, "dot3adAggPortStatsMarkerResponsePDUsRx", get_responses_rx),
	COUNTER(4, "dot3adAggPortStatsUnknownRx", get_unknown_rx),
	COUNTER(5, "dot3adAggPortStatsIllegalRx", get_illegal_rx),
	COUNTER(6, "dot3adAggPortStatsLACPDUsTx", get_lacpdus_tx),
	COUNTER(7, "dot3adAggPortStatsMarkerPDUsTx", get_markers_tx),
	COUNTER(8, "dot3adAggPortStatsMarkerResponsePDUsTx", get_responses_tx),
};

const struct table columns_lag_stats = {
	.number = 2,
	.name = "dot3adAggPortStatsTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = columns_lag_port_seek,
};
