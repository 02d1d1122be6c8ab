/* SPDX-License-Identifier: BSD-2-Clause */
/* Sends one notification to one trap sink. */
#include "standalone/trap_sink.h"

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/library/lcd_time.h>

#include <string.h>

#include "base/clock.h"
#include "state/shared.h"

/* The thread blocks while it probes a manager for its engine ID. A manager that
   did not answer is not probed again for a while. */
#define PROBE_TIMEOUT_US 1000000L
#define PROBE_AGAIN_MS	 10000

static bool is_v1(const struct trap_sink *sink)
{
	return sink->session->version == SNMP_VERSION_1;
}

void trap_sink_prepare(struct trap_sink *sink)
{
	netsnmp_session *session = sink->session;

	/* A trap is authenticated with our own engine ID, for which trapsess
	   has the passphrases, but no user yet. */
	if (session->version == SNMP_VERSION_3 && !sink->confirm)
		usm_create_user_from_session(session);
	/* Unless the line gives the engine ID with -e. */
	sink->discovers = session->version == SNMP_VERSION_3 && sink->confirm &&
			  session->securityEngineIDLen == 0;
}

static bool must_probe(const struct trap_sink *sink)
{
	return sink->discovers && sink->session->securityEngineIDLen == 0;
}

void trap_sink_rediscover(struct trap_sink *sink)
{
	netsnmp_session *session = sink->session;

	if (session->version != SNMP_VERSION_3 || !sink->confirm)
		return;
	/* net-snmp rejects an engine time before the one it knows, even from an
	   engine that lost its own. */
	if (session->securityEngineIDLen > 0)
		set_enginetime(session->securityEngineID,
			       (u_int)session->securityEngineIDLen, 0, 0, TRUE);
	if (!sink->discovers)
		return;
	SNMP_FREE(session->securityEngineID);
	session->securityEngineIDLen = 0;
	SNMP_FREE(session->contextEngineID);
	session->contextEngineIDLen = 0;
	/* The flags by which usm_discover_engineid() and
	   usm_create_user_from_session() of net-snmp run only once. */
	session->flags &=
	    ~(u_long)(SNMP_FLAGS_DONT_PROBE | SNMP_FLAGS_USER_CREATED);
}

/* net-snmp probes an unknown engine before it sends, and blocks. */
static int send_and_probe(struct trap_sink *sink, netsnmp_pdu *pdu,
			  snmp_callback callback, void *magic)
{
	netsnmp_session *session = sink->session;
	long timeout = session->timeout;
	int retries = session->retries;
	int sent;

	session->timeout = PROBE_TIMEOUT_US;
	session->retries = 0;
	sent = snmp_async_send(session, pdu, callback, magic);
	session->timeout = timeout;
	session->retries = retries;
	if (!sent)
		sink->probe_after_ms = clock_now_ms() + PROBE_AGAIN_MS;
	return sent;
}

/* RFC 3584, 3.2: the enterprise of a generic trap is snmpTraps if the
   notification doesn't carry one. net-snmp would send its own enterprise. */
static bool set_enterprise(netsnmp_pdu *pdu)
{
	static const oid snmp_traps[] = { 1, 3, 6, 1, 6, 3, 1, 1, 5 };

	if (pdu->enterprise_length > 0 ||
	    pdu->trap_type == SNMP_TRAP_ENTERPRISESPECIFIC)
		return true;
	pdu->enterprise =
	    snmp_duplicate_objid(snmp_traps, OID_LENGTH(snmp_traps));
	if (!pdu->enterprise)
		return false;
	pdu->enterprise_length = OID_LENGTH(snmp_traps);
	return true;
}

static netsnmp_pdu *copy_for(const struct trap_sink *sink,
			     netsnmp_pdu *notification)
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
	if (!pdu)
		return NULL;
	if (!set_enterprise(pdu)) {
		snmp_free_pdu(pdu);
		return NULL;
	}
	address = get_myaddr();
	memcpy(pdu->agent_addr, &address, sizeof(pdu->agent_addr));
	return pdu;
}

static int on_ignored(int op, netsnmp_session *session, int reqid,
		      netsnmp_pdu *pdu, void *magic)
{
	(void)op;
	(void)session;
	(void)reqid;
	(void)pdu;
	(void)magic;
	return 1;
}

bool trap_sink_send(struct trap_sink *sink, netsnmp_pdu *notification,
		    snmp_callback callback, void *magic)
{
	netsnmp_session *session = sink->session;
	bool probes = must_probe(sink);
	netsnmp_pdu *pdu;
	int sent;

	if (probes && clock_now_ms() < sink->probe_after_ms)
		return false;
	pdu = copy_for(sink, notification);
	if (!pdu)
		return false;
	pdu->version = session->version;
	/* RFC 3414 requires new ids for each message. */
	pdu->reqid = snmp_get_next_reqid();
	pdu->msgid = snmp_get_next_msgid();
	if (!callback)
		callback = on_ignored;
	sent = probes ? send_and_probe(sink, pdu, callback, magic)
		      : snmp_async_send(session, pdu, callback, magic);
	if (!sent) {
		snmp_free_pdu(pdu);
		return false;
	}
	snmp_increment_statistic(STAT_SNMPOUTTRAPS);
	snmp_increment_statistic(STAT_SNMPOUTPKTS);
	return true;
}
