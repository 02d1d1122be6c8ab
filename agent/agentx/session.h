/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The AgentX session to the master agent: connects, registers, pings the
 * master, and reconnects when it is lost (reconnect.h).
 *
 * Only Open and Close wait for the answer, for SESSION_WAIT_MS at most; all
 * other requests are asynchronous. Belongs to the SNMP thread. Logs changes of
 * the session's state.
 */
#ifndef BONDCARRIER_AGENT_SESSION_H
#define BONDCARRIER_AGENT_SESSION_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/large_fd_set.h>
#include <stdbool.h>
#include <stdint.h>

#include "agentx/reconnect.h"

#define SESSION_WAIT_MS	     300
#define SESSION_ADDRESS_SIZE 256
#define SESSION_WHY_SIZE     160

/* Handles a request of the master, whose variables it may take. False: leaves
   the request to net-snmp. */
typedef bool (*session_handler)(void *ctx, netsnmp_session *peer,
				netsnmp_pdu *request);

struct session {
	struct reconnect machine;
	char address[SESSION_ADDRESS_SIZE];
	const char *context; /* borrowed; NULL: the default context */
	bool paced;	     /* session_pace() is called before each read */
	unsigned int wanted; /* sets of trees (mib_tree.h) to register */

	session_handler handler; /* NULL: net-snmp handles all requests */
	void *handler_ctx;

	netsnmp_session *peer; /* NULL: none */
	snmp_callback forward; /* net-snmp's own callback of `peer` */
	/* Changes when a session begins and when it ends: answers of another
	   generation are stale. (`peer` may be the same pointer again.) */
	unsigned int generation;
	int64_t alive_ms; /* when the last answered ping was sent */

	/* Set by callbacks of net-snmp, for session_run(). */
	bool lost;
	bool broken;
	unsigned int requested; /* sets whose Register was sent */
	bool accepted;
	int refused; /* the AgentX error; 0: none */
	bool answered;
	int abandoned; /* the reason; 0: not */
	char why[SESSION_WHY_SIZE];
};

/* Call after init_agent(). net-snmp keeps the address of `session`: it must
   not move. */
void session_init(struct session *session, const char *address,
		  const char *context, unsigned int wanted,
		  uint32_t ping_interval_s, int64_t now_ms);
/* Takes effect for sessions that begin after this. */
void session_set_handler(struct session *session, session_handler handler,
			 void *ctx);
/* Changes the address, the trees and the ping interval. */
void session_configure(struct session *session, const char *address,
		       unsigned int wanted, uint32_t ping_interval_s,
		       int64_t now_ms);

/* Does what is due. Call in each pass, after reading; never in a callback. */
void session_run(struct session *session, int64_t now_ms);
int64_t session_next_ms(const struct session *session);

/* The peer to send to; NULL: not registered, or silent. */
netsnmp_session *session_peer(const struct session *session);

/* Fills in the header fields of an AgentX PDU and sends it. The request times
   out no sooner than a silent master is given up. Always consumes `pdu`.
   False: `callback` will not be called, or not again. */
bool session_send(struct session *session, netsnmp_pdu *pdu,
		  snmp_callback callback, void *magic);
/* Sets the context of -n in the request. */
void session_set_context(const struct session *session, netsnmp_pdu *pdu);

/* Call when sending fails: nothing more is sent, and the session ends once the
   answers received so far have been read. */
void session_break(struct session *session);

/* For callbacks: an answer arrived; the session is unusable and must end. */
void session_note_answer(struct session *session);
void session_abandon(struct session *session, int reason, const char *why);

/* Delays reading the master's next request until the previous ones are
   answered: they are queued in a pipe inside net-snmp, which deadlocks when
   that is full. Also reads requests that are buffered already: see
   transport_read_ahead(). `ready` is the set to pass to snmp_read2(). */
void session_pace(const struct session *session, netsnmp_large_fd_set *ready);

/* Sends Close to the master, and ends the session. */
void session_fini(struct session *session);

#endif
