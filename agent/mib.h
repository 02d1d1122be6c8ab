/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trees of mib_tree.h in net-snmp: their registrations, and the one
 * handler that answers from the model. A master's Get and GetNext don't come
 * that way: see answer.h.
 *
 * A tree is one registered subtree, so that a walk goes from column to column
 * and from table to table without asking the master agent where to go on.
 */
#ifndef BONDCARRIER_AGENT_MIB_H
#define BONDCARRIER_AGENT_MIB_H

#include "mib_tree.h"

/*
 * Makes the trees of the sets in `wanted` those that net-snmp's agent here
 * answers for, in `context` (may be NULL); `served` are those that it does
 * now. With a master agent all can stay: it asks for what the session has
 * registered with it. The model is borrowed until the agent is shut down.
 * 0 or -errno; then some of the changes have been made.
 */
int mib_serve(struct model *model, const char *context, unsigned int served,
	      unsigned int wanted);

/*
 * One variable of a Get, of a GetNext: gets its value, and the name of what
 * follows, or is left as it is where nothing follows. `base` is the start of
 * the tree's name (mib_tree_name()); the model is locked by the caller.
 * SNMP_ERR_NOERROR, SNMP_ERR_GENERR or, of mib_get(), SNMP_NOSUCHOBJECT and
 * SNMP_NOSUCHINSTANCE.
 */
int mib_get(const struct mib_tree *tree, const struct table_row *start,
	    netsnmp_variable_list *variable);
int mib_next(const struct mib_tree *tree, const oid *base,
	     const struct table_row *start, netsnmp_variable_list *variable,
	     bool inclusive);

/* Puts a value into a variable; false: no memory, or no such type. */
bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value);

#endif
