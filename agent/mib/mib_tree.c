/* SPDX-License-Identifier: BSD-2-Clause */
/* The served trees, as data. */
#include "mib/mib_tree.h"

#include <string.h>

#include "mib/columns.h"
#include "mib/columns_lag.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct table *const mib_tree_own_tables[] = {
	&columns_scalars_summary, &columns_scalars_agent,
	&columns_scalars_control, &columns_bond,
	&columns_slave,		  &columns_discrepancy,
	&columns_event,
};
const size_t mib_tree_own_table_count = COUNT(mib_tree_own_tables);

static const struct table *const if_stack_table[] = { &columns_stack };
static const struct table *const if_stack_change[] = { &columns_stack_scalars };
static const struct table *const lag_tables[] = { &columns_lag,
						  &columns_lag_list };
static const struct table *const lag_port_tables[] = { &columns_lag_port,
						       &columns_lag_stats,
						       &columns_lag_debug };
static const struct table *const lag_scalars[] = { &columns_lag_scalars };

const struct mib_tree mib_tree_list[] = {
	{
	    .name = "BOND-CARRIER-MIB",
	    .set = MIB_OWN,
	    .tables = mib_tree_own_tables,
	    .table_count = COUNT(mib_tree_own_tables),
	},
	{
	    .name = "ifStackTable",
	    .set = SETTINGS_IF_STACK,
	    .numbers = { 1, 3, 6, 1, 2, 1, 31, 1, 2 },
	    .length = 9,
	    .base_length = 8,
	    .tables = if_stack_table,
	    .table_count = COUNT(if_stack_table),
	},
	{
	    .name = "ifStackLastChange",
	    .set = SETTINGS_IF_STACK,
	    .numbers = { 1, 3, 6, 1, 2, 1, 31, 1, 6 },
	    .length = 9,
	    .base_length = 7,
	    .tables = if_stack_change,
	    .table_count = COUNT(if_stack_change),
	},
	{
	    .name = "dot3adAgg",
	    .set = SETTINGS_DOT3AD_AGG,
	    .numbers = { 1, 2, 840, 10006, 300, 43, 1, 1 },
	    .length = 8,
	    .base_length = 8,
	    .tables = lag_tables,
	    .table_count = COUNT(lag_tables),
	},
	{
	    .name = "dot3adAggPort",
	    .set = SETTINGS_DOT3AD_AGG,
	    .numbers = { 1, 2, 840, 10006, 300, 43, 1, 2 },
	    .length = 8,
	    .base_length = 8,
	    .tables = lag_port_tables,
	    .table_count = COUNT(lag_port_tables),
	},
	{
	    .name = "dot3adTablesLastChanged",
	    .set = SETTINGS_DOT3AD_AGG,
	    .numbers = { 1, 2, 840, 10006, 300, 43, 1, 3 },
	    .length = 8,
	    .base_length = 6,
	    .tables = lag_scalars,
	    .table_count = COUNT(lag_scalars),
	},
};

size_t mib_tree_oid(oid name[MIB_NAME_MAX], oid branch)
{
	for (size_t i = 0; i < build_info_mib_root_length; i++)
		name[i] = build_info_mib_root[i];
	name[build_info_mib_root_length] = branch;
	return build_info_mib_root_length + 1;
}

size_t mib_tree_name(const struct mib_tree *tree, oid name[MIB_NAME_MAX])
{
	if (tree->set == MIB_OWN)
		return mib_tree_oid(name, MIB_OBJECTS);
	for (size_t i = 0; i < tree->length; i++)
		name[i] = tree->numbers[i];
	return tree->length;
}

size_t mib_tree_base_length(const struct mib_tree *tree)
{
	return tree->set == MIB_OWN ? build_info_mib_root_length + 1
				    : tree->base_length;
}

const struct table_column *mib_tree_column(const char *name,
					   const struct table **table)
{
	for (size_t t = 0; t < mib_tree_own_table_count; t++) {
		const struct table *candidate = mib_tree_own_tables[t];

		for (size_t c = 0; c < candidate->column_count; c++) {
			if (strcmp(candidate->columns[c].name, name) != 0)
				continue;
			*table = candidate;
			return &candidate->columns[c];
		}
	}
	return NULL;
}
