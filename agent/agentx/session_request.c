/* SPDX-License-Identifier: BSD-2-Clause */
/* The session's own requests to the master agent: RFC 2741, 6.2. */
#include "agentx/session_internal.h"

#include <stdio.h>
#include <string.h>

#include "agentx/agentx.h"
#include "mib/mib_tree.h"
#include "process/build_info.h"

static const char sysor_text[] =
    "The effective carrier of Linux bonds (BOND-CARRIER-MIB)";

/* bondCarrierMIB itself; returns the length. */
static size_t own_name(oid name[MIB_NAME_MAX])
{
	return mib_tree_oid(name, 0) - 1;
}

static void on_opened(void *ctx, uint32_t id, int error)
{
	struct session *session = ctx;

	(void)id;
	session->open = !error;
	session->refused = error;
}

bool session_open(struct session *session)
{
	struct pdu_writer *writer = session_begin(session, AGENTX_OPEN);
	char description[64];
	oid name[MIB_NAME_MAX];

	snprintf(description, sizeof(description), "bondcarrierd %s",
		 build_info_version);
	pdu_write_fields(writer, session->timeout_s, 0);
	pdu_write_name(writer, name, own_name(name));
	pdu_write_octets(writer, description, strlen(description));
	if (session_send(session, on_opened, session, 0))
		session_await(session, &session->responded);
	session->responded = false;
	return session->open;
}

/* The session continues without a refused tree of a standard MIB. */
static void on_registered(void *ctx, uint32_t tree_index, int error)
{
	struct session *session = ctx;
	const struct mib_tree *tree = &mib_tree_list[tree_index];
	bool duplicate = error == AGENTX_DUPLICATE_REGISTRATION;

	if (tree->set == MIB_OWN) {
		session->refused = error;
		session->accepted = !error;
	} else if (error) {
		snmp_log(LOG_WARNING,
			 "cannot register %s with the master agent at %s: %s\n",
			 tree->name, session->address,
			 duplicate ? "another subagent has registered it"
				   : "registration refused");
	}
}

static void send_tree(struct session *session, uint32_t tree_index,
		      unsigned int type)
{
	oid name[MIB_NAME_MAX];
	size_t length = mib_tree_name(&mib_tree_list[tree_index], name);

	session_begin_region(session, type, AGENTX_PRIORITY, name, length);
	session_send(session, type == AGENTX_REGISTER ? on_registered : NULL,
		     session, tree_index);
}

void session_register(struct session *session)
{
	unsigned int before = session->requested;

	session->requested = session->wanted;
	for (uint32_t i = 0; i < MIB_TREE_COUNT; i++) {
		unsigned int set = mib_tree_list[i].set;

		if (set & session->wanted & ~before)
			send_tree(session, i, AGENTX_REGISTER);
		else if (set & before & ~session->wanted)
			send_tree(session, i, AGENTX_UNREGISTER);
	}
}

void session_add_caps(struct session *session)
{
	struct pdu_writer *writer =
	    session_begin(session, AGENTX_ADD_AGENT_CAPS);
	oid name[MIB_NAME_MAX];

	pdu_write_name(writer, name, own_name(name));
	pdu_write_octets(writer, sysor_text, strlen(sysor_text));
	session_send(session, NULL, NULL, 0);
}

static void on_ping_response(void *ctx, uint32_t id, int error)
{
	struct session *session = ctx;

	(void)id;
	if (error)
		session->refused = error;
}

void session_ping(struct session *session)
{
	session_begin(session, AGENTX_PING);
	session_send(session, on_ping_response, session, 0);
}

static void on_closed(void *ctx, uint32_t id, int error)
{
	struct session *session = ctx;

	(void)id;
	(void)error;
	session->closed = true;
}

void session_leave(struct session *session)
{
	pdu_write_fields(session_begin(session, AGENTX_CLOSE),
			 AGENTX_REASON_SHUTDOWN, 0);
	if (session_send(session, on_closed, session, 0))
		session_await(session, &session->closed);
}
