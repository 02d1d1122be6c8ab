/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests to the master agent: sending them, and their responses. */
#include "agentx/session_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "agentx/agentx.h"

/* Longer than a silent master is waited for: requests never time out first. */
#define RESPONSE_WAIT_US ((RECONNECT_SILENCE_MAX_MS + 10000) * 1000L)

/* Awaits its response. */
struct request {
	struct session *session;
	unsigned int generation;
	session_response on_response;
	void *ctx;
	uint32_t id;
};

netsnmp_transport *session_transport(netsnmp_session *peer)
{
	return snmp_sess_transport(snmp_sess_pointer(peer));
}

void session_set_context(const struct session *session, netsnmp_pdu *pdu)
{
	if (!session->context || !pdu)
		return;
	/* net-snmp keeps the AgentX context in the community of the PDU. */
	pdu->flags |= AGENTX_NON_DEFAULT_CONTEXT;
	pdu->community = (u_char *)strdup(session->context);
	pdu->community_len = pdu->community ? strlen(session->context) : 0;
}

void session_abandon(struct session *session, int reason, const char *why)
{
	session->abandoned = reason;
	snprintf(session->why, sizeof(session->why), "%s", why);
}

/* Ending the session at once would discard responses that are still in the
   socket, and what they acknowledge would be sent twice. */
void session_break(struct session *session)
{
	netsnmp_transport *transport;

	if (!session->peer || session->lost)
		return;
	session->broken = true;
	transport = session_transport(session->peer);
	if (transport)
		shutdown(transport->sock, SHUT_RDWR);
}

static void respond(const struct request *request, int error)
{
	struct session *session = request->session;

	if (request->generation != session->generation)
		return;
	session->responded = true;
	if (error == AGENTX_NOT_OPEN)
		session_abandon(session, SESSION_REASON_AGENTX + error,
				"session no longer known");
	else if (request->on_response)
		request->on_response(request->ctx, request->id, error);
}

static int on_response(int op, netsnmp_session *peer, int reqid,
		       netsnmp_pdu *pdu, void *magic)
{
	struct request *request = magic;

	(void)peer;
	(void)reqid;
	/* session_send() frees what could not be sent. */
	if (op == NETSNMP_CALLBACK_OP_RESEND ||
	    op == NETSNMP_CALLBACK_OP_SEND_FAILED)
		return 1;
	if (op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE)
		respond(request, (int)pdu->errstat);
	free(request);
	return 1;
}

static bool send_request(struct request *request, netsnmp_pdu *pdu)
{
	netsnmp_session *peer = request->session->peer;

	pdu->version = peer->version;
	pdu->sessid = peer->sessid;
	pdu->reqid = snmp_get_next_reqid();
	peer->timeout = RESPONSE_WAIT_US;
	peer->retries = 0;
	return snmp_async_send(peer, pdu, on_response, request) != 0;
}

bool session_send(struct session *session, netsnmp_pdu *pdu,
		  session_response response, void *ctx, uint32_t id)
{
	struct request *request = malloc(sizeof(*request));

	if (request && pdu && session->peer && !session->lost &&
	    !session->broken) {
		*request = (struct request){
			.session = session,
			.generation = session->generation,
			.on_response = response,
			.ctx = ctx,
			.id = id,
		};
		if (send_request(request, pdu))
			return true;
	}
	free(request);
	if (pdu)
		snmp_free_pdu(pdu);
	session_break(session);
	return false;
}
