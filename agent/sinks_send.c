/* SPDX-License-Identifier: BSD-2-Clause */
/* One notification on its way to one sink. */
#include "sinks_send.h"

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <string.h>

/* How long a manager that has to be asked for its engine's name may take: the
   thread waits for it. */
#define PROBE_US 1000000L

static bool is_v1(const struct sink *sink)
{
	return sink->session->version == SNMP_VERSION_1;
}

void sinks_send_prepare(netsnmp_session *session, bool confirm)
{
	/* A trap is signed in our own engine's name, for which trapsess has
	   the passphrases, but no user yet. */
	if (session->version == SNMP_VERSION_3 && !confirm)
		usm_create_user_from_session(session);
}

static bool has_no_engine(const struct sink *sink)
{
	return sink->confirm && sink->session->version == SNMP_VERSION_3 &&
	       sink->session->securityEngineIDLen == 0;
}

/* net-snmp asks an unknown engine before it sends, and waits. */
static int send_and_probe(netsnmp_session *session, netsnmp_pdu *pdu,
			  snmp_callback callback, void *magic)
{
	long timeout = session->timeout;
	int retries = session->retries;
	int sent;

	session->timeout = PROBE_US;
	session->retries = 0;
	sent = snmp_async_send(session, pdu, callback, magic);
	session->timeout = timeout;
	session->retries = retries;
	return sent;
}

static netsnmp_pdu *copy_for(const struct sink *sink, netsnmp_pdu *notification)
{
	netsnmp_pdu *pdu;
	in_addr_t address;

	if (!is_v1(sink)) {
		pdu = snmp_clone_pdu(notification);
		if (pdu)
			pdu->command =
			    sink->confirm ? SNMP_MSG_INFORM : SNMP_MSG_TRAP2;
		return pdu;
	}
	pdu = notification->command == SNMP_MSG_TRAP
		  ? snmp_clone_pdu(notification)
		  : convert_v2pdu_to_v1(notification);
	if (pdu) {
		address = get_myaddr();
		memcpy(pdu->agent_addr, &address, sizeof(pdu->agent_addr));
	}
	return pdu;
}

static int on_forgotten(int op, netsnmp_session *session, int reqid,
			netsnmp_pdu *pdu, void *magic)
{
	(void)op;
	(void)session;
	(void)reqid;
	(void)pdu;
	(void)magic;
	return 1;
}

bool sinks_send(const struct sink *sink, netsnmp_pdu *notification,
		snmp_callback callback, void *magic)
{
	netsnmp_session *session = sink->session;
	netsnmp_pdu *pdu = copy_for(sink, notification);
	int sent;

	if (!pdu)
		return false;
	pdu->version = session->version;
	/* RFC 3414 wants others for each. */
	pdu->reqid = snmp_get_next_reqid();
	pdu->msgid = snmp_get_next_msgid();
	if (has_no_engine(sink))
		sent = send_and_probe(
		    session, pdu, callback ? callback : on_forgotten, magic);
	else
		sent = snmp_async_send(
		    session, pdu, callback ? callback : on_forgotten, magic);
	if (!sent) {
		snmp_free_pdu(pdu);
		return false;
	}
	snmp_increment_statistic(STAT_SNMPOUTTRAPS);
	snmp_increment_statistic(STAT_SNMPOUTPKTS);
	return true;
}
