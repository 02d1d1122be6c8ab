/* SPDX-License-Identifier: BSD-2-Clause */
/* When the master agent is to leave ifOperStatus to us. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "agentx.h"
#include "if_oper_status.h"

/* Without an answer for so long, one asks whether the master lives; one that
   answers pings for so long, but not this, never will. */
#define DOUBT_MS 5000
#define STUCK_MS 30000

/* The request that has no answer yet. */
struct flight {
	struct if_oper_status *status;
	unsigned int generation;
	bool take;
};

int if_oper_status_init(struct if_oper_status *status, struct model *model,
			struct session *session, const char *context,
			bool wanted)
{
	int err;

	memset(status, 0, sizeof(*status));
	status->model = model;
	status->session = session;
	status->generation = session->generation;
	status->wanted = wanted;
	status->next_ms = INT64_MAX;
	err = iflist_open(&status->links);
	if (err)
		return err;
	err = if_oper_status_register(status, context);
	if (err)
		if_oper_status_fini(status);
	return err;
}

void if_oper_status_fini(struct if_oper_status *status)
{
	iflist_close(status->links);
	status->links = NULL;
}

/* As published: when everything has to be read again, that is mostly done
   within one pass of the kernel thread, and nobody should see it. */
static bool is_synchronised(struct model *model)
{
	bool synchronised;

	model_lock(model);
	synchronised = model->bonds && model->status == BOND_SET_SYNCHRONISED;
	model_unlock(model);
	return synchronised;
}

static void answered(struct if_oper_status *status, bool take, int error)
{
	/* What it knows nothing of, it has given back. */
	bool granted = error == SNMP_ERR_NOERROR ||
		       (!take && error == AGENTX_UNKNOWN_REGISTRATION);

	session_note_answer(status->session);
	if (error == AGENTX_NOT_OPEN) {
		session_abandon(status->session, AGENTX_NOT_OPEN,
				"session no longer known");
		return;
	}
	status->error = error;
	claim_answered(&status->claim, granted, model_now_ms());
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
	    flight->generation == flight->status->generation)
		answered(flight->status, flight->take, (int)pdu->errstat);
	free(flight);
	return 1;
}

static bool ask(struct if_oper_status *status, bool take)
{
	static const oid name[] = { IF_OPER_STATUS };
	netsnmp_pdu *pdu =
	    snmp_pdu_create(take ? AGENTX_REGISTER : AGENTX_UNREGISTER);
	struct flight *flight = malloc(sizeof(*flight));

	if (!pdu || !flight || !snmp_add_null_var(pdu, name, OID_LENGTH(name)))
		goto fail;
	pdu->priority = AGENTX_PRIORITY_OVER;
	session_set_context(status->session, pdu);
	flight->status = status;
	flight->generation = status->generation;
	flight->take = take;
	if (session_send(status->session, pdu, on_answer, flight))
		return true;
	free(flight);
	return false;

fail:
	free(flight);
	if (pdu)
		snmp_free_pdu(pdu);
	return false;
}

/* Said when it begins and when it ends. */
static void watch_refusal(struct if_oper_status *status)
{
	bool refused = status->claim.refused && status->claim.wanted;

	if (refused == status->refusal_said)
		return;
	status->refusal_said = refused;
	if (refused)
		snmp_log(LOG_WARNING,
			 "ifOperStatus is not corrected: the master agent at "
			 "%s %s (AgentX error %d); tried again\n",
			 status->session->address,
			 status->error == AGENTX_DUPLICATE_REGISTRATION
			     ? "has it from another subagent"
			     : "refuses the registration",
			 status->error);
	else if (status->claim.wanted)
		snmp_log(LOG_NOTICE, "ifOperStatus is corrected now\n");
}

static void begin_anew(struct if_oper_status *status)
{
	status->generation = status->session->generation;
	status->refusal_said = false;
	claim_forget(&status->claim);
}

/* For an answer that is missing. */
static void doubt(struct if_oper_status *status, int64_t now_ms)
{
	int64_t ask_ms = status->asked_ms + DOUBT_MS;

	if (now_ms < ask_ms) {
		status->next_ms = ask_ms;
		return;
	}
	reconnect_ping_now(&status->session->machine, now_ms);
	if (status->session->alive_ms > status->asked_ms + STUCK_MS)
		session_abandon(status->session, ETIMEDOUT,
				"it answers no registration");
	else
		status->next_ms = now_ms + DOUBT_MS;
}

int64_t if_oper_status_settled_ms(const struct if_oper_status *status)
{
	/* Leaving, and wanted again: it is asked for once that is answered. */
	return status->claim.wanted && claim_is_waiting(&status->claim)
		   ? status->asked_ms + DOUBT_MS
		   : 0;
}

void if_oper_status_run(struct if_oper_status *status, int64_t now_ms)
{
	enum claim_step step;

	status->next_ms = INT64_MAX;
	if (status->generation != status->session->generation)
		begin_anew(status);
	status->claim.wanted = status->wanted && is_synchronised(status->model);
	watch_refusal(status);
	if (!session_peer(status->session))
		return;
	step = claim_step(&status->claim, now_ms);
	if (step != CLAIM_NOTHING) {
		status->asked_ms = now_ms;
		if (!ask(status, step == CLAIM_TAKE)) {
			session_break(status->session);
			return;
		}
	}
	if (claim_is_waiting(&status->claim))
		doubt(status, now_ms);
	else
		status->next_ms = claim_next_ms(&status->claim);
}
