/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The AgentX session to the master agent: connects, registers, asks whether
 * the master is alive, and begins anew when it is not (src/reconnect).
 *
 * Only Open and Close wait for the master, for SESSION_WAIT_MS at most; all
 * else is sent, and its answer comes when it comes. Belongs to the SNMP
 * thread. Logs what changes.
 */
#ifndef BONDCARRIER_AGENT_SESSION_H
#define BONDCARRIER_AGENT_SESSION_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/large_fd_set.h>
#include <stdbool.h>
#include <stdint.h>

#include "reconnect.h"

#define SESSION_WAIT_MS	     300
#define SESSION_ADDRESS_SIZE 256
#define SESSION_WHY_SIZE     160

/* Deals with a request of the master, of which it may keep nothing but the
   variables; false: net-snmp is to. */
typedef bool (*session_answer)(void *ctx, netsnmp_session *peer,
			       netsnmp_pdu *request);

struct session {
	struct reconnect machine;
	char address[SESSION_ADDRESS_SIZE];
	const char *context; /* borrowed; NULL: the default one */
	bool paced;	     /* by session_pace(), before each read */
	unsigned int wanted; /* sets of trees (mib_tree.h) to register */

	session_answer answer; /* NULL: none but net-snmp */
	void *answer_ctx;

	netsnmp_session *peer;	 /* NULL: none */
	snmp_callback passed_on; /* net-snmp's own, for what comes from it */
	/* Changes when a session begins and when it ends: what belongs to
	   another generation is void. (The pointer may well be the same.) */
	unsigned int generation;
	int64_t heard_ms; /* when the last answered ping was sent */

	/* What callbacks of net-snmp have seen, for session_run(). */
	bool lost;
	bool broken;
	unsigned int asked; /* sets whose registration was sent */
	bool accepted;
	int refused; /* an AgentX error */
	bool heard;
	int abandoned; /* a reason; 0: not */
	char why[SESSION_WHY_SIZE];
};

/* After init_agent(). The session is registered with net-snmp by its address:
   it must not move. */
void session_init(struct session *session, const char *address,
		  const char *context, unsigned int wanted,
		  uint32_t ping_interval_s, int64_t now_ms);
/* Who answers first, in sessions that begin after this. */
void session_answer_with(struct session *session, session_answer answer,
			 void *ctx);
/* Another address, other trees, another interval from now on. */
void session_configure(struct session *session, const char *address,
		       unsigned int wanted, uint32_t ping_interval_s,
		       int64_t now_ms);

/* Does what is due. In every pass, after reading; never inside a callback. */
void session_run(struct session *session, int64_t now_ms);
int64_t session_next_ms(const struct session *session);

/* The peer to send to, or NULL: not registered, or silent. */
netsnmp_session *session_peer(const struct session *session);

/* Fills in what every AgentX PDU has, and sends it: the answer may take as
   long as a silent master is borne with. `pdu` is consumed in any case.
   False: `callback` will not be called (again). */
bool session_send(struct session *session, netsnmp_pdu *pdu,
		  snmp_callback callback, void *magic);
/* The request is about the context of -n. */
void session_set_context(const struct session *session, netsnmp_pdu *pdu);

/* Something can't be sent: nothing more will be, and when the answers that
   have come by now are read, the session ends. */
void session_break(struct session *session);

/* From callbacks: an answer came; the session is of no more use. */
void session_heard(struct session *session);
void session_abandon(struct session *session, int reason, const char *why);

/* The master's next request is to be read when those before are answered: they
   wait in a pipe inside net-snmp, and when that is full it waits for itself.
   And it may be here already: see transport_read_ahead(). `ready` is what
   snmp_read2() will be given. */
void session_pace(const struct session *session, netsnmp_large_fd_set *ready);

/* Takes leave of the master. */
void session_fini(struct session *session);

#endif
