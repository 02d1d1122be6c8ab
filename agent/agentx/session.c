/* SPDX-License-Identifier: BSD-2-Clause */
/* The AgentX session to the master agent. */
#include "agentx/session_internal.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/agent_callbacks.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "agentx/agentx.h"
#include "agentx/transport.h"
#include "base/clock.h"
#include "mib/mib_tree.h"

static int on_session_init(int major, int minor, void *server, void *client)
{
	netsnmp_session *peer = server;

	(void)major;
	(void)minor;
	(void)client;
	/* Called before Open is sent: net-snmp would wait 6 seconds for its
	   response, and retransmit it although a stream loses nothing. */
	if (peer->version == AGENTX_VERSION) {
		peer->timeout = SESSION_WAIT_MS * 1000L;
		peer->retries = 0;
	}
	return 0;
}

static int on_start(int major, int minor, void *server, void *client)
{
	struct session *session = client;

	(void)major;
	(void)minor;
	session->peer = server;
	session->generation++;
	session_receive(session);
	return 0;
}

/* May be called twice. */
static int on_stop(int major, int minor, void *server, void *client)
{
	struct session *session = client;

	(void)major;
	(void)minor;
	if (session->peer && session->peer == server)
		session->lost = true;
	return 0;
}

/* net-snmp tells the master the timeout in Open, and uses both for its own
   requests. */
static void configure(struct session *session, const struct settings *settings)
{
	session->wanted = MIB_OWN | settings->standard_tables;
	snprintf(session->address, sizeof(session->address), "%s",
		 *settings->agentx_socket ? settings->agentx_socket
					  : NETSNMP_AGENTX_SOCKET);
	netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID,
			   NETSNMP_DS_AGENT_AGENTX_TIMEOUT,
			   (int)settings->agentx_timeout_s * ONE_SEC);
	netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID,
			   NETSNMP_DS_AGENT_AGENTX_RETRIES,
			   (int)settings->agentx_retries);
}

void session_init(struct session *session, const struct settings *settings,
		  const char *context, int64_t now_ms)
{
	memset(session, 0, sizeof(*session));
	session->context = context;
	configure(session, settings);
	reconnect_init(
	    &session->machine, settings->agentx_ping_interval_s * 1000,
	    (uint64_t)clock_wall_ms() ^ (uint64_t)getpid() << 32, now_ms);
	transport_register();
	transport_mute_late_responses();
	netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID,
			      NETSNMP_DS_AGENT_X_SOCKET, TRANSPORT_NAME);
	/* 0 disables net-snmp's own pings and reconnects. */
	netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID,
			   NETSNMP_DS_AGENT_AGENTX_PING_INTERVAL, 0);
	netsnmp_ds_set_boolean(NETSNMP_DS_APPLICATION_ID,
			       NETSNMP_DS_AGENT_NO_CONNECTION_WARNINGS, 1);
	/* Connects after init_snmp() has read its configuration. */
	snmp_unregister_callback(SNMP_CALLBACK_LIBRARY,
				 SNMP_CALLBACK_POST_READ_CONFIG,
				 subagent_startup, NULL, 0);
	snmp_register_callback(SNMP_CALLBACK_LIBRARY,
			       SNMP_CALLBACK_SESSION_INIT, on_session_init,
			       NULL);
	snmp_register_callback(SNMP_CALLBACK_APPLICATION,
			       SNMPD_CALLBACK_INDEX_START, on_start, session);
	snmp_register_callback(SNMP_CALLBACK_APPLICATION,
			       SNMPD_CALLBACK_INDEX_STOP, on_stop, session);
}

/*
 * Requests that net-snmp passed to its internal session point to the session
 * with the master, and must be freed before it, as agentx_check_session() of
 * net-snmp does.
 */
static void drop_internal_requests(void)
{
	if (agentx_callback_sess)
		snmp_close(agentx_callback_sess);
	agentx_callback_sess = netsnmp_callback_open(
	    callback_master_num, handle_subagent_response, NULL, NULL);
}

/* Ends the session without sending Close. */
static void drop(struct session *session)
{
	netsnmp_session *peer = session->peer;

	if (!peer)
		return;
	session->peer = NULL;
	session->generation++;
	drop_internal_requests();
	if (!session->lost) { /* else net-snmp has done this */
		agentx_unregister_callbacks(peer);
		remove_trap_session(peer);
		main_session = NULL;
		snmp_close(peer);
	}
	session->lost = false;
	session->broken = false;
	session->requested = 0;
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

static void open_session(struct session *session, int64_t now_ms)
{
	char why[SESSION_WHY_SIZE];
	int fd, err;

	fd = transport_connect(session->address, SESSION_WAIT_MS, why,
			       sizeof(why));
	if (fd < 0) {
		fail(session, -fd, why, now_ms);
		return;
	}
	transport_set_next_socket(fd);
	err = subagent_open_master_session();
	transport_set_next_socket(-1);
	now_ms = clock_now_ms();
	if (err || !session->peer) {
		/* On a slow host the elapsed time can't distinguish the two. */
		if (!transport_has_received())
			fail(session, ETIMEDOUT, "no response", now_ms);
		else
			fail(session, ECONNRESET, "AgentX session refused",
			     now_ms);
		return;
	}
	reconnect_opened(&session->machine, now_ms);
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
	bool lost = session->lost;

	if (!session->peer)
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
		open_session(session, now_ms);
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
	if (transport_take_received())
		session->received_ms = now_ms;
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
	/* What a callback has set is due at once, and what is read already:
	   select() does not report that. */
	if (session->peer &&
	    (session->lost || session->abandoned || session->refused ||
	     session->accepted || session->responded || transport_has_more()))
		return 0;
	return session->machine.next_ms;
}

bool session_is_up(const struct session *session)
{
	return session->peer && session->machine.state == RECONNECT_UP &&
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
		if (session->peer && !session->lost && !session->broken)
			session_register(session);
		return;
	}
	drop(session);
	reconnect_init(&session->machine, ping_interval_ms,
		       session->machine.random, now_ms);
}

void session_fini(struct session *session)
{
	snmp_unregister_callback(SNMP_CALLBACK_APPLICATION,
				 SNMPD_CALLBACK_INDEX_START, on_start, session,
				 1);
	snmp_unregister_callback(SNMP_CALLBACK_APPLICATION,
				 SNMPD_CALLBACK_INDEX_STOP, on_stop, session,
				 1);
	if (session->peer && !session->lost)
		session_leave(session);
	drop(session);
}
