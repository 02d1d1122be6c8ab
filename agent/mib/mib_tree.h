/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The served trees of tables, as data; each is registered as one subtree.
 *
 * The first is BOND-CARRIER-MIB's, always served. The others belong to standard
 * MIBs and are served as standardTables of bondcarrierd.conf(5) configures.
 * Names of instances below a tree's base are "table number . entry 1 . column .
 * index" or, for scalars, "group number . column . 0". So
 *
 *   base              registered
 *   1.3.6.1.2.1.31.1  .2           IF-MIB      ifStackTable is 2
 *   1.3.6.1.2.1.31    .1.6         IF-MIB      ifStackLastChange is 6 of 1
 *
 *   1.2.840.10006.300.43.1.1       IEEE8023-LAG-MIB, dot3adAgg
 *   1.2.840.10006.300.43.1.2       IEEE8023-LAG-MIB, dot3adAggPort
 *   1.2.840.10006.300.43  .1.3     dot3adTablesLastChanged is 3 of 1
 *
 * A base may be shorter than the registered subtree: the rest of IF-MIB belongs
 * to the master agent or to another subagent.
 */
#ifndef BONDCARRIER_AGENT_MIB_TREE_H
#define BONDCARRIER_AGENT_MIB_TREE_H

#include "config/settings.h"
#include "mib/table.h"
#include "process/build_info.h"

/* Numbers below the root (--with-mib-root). */
#define MIB_NOTIFICATIONS 0
#define MIB_OBJECTS	  1

/* The length of the longest instance name. */
#define MIB_NAME_MAX (BUILD_INFO_MIB_ROOT_MAX + 1 + TABLE_SUFFIX_MAX)

/* Sets of trees: SETTINGS_IF_STACK etc., and BOND-CARRIER-MIB's. */
#define MIB_OWN		  0x80000000U
#define MIB_EVERYTHING	  UINT32_MAX

#define MIB_TREE_NAME_MAX 12

struct mib_tree {
	const char *name; /* for the log */
	unsigned int set; /* the set it belongs to, one bit */
	/* The registered subtree, and how much of it is the base. Unused for
	   MIB_OWN, whose root is set at build time: see mib_tree_name(). */
	uint32_t numbers[MIB_TREE_NAME_MAX];
	size_t length;
	size_t base_length;
	const struct table *const *tables; /* in ascending order */
	size_t table_count;
};

#define MIB_TREE_COUNT 6
extern const struct mib_tree mib_tree_list[MIB_TREE_COUNT];

/* Those of BOND-CARRIER-MIB only. */
extern const struct table *const mib_tree_own_tables[];
extern const size_t mib_tree_own_table_count;

/* Writes the registered subtree; returns its length. */
size_t mib_tree_name(const struct mib_tree *tree, oid name[MIB_NAME_MAX]);
size_t mib_tree_base_length(const struct mib_tree *tree);

/* Writes the MIB root and one more number; returns the length. */
size_t mib_tree_oid(oid name[MIB_NAME_MAX], oid branch);

/* The column of that name in BOND-CARRIER-MIB, and its table; NULL: none. */
const struct table_column *mib_tree_column(const char *name,
					   const struct table **table);

#endif
