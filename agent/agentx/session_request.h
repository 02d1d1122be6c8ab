/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Internal to the session: requests to and from the master agent. Only
 * session_leave() waits for an answer; the other answers set the session's
 * `accepted`, `refused` and `answered`, for session_run().
 */
#ifndef BONDCARRIER_AGENT_SESSION_REQUEST_H
#define BONDCARRIER_AGENT_SESSION_REQUEST_H

#include "agentx/session.h"

/* Sends Register and Unregister for the difference between `wanted` and
   `requested`. False: could not be sent. */
bool session_register(struct session *session);

/* Adds an entry to the master's sysORTable; a refusal is ignored. False: could
   not be sent. */
bool session_add_caps(struct session *session);

/* Sends a ping; if that fails, the session ends. */
void session_ping(struct session *session);

/* Sends Close. False: could not be sent. */
bool session_send_close(struct session *session);

/* session_receive.c: directs the peer's requests to the session's handler. */
void session_receive(struct session *session);

/* session_leave.c: sends Close and waits for the answer, for SESSION_WAIT_MS at
   most. */
void session_leave(struct session *session);
/* The transport of a net-snmp session; NULL: it is closed. */
netsnmp_transport *session_transport(netsnmp_session *peer);

#endif
