/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests of the master agent: which handler gets them, and when to read. */
#include "agentx/session_internal.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <string.h>

#include "agentx/agentx.h"
#include "agentx/transport.h"

static bool is_in_context(const struct session *session, const netsnmp_pdu *pdu)
{
	size_t wanted = session->context ? strlen(session->context) : 0;
	size_t given =
	    pdu->flags & AGENTX_NON_DEFAULT_CONTEXT ? pdu->community_len : 0;

	return given == wanted &&
	       (given == 0 ||
		memcmp(pdu->community, session->context, given) == 0);
}

static int on_packet(int op, netsnmp_session *peer, int reqid, netsnmp_pdu *pdu,
		     void *magic)
{
	struct session *session = magic;

	if (op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && session->handler &&
	    is_in_context(session, pdu) &&
	    session->handler(session->handler_ctx, peer, pdu))
		return 1;
	return session->forward(op, peer, reqid, pdu, NULL);
}

void session_receive(struct session *session)
{
	session->forward = session->peer->callback;
	session->peer->callback = on_packet;
	session->peer->callback_magic = session;
}

void session_set_handler(struct session *session, session_handler handler,
			 void *ctx)
{
	session->handler = handler;
	session->handler_ctx = ctx;
}

/* Whether a message is queued for this end of net-snmp's internal pipe. */
static bool has_message(netsnmp_session *inner, netsnmp_large_fd_set *ready)
{
	netsnmp_transport *transport = inner ? session_transport(inner) : NULL;

	return transport && transport->sock >= 0 &&
	       NETSNMP_LARGE_FD_ISSET(transport->sock, ready);
}

void session_pace(const struct session *session, netsnmp_large_fd_set *ready)
{
	netsnmp_transport *outer;

	if (!session->peer || session->lost)
		return;
	outer = session_transport(session->peer);
	if (!outer || outer->sock < 0)
		return;
	transport_read_ahead();
	/* Requests not yet handled, and responses not yet sent. */
	if (has_message(callback_master_sess, ready) ||
	    has_message(agentx_callback_sess, ready))
		NETSNMP_LARGE_FD_CLR(outer->sock, ready);
	else if (transport_has_more())
		NETSNMP_LARGE_FD_SET(outer->sock, ready);
}
