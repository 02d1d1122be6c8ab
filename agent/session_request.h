/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What session.c needs of the session's other files: what is asked of the
 * master agent, and what comes from it. But for its end nothing waits:
 * answers set the session's `accepted`, `refused` and `heard`, for
 * session_run().
 */
#ifndef BONDCARRIER_AGENT_SESSION_REQUEST_H
#define BONDCARRIER_AGENT_SESSION_REQUEST_H

#include "session.h"

/* Register the trees that are wanted, and no others: what differs from what
   was asked for in this session. False: could not be sent. */
bool session_register(struct session *session);

/* An entry in the master's sysORTable; a refusal is no matter. */
bool session_add_caps(struct session *session);

/* Are you alive? A ping that can't be sent ends the session. */
void session_ping(struct session *session);

/* The session ends. False: could not be sent. */
bool session_say_close(struct session *session);

/* session_receive.c: from now on the session's `answer` is asked first. */
void session_receive(struct session *session);

/* session_leave.c: says so and waits for the answer, for SESSION_WAIT_MS at
   the most. */
void session_leave(struct session *session);
/* What an end of net-snmp's is read from; NULL: nothing any more. */
netsnmp_transport *session_transport(netsnmp_session *peer);

#endif
