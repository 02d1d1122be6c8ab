/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * correctIfOperStatus: IF-MIB's ifOperStatus with the bonds' effective
 * carriers in it, in place of the master agent's own.
 *
 * The whole column is registered with the master, and links other than bonds
 * have the value that the master would report: registering single instances
 * would leave holes in a net-snmp master's walks when they are unregistered
 * (doc/agentx.md, 18). The name is longer than the master's own ifTable and
 * takes precedence whatever the priorities (RFC 2741, 7.1.4.1); the priority
 * is higher too.
 *
 * While the kernel can't be read, the column is unregistered and the master's
 * own is visible, as after the end of the session. A bond whose effective
 * carrier is unknown has the kernel's state, as with the master.
 *
 * Never waits for the master. Belongs to the SNMP thread; locks the shared
 * state briefly. Logs refusals.
 */
#ifndef BONDCARRIER_AGENT_IF_OPER_STATUS_H
#define BONDCARRIER_AGENT_IF_OPER_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "agentx/column_claim.h"
#include "agentx/host_links.h"
#include "mib/if_mib.h"
#include "state/shared.h"

struct session;

struct if_oper_status {
	struct shared *shared;	 /* borrowed */
	struct session *session; /* borrowed */
	struct host_links *links;
	struct column_claim claim;
	bool wanted;		 /* correctIfOperStatus of the configuration */
	unsigned int generation; /* of the session */
	int64_t request_ms;	 /* when the unanswered request was sent */
	int error;		 /* AgentX error of the last refusal */
	bool refusal_logged;
	int64_t next_ms; /* when if_oper_status_run() is due */
};

/* Call after session_init(), before a session begins. 0 or -errno. `status`
   must not move. */
int if_oper_status_init(struct if_oper_status *status, struct shared *shared,
			struct session *session, bool wanted);
void if_oper_status_fini(struct if_oper_status *status);

/* Sends Register or Unregister when due. Call after session_run(), never in a
   callback. `wanted` may be changed before. */
void if_oper_status_run(struct if_oper_status *status, int64_t now_ms);

/* How long to hold back linkUp and linkDown for the answer to a request, since
   a manager may read ifOperStatus as soon as it gets one. Bounded, in case the
   answer never comes. 0: not at all. */
int64_t if_oper_status_hold_until_ms(const struct if_oper_status *status);

/* One variable of a Get or a GetNext; see mib_get() and mib_next(). */
int if_oper_status_get(const struct if_oper_status *status,
		       netsnmp_variable_list *variable);
int if_oper_status_next(const struct if_oper_status *status,
			netsnmp_variable_list *variable, bool inclusive);

#define IF_OPER_STATUS	      IF_MIB_ENTRY, IF_MIB_OPER_STATUS
#define IF_OPER_STATUS_LENGTH 10

#endif
