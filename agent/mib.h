/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trees of mib_tree.h in net-snmp: their registrations, and the one
 * handler that answers GET, GETNEXT and SET from the model.
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

/* Puts a value into a variable; false: no memory, or no such type. */
bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value);

#endif
