/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables and groups of BOND-CARRIER-MIB and of standard MIBs, one MIB or
 * table per file. Notifications use the same columns, by name.
 */
#ifndef BONDCARRIER_AGENT_COLUMNS_H
#define BONDCARRIER_AGENT_COLUMNS_H

#include "mib/table.h"

extern const struct table scalars_summary;
extern const struct table scalars_agent;
extern const struct table scalars_control;
extern const struct table bond_columns;
extern const struct table slave_columns;
extern const struct table discrepancy_columns;
extern const struct table event_columns;

/* Of standard MIBs. */
extern const struct table stack_columns;
extern const struct table stack_columns_scalars;

#endif
