/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The AgentX session to the master agent: connects, registers, answers its
 * requests, pings it, and reconnects when it is lost (reconnect.h).
 *
 * Only Open and Close wait for the response, for SESSION_WAIT_MS at most; all
 * other requests are asynchronous. Belongs to the SNMP thread. Times are
 * CLOCK_MONOTONIC milliseconds. Logs changes of the session's state.
 *
 * Source: RFC 2741.
 */
#ifndef BONDCARRIER_AGENT_SESSION_H
#define BONDCARRIER_AGENT_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "agentx/pdu.h"
#include "agentx/reconnect.h"
#include "agentx/requests.h"
#include "agentx/transport.h"
#include "config/settings.h"
#include "state/shared.h"

#define SESSION_WAIT_MS	     300
#define SESSION_ADDRESS_SIZE 256
#define SESSION_WHY_SIZE     160
/* Unanswered requests at one time: notifications, registrations, a ping. */
#define SESSION_PENDING_MAX 64

/* A response: `id` is that of session_send(), `error` the AgentX error (0:
   none). */
typedef void (*session_response)(void *ctx, uint32_t id, int error);

/* A request that awaits its response. */
struct session_pending {
	uint32_t packet;
	int64_t sent_ms;
	session_response on_response; /* may be NULL */
	void *ctx;
	uint32_t id;
};

/* The members are the session's own. */
struct session {
	struct reconnect machine;
	char address[SESSION_ADDRESS_SIZE];
	const char *context;	   /* borrowed; NULL: the default context */
	struct shared *shared;	   /* borrowed */
	struct requests *requests; /* borrowed */
	unsigned int wanted;	   /* sets of trees (mib_tree.h) to register */
	uint32_t timeout_s;	   /* the master's, for us */
	int wait_ms;

	struct transport transport;
	struct pdu_writer writer;
	uint32_t packet;
	struct session_pending pending[SESSION_PENDING_MAX];
	size_t pending_count;
	unsigned int generation;
	int64_t alive_ms;
	int64_t received_ms;

	/* Of the session with the master. */
	bool open;   /* Open was answered, and nobody has closed it */
	uint32_t id; /* h.sessionID */
	unsigned int requested; /* sets whose Register was sent */

	/* Set while reading and sending, for session_run(). */
	bool lost;     /* the connection has ended */
	bool broken;   /* nothing can be sent, and the end will be read */
	bool accepted; /* Register was */
	int refused;   /* the AgentX error; 0: none */
	bool responded;
	bool closed;   /* Close was answered */
	int abandoned; /* the reason; 0: not */
	char why[SESSION_WHY_SIZE];
};

/* `requests` answers the master. */
void session_init(struct session *session, const struct settings *settings,
		  const char *context, struct shared *shared,
		  struct requests *requests, int64_t now_ms);
/* Applies changed settings; another address ends the session. */
void session_configure(struct session *session, const struct settings *settings,
		       int64_t now_ms);
/* Sends Close to the master, and ends the session. */
void session_fini(struct session *session);

/* Does what is due. Call in each pass, after reading; never in a callback. */
void session_run(struct session *session, int64_t now_ms);
/* When session_run() is due, or session_read(). */
int64_t session_next_ms(const struct session *session);

/* The socket to read from; -1: none. */
int session_fd(const struct session *session);
/* Handles what has come. `ready`: there is something in the socket. */
void session_read(struct session *session, bool ready);

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

/* Starts a request to the master, which the caller completes in the writer
   (pdu.h), and sends before anything else. It has the context of -n. */
struct pdu_writer *session_begin(struct session *session, unsigned int type);
/* Starts, and completes, a Register or Unregister of that subtree. */
void session_begin_region(struct session *session, unsigned int type,
			  unsigned int priority, const oid *name,
			  size_t length);
/*
 * Sends the request. `on_response` (may be NULL) is called if the response
 * arrives within this session and the master still knows the session. False:
 * not sent; the session has ended or will end.
 */
bool session_send(struct session *session, session_response on_response,
		  void *ctx, uint32_t id);
/* Makes a ping due, unless one is unanswered already. */
void session_ping_now(struct session *session, int64_t now_ms);
/* Ends the session at the next session_run(). `reason` is an errno, or
   an error of AgentX beyond SESSION_REASON_AGENTX. */
void session_abandon(struct session *session, int reason, const char *why);

#endif
