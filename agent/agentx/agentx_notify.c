/* SPDX-License-Identifier: BSD-2-Clause */
/* From the outbox to the master agent. */
#include "agentx/agentx_notify.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <errno.h>
#include <string.h>

#include "agentx/agentx.h"
#include "agentx/transport.h"
#include "base/clock.h"
#include "mib/notify_variables.h"
#include "state/delivery.h"

/* A master that answers pings, but no notification for this long, never will.
 */
#define STUCK_MS 30000
/* Without an acknowledgement for this long, the master is pinged. */
#define PING_AFTER_MS 5000

/* An unanswered notification. */
struct flight {
	struct agentx_notify *notify;
	unsigned int generation;
	uint32_t id; /* in the outbox */
};

void agentx_notify_init(struct agentx_notify *notify, struct shared *shared,
			struct session *session)
{
	memset(notify, 0, sizeof(*notify));
	notify->shared = shared;
	notify->session = session;
	notify->generation = session->generation;
	notify->next_ms = INT64_MAX;
}

static void answered(struct agentx_notify *notify, uint32_t id, long error)
{
	notify->progress_ms = clock_now_ms();
	session_note_answer(notify->session);
	if (error == AGENTX_NOT_OPEN) {
		session_abandon(notify->session, AGENTX_NOT_OPEN,
				"session no longer known");
		return;
	}
	/* A retry would be refused again, and hold up the following ones. */
	if (error != SNMP_ERR_NOERROR && !notify->refusal_logged) {
		notify->refusal_logged = true;
		snmp_log(LOG_WARNING,
			 "the master agent refused a notification "
			 "(AgentX error %ld): dropped\n",
			 error);
	}
	delivery_settle(notify->shared, id,
			error == SNMP_ERR_NOERROR ? DELIVERY_DONE
						  : DELIVERY_REFUSED);
}

static int on_answer(int op, netsnmp_session *peer, int reqid, netsnmp_pdu *pdu,
		     void *magic)
{
	struct flight *flight = magic;

	(void)peer;
	(void)reqid;
	if (op == NETSNMP_CALLBACK_OP_RESEND ||
	    op == NETSNMP_CALLBACK_OP_SEND_FAILED)
		return 1;
	if (op == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
	    flight->generation == flight->notify->generation)
		answered(flight->notify, flight->id, pdu->errstat);
	free(flight);
	return 1;
}

static bool send_item(struct agentx_notify *notify,
		      const struct outbox_item *item)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_NOTIFY);
	struct flight *flight = malloc(sizeof(*flight));

	if (!pdu || !flight)
		goto fail;
	pdu->variables = notify_variables(item, notify->shared);
	if (!pdu->variables)
		goto fail;
	session_set_context(notify->session, pdu);
	flight->notify = notify;
	flight->generation = notify->generation;
	flight->id = item->id;
	if (session_send(notify->session, pdu, on_answer, flight))
		return true;
	free(flight);
	return false;

fail:
	free(flight);
	if (pdu)
		snmp_free_pdu(pdu);
	return false;
}

static void recall(struct agentx_notify *notify)
{
	notify->generation = notify->session->generation;
	notify->refusal_logged = false;
	shared_lock(notify->shared);
	outbox_recall(notify->shared->outbox);
	shared_unlock(notify->shared);
}

static size_t in_flight(const struct agentx_notify *notify)
{
	size_t count;

	shared_lock(notify->shared);
	count = outbox_in_flight(notify->shared->outbox);
	shared_unlock(notify->shared);
	return count;
}

/* Whether a ping sent long after the last progress was answered. */
static bool is_stuck(const struct agentx_notify *notify, int64_t now_ms)
{
	return in_flight(notify) > 0 &&
	       now_ms - notify->progress_ms > STUCK_MS &&
	       notify->session->alive_ms > notify->progress_ms + STUCK_MS / 2;
}

/* Pings independently of agentXPingInterval. A master that still sends its own
   requests is slow, not silent. */
static void ping_if_stalled(struct agentx_notify *notify, int64_t now_ms)
{
	int64_t since_ms = notify->received_ms, ping_ms;

	if (in_flight(notify) == 0)
		return;
	if (since_ms < notify->progress_ms)
		since_ms = notify->progress_ms;
	ping_ms = since_ms + PING_AFTER_MS;
	if (ping_ms <= now_ms)
		reconnect_ping_now(&notify->session->machine, now_ms);
	else if (ping_ms < notify->next_ms)
		notify->next_ms = ping_ms;
}

void agentx_notify_run(struct agentx_notify *notify, int64_t now_ms)
{
	struct outbox_item item;

	notify->next_ms = INT64_MAX;
	if (transport_take_received())
		notify->received_ms = now_ms;
	if (notify->generation != notify->session->generation)
		recall(notify);
	if (!session_peer(notify->session))
		return;
	while (delivery_take(notify->shared, AGENTX_NOTIFY_WINDOW,
			     notify->if_link_ms, &item, now_ms,
			     &notify->next_ms)) {
		if (in_flight(notify) == 1)
			notify->progress_ms = now_ms;
		if (!send_item(notify, &item)) {
			session_break(notify->session);
			return;
		}
	}
	ping_if_stalled(notify, now_ms);
	if (is_stuck(notify, now_ms))
		session_abandon(notify->session, ETIMEDOUT,
				"no notification acknowledged");
}
