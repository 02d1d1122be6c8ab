/* SPDX-License-Identifier: BSD-2-Clause */
/* One notification on its way to one sink. */
#ifndef BONDCARRIER_AGENT_SINKS_SEND_H
#define BONDCARRIER_AGENT_SINKS_SEND_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stdint.h>

struct sink {
	struct sink *next;
	netsnmp_session *session; /* ours, with its socket */
	bool confirm;
	bool discovers; /* the manager's engine, by asking it */
	int64_t ask_ms; /* not to be asked before */
};

/* When a line of the configuration has opened its session. */
void sinks_send_prepare(struct sink *sink);

/*
 * Sends a copy of the SNMPv2 notification; to a sink of SNMPv1, as that has
 * it. `callback`, for informs: net-snmp calls it as it does; it may do so
 * for a failure before false is returned. NULL: nobody cares.
 */
bool sinks_send(struct sink *sink, netsnmp_pdu *notification,
		snmp_callback callback, void *magic);

/* An inform has had no answer: a manager that has begun anew may have another
   engine, or another time. It is asked before the next. */
void sinks_send_rediscover(struct sink *sink);

#endif
