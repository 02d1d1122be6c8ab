/* SPDX-License-Identifier: BSD-2-Clause */
/* From the outbox to the master agent. */
#include "notify.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <errno.h>
#include <string.h>

#include "agentx.h"

/* A master that answers pings but no notification for so long never will. */
#define STUCK_MS 30000
/* How long a raise waits for the state file. */
#define SAVING_MS 1000

/* One in flight. */
struct flight {
	struct notify *notify;
	unsigned int generation;
	uint32_t index;
};

void notify_init(struct notify *notify, struct model *model,
		 struct session *session)
{
	memset(notify, 0, sizeof(*notify));
	notify->model = model;
	notify->session = session;
	notify->generation = session->generation;
	notify->next_ms = INT64_MAX;
}

static void settle(struct notify *notify, uint32_t index, bool accepted)
{
	struct model *model = notify->model;

	model_lock(model);
	if (outbox_ack(model->outbox, index)) {
		if (accepted) {
			model->counters.sent++;
			event_log_set_fate(model->events, index,
					   EVENT_FATE_ACKNOWLEDGED);
			ledger_acknowledged(&model->ledger, index);
			model_unsaved(model);
		} else {
			model_dropped(model, index);
		}
	}
	model_unlock(model);
}

static void answered(struct notify *notify, uint32_t index, long error)
{
	notify->progress_ms = model_now_ms();
	session_heard(notify->session);
	if (error == AGENTX_NOT_OPEN) {
		session_abandon(notify->session, AGENTX_NOT_OPEN,
				"it has forgotten the session");
		return;
	}
	/* To send it again would only be refused again, and hold up all that
	   follow. */
	if (error != SNMP_ERR_NOERROR && !notify->refusal_said) {
		notify->refusal_said = true;
		snmp_log(LOG_WARNING,
			 "the master agent refuses a notification "
			 "(AgentX error %ld): dropped\n",
			 error);
	}
	settle(notify, index, error == SNMP_ERR_NOERROR);
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
		answered(flight->notify, flight->index, pdu->errstat);
	free(flight);
	return 1;
}

static bool send_item(struct notify *notify, const struct outbox_item *item)
{
	netsnmp_pdu *pdu = snmp_pdu_create(AGENTX_NOTIFY);
	struct flight *flight = malloc(sizeof(*flight));

	if (!pdu || !flight)
		goto fail;
	pdu->variables =
	    notify_variables(item, notify->model, netsnmp_get_agent_uptime());
	if (!pdu->variables)
		goto fail;
	session_set_context(notify->session, pdu);
	flight->notify = notify;
	flight->generation = notify->generation;
	flight->index = item->index;
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

/* A raise leaves when the state file knows of it: its clear must not be lost
   if we are killed. But a disk that hangs holds nothing up for long. */
static bool unsaved(struct notify *notify, const struct outbox_item *item,
		    int64_t now_ms)
{
	const struct model *model = notify->model;
	int64_t until_ms;

	if (!item || item->event.type != EVENT_DISCREPANCY_RAISED ||
	    model->store_fd < 0 || item->index <= model->saved_index)
		return false;
	until_ms = item->event.at_ms + SAVING_MS;
	if (until_ms <= now_ms)
		return false;
	notify->next_ms = until_ms;
	return true;
}

static bool take(struct notify *notify, struct outbox_item *item, size_t *count,
		 int64_t now_ms)
{
	struct model *model = notify->model;
	const struct outbox_item *next = NULL;

	model_lock(model);
	if (!unsaved(notify, outbox_waiting(model->outbox), now_ms))
		next = outbox_next(model->outbox, NOTIFY_WINDOW);
	if (next)
		*item = *next;
	*count = outbox_in_flight(model->outbox);
	model_unlock(model);
	return next != NULL;
}

static void recall(struct notify *notify)
{
	notify->generation = notify->session->generation;
	notify->refusal_said = false;
	model_lock(notify->model);
	outbox_recall(notify->model->outbox);
	model_unlock(notify->model);
}

/* Has a ping that was sent after them been answered, long ago? */
static bool stuck(const struct notify *notify, size_t in_flight, int64_t now_ms)
{
	return in_flight > 0 && now_ms - notify->progress_ms > STUCK_MS &&
	       notify->session->heard_ms > notify->progress_ms + STUCK_MS / 2;
}

void notify_run(struct notify *notify, int64_t now_ms)
{
	struct outbox_item item;
	size_t in_flight;

	notify->next_ms = INT64_MAX;
	if (notify->generation != notify->session->generation)
		recall(notify);
	if (!session_peer(notify->session))
		return;
	while (take(notify, &item, &in_flight, now_ms)) {
		if (in_flight == 1)
			notify->progress_ms = now_ms;
		if (!send_item(notify, &item)) {
			session_break(notify->session);
			return;
		}
	}
	if (stuck(notify, in_flight, now_ms))
		session_abandon(notify->session, ETIMEDOUT,
				"it acknowledges no notification");
}
