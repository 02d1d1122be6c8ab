/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One trap sink, and how a notification is sent to it.
 *
 * Belongs to the SNMP thread. Sending to an SNMPv3 sink of informs whose engine
 * ID is unknown waits for the manager, for a second at most.
 *
 * Source: RFC 3414 (SNMPv3 engines), RFC 3584 (SNMPv1 traps).
 */
#ifndef BONDCARRIER_AGENT_TRAP_SINK_H
#define BONDCARRIER_AGENT_TRAP_SINK_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stdint.h>

struct trap_sink {
	struct trap_sink *next;
	netsnmp_session *session; /* owned, with its socket */
	bool confirm;		  /* informs, not traps */
	bool discovers;		  /* probes the manager's engine ID */
	int64_t probe_after_ms;	  /* no probe before then */
};

/* Call once the session of a configured sink is open. */
void trap_sink_prepare(struct trap_sink *sink);

/*
 * Sends a copy of the SNMPv2 notification, converted for a sink of SNMPv1.
 * net-snmp calls `callback`, for informs, possibly before false is returned
 * for a failure. NULL: no callback.
 */
bool trap_sink_send(struct trap_sink *sink, netsnmp_pdu *notification,
		    snmp_callback callback, void *magic);

/* Call when an inform was not answered: a manager that restarted may have a new
   engine ID or engine time. It is probed before the next inform. */
void trap_sink_rediscover(struct trap_sink *sink);

#endif
