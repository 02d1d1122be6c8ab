/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests to the master agent: sending them, and their responses. */
#include "agentx/session_internal.h"

#include <stdio.h>
#include <string.h>

#include "agentx/agentx.h"
#include "base/clock.h"
#include "state/uptime.h"

void session_abandon(struct session *session, int reason, const char *why)
{
	session->abandoned = reason;
	snprintf(session->why, sizeof(session->why), "%s", why);
}

/* Ending the session at once would discard responses that are still in the
   socket, and what they acknowledge would be sent twice. */
void session_break(struct session *session)
{
	if (session->transport.fd < 0 || session->lost)
		return;
	session->broken = true;
	transport_shut_down(&session->transport);
}

/* 6.1.1: neither Open nor Close has a context. */
struct pdu_writer *session_begin(struct session *session, unsigned int type)
{
	bool in_context =
	    session->context && type != AGENTX_OPEN && type != AGENTX_CLOSE;
	const struct pdu_header header = {
		.version = AGENTX_VERSION,
		.type = (uint8_t)type,
		.flags =
		    (uint8_t)(AGENTX_NETWORK_BYTE_ORDER |
			      (in_context ? AGENTX_NON_DEFAULT_CONTEXT : 0)),
		.session = session->id,
		.packet = ++session->packet,
	};

	pdu_begin(&session->writer, &header);
	if (in_context)
		pdu_write_octets(&session->writer, session->context,
				 strlen(session->context));
	return &session->writer;
}

/* 6.2.3 and 6.2.4 */
void session_begin_region(struct session *session, unsigned int type,
			  unsigned int priority, const oid *name, size_t length)
{
	struct pdu_writer *writer = session_begin(session, type);

	pdu_write_fields(writer, 0, priority);
	pdu_write_name(writer, name, length);
}

bool session_send(struct session *session, session_response on_response,
		  void *ctx, uint32_t id)
{
	if (session->transport.fd < 0 || session->lost || session->broken)
		return false;
	if (pdu_end(&session->writer) &&
	    session->pending_count < SESSION_PENDING_MAX) {
		session->pending[session->pending_count++] =
		    (struct session_pending){
			    .packet = session->packet,
			    .sent_ms = clock_now_ms(),
			    .on_response = on_response,
			    .ctx = ctx,
			    .id = id,
		    };
		if (transport_send(&session->transport, session->writer.bytes,
				   session->writer.length))
			return true;
		session->pending_count--;
	}
	session_break(session);
	return false;
}

/* Takes the request with that packet id. False: there is none. */
static bool take_pending(struct session *session, uint32_t packet,
			 struct session_pending *pending)
{
	for (size_t i = 0; i < session->pending_count; i++) {
		if (session->pending[i].packet != packet)
			continue;
		*pending = session->pending[i];
		session->pending[i] =
		    session->pending[--session->pending_count];
		return true;
	}
	return false;
}

/* 6.2.16: each response has the master's sysUpTime. */
static void note_uptime(struct session *session, int64_t sent_ms,
			uint32_t uptime_cs)
{
	struct shared *shared = session->shared;
	const struct uptime_reading reading = { .before_ms = sent_ms,
						.uptime_cs = uptime_cs,
						.after_ms = clock_now_ms() };

	shared_lock(shared);
	shared->uptime_began_ms =
	    uptime_began_ms(shared->uptime_began_ms, &reading);
	shared_unlock(shared);
}

void session_take_response(struct session *session, const struct pdu *pdu)
{
	struct pdu_reader body = pdu->body;
	struct session_pending pending;
	uint32_t uptime_cs = pdu_read_u32(&body);
	int error = pdu_read_u16(&body);

	/* The response to Open brings the id. */
	if (session->open && pdu->header.session != session->id)
		return;
	if (!take_pending(session, pdu->header.packet, &pending))
		return;
	session->responded = true;
	if (!session->open)
		session->id = pdu->header.session;
	if (!error)
		note_uptime(session, pending.sent_ms, uptime_cs);
	if (error == AGENTX_NOT_OPEN)
		session_abandon(session, SESSION_REASON_AGENTX + error,
				"session no longer known");
	else if (pending.on_response)
		pending.on_response(pending.ctx, pending.id, error);
}
