/* SPDX-License-Identifier: BSD-2-Clause */
/* The session's own requests to the master agent. */
#include "agentx/session_internal.h"

#include <string.h>

#include "agentx/agentx.h"
#include "mib/mib_tree.h"

static const char sysor_text[] =
    "The effective carrier of Linux bonds (BOND-CARRIER-MIB)";

/* The session continues without a refused tree of a standard MIB. */
static void on_registered(void *ctx, uint32_t tree_index, int error)
{
	struct session *session = ctx;
	const struct mib_tree *tree = &mib_tree_list[tree_index];
	bool duplicate = error == AGENTX_DUPLICATE_REGISTRATION;

	if (tree->set == MIB_OWN) {
		session->refused = error;
		session->accepted = !error;
	} else if (error) {
		snmp_log(LOG_WARNING,
			 "cannot register %s with the master agent at %s: %s\n",
			 tree->name, session->address,
			 duplicate ? "another subagent has registered it"
				   : "registration refused");
	}
}

/* RFC 2741, 6.2.3 and 6.2.4 */
static void send_tree(struct session *session, uint32_t tree_index, int command)
{
	netsnmp_pdu *pdu = snmp_pdu_create(command);
	oid name[MIB_NAME_MAX];

	if (pdu) {
		pdu->priority = AGENTX_PRIORITY;
		session_set_context(session, pdu);
		snmp_add_null_var(
		    pdu, name, mib_tree_name(&mib_tree_list[tree_index], name));
	}
	session_send(session, pdu,
		     command == AGENTX_REGISTER ? on_registered : NULL, session,
		     tree_index);
}

void session_register(struct session *session)
{
	unsigned int before = session->requested;

	session->requested = session->wanted;
	for (uint32_t i = 0; i < MIB_TREE_COUNT; i++) {
		unsigned int set = mib_tree_list[i].set;

		if (set & session->wanted & ~before)
			send_tree(session, i, AGENTX_REGISTER);
		else if (set & before & ~session->wanted)
			send_tree(session, i, AGENTX_UNREGISTER);
	}
}

void session_add_caps(struct session *session)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_ADD_AGENT_CAPS);
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_oid(name, 0) - 1; /* bondCarrierMIB itself */

	session_set_context(session, pdu);
	if (pdu)
		snmp_pdu_add_variable(pdu, name, length, ASN_OCTET_STR,
				      sysor_text, strlen(sysor_text));
	session_send(session, pdu, NULL, NULL, 0);
}

static void on_ping_response(void *ctx, uint32_t id, int error)
{
	struct session *session = ctx;

	(void)id;
	if (error)
		session->refused = error;
}

void session_ping(struct session *session)
{
	session_send(session, snmp_pdu_create(AGENTX_PING), on_ping_response,
		     session, 0);
}

static void on_closed(void *ctx, uint32_t id, int error)
{
	struct session *session = ctx;

	(void)id;
	(void)error;
	session->closed = true;
}

bool session_send_close(struct session *session)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_CLOSE);

	if (pdu) /* where net-snmp keeps c.reason */
		pdu->errstat = AGENTX_REASON_SHUTDOWN;
	return session_send(session, pdu, on_closed, session, 0);
}
