/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The variables of the trees of mib_tree.h: for requests of a master agent
 * (agentx/requests.h), and for net-snmp's agent, which serves them with -S.
 *
 * A tree is one registered subtree, so that a walk continues from column to
 * column and from table to table without another dispatch by the master agent.
 */
#ifndef BONDCARRIER_AGENT_MIB_H
#define BONDCARRIER_AGENT_MIB_H

#include "mib/mib_tree.h"

/*
 * Registers with net-snmp's agent the trees of the sets in `wanted`, in
 * `context` (may be NULL), and unregisters those of `served` that are not in
 * `wanted`; `served` are the sets registered now. The shared state is borrowed
 * until the agent is shut down. 0, or -errno with part of the changes made.
 */
int mib_serve(struct shared *shared, const char *context, unsigned int served,
	      unsigned int wanted);

/*
 * Fill one variable of a Get or a GetNext: its value and, for mib_next(), the
 * name of the next instance; mib_next() leaves the variable unchanged if there
 * is none. `base` is the start of the tree's name (mib_tree_name()). The
 * caller locks the shared state. Return SNMP_ERR_NOERROR, SNMP_ERR_GENERR or,
 * of mib_get(), SNMP_NOSUCHOBJECT or SNMP_NOSUCHINSTANCE.
 */
int mib_get(const struct mib_tree *tree, const struct table_row *start,
	    netsnmp_variable_list *variable);
int mib_next(const struct mib_tree *tree, const oid *base,
	     const struct table_row *start, netsnmp_variable_list *variable,
	     bool inclusive);

/*
 * Whether the variable's type and number may be set; `instance` is then that of
 * its name. The caller locks the shared state. An error of SNMP, or
 * SNMP_ERR_NOERROR.
 */
int mib_check_set(const struct mib_tree *tree, const struct table_row *start,
		  const netsnmp_variable_list *variable,
		  struct table_instance *instance);

/* Stores a value in a variable; false: no memory, or unknown type. */
bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value);

#endif
