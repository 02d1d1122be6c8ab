/* SPDX-License-Identifier: BSD-2-Clause */
/* What the master agent sends: RFC 2741, 7.2.2. */
#include "agentx/session_internal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "agentx/agentx.h"
#include "base/clock.h"

/* At one time, so that other work gets its turn. */
#define MESSAGES_MAX 16

static bool is_in_context(const struct session *session, const struct pdu *pdu)
{
	size_t length = session->context ? strlen(session->context) : 0;

	return pdu->context_length == length &&
	       (length == 0 ||
		memcmp(pdu->context, session->context, length) == 0);
}

static void on_close(struct session *session, const struct pdu *pdu)
{
	char why[SESSION_WHY_SIZE];

	snprintf(why, sizeof(why), "session closed by the master (reason %d)",
		 pdu->body.at[0]);
	session->open = false;
	session_abandon(session, SESSION_REASON_CLOSED, why);
}

/* The error to answer; VarBinds go into the session's writer. */
static int handle(struct session *session, const struct pdu *pdu,
		  bool well_formed, unsigned int *index)
{
	if (!well_formed)
		return AGENTX_PARSE_ERROR;
	if (!session->open || pdu->header.session != session->id)
		return AGENTX_NOT_OPEN;
	switch (pdu->header.type) {
	case AGENTX_CLOSE:
		on_close(session, pdu);
		return 0;
	case AGENTX_PING:
	case AGENTX_GET:
	case AGENTX_GETNEXT:
	case AGENTX_GETBULK:
	case AGENTX_TESTSET:
		if (!is_in_context(session, pdu))
			return AGENTX_UNSUPPORTED_CONTEXT;
		if (pdu->header.type == AGENTX_PING)
			return 0;
		break;
	case AGENTX_COMMITSET:
	case AGENTX_UNDOSET:
	case AGENTX_CLEANUPSET:
		break;
	default: /* for masters */
		return AGENTX_PROCESSING_ERROR;
	}
	return requests_handle(session->requests, pdu, &session->writer, index);
}

/* `whole`: not only the header. */
static void receive(struct session *session, const unsigned char *message,
		    bool whole)
{
	struct pdu_writer *writer = &session->writer;
	bool well_formed = false;
	unsigned int index = 0;
	struct pdu pdu;
	int error;

	if (whole)
		well_formed = pdu_parse(&pdu, message);
	else
		pdu_read_header(message, &pdu.header);
	/* The header of another version can't be parsed: no reply. */
	if (pdu.header.version != AGENTX_VERSION)
		return;
	if (pdu.header.type == AGENTX_RESPONSE) {
		if (well_formed)
			session_take_response(session, &pdu);
		return;
	}
	pdu_begin_response(writer, &pdu.header);
	error = whole ? handle(session, &pdu, well_formed, &index)
		      : SNMP_ERR_GENERR;
	if (pdu.header.type == AGENTX_CLEANUPSET)
		return;
	pdu_end_response(writer, error, index);
	if (!transport_send(&session->transport, writer->bytes, writer->length))
		session_break(session);
}

/* Responses count also after a failure to send. */
static bool is_of_use(const struct session *session,
		      const unsigned char *message)
{
	return !session->broken || message[1] == AGENTX_RESPONSE;
}

void session_read(struct session *session, bool ready)
{
	struct transport *transport = &session->transport;
	const unsigned char *message;
	enum transport_taken taken;

	if (session->transport.fd < 0 || session->abandoned)
		return;
	if (!transport_has_more(transport)) {
		if (!ready)
			return;
		session->lost |= !transport_read(transport);
	}
	for (int i = 0; i < MESSAGES_MAX && !session->abandoned; i++) {
		taken = transport_take(transport, &message);
		if (taken == TRANSPORT_LOST)
			session_abandon(session, EMSGSIZE,
					"PDU of an impossible length");
		if (taken != TRANSPORT_MESSAGE && taken != TRANSPORT_HEADER)
			return;
		if (is_of_use(session, message))
			receive(session, message, taken == TRANSPORT_MESSAGE);
	}
}

void session_await(struct session *session, const bool *done)
{
	const int64_t until_ms = clock_now_ms() + session->wait_ms;
	struct pollfd fd = { .fd = session->transport.fd, .events = POLLIN };
	int64_t left_ms;

	while (!*done && !session->lost && !session->abandoned &&
	       (left_ms = until_ms - clock_now_ms()) > 0) {
		bool has_more = transport_has_more(&session->transport);

		if (!has_more && poll(&fd, 1, (int)left_ms) < 0 &&
		    errno != EINTR)
			break;
		session_read(session, fd.revents != 0);
	}
}
