/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * correctIfOperStatus: IF-MIB's ifOperStatus with the bonds' effective
 * carriers in it, in place of the master agent's own.
 *
 * The column is registered with the master as a whole, and for all links but
 * the bonds it has the value that the master would give: single instances
 * would leave holes in a net-snmp master's walks when they go (doc/agentx.md,
 * 18). A longer name than the master's own ifTable comes before that, whatever
 * the priorities (RFC 2741, 7.1.4.1); the priority is a higher one too.
 *
 * While the kernel can't be read the column is given back, and the master's
 * own is there again, as it is when the session ends. A bond whose effective
 * carrier is unknown has the kernel's word meanwhile, as with the master.
 *
 * Nothing here waits for the master. Belongs to the SNMP thread; locks the
 * model for moments. Logs what is refused.
 */
#ifndef BONDCARRIER_AGENT_IF_OPER_STATUS_H
#define BONDCARRIER_AGENT_IF_OPER_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "claim.h"
#include "if_mib.h"
#include "iflist.h"
#include "model.h"
#include "session.h"

struct if_oper_status {
	struct model *model;	 /* borrowed */
	struct session *session; /* borrowed */
	struct iflist *links;
	struct claim claim;
	bool wanted;		 /* the configuration's word */
	unsigned int generation; /* of the session */
	int64_t asked_ms;	 /* when the unanswered request was sent */
	int error;		 /* the last refusal's, of AgentX */
	bool refusal_said;
	int64_t next_ms; /* when if_oper_status_run() has something to do */
};

/* After session_init(), before there is a session. `context` as for the
   session. 0 or -errno, with nothing to finish. It must not move. */
int if_oper_status_init(struct if_oper_status *status, struct model *model,
			struct session *session, const char *context,
			bool wanted);
void if_oper_status_fini(struct if_oper_status *status);

/* Asks for what is to be asked for. After session_run(), never inside a
   callback. `wanted` may be changed before. */
void if_oper_status_run(struct if_oper_status *status, int64_t now_ms);

/* Until when linkUp and linkDown are to wait for the answer to what was asked
   for: a manager may ask for ifOperStatus as soon as it has one. Not for ever,
   should the answer never come. 0: not at all. */
int64_t if_oper_status_settled_ms(const struct if_oper_status *status);

/* Answers for the column in net-snmp's agent, which tells no master of it.
   0 or -errno. */
int if_oper_status_register(struct if_oper_status *status, const char *context);

/* One variable of a Get, of a GetNext; as mib_get() and mib_next(). */
int if_oper_status_get(const struct if_oper_status *status,
		       netsnmp_variable_list *variable);
int if_oper_status_next(const struct if_oper_status *status,
			netsnmp_variable_list *variable, bool inclusive);

#define IF_OPER_STATUS	      IF_MIB_ENTRY, IF_MIB_OPER_STATUS
#define IF_OPER_STATUS_LENGTH 10

#endif
