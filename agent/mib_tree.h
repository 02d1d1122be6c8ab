/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is served, as data: trees of tables, each registered as one subtree.
 *
 * The first is BOND-CARRIER-MIB's, always there. The others are of MIBs that
 * are not ours, served where standardTables of bondcarrierd.conf(5) says so.
 * Names of instances are "table number . entry 1 . column . index", or, of
 * scalars, "group number . column . 0", below a tree's base. So
 *
 *   base              registered
 *   1.3.6.1.2.1.31.1  .2           IF-MIB      ifStackTable is 2
 *   1.3.6.1.2.1.31    .1.6         IF-MIB      ifStackLastChange is 6 of 1
 *
 *   1.2.840.10006.300.43.1.1       IEEE8023-LAG-MIB, dot3adAgg
 *   1.2.840.10006.300.43.1.2       IEEE8023-LAG-MIB, dot3adAggPort
 *   1.2.840.10006.300.43  .1.3     dot3adTablesLastChanged is 3 of 1
 *
 * A base may be shorter than what is registered below it: the rest of IF-MIB
 * is the master agent's own, or another subagent's.
 */
#ifndef BONDCARRIER_AGENT_MIB_TREE_H
#define BONDCARRIER_AGENT_MIB_TREE_H

#include "build.h"
#include "settings.h"
#include "table.h"

/* Numbers below the root (--with-mib-root). */
#define MIB_NOTIFICATIONS 0
#define MIB_OBJECTS	  1

/* The longest name of an instance. */
#define MIB_NAME_MAX (BUILD_MIB_ROOT_MAX + 1 + TABLE_SUFFIX_MAX)

/* Sets of trees: SETTINGS_IF_STACK and its like, and this one, of our own. */
#define MIB_OWN		  0x80000000U
#define MIB_EVERYTHING	  UINT32_MAX

#define MIB_TREE_NAME_MAX 12

struct mib_tree {
	const char *name; /* for the log */
	unsigned int set; /* the one bit whose trees it belongs to */
	/* What is registered, and how much of it is the base; of MIB_OWN it
	   is the build's: mib_tree_name() knows both. */
	uint32_t numbers[MIB_TREE_NAME_MAX];
	size_t length;
	size_t base_length;
	const struct table *const *tables; /* rising numbers */
	size_t table_count;
};

#define MIB_TREE_COUNT 6
extern const struct mib_tree mib_trees[MIB_TREE_COUNT];

/* BOND-CARRIER-MIB's alone. */
extern const struct table *const mib_tables[];
extern const size_t mib_table_count;

/* Writes what is registered; returns its length. */
size_t mib_tree_name(const struct mib_tree *tree, oid name[MIB_NAME_MAX]);
size_t mib_tree_base_length(const struct mib_tree *tree);

/* Writes our root and one more number; returns the length. */
size_t mib_oid(oid name[MIB_NAME_MAX], oid branch);

/* The column of that name in BOND-CARRIER-MIB, and its table; NULL: there is
   none. */
const struct table_column *mib_column(const char *name,
				      const struct table **table);

#endif
