/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables and groups of BOND-CARRIER-MIB and of others, one MIB's or
 * table's per file, and the columns that notifications carry, by name.
 */
#ifndef BONDCARRIER_AGENT_COLUMNS_H
#define BONDCARRIER_AGENT_COLUMNS_H

#include "table.h"

extern const struct table scalars_summary;
extern const struct table scalars_agent;
extern const struct table scalars_control;
extern const struct table bond_columns;
extern const struct table slave_columns;
extern const struct table discrepancy_columns;
extern const struct table event_columns;

/* Of MIBs that are not ours. */
extern const struct table stack_columns;
extern const struct table scalars_if_mib;

#endif
