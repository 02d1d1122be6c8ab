/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends the notifications in the outbox as AgentX Notify PDUs, a few at a
 * time, and removes those that the master acknowledges. Those in flight when a
 * session ends are sent again: delivery is at least once, in order.
 *
 * Belongs to the SNMP thread; locks the shared state briefly.
 */
#ifndef BONDCARRIER_AGENT_AGENTX_NOTIFY_H
#define BONDCARRIER_AGENT_AGENTX_NOTIFY_H

#include <stdint.h>

#include "agentx/session.h"
#include "state/shared.h"

/* More unacknowledged notifications can deadlock a healthy snmpd and its
   subagent, each blocked in writing to the other (FRR issue 16192). */
#define AGENTX_NOTIFY_WINDOW 16

struct agentx_notify {
	struct shared *shared;	 /* borrowed */
	struct session *session; /* borrowed */
	unsigned int generation; /* of the session, for what is in flight */
	int64_t progress_ms;	 /* of the last acknowledgement, or of sending
				    into an empty window */
	int64_t if_link_ms;	 /* set by the caller: no linkUp or linkDown
				    before then, so that ifOperStatus is
				    corrected first */
	bool refusal_logged;	 /* for this generation */
	int64_t next_ms;	 /* when agentx_notify_run() is due */
};

void agentx_notify_init(struct agentx_notify *notify, struct shared *shared,
			struct session *session);

/* Sends what fits into the window. Call after session_run(). */
void agentx_notify_run(struct agentx_notify *notify, int64_t now_ms);

#endif
