/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables and groups of BOND-CARRIER-MIB and of standard MIBs, one MIB or
 * table per file. Notifications use the same columns, by name.
 */
#ifndef BONDCARRIER_AGENT_COLUMNS_H
#define BONDCARRIER_AGENT_COLUMNS_H

#include "mib/table.h"

extern const struct table columns_scalars_summary;
extern const struct table columns_scalars_agent;
extern const struct table columns_scalars_control;
extern const struct table columns_bond;
extern const struct table columns_slave;
extern const struct table columns_discrepancy;
extern const struct table columns_event;

/* Of standard MIBs. */
extern const struct table columns_stack;
extern const struct table columns_stack_scalars;

#endif
