/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The AgentX session to the master agent: connects, registers, pings the
 * master, and reconnects when it is lost (reconnect.h).
 *
 * Only Open and Close wait for the response, for SESSION_WAIT_MS at most; all
 * other requests are asynchronous. Belongs to the SNMP thread. Times are
 * CLOCK_MONOTONIC milliseconds. Logs changes of the session's state.
 *
 * Source: RFC 2741; net-snmp 5.7 to 5.9 (agentx.h).
 */
#ifndef BONDCARRIER_AGENT_SESSION_H
#define BONDCARRIER_AGENT_SESSION_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/large_fd_set.h>
#include <stdbool.h>
#include <stdint.h>

#include "agentx/reconnect.h"
#include "config/settings.h"

#define SESSION_WAIT_MS	     300
#define SESSION_ADDRESS_SIZE 256
#define SESSION_WHY_SIZE     160

/* Handles a request of the master, whose variables it may take. False: leaves
   the request to net-snmp. */
typedef bool (*session_handler)(void *ctx, netsnmp_session *peer,
				netsnmp_pdu *request);

/* A response: `id` is that of session_send(), `error` the AgentX error (0:
   none). */
typedef void (*session_response)(void *ctx, uint32_t id, int error);

/* The members are the session's own. */
struct session {
	struct reconnect machine;
	char address[SESSION_ADDRESS_SIZE];
	const char *context; /* borrowed; NULL: the default context */
	unsigned int wanted; /* sets of trees (mib_tree.h) to register */

	session_handler handler; /* NULL: net-snmp handles all requests */
	void *handler_ctx;

	netsnmp_session *peer; /* NULL: none */
	snmp_callback forward; /* net-snmp's own callback of `peer` */
	unsigned int generation;
	int64_t alive_ms;
	int64_t received_ms;

	/* Set by callbacks of net-snmp, for session_run(). */
	bool lost;
	bool broken;
	unsigned int requested; /* sets whose Register was sent */
	bool accepted;
	int refused; /* the AgentX error; 0: none */
	bool responded;
	bool closed;   /* the response to Close is here */
	int abandoned; /* the reason; 0: not */
	char why[SESSION_WHY_SIZE];
};

/* Call after init_agent(), which overwrites what this sets in net-snmp.
   net-snmp keeps the address of `session`: it must not move. */
void session_init(struct session *session, const struct settings *settings,
		  const char *context, int64_t now_ms);
/* Takes effect for sessions that begin after this. */
void session_set_handler(struct session *session, session_handler handler,
			 void *ctx);
/* Applies changed settings; another address ends the session. */
void session_configure(struct session *session, const struct settings *settings,
		       int64_t now_ms);
/* Sends Close to the master, and ends the session. */
void session_fini(struct session *session);

/* Does what is due. Call in each pass, after reading; never in a callback. */
void session_run(struct session *session, int64_t now_ms);
/* When session_run() is due, or session_pace() and reading. */
int64_t session_next_ms(const struct session *session);

/* Call before each snmp_read2(), with its set. Reads ahead (see
   transport_read_ahead()), but delays the master's next request until the
   previous ones are answered: they are queued in a pipe inside net-snmp, which
   deadlocks when that is full. */
void session_pace(const struct session *session, netsnmp_large_fd_set *ready);

/* Whether requests can be sent: registered, and not silent. */
bool session_is_up(const struct session *session);
/* Changes when a session begins and when it ends. Requests of another
   generation get no response. */
unsigned int session_generation(const struct session *session);
/* When the last ping that was answered was sent. */
int64_t session_alive_ms(const struct session *session);
/* When the master was last found to have sent anything. */
int64_t session_received_ms(const struct session *session);
const char *session_address(const struct session *session);
/* The state in words, with the address; truncated to fit. */
void session_describe(const struct session *session, char *text, size_t size);

/*
 * Fills in the header fields of an AgentX PDU and sends it. The request times
 * out no sooner than a silent master is given up. Always consumes `pdu`.
 * `on_response` (may be NULL) is called if the response arrives within this
 * session and the master still knows the session. False: not sent; the session
 * has ended or will end.
 */
bool session_send(struct session *session, netsnmp_pdu *pdu,
		  session_response on_response, void *ctx, uint32_t id);
/* Sets the context of -n in the request. */
void session_set_context(const struct session *session, netsnmp_pdu *pdu);
/* Makes a ping due, unless one is unanswered already. */
void session_ping_now(struct session *session, int64_t now_ms);
/* Ends the session at the next session_run(). `reason` is an errno, or
   an error of AgentX beyond SESSION_REASON_AGENTX. */
void session_abandon(struct session *session, int reason, const char *why);

#endif
