/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Answers the master's Get and GetNext requests (RFC 2741, 6.2.5) where they
 * are received.
 *
 * net-snmp's subagent (5.9.3, handle_agentx_packet()) passes each request to
 * itself through a pair of pipes, and the answer back, which takes two more
 * passes of select() and five more system calls. All other requests still take
 * that way: SET because of its four phases, and GetBulk, which a net-snmp
 * master never sends.
 *
 * Belongs to the SNMP thread; locks the shared state for each request.
 */
#ifndef BONDCARRIER_AGENT_GET_REQUESTS_H
#define BONDCARRIER_AGENT_GET_REQUESTS_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stddef.h>

#include "agentx/if_oper_status.h"
#include "mib/mib_tree.h"
#include "state/shared.h"

/* One registered subtree. */
struct get_requests_part {
	const struct mib_tree *tree; /* NULL: ifOperStatus */
	oid name[MIB_NAME_MAX];
	size_t length;
};

struct get_requests {
	struct shared *shared;				    /* borrowed */
	const struct if_oper_status *if_oper_status;	    /* borrowed */
	struct get_requests_part parts[MIB_TREE_COUNT + 1]; /* sorted by name */
	size_t count;
};

/* `if_oper_status` may be NULL: not served. */
void get_requests_init(struct get_requests *requests, struct shared *shared,
		       const struct if_oper_status *if_oper_status);

/* For session_set_handler(). True: it was one of these requests, and has been
   handled; its variables were moved out of `pdu`. */
bool get_requests_handle(void *ctx, netsnmp_session *peer, netsnmp_pdu *pdu);

#endif
