/* SPDX-License-Identifier: BSD-2-Clause */
/* Sends notifications to the configured trap sinks. */
#include "standalone/trap_sinks.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/agent_callbacks.h>

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "mib/notify_variables.h"
#include "standalone/trap_sink.h"
#include "state/delivery.h"

#define RETRY_MS 15000

/* An unanswered inform. */
struct flight {
	struct trap_sinks *sinks;
	struct trap_sink *sink;
	unsigned int generation;
	uint32_t id;
	bool sent; /* net-snmp has it, and will call back */
};

/* net-snmp parsed a line, and passes the ownership of its session. */
static int on_sink(int major, int minor, void *server, void *client)
{
	struct agent_add_trap_args *args = server;
	struct trap_sinks *sinks = client;
	struct trap_sink *sink = calloc(1, sizeof(*sink));

	(void)major;
	(void)minor;
	args->rc = SNMPERR_GENERR;
	if (!sink)
		return 0;
	sink->session = args->ss;
	sink->confirm = args->confirm != 0;
	trap_sink_prepare(sink);
	sink->next = sinks->first;
	sinks->first = sink;
	sinks->inform_sinks += sink->confirm;
	args->rc = SNMPERR_SUCCESS;
	return 0;
}

/* net-snmp's own traps, coldStart and authenticationFailure, each called once
   as SNMPv1 and once as SNMPv2 trap. */
static int on_internal_trap(int major, int minor, void *server, void *client)
{
	const struct trap_sinks *sinks = client;
	struct trap_sink *sink = sinks->first;
	netsnmp_pdu *pdu = server;

	(void)major;
	(void)minor;
	for (; sink; sink = sink->next) {
		bool v1 = sink->session->version == SNMP_VERSION_1;

		if (v1 == (pdu->command == SNMP_MSG_TRAP))
			(void)trap_sink_send(sink, pdu, NULL, NULL);
	}
	return 0;
}

static const struct {
	int minor;
	SNMPCallback *function;
} callbacks[] = {
	{ SNMPD_CALLBACK_REGISTER_NOTIFICATIONS, on_sink },
	{ SNMPD_CALLBACK_SEND_TRAP1, on_internal_trap },
	{ SNMPD_CALLBACK_SEND_TRAP2, on_internal_trap },
};

void trap_sinks_init(struct trap_sinks *sinks, struct shared *shared,
		     const char *context)
{
	memset(sinks, 0, sizeof(*sinks));
	sinks->shared = shared;
	sinks->context = context;
	sinks->next_ms = INT64_MAX;
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++)
		snmp_register_callback(SNMP_CALLBACK_APPLICATION,
				       callbacks[i].minor,
				       callbacks[i].function, sinks);
}

/* Returns everything in flight to the outbox; pending responses become stale.
 */
static void recall(struct trap_sinks *sinks)
{
	sinks->generation++;
	memset(sinks->pending, 0, sizeof(sinks->pending));
	shared_lock(sinks->shared);
	outbox_recall(sinks->shared->outbox);
	shared_unlock(sinks->shared);
}

void trap_sinks_clear(struct trap_sinks *sinks)
{
	struct trap_sink *sink = sinks->first;

	recall(sinks);
	while (sink) {
		struct trap_sink *next = sink->next;

		snmp_close(sink->session); /* informs in flight time out */
		free(sink);
		sink = next;
	}
	sinks->first = NULL;
	sinks->inform_sinks = 0;
	sinks->retry_ms = 0;
}

void trap_sinks_fini(struct trap_sinks *sinks)
{
	trap_sinks_clear(sinks);
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++)
		snmp_unregister_callback(SNMP_CALLBACK_APPLICATION,
					 callbacks[i].minor,
					 callbacks[i].function, sinks, 1);
}

size_t trap_sinks_count(const struct trap_sinks *sinks)
{
	size_t count = 0;

	for (const struct trap_sink *sink = sinks->first; sink;
	     sink = sink->next)
		count++;
	return count;
}

static struct trap_sinks_pending *find_pending(struct trap_sinks *sinks,
					       uint32_t id)
{
	for (size_t i = 0; i < TRAP_SINKS_WINDOW; i++)
		if (sinks->pending[i].id == id)
			return &sinks->pending[i];
	return NULL;
}

static void delivery_failed(struct trap_sinks *sinks)
{
	recall(sinks);
	sinks->retry_ms = clock_now_ms() + RETRY_MS;
	if (sinks->failing)
		return;
	sinks->failing = true;
	if (sinks->inform_sinks)
		snmp_log(LOG_WARNING, "no trap sink acknowledged a "
				      "notification, retrying\n");
	else
		snmp_log(LOG_WARNING, "cannot send a notification to any trap "
				      "sink, retrying\n");
}

/* Ids are kept one by one, since the trap of an earlier one may have failed. */
static uint32_t *find_trapped(struct trap_sinks *sinks, uint32_t id)
{
	for (size_t i = 0; i < TRAP_SINKS_WINDOW; i++)
		if (sinks->trapped[i] == id)
			return &sinks->trapped[i];
	return NULL;
}

static void remember_trapped(struct trap_sinks *sinks, uint32_t id)
{
	uint32_t *place = find_trapped(sinks, 0);

	if (!place) {
		place = &sinks->trapped[sinks->trapped_next];
		sinks->trapped_next =
		    (sinks->trapped_next + 1) % TRAP_SINKS_WINDOW;
	}
	*place = id;
}

static void delivered(struct trap_sinks *sinks, uint32_t id)
{
	uint32_t *trapped = find_trapped(sinks, id);

	if (trapped)
		*trapped = 0;
	delivery_settle(sinks->shared, id, DELIVERY_DONE);
	if (!sinks->failing)
		return;
	sinks->failing = false;
	snmp_log(LOG_NOTICE, "delivering notifications again\n");
}

/* One inform was acknowledged, or given up after its retries. */
static void inform_done(struct trap_sinks *sinks, uint32_t id,
			bool acknowledged)
{
	struct trap_sinks_pending *pending = find_pending(sinks, id);

	if (!pending)
		return; /* already acknowledged by another sink */
	if (acknowledged) {
		pending->id = 0;
		delivered(sinks, id);
	} else if (--pending->unanswered == 0) {
		delivery_failed(sinks);
	}
}

/* Not a Report: net-snmp (snmp_api.c) either sends the inform again, after a
   Report of the engine's time, or calls back once more with an error. */
static bool is_end(int op, const netsnmp_pdu *pdu)
{
	return op != NETSNMP_CALLBACK_OP_RESEND &&
	       !(op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
		 pdu->command == SNMP_MSG_REPORT);
}

static int on_response(int op, netsnmp_session *session, int reqid,
		       netsnmp_pdu *pdu, void *magic)
{
	struct flight *flight = magic;
	bool acknowledged = op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
			    pdu->command == SNMP_MSG_RESPONSE;

	(void)session;
	(void)reqid;
	/* send_inform() handles what could not be sent at all. */
	if (!is_end(op, pdu) || !flight->sent)
		return 1;
	if (flight->generation == flight->sinks->generation) {
		if (!acknowledged)
			trap_sink_rediscover(flight->sink);
		inform_done(flight->sinks, flight->id, acknowledged);
	}
	free(flight);
	return 1;
}

static bool send_inform(struct trap_sinks *sinks, struct trap_sink *sink,
			netsnmp_pdu *pdu, uint32_t id)
{
	struct flight *flight = malloc(sizeof(*flight));

	if (!flight)
		return false;
	flight->sinks = sinks;
	flight->sink = sink;
	flight->generation = sinks->generation;
	flight->id = id;
	flight->sent = false;
	flight->sent = trap_sink_send(sink, pdu, on_response, flight);
	if (flight->sent)
		return true;
	free(flight);
	return false;
}

/* Returns the number of informs sent, and whether a trap was. */
static unsigned int send_to_all(struct trap_sinks *sinks, netsnmp_pdu *pdu,
				uint32_t id, bool *trapped)
{
	bool again = find_trapped(sinks, id) != NULL;
	unsigned int count = 0;

	*trapped = false;
	for (struct trap_sink *sink = sinks->first; sink; sink = sink->next) {
		if (sink->confirm)
			count += send_inform(sinks, sink, pdu, id);
		else if (!again && trap_sink_send(sink, pdu, NULL, NULL))
			*trapped = true;
	}
	if (*trapped)
		remember_trapped(sinks, id);
	return count;
}

static netsnmp_pdu *make_pdu(const struct trap_sinks *sinks,
			     const struct outbox_item *item)
{
	netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_TRAP2);

	if (!pdu)
		return NULL;
	pdu->variables = notify_variables(item, sinks->shared);
	if (sinks->context) {
		pdu->contextName = strdup(sinks->context);
		pdu->contextNameLen =
		    pdu->contextName ? strlen(sinks->context) : 0;
	}
	if (pdu->variables)
		return pdu;
	snmp_free_pdu(pdu);
	return NULL;
}

/* False: failed, sending must pause. */
static bool send_item(struct trap_sinks *sinks, const struct outbox_item *item)
{
	struct trap_sinks_pending *place = find_pending(sinks, 0);
	netsnmp_pdu *pdu = place ? make_pdu(sinks, item) : NULL;
	unsigned int informs;
	bool trapped;

	if (!pdu) {
		delivery_failed(sinks);
		return false;
	}
	/* Before sending: a response may arrive while another sink is probed.
	 */
	place->id = item->id;
	place->unanswered = (unsigned int)sinks->inform_sinks;
	informs = send_to_all(sinks, pdu, item->id, &trapped);
	snmp_free_pdu(pdu);
	if (place->id != item->id)
		return true; /* already acknowledged */
	place->unanswered -= (unsigned int)sinks->inform_sinks - informs;
	if (place->unanswered > 0)
		return true;
	place->id = 0;
	if (sinks->inform_sinks == 0 && trapped) {
		delivered(sinks, item->id);
		return true;
	}
	delivery_failed(sinks);
	return false;
}

void trap_sinks_run(struct trap_sinks *sinks, int64_t now_ms)
{
	struct outbox_item item;

	sinks->next_ms = sinks->retry_ms > now_ms ? sinks->retry_ms : INT64_MAX;
	if (sinks->retry_ms > now_ms)
		return;
	while (delivery_take(sinks->shared, TRAP_SINKS_WINDOW, 0, &item, now_ms,
			     &sinks->next_ms)) {
		if (!sinks->first)
			delivery_settle(sinks->shared, item.id,
					DELIVERY_NOBODY);
		else if (!send_item(sinks, &item))
			break;
	}
	if (sinks->retry_ms > now_ms)
		sinks->next_ms = sinks->retry_ms;
}
