/* SPDX-License-Identifier: BSD-2-Clause */
/* The AgentX session to the master agent. */
#include "agentx/session_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agentx/agentx.h"
#include "base/clock.h"
#include "mib/mib_tree.h"

static void configure(struct session *session, const struct settings *settings)
{
	session->wanted = MIB_OWN | settings->standard_tables;
	session->timeout_s = settings->agentx_timeout_s;
	snprintf(session->address, sizeof(session->address), "%s",
		 *settings->agentx_socket ? settings->agentx_socket
					  : NETSNMP_AGENTX_SOCKET);
}

void session_init(struct session *session, const struct settings *settings,
		  const char *context, struct shared *shared,
		  struct requests *requests, int64_t now_ms)
{
	memset(session, 0, sizeof(*session));
	session->context = context;
	session->shared = shared;
	session->requests = requests;
	session->wait_ms = SESSION_WAIT_MS;
	transport_open(&session->transport, -1);
	configure(session, settings);
	reconnect_init(
	    &session->machine, settings->agentx_ping_interval_s * 1000,
	    (uint64_t)clock_wall_ms() ^ (uint64_t)getpid() << 32, now_ms);
}

/* Ends the session without sending Close. */
static void drop(struct session *session)
{
	if (session->transport.fd < 0)
		return;
	transport_close(&session->transport);
	requests_lose(session->requests);
	session->generation++;
	session->pending_count = 0;
	session->open = false;
	session->id = 0;
	session->requested = 0;
	session->lost = false;
	session->broken = false;
	session->accepted = false;
	session->refused = 0;
	session->responded = false;
	session->closed = false;
	session->abandoned = 0;
}

static void fail(struct session *session, int reason, const char *why,
		 int64_t now_ms)
{
	if (reconnect_failed(&session->machine, reason, now_ms))
		snmp_log(LOG_WARNING,
			 "waiting for the master agent at %s: %s\n",
			 session->address, why);
}

static void connect_session(struct session *session, int64_t now_ms)
{
	char why[SESSION_WHY_SIZE];
	int fd = transport_connect(session->address, SESSION_WAIT_MS, why,
				   sizeof(why));

	if (fd < 0) {
		fail(session, -fd, why, now_ms);
		return;
	}
	transport_open(&session->transport, fd);
	session->generation++;
	if (!session_open(session)) {
		bool silent = !session->lost && !session->refused &&
			      !session->abandoned && !session->broken;

		drop(session);
		fail(session, silent ? ETIMEDOUT : ECONNRESET,
		     silent ? "no response" : "AgentX session refused",
		     clock_now_ms());
		return;
	}
	reconnect_opened(&session->machine, clock_now_ms());
	session_register(session);
	session_add_caps(session);
}

/* RFC 2741, 6.2.16 */
static const char *refusal_text(int error)
{
	switch (error) {
	case AGENTX_UNSUPPORTED_CONTEXT:
		return "unknown context";
	case AGENTX_DUPLICATE_REGISTRATION:
		return "another subagent has registered BOND-CARRIER-MIB";
	case AGENTX_REQUEST_DENIED:
		return "registration denied";
	default:
		return "registration refused";
	}
}

/* Ends a session that callbacks found lost or refused. True: it ended. */
static bool handle_end(struct session *session, int64_t now_ms)
{
	bool was_up = session->machine.state == RECONNECT_UP ||
		      session->machine.state == RECONNECT_SILENT;
	int reason = session->abandoned;
	const char *why = session->why;
	bool lost = session->lost && !transport_has_more(&session->transport);

	if (session->transport.fd < 0)
		return false;
	if (session->refused) {
		reason = SESSION_REASON_AGENTX + session->refused;
		why = refusal_text(session->refused);
	}
	if (!lost && !reason)
		return false;
	drop(session);
	if (was_up) {
		snmp_log(LOG_WARNING, "lost the master agent at %s%s%s\n",
			 session->address, reason ? ": " : "",
			 reason ? why : "");
		reconnect_lost(&session->machine, now_ms);
	} else {
		fail(session, reason ? reason : ECONNRESET,
		     reason ? why : "connection closed", now_ms);
	}
	return true;
}

static void step(struct session *session, int64_t now_ms)
{
	switch (reconnect_step(&session->machine, now_ms)) {
	case RECONNECT_NOTHING:
		break;
	case RECONNECT_CONNECT:
		connect_session(session, now_ms);
		break;
	case RECONNECT_PING:
		session_ping(session);
		break;
	case RECONNECT_LOG_SILENT:
		snmp_log(LOG_WARNING,
			 "the master agent at %s is not responding\n",
			 session->address);
		break;
	case RECONNECT_GIVE_UP:
		drop(session);
		fail(session, ETIMEDOUT, "no response", now_ms);
		break;
	}
}

void session_run(struct session *session, int64_t now_ms)
{
	if (session->transport.received)
		session->received_ms = now_ms;
	session->transport.received = false;
	if (handle_end(session, now_ms))
		return;
	if (session->accepted) {
		session->accepted = false;
		reconnect_registered(&session->machine, now_ms);
		session->alive_ms = now_ms;
		snmp_log(LOG_NOTICE, "connected to the master agent at %s\n",
			 session->address);
	}
	if (session->responded) {
		session->responded = false;
		/* The time of the ping, not of its response, which proves
		   nothing about requests sent after the ping. */
		if (session->machine.ping_sent_ms)
			session->alive_ms = session->machine.ping_sent_ms;
		if (reconnect_answered(&session->machine, now_ms))
			snmp_log(LOG_NOTICE,
				 "the master agent at %s is responding again\n",
				 session->address);
	}
	step(session, now_ms);
}

int64_t session_next_ms(const struct session *session)
{
	/* What reading has set is due at once, and what is read already:
	   select() does not report that. */
	if (session->transport.fd >= 0 &&
	    (session->lost || session->abandoned || session->refused ||
	     session->accepted || session->responded ||
	     transport_has_more(&session->transport)))
		return 0;
	return session->machine.next_ms;
}

bool session_is_up(const struct session *session)
{
	return session->open && session->machine.state == RECONNECT_UP &&
	       !session->lost && !session->broken && !session->abandoned &&
	       !session->refused;
}

unsigned int session_generation(const struct session *session)
{
	return session->generation;
}

int64_t session_alive_ms(const struct session *session)
{
	return session->alive_ms;
}

int64_t session_received_ms(const struct session *session)
{
	return session->received_ms;
}

const char *session_address(const struct session *session)
{
	return session->address;
}

void session_describe(const struct session *session, char *text, size_t size)
{
	static const char *const states[] = {
		[RECONNECT_WAITING] = "waiting for",
		[RECONNECT_REGISTERING] = "registering with",
		[RECONNECT_UP] = "connected to",
		[RECONNECT_SILENT] = "no response from",
	};

	snprintf(text, size, "%s the master agent at %s",
		 states[session->machine.state], session->address);
}

void session_ping_now(struct session *session, int64_t now_ms)
{
	reconnect_ping_now(&session->machine, now_ms);
}

void session_configure(struct session *session, const struct settings *settings,
		       int64_t now_ms)
{
	uint32_t ping_interval_ms = settings->agentx_ping_interval_s * 1000;
	char old[SESSION_ADDRESS_SIZE];

	memcpy(old, session->address, sizeof(old));
	configure(session, settings);
	if (strcmp(old, session->address) == 0) {
		session->machine.ping_interval_ms = ping_interval_ms;
		if (session->open)
			session_register(session);
		return;
	}
	drop(session);
	reconnect_init(&session->machine, ping_interval_ms,
		       session->machine.random, now_ms);
}

int session_fd(const struct session *session)
{
	return session->lost ? -1 : session->transport.fd;
}

void session_fini(struct session *session)
{
	if (session->open && !session->lost)
		session_leave(session);
	drop(session);
}
