/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BOND-CARRIER-MIB in net-snmp: its tables, its one registration, and the
 * handler that answers GET, GETNEXT and SET from the model.
 *
 * Everything below bondCarrierObjects is one registered subtree, so that a
 * walk goes from column to column and from table to table without asking the
 * master agent where to go on.
 */
#ifndef BONDCARRIER_AGENT_MIB_H
#define BONDCARRIER_AGENT_MIB_H

#include "build.h"
#include "table.h"

/* Numbers below the root (--with-mib-root). */
#define MIB_NOTIFICATIONS 0
#define MIB_OBJECTS	  1

/* The longest name of an instance. */
#define MIB_NAME_MAX (BUILD_MIB_ROOT_MAX + 1 + TABLE_SUFFIX_MAX)

extern const struct table *const mib_tables[];
extern const size_t mib_table_count;

/* Writes the root and one more number; returns the length. */
size_t mib_oid(oid name[MIB_NAME_MAX], oid branch);

/* The column of that name in the MIB, and its table; NULL: there is none. */
const struct table_column *mib_column(const char *name,
				      const struct table **table);

/*
 * Registers the subtree in net-snmp's agent, in `context` (may be NULL).
 * The model is borrowed until the agent is shut down. 0 or -errno.
 */
int mib_register(struct model *model, const char *context);

/* Puts a value into a variable; false: no memory, or no such type. */
bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value);

#endif
