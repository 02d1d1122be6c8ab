/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers and unregisters ifOperStatus with the master agent. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "agentx/agentx.h"
#include "agentx/if_oper_status.h"
#include "agentx/session.h"
#include "base/clock.h"

/* Without an answer for PING_AFTER_MS the master is pinged; one that answers
   pings, but not the request for STUCK_MS, never will. */
#define PING_AFTER_MS 5000
#define STUCK_MS      30000

int if_oper_status_init(struct if_oper_status *status, struct shared *shared,
			struct session *session, bool wanted)
{
	memset(status, 0, sizeof(*status));
	status->shared = shared;
	status->session = session;
	status->generation = session_generation(session);
	status->wanted = wanted;
	status->next_ms = INT64_MAX;
	return host_links_open(&status->links);
}

void if_oper_status_fini(struct if_oper_status *status)
{
	host_links_close(status->links);
	status->links = NULL;
}

/* By the published status: a resync is mostly done within one pass of the
   kernel thread, and should stay invisible. */
static bool is_synchronised(struct shared *shared)
{
	bool synchronised;

	shared_lock(shared);
	synchronised = shared->bonds && shared->status == BOND_SET_SYNCHRONISED;
	shared_unlock(shared);
	return synchronised;
}

static void on_response(void *ctx, uint32_t command, int error)
{
	struct if_oper_status *status = ctx;
	/* A registration unknown to the master counts as unregistered. */
	bool granted = !error || (command == AGENTX_UNREGISTER &&
				  error == AGENTX_UNKNOWN_REGISTRATION);

	status->error = error;
	column_claim_answered(&status->claim, granted, clock_now_ms());
}

static bool send_request(struct if_oper_status *status, unsigned int type)
{
	static const oid name[] = { IF_OPER_STATUS };

	session_begin_region(status->session, type, AGENTX_PRIORITY_OVER, name,
			     OID_LENGTH(name));
	return session_send(status->session, on_response, status, type);
}

/* Logs when refusals begin and when they end. */
static void log_refusal(struct if_oper_status *status)
{
	bool refused = status->claim.refused && status->claim.wanted;

	if (refused == status->refusal_logged)
		return;
	status->refusal_logged = refused;
	if (refused)
		snmp_log(LOG_WARNING,
			 "cannot register ifOperStatus with the master agent "
			 "at %s: %s (AgentX error %d), retrying\n",
			 session_address(status->session),
			 status->error == AGENTX_DUPLICATE_REGISTRATION
			     ? "another subagent has registered it"
			     : "registration refused",
			 status->error);
	else if (status->claim.wanted)
		snmp_log(LOG_NOTICE,
			 "ifOperStatus registered with the master agent\n");
}

static void reset_claim(struct if_oper_status *status)
{
	status->generation = session_generation(status->session);
	status->refusal_logged = false;
	column_claim_reset(&status->claim);
}

/* While an answer is missing. */
static void check_overdue(struct if_oper_status *status, int64_t now_ms)
{
	int64_t ping_ms = status->request_ms + PING_AFTER_MS;

	if (now_ms < ping_ms) {
		status->next_ms = ping_ms;
		return;
	}
	session_ping_now(status->session, now_ms);
	if (session_alive_ms(status->session) > status->request_ms + STUCK_MS)
		session_abandon(status->session, ETIMEDOUT,
				"no answer to a registration");
	else
		status->next_ms = now_ms + PING_AFTER_MS;
}

int64_t if_oper_status_hold_until_ms(const struct if_oper_status *status)
{
	/* Includes Unregister with the column wanted again: Register follows
	   its answer. */
	return status->claim.wanted && column_claim_is_waiting(&status->claim)
		   ? status->request_ms + PING_AFTER_MS
		   : 0;
}

void if_oper_status_run(struct if_oper_status *status, int64_t now_ms)
{
	enum column_claim_step step;

	status->next_ms = INT64_MAX;
	if (status->generation != session_generation(status->session))
		reset_claim(status);
	status->claim.wanted =
	    status->wanted && is_synchronised(status->shared);
	log_refusal(status);
	if (!session_is_up(status->session))
		return;
	step = column_claim_step(&status->claim, now_ms);
	if (step != COLUMN_CLAIM_NOTHING) {
		status->request_ms = now_ms;
		if (!send_request(status, step == COLUMN_CLAIM_REGISTER
					      ? AGENTX_REGISTER
					      : AGENTX_UNREGISTER))
			return;
	}
	if (column_claim_is_waiting(&status->claim))
		check_overdue(status, now_ms);
	else
		status->next_ms = column_claim_next_ms(&status->claim);
}
