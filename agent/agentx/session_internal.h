/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the session share. Each calls only those above it here:
 *
 *   session_pdu.c      sends requests, takes their responses
 *   session_receive.c  reads, and answers the master's requests
 *   session_request.c  the session's own requests
 *   session.c          the state machine
 */
#ifndef BONDCARRIER_AGENT_SESSION_INTERNAL_H
#define BONDCARRIER_AGENT_SESSION_INTERNAL_H

#include "agentx/session.h"

/* Offset of AgentX errors in reasons, apart from errno and getaddrinfo(). */
#define SESSION_REASON_AGENTX 20000
#define SESSION_REASON_CLOSED 30000

/* Call when sending fails: nothing more is sent, and the session ends once the
   responses received so far have been read. */
void session_break(struct session *session);

/* A Response of the master; ignored if it answers nothing. */
void session_take_response(struct session *session, const struct pdu *pdu);

/* Sends Open, and waits. False: no session; session->refused may say why. */
bool session_open(struct session *session);
/* Sends Register and Unregister for the difference between `wanted` and
   `requested`; the response sets `accepted` or `refused`. */
void session_register(struct session *session);
/* Adds an entry to the master's sysORTable; a refusal is ignored. */
void session_add_caps(struct session *session);
/* Sends a ping; the response sets `responded`. */
void session_ping(struct session *session);
/* Sends Close, and waits for the response. */
void session_leave(struct session *session);

/* Reads and handles what comes until *done, for wait_ms at most. */
void session_await(struct session *session, const bool *done);

#endif
