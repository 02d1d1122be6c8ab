/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The master's Get and GetNext (RFC 2741, 6.2.5), answered where they are
 * read.
 *
 * net-snmp's subagent (5.9.3, handle_agentx_packet()) hands each request to
 * itself through a pair of pipes, and the answer back: two more passes of
 * select() and five more system calls than are needed. All other requests go
 * that way still: SET for its four phases, and GetBulk, which a net-snmp
 * master never sends.
 *
 * Belongs to the SNMP thread; locks the model while it fills one request.
 */
#ifndef BONDCARRIER_AGENT_ANSWER_H
#define BONDCARRIER_AGENT_ANSWER_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stddef.h>

#include "if_oper_status.h"
#include "mib_tree.h"
#include "model.h"

/* What is registered as one subtree. */
struct answer_part {
	const struct mib_tree *tree; /* NULL: ifOperStatus */
	oid name[MIB_NAME_MAX];
	size_t length;
};

struct answer {
	struct model *model;			      /* borrowed */
	const struct if_oper_status *if_oper_status;  /* borrowed */
	struct answer_part parts[MIB_TREE_COUNT + 1]; /* by name */
	size_t count;
};

/* `if_oper_status` may be NULL: none is served. */
void answer_init(struct answer *answer, struct model *model,
		 const struct if_oper_status *if_oper_status);

/* For session_set_handler(): true where the request was one of these two, and
   is dealt with. Takes the variables out of `pdu`. */
bool answer_request(void *ctx, netsnmp_session *peer, netsnmp_pdu *pdu);

#endif
