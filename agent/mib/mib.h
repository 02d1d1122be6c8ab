/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serves the trees of mib_tree.h through net-snmp: their registrations, and
 * one handler that reads the shared state. A master's Get and GetNext are
 * handled elsewhere: agentx/get_requests.h.
 *
 * A tree is one registered subtree, so that a walk continues from column to
 * column and from table to table without another dispatch by the master agent.
 */
#ifndef BONDCARRIER_AGENT_MIB_H
#define BONDCARRIER_AGENT_MIB_H

#include "mib/mib_tree.h"

struct netsnmp_handler_registration_s; /* net-snmp's */

/*
 * Registers with net-snmp's local agent the trees of the sets in `wanted`, in
 * `context` (may be NULL), and unregisters those of `served` that are not in
 * `wanted`; `served` are the sets registered now. With a master agent all
 * trees can stay: the master requests only those that the session registered
 * with it. The shared state is borrowed until the agent is shut down. 0, or
 * -errno with part of the changes made.
 */
int mib_serve(struct shared *shared, const char *context, unsigned int served,
	      unsigned int wanted);

/* Registers in that context; NULL: the default one. Takes the registration
   over, also on failure. 0, -ENOMEM or -EEXIST. */
int mib_register(struct netsnmp_handler_registration_s *registration,
		 const char *context);

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

/* Stores a value in a variable; false: no memory, or unknown type. */
bool mib_put(netsnmp_variable_list *variable, const struct table_column *column,
	     const struct table_value *value);

#endif
