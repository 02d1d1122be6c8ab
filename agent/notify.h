/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends what waits in the outbox as AgentX Notify PDUs, few at a time, and
 * takes out what the master has acknowledged. What was in flight when a
 * session ended waits again: at least once, in order.
 *
 * Belongs to the SNMP thread; locks the model for moments.
 */
#ifndef BONDCARRIER_AGENT_NOTIFY_H
#define BONDCARRIER_AGENT_NOTIFY_H

#include <stdint.h>

#include "model.h"
#include "session.h"

/* More unacknowledged ones can lock up a healthy snmpd and its subagent, each
   writing to the other (FRR issue 16192). */
#define NOTIFY_WINDOW 16

struct notify {
	struct model *model;	 /* borrowed */
	struct session *session; /* borrowed */
	unsigned int generation; /* of the session, for what is in flight */
	int64_t progress_ms;	 /* the last acknowledgement, or sending into
				    an empty window */
	int64_t heard_ms;	 /* the last bytes of the master */
	int64_t if_link_ms;	 /* the caller's: no linkUp or linkDown before,
				    so that it finds ifOperStatus corrected */
	bool refusal_said;	 /* in this generation */
	int64_t next_ms;	 /* when notify_run() has something to do */
};

void notify_init(struct notify *notify, struct model *model,
		 struct session *session);

/* Sends what may be sent. After session_run(). */
void notify_run(struct notify *notify, int64_t now_ms);

/*
 * The variables of a notification, sysUpTime and snmpTrapOID included;
 * NULL: no memory. The caller frees them with the PDU, or with
 * snmp_free_varbind().
 */
netsnmp_variable_list *notify_variables(const struct outbox_item *item,
					struct model *model);

#endif
