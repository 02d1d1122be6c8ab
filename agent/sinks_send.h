/* SPDX-License-Identifier: BSD-2-Clause */
/* One notification on its way to one sink. */
#ifndef BONDCARRIER_AGENT_SINKS_SEND_H
#define BONDCARRIER_AGENT_SINKS_SEND_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>

struct sink {
	struct sink *next;
	netsnmp_session *session; /* ours, with its socket */
	bool confirm;
};

/* A session that a line of the configuration has opened. */
void sinks_send_prepare(netsnmp_session *session, bool confirm);

/*
 * Sends a copy of the SNMPv2 notification; to a sink of SNMPv1, as that has
 * it. `callback`, for informs, comes once for its end, unless false is
 * returned: it was not sent. NULL: nobody cares.
 */
bool sinks_send(const struct sink *sink, netsnmp_pdu *notification,
		snmp_callback callback, void *magic);

#endif
