/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests of the session to the master agent, all asynchronous. */
#include "agentx/session_request.h"

#include <string.h>

#include "agentx/agentx.h"
#include "mib/mib_tree.h"

/* Longer than a silent master is waited for: requests never time out first. */
#define ANSWER_WAIT_US ((RECONNECT_SILENCE_MAX_MS + 10000) * 1000L)

static const char sysor_text[] =
    "The corrected carrier of Linux bonds (BOND-CARRIER-MIB)";

enum request_kind {
	REQUEST_REGISTER,
	REQUEST_UNREGISTER,
	REQUEST_CAPS,
	REQUEST_PING,
	REQUEST_CLOSE,
};

/* An unanswered request of this file. */
struct request {
	struct session *session;
	unsigned int generation;
	enum request_kind kind;
	const struct mib_tree *tree; /* of Register and Unregister */
};

void session_set_context(const struct session *session, netsnmp_pdu *pdu)
{
	if (!session->context)
		return;
	/* net-snmp keeps the AgentX context in the community of the PDU. */
	pdu->flags |= AGENTX_NON_DEFAULT_CONTEXT;
	pdu->community = (u_char *)strdup(session->context);
	pdu->community_len = pdu->community ? strlen(session->context) : 0;
}

bool session_send(struct session *session, netsnmp_pdu *pdu,
		  snmp_callback callback, void *magic)
{
	netsnmp_session *peer = session->peer;

	if (peer) {
		pdu->version = peer->version;
		pdu->sessid = peer->sessid;
		pdu->reqid = snmp_get_next_reqid();
		peer->timeout = ANSWER_WAIT_US;
		peer->retries = 0;
		if (snmp_async_send(peer, pdu, callback, magic))
			return true;
	}
	snmp_free_pdu(pdu);
	return false;
}

/* The session continues without a refused tree of a standard MIB. */
static void on_registered(const struct request *request, int error)
{
	struct session *session = request->session;
	const struct mib_tree *tree = request->tree;
	bool duplicate = error == AGENTX_DUPLICATE_REGISTRATION;

	if (tree->set == MIB_OWN || error == AGENTX_NOT_OPEN) {
		if (error)
			session->refused = error;
		else
			session->accepted = true;
	} else if (error) {
		snmp_log(LOG_WARNING,
			 "cannot register %s with the master agent at %s: %s\n",
			 tree->name, session->address,
			 duplicate ? "another subagent has registered it"
				   : "registration refused");
	}
}

static int on_answer(int op, netsnmp_session *peer, int reqid, netsnmp_pdu *pdu,
		     void *magic)
{
	struct request *request = magic;
	struct session *session = request->session;

	(void)peer;
	(void)reqid;
	if (op == NETSNMP_CALLBACK_OP_RESEND)
		return 1;
	if (op == NETSNMP_CALLBACK_OP_SEND_FAILED)
		return 1; /* request_send() frees */
	if (op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
	    request->generation == session->generation) {
		if (request->kind == REQUEST_REGISTER)
			on_registered(request, (int)pdu->errstat);
		else if (pdu->errstat != SNMP_ERR_NOERROR &&
			 (request->kind == REQUEST_PING ||
			  request->kind == REQUEST_CLOSE))
			session->refused = (int)pdu->errstat;
		if (request->kind == REQUEST_PING ||
		    request->kind == REQUEST_CLOSE)
			session_note_answer(session);
	}
	free(request);
	return 1;
}

static bool request_send(struct session *session, enum request_kind kind,
			 const struct mib_tree *tree, netsnmp_pdu *pdu)
{
	struct request *request = malloc(sizeof(*request));

	if (!request) {
		snmp_free_pdu(pdu);
		return false;
	}
	request->session = session;
	request->generation = session->generation;
	request->kind = kind;
	request->tree = tree;
	if (session_send(session, pdu, on_answer, request))
		return true;
	free(request);
	return false;
}

/* RFC 2741, 6.2.3 and 6.2.4 */
static bool send_tree(struct session *session, const struct mib_tree *tree,
		      enum request_kind kind)
{
	netsnmp_pdu *pdu = snmp_pdu_create(
	    kind == REQUEST_REGISTER ? AGENTX_REGISTER : AGENTX_UNREGISTER);
	oid name[MIB_NAME_MAX];

	if (!pdu)
		return false;
	pdu->priority = AGENTX_PRIORITY;
	session_set_context(session, pdu);
	snmp_add_null_var(pdu, name, mib_tree_name(tree, name));
	return request_send(session, kind, tree, pdu);
}

bool session_register(struct session *session)
{
	unsigned int before = session->requested;
	bool good = true;

	session->requested = session->wanted;
	for (size_t i = 0; i < MIB_TREE_COUNT && good; i++) {
		const struct mib_tree *tree = &mib_tree_list[i];

		if (tree->set & session->wanted & ~before)
			good = send_tree(session, tree, REQUEST_REGISTER);
		else if (tree->set & before & ~session->wanted)
			good = send_tree(session, tree, REQUEST_UNREGISTER);
	}
	return good;
}

bool session_add_caps(struct session *session)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_ADD_AGENT_CAPS);
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_oid(name, 0) - 1; /* bondCarrierMIB itself */

	if (!pdu)
		return false;
	session_set_context(session, pdu);
	snmp_pdu_add_variable(pdu, name, length, ASN_OCTET_STR, sysor_text,
			      strlen(sysor_text));
	return request_send(session, REQUEST_CAPS, NULL, pdu);
}

void session_ping(struct session *session)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_PING);

	if (pdu && !request_send(session, REQUEST_PING, NULL, pdu))
		session_break(session);
}

bool session_send_close(struct session *session)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_CLOSE);

	if (!pdu)
		return false;
	/* Where net-snmp keeps c.reason. */
	pdu->errstat = AGENTX_REASON_SHUTDOWN;
	return request_send(session, REQUEST_CLOSE, NULL, pdu);
}
