/* SPDX-License-Identifier: BSD-2-Clause */
/* From the outbox to the sinks of the configuration. */
#include "sinks.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/agent_callbacks.h>

#include <stdlib.h>
#include <string.h>

#include "delivery.h"
#include "notify.h"
#include "sinks_send.h"

#define RETRY_MS 15000

/* One inform that has no answer yet. */
struct flight {
	struct sinks *sinks;
	struct sink *sink;
	unsigned int generation;
	uint32_t id;
	bool sent; /* net-snmp has it, until its end */
};

/* net-snmp has read a line, and leaves the session to us. */
static int on_sink(int major, int minor, void *server, void *client)
{
	struct agent_add_trap_args *args = server;
	struct sinks *sinks = client;
	struct sink *sink = calloc(1, sizeof(*sink));

	(void)major;
	(void)minor;
	args->rc = SNMPERR_GENERR;
	if (!sink)
		return 0;
	sink->session = args->ss;
	sink->confirm = args->confirm != 0;
	sinks_send_prepare(sink);
	sink->next = sinks->first;
	sinks->first = sink;
	sinks->informs += sink->confirm;
	args->rc = SNMPERR_SUCCESS;
	return 0;
}

/* net-snmp's own: coldStart, authenticationFailure. As a trap of SNMPv1, and
   once more as one of SNMPv2. */
static int on_own(int major, int minor, void *server, void *client)
{
	const struct sinks *sinks = client;
	struct sink *sink = sinks->first;
	netsnmp_pdu *pdu = server;

	(void)major;
	(void)minor;
	for (; sink; sink = sink->next) {
		bool v1 = sink->session->version == SNMP_VERSION_1;

		if (v1 == (pdu->command == SNMP_MSG_TRAP))
			(void)sinks_send(sink, pdu, NULL, NULL);
	}
	return 0;
}

static const struct {
	int minor;
	SNMPCallback *function;
} callbacks[] = {
	{ SNMPD_CALLBACK_REGISTER_NOTIFICATIONS, on_sink },
	{ SNMPD_CALLBACK_SEND_TRAP1, on_own },
	{ SNMPD_CALLBACK_SEND_TRAP2, on_own },
};

void sinks_init(struct sinks *sinks, struct model *model, const char *context)
{
	memset(sinks, 0, sizeof(*sinks));
	sinks->model = model;
	sinks->context = context;
	sinks->next_ms = INT64_MAX;
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++)
		snmp_register_callback(SNMP_CALLBACK_APPLICATION,
				       callbacks[i].minor,
				       callbacks[i].function, sinks);
}

/* All that is in flight is to be sent again, and its answers are void. */
static void recall(struct sinks *sinks)
{
	sinks->generation++;
	memset(sinks->pending, 0, sizeof(sinks->pending));
	model_lock(sinks->model);
	outbox_recall(sinks->model->outbox);
	model_unlock(sinks->model);
}

void sinks_clear(struct sinks *sinks)
{
	struct sink *sink = sinks->first;

	recall(sinks);
	while (sink) {
		struct sink *next = sink->next;

		snmp_close(sink->session); /* with its flights: timed out */
		free(sink);
		sink = next;
	}
	sinks->first = NULL;
	sinks->informs = 0;
	sinks->retry_ms = 0;
}

void sinks_fini(struct sinks *sinks)
{
	sinks_clear(sinks);
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++)
		snmp_unregister_callback(SNMP_CALLBACK_APPLICATION,
					 callbacks[i].minor,
					 callbacks[i].function, sinks, 1);
}

size_t sinks_count(const struct sinks *sinks)
{
	size_t count = 0;

	for (const struct sink *sink = sinks->first; sink; sink = sink->next)
		count++;
	return count;
}

static struct sinks_pending *find_pending(struct sinks *sinks, uint32_t id)
{
	for (size_t i = 0; i < SINKS_WINDOW; i++)
		if (sinks->pending[i].id == id)
			return &sinks->pending[i];
	return NULL;
}

static void failed(struct sinks *sinks)
{
	recall(sinks);
	sinks->retry_ms = model_now_ms() + RETRY_MS;
	if (sinks->failing)
		return;
	sinks->failing = true;
	if (sinks->informs)
		snmp_log(LOG_WARNING, "no sink acknowledges a notification: "
				      "kept, and tried again\n");
	else
		snmp_log(LOG_WARNING, "a notification can be sent to no sink: "
				      "kept, and tried again\n");
}

/* Not all up to the last one: the trap of one before may have failed. */
static uint32_t *find_trapped(struct sinks *sinks, uint32_t id)
{
	for (size_t i = 0; i < SINKS_WINDOW; i++)
		if (sinks->trapped[i] == id)
			return &sinks->trapped[i];
	return NULL;
}

static void keep_trapped(struct sinks *sinks, uint32_t id)
{
	uint32_t *place = find_trapped(sinks, 0);

	if (!place) {
		place = &sinks->trapped[sinks->trapped_next];
		sinks->trapped_next = (sinks->trapped_next + 1) % SINKS_WINDOW;
	}
	*place = id;
}

static void delivered(struct sinks *sinks, uint32_t id)
{
	uint32_t *trapped = find_trapped(sinks, id);

	if (trapped)
		*trapped = 0;
	delivery_settle(sinks->model, id, DELIVERY_DONE);
	if (!sinks->failing)
		return;
	sinks->failing = false;
	snmp_log(LOG_NOTICE, "notifications are delivered again\n");
}

/* Of one inform: acknowledged, or given up after its retries. */
static void ended(struct sinks *sinks, uint32_t id, bool acknowledged)
{
	struct sinks_pending *pending = find_pending(sinks, id);

	if (!pending)
		return; /* another sink has acknowledged it before */
	if (acknowledged) {
		pending->id = 0;
		delivered(sinks, id);
	} else if (--pending->waiting == 0) {
		failed(sinks);
	}
}

/* As snmp_api.c of net-snmp tells of it: a Report that it can answer by sending
   again (of an engine's time) is no end, and after any other comes an error. */
static bool is_end(int op, const netsnmp_pdu *pdu)
{
	return op != NETSNMP_CALLBACK_OP_RESEND &&
	       !(op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
		 pdu->command == SNMP_MSG_REPORT);
}

static int on_answer(int op, netsnmp_session *session, int reqid,
		     netsnmp_pdu *pdu, void *magic)
{
	struct flight *flight = magic;
	bool acknowledged = op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
			    pdu->command == SNMP_MSG_RESPONSE;

	(void)session;
	(void)reqid;
	/* What could not be sent at all, send_inform() sees to. */
	if (!is_end(op, pdu) || !flight->sent)
		return 1;
	if (flight->generation == flight->sinks->generation) {
		if (!acknowledged)
			sinks_send_rediscover(flight->sink);
		ended(flight->sinks, flight->id, acknowledged);
	}
	free(flight);
	return 1;
}

static bool send_inform(struct sinks *sinks, struct sink *sink,
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
	flight->sent = sinks_send(sink, pdu, on_answer, flight);
	if (flight->sent)
		return true;
	free(flight);
	return false;
}

/* To all; how many informs are on their way, and whether a trap is. */
static unsigned int send_to_all(struct sinks *sinks, netsnmp_pdu *pdu,
				uint32_t id, bool *trapped)
{
	bool again = find_trapped(sinks, id) != NULL;
	unsigned int count = 0;

	*trapped = false;
	for (struct sink *sink = sinks->first; sink; sink = sink->next) {
		if (sink->confirm)
			count += send_inform(sinks, sink, pdu, id);
		else if (!again && sinks_send(sink, pdu, NULL, NULL))
			*trapped = true;
	}
	if (*trapped)
		keep_trapped(sinks, id);
	return count;
}

static netsnmp_pdu *make(const struct sinks *sinks,
			 const struct outbox_item *item)
{
	netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_TRAP2);

	if (!pdu)
		return NULL;
	pdu->variables = notify_variables(item, sinks->model);
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

/* False: not now. */
static bool send_item(struct sinks *sinks, const struct outbox_item *item)
{
	struct sinks_pending *place = find_pending(sinks, 0);
	netsnmp_pdu *pdu = place ? make(sinks, item) : NULL;
	unsigned int informs;
	bool trapped;

	if (!pdu) {
		failed(sinks);
		return false;
	}
	/* Before sending: an answer may come while another is probed. */
	place->id = item->id;
	place->waiting = (unsigned int)sinks->informs;
	informs = send_to_all(sinks, pdu, item->id, &trapped);
	snmp_free_pdu(pdu);
	if (place->id != item->id)
		return true; /* acknowledged by now */
	place->waiting -= (unsigned int)sinks->informs - informs;
	if (place->waiting > 0)
		return true;
	place->id = 0;
	if (sinks->informs == 0 && trapped) {
		delivered(sinks, item->id);
		return true;
	}
	failed(sinks);
	return false;
}

void sinks_run(struct sinks *sinks, int64_t now_ms)
{
	struct outbox_item item;

	sinks->next_ms = sinks->retry_ms > now_ms ? sinks->retry_ms : INT64_MAX;
	if (sinks->retry_ms > now_ms)
		return;
	while (delivery_take(sinks->model, SINKS_WINDOW, 0, &item, now_ms,
			     &sinks->next_ms)) {
		if (!sinks->first)
			delivery_settle(sinks->model, item.id, DELIVERY_NOBODY);
		else if (!send_item(sinks, &item))
			break;
	}
	if (sinks->retry_ms > now_ms)
		sinks->next_ms = sinks->retry_ms;
}
