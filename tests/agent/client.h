/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests to the agent under test. A missing answer fails the running test.
 * The caller frees answers with snmp_free_pdu().
 */
#ifndef BONDCARRIER_TESTS_AGENT_CLIENT_H
#define BONDCARRIER_TESTS_AGENT_CLIENT_H

#include "expected.h"

#define CLIENT_BATCH 40 /* names in one request */

struct client {
	netsnmp_session *reader; /* community public */
	netsnmp_session *writer; /* community private */
	struct expected_list list;
};

struct client_name {
	oid name[EXPECTED_NAME_MAX];
	size_t length;
};

bool client_open(struct client *client, const char *address);
void client_close(struct client *client);

/* SNMP_MSG_GET or SNMP_MSG_GETNEXT. */
netsnmp_pdu *client_ask(struct client *client, int command,
			const struct client_name *names, size_t count);
netsnmp_pdu *client_bulk(struct client *client, const struct client_name *names,
			 size_t count, long non_repeaters,
			 long max_repetitions);
/* Sends and frees the request. */
netsnmp_pdu *client_send(netsnmp_session *session, netsnmp_pdu *request);

#endif
