/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Answers the master's requests for variables (RFC 2741, 6.2.5 to 6.2.9), from
 * memory and where they are received: a GET takes three system calls.
 *
 * Belongs to the SNMP thread; locks the shared state for each request.
 */
#ifndef BONDCARRIER_AGENT_REQUESTS_H
#define BONDCARRIER_AGENT_REQUESTS_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stddef.h>

#include "agentx/if_oper_status.h"
#include "agentx/pdu.h"
#include "agentx/set_transaction.h"
#include "mib/mib_tree.h"
#include "state/shared.h"

/* One registered subtree. */
struct requests_part {
	const struct mib_tree *tree; /* NULL: ifOperStatus */
	oid name[MIB_NAME_MAX];
	size_t length;
};

struct requests {
	struct shared *shared;				/* borrowed */
	const struct if_oper_status *if_oper_status;	/* borrowed */
	struct requests_part parts[MIB_TREE_COUNT + 1]; /* sorted by name */
	size_t count;
	struct set_transaction set;
};

/* `if_oper_status` may be NULL: not served. */
void requests_init(struct requests *requests, struct shared *shared,
		   const struct if_oper_status *if_oper_status);

/*
 * Handles a request of pdu_parse(), and adds the VarBinds of its answer to
 * `writer`. Returns the error to answer, of SNMP or of AgentX, and the number
 * of the variable it is about in `index` (0: none). CleanupSet has no answer.
 */
int requests_handle(struct requests *requests, const struct pdu *pdu,
		    struct pdu_writer *writer, unsigned int *index);

/* The session has ended. */
void requests_lose(struct requests *requests);

#endif
