/* SPDX-License-Identifier: BSD-2-Clause */
/* From the outbox to the master agent. */
#include "agentx/agentx_notify.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <string.h>

#include "agentx/agentx.h"
#include "base/clock.h"
#include "mib/notify_variables.h"
#include "state/delivery.h"

/* A master that answers pings, but no notification for this long, never will.
 */
#define STUCK_MS 30000
/* Without an acknowledgement for this long, the master is pinged. */
#define PING_AFTER_MS 5000

void agentx_notify_init(struct agentx_notify *notify, struct shared *shared,
			struct session *session)
{
	memset(notify, 0, sizeof(*notify));
	notify->shared = shared;
	notify->session = session;
	notify->generation = session_generation(session);
	notify->next_ms = INT64_MAX;
}

static void on_response(void *ctx, uint32_t id, int error)
{
	struct agentx_notify *notify = ctx;

	notify->progress_ms = clock_now_ms();
	/* A retry would be refused again, and hold up the following ones. */
	if (error && !notify->refusal_logged) {
		notify->refusal_logged = true;
		snmp_log(LOG_WARNING,
			 "the master agent refused a notification "
			 "(AgentX error %d): dropped\n",
			 error);
	}
	delivery_settle(notify->shared, id,
			error ? DELIVERY_REFUSED : DELIVERY_DONE);
}

static bool send_item(struct agentx_notify *notify,
		      const struct outbox_item *item)
{
	netsnmp_variable_list *variables =
	    notify_variables(item, notify->shared);
	struct pdu_writer *writer;

	if (!variables) {
		session_abandon(notify->session, ENOMEM, strerror(ENOMEM));
		return false;
	}
	writer = session_begin(notify->session, AGENTX_NOTIFY);
	for (const netsnmp_variable_list *variable = variables; variable;
	     variable = variable->next_variable)
		pdu_write_variable(writer, variable);
	snmp_free_varbind(variables);
	return session_send(notify->session, on_response, notify, item->id);
}

static void recall(struct agentx_notify *notify)
{
	notify->generation = session_generation(notify->session);
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
	       session_alive_ms(notify->session) >
		   notify->progress_ms + STUCK_MS / 2;
}

/* Pings independently of agentXPingInterval. A master that still sends its own
   requests is slow, not silent. */
static void ping_if_stalled(struct agentx_notify *notify, int64_t now_ms)
{
	int64_t since_ms = session_received_ms(notify->session), ping_ms;

	if (in_flight(notify) == 0)
		return;
	if (since_ms < notify->progress_ms)
		since_ms = notify->progress_ms;
	ping_ms = since_ms + PING_AFTER_MS;
	if (ping_ms <= now_ms)
		session_ping_now(notify->session, now_ms);
	else if (ping_ms < notify->next_ms)
		notify->next_ms = ping_ms;
}

void agentx_notify_run(struct agentx_notify *notify, int64_t now_ms)
{
	struct outbox_item item;

	notify->next_ms = INT64_MAX;
	if (notify->generation != session_generation(notify->session))
		recall(notify);
	if (!session_is_up(notify->session))
		return;
	while (delivery_take(notify->shared, AGENTX_NOTIFY_WINDOW,
			     notify->if_link_ms, &item, now_ms,
			     &notify->next_ms)) {
		if (in_flight(notify) == 1)
			notify->progress_ms = now_ms;
		if (!send_item(notify, &item))
			return;
	}
	ping_if_stalled(notify, now_ms);
	if (is_stuck(notify, now_ms))
		session_abandon(notify->session, ETIMEDOUT,
				"no notification acknowledged");
}
