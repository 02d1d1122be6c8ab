/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests to the agent under test. */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <string.h>

static netsnmp_session *open_session(const char *address, const char *community)
{
	char peer[128], secret[16];
	netsnmp_session session;

	snprintf(peer, sizeof(peer), "%s", address);
	snprintf(secret, sizeof(secret), "%s", community);
	snmp_sess_init(&session);
	session.retries = 60; /* of a second, for a busy machine */
	session.version = SNMP_VERSION_2c;
	session.peername = peer;
	session.community = (unsigned char *)secret;
	session.community_len = strlen(secret);
	return snmp_open(&session);
}

bool client_open(struct client *client, const char *address)
{
	client->reader = open_session(address, "public");
	client->writer = open_session(address, "private");
	return client->reader && client->writer;
}

void client_close(struct client *client)
{
	if (client->reader)
		snmp_close(client->reader);
	if (client->writer)
		snmp_close(client->writer);
}

netsnmp_pdu *client_send(netsnmp_session *session, netsnmp_pdu *request)
{
	netsnmp_pdu *answer = NULL;

	assert_int_equal(snmp_synch_response(session, request, &answer),
			 STAT_SUCCESS);
	assert_non_null(answer);
	return answer;
}

static void add_names(netsnmp_pdu *request, const struct client_name *names,
		      size_t count)
{
	assert_non_null(request);
	for (size_t i = 0; i < count; i++)
		snmp_add_null_var(request, names[i].name, names[i].length);
}

netsnmp_pdu *client_ask(struct client *client, int command,
			const struct client_name *names, size_t count)
{
	netsnmp_pdu *request = snmp_pdu_create(command), *answer;

	add_names(request, names, count);
	answer = client_send(client->reader, request);
	assert_int_equal(answer->errstat, SNMP_ERR_NOERROR);
	return answer;
}

netsnmp_pdu *client_bulk(struct client *client, const struct client_name *names,
			 size_t count, long non_repeaters, long max_repetitions)
{
	netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GETBULK), *answer;

	add_names(request, names, count);
	request->non_repeaters = non_repeaters;
	request->max_repetitions = max_repetitions;
	answer = client_send(client->reader, request);
	assert_int_equal(answer->errstat, SNMP_ERR_NOERROR);
	return answer;
}
