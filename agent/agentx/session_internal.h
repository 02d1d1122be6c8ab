/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the session share. Each calls only those above it here:
 *
 *   session_pdu.c      sends requests, receives responses
 *   session_request.c  the session's own requests
 *   session_receive.c  the master's requests
 *   session_leave.c    Close
 *   session.c          the state machine
 */
#ifndef BONDCARRIER_AGENT_SESSION_INTERNAL_H
#define BONDCARRIER_AGENT_SESSION_INTERNAL_H

#include "agentx/session.h"

/* Offset of AgentX errors in reasons, apart from errno and getaddrinfo(). */
#define SESSION_REASON_AGENTX 20000

/* The transport of a net-snmp session; NULL: it is closed. */
netsnmp_transport *session_transport(netsnmp_session *peer);

/* Call when sending fails: nothing more is sent, and the session ends once the
   responses received so far have been read. */
void session_break(struct session *session);

/* Sends Register and Unregister for the difference between `wanted` and
   `requested`; the response sets `accepted` or `refused`. */
void session_register(struct session *session);
/* Adds an entry to the master's sysORTable; a refusal is ignored. */
void session_add_caps(struct session *session);
/* Sends a ping; the response sets `responded`. */
void session_ping(struct session *session);
/* Sends Close; the response sets `closed`. False: could not be sent. */
bool session_send_close(struct session *session);

/* Directs the peer's requests to the session's handler. */
void session_receive(struct session *session);

/* Sends Close and waits for the response, for SESSION_WAIT_MS at most. */
void session_leave(struct session *session);

#endif
