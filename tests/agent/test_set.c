/* SPDX-License-Identifier: BSD-2-Clause */
/* SETs of every kind. */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "test_set.h"

#define ENABLED "3.1.0" /* bondNotificationsEnabled */
#define GRACE	"3.2.0" /* bondDiscrepancyGrace */

struct assignment {
	const char *dotted;
	unsigned char type;
	long number; /* for an octet string, its length */
	long error;
};

static void add_assignment(netsnmp_pdu *request, const struct assignment *what)
{
	static const char octets[64] = "octets";
	oid name[EXPECTED_NAME_MAX];
	size_t length = expected_name(name, what->dotted);

	if (what->type == ASN_OCTET_STR)
		snmp_pdu_add_variable(request, name, length, what->type, octets,
				      (size_t)what->number);
	else
		snmp_pdu_add_variable(request, name, length, what->type,
				      &what->number, sizeof(what->number));
}

/* The error and the index of the variable that caused it. */
static long assign(netsnmp_session *session, const struct assignment *what,
		   size_t count, long *index)
{
	netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_SET), *answer;
	long error;

	assert_non_null(request);
	for (size_t i = 0; i < count; i++)
		add_assignment(request, &what[i]);
	answer = client_send(session, request);
	error = answer->errstat;
	if (index)
		*index = answer->errindex;
	snmp_free_pdu(answer);
	return error;
}

static long number_at(struct client *client, const char *dotted)
{
	struct client_name name;
	netsnmp_pdu *answer;
	long number;

	name.length = expected_name(name.name, dotted);
	answer = client_ask(client, SNMP_MSG_GET, &name, 1);
	assert_int_equal(answer->variables->val_len, sizeof(long));
	number = *answer->variables->val.integer;
	snmp_free_pdu(answer);
	return number;
}

void test_set_accepted(void **state)
{
	static const struct assignment good[] = {
		{ ENABLED, ASN_INTEGER, 2, SNMP_ERR_NOERROR },
		{ ENABLED, ASN_INTEGER, 1, SNMP_ERR_NOERROR },
		{ GRACE, ASN_UNSIGNED, 0, SNMP_ERR_NOERROR },
		{ GRACE, ASN_UNSIGNED, 3600000, SNMP_ERR_NOERROR },
		{ GRACE, ASN_UNSIGNED, 2000, SNMP_ERR_NOERROR },
	};
	static const struct assignment both[] = {
		{ GRACE, ASN_UNSIGNED, 2001, SNMP_ERR_NOERROR },
		{ ENABLED, ASN_INTEGER, 2, SNMP_ERR_NOERROR },
	};
	static const struct assignment back[] = {
		{ ENABLED, ASN_INTEGER, 1, SNMP_ERR_NOERROR },
		{ GRACE, ASN_UNSIGNED, 2000, SNMP_ERR_NOERROR },
	};
	struct client *client = *state;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(assign(client->writer, &good[i], 1, NULL),
				 SNMP_ERR_NOERROR);
		assert_int_equal(number_at(client, good[i].dotted),
				 good[i].number);
	}
	assert_int_equal(assign(client->writer, both, 2, NULL),
			 SNMP_ERR_NOERROR);
	assert_int_equal(number_at(client, GRACE), 2001);
	assert_int_equal(number_at(client, ENABLED), 2);
	assert_int_equal(assign(client->writer, back, 2, NULL),
			 SNMP_ERR_NOERROR);
}

void test_set_refused(void **state)
{
	static const struct assignment bad[] = {
		/* TruthValue */
		{ ENABLED, ASN_INTEGER, 0, SNMP_ERR_WRONGVALUE },
		{ ENABLED, ASN_INTEGER, 3, SNMP_ERR_WRONGVALUE },
		{ ENABLED, ASN_INTEGER, -1, SNMP_ERR_WRONGVALUE },
		{ ENABLED, ASN_INTEGER, INT32_MIN, SNMP_ERR_WRONGVALUE },
		{ ENABLED, ASN_UNSIGNED, 1, SNMP_ERR_WRONGTYPE },
		{ ENABLED, ASN_COUNTER, 1, SNMP_ERR_WRONGTYPE },
		{ ENABLED, ASN_OCTET_STR, 4, SNMP_ERR_WRONGTYPE },
		{ ENABLED, ASN_OCTET_STR, 0, SNMP_ERR_WRONGTYPE },
		/* Unsigned32 (0..3600000) */
		{ GRACE, ASN_UNSIGNED, 3600001, SNMP_ERR_WRONGVALUE },
		{ GRACE, ASN_UNSIGNED, UINT32_MAX, SNMP_ERR_WRONGVALUE },
		{ GRACE, ASN_INTEGER, 1000, SNMP_ERR_WRONGTYPE },
		{ GRACE, ASN_TIMETICKS, 1000, SNMP_ERR_WRONGTYPE },
		{ GRACE, ASN_OCTET_STR, 8, SNMP_ERR_WRONGTYPE },
		/* instances that can't exist */
		{ "3.1", ASN_INTEGER, 1, SNMP_ERR_NOCREATION },
		{ "3.1.1", ASN_INTEGER, 1, SNMP_ERR_NOCREATION },
		{ "3.2.0.0", ASN_UNSIGNED, 1, SNMP_ERR_NOCREATION },
		/* read-only, index, and no object */
		{ "1.1.0", ASN_UNSIGNED, 1, SNMP_ERR_NOTWRITABLE },
		{ "1.1.0", ASN_INTEGER, 1, SNMP_ERR_NOTWRITABLE },
		{ "2.1.0", ASN_OCTET_STR, 4, SNMP_ERR_NOTWRITABLE },
		{ "3.3.0", ASN_INTEGER, 1, SNMP_ERR_NOTWRITABLE },
		{ "4.1.1.3", ASN_INTEGER, 3, SNMP_ERR_NOTWRITABLE },
		{ "4.1.2.3", ASN_OCTET_STR, 4, SNMP_ERR_NOTWRITABLE },
		{ "4.1.2.77", ASN_OCTET_STR, 4, SNMP_ERR_NOTWRITABLE },
		{ "5.1.18.3.5", ASN_INTEGER, 1, SNMP_ERR_NOTWRITABLE },
		{ "6.1.5.4.1.0", ASN_OCTET_STR, 4, SNMP_ERR_NOTWRITABLE },
		{ "7.1.10.4294967295", ASN_INTEGER, 3, SNMP_ERR_NOTWRITABLE },
		{ "8.1.0", ASN_INTEGER, 1, SNMP_ERR_NOTWRITABLE },
	};
	struct client *client = *state;
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		long error = assign(client->writer, &bad[i], 1, NULL);

		if (error != bad[i].error) {
			printf("SET %s type %02x to %ld: %s, not %s\n",
			       bad[i].dotted, bad[i].type, bad[i].number,
			       snmp_errstring((int)error),
			       snmp_errstring((int)bad[i].error));
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(number_at(client, ENABLED), 1);
	assert_int_equal(number_at(client, GRACE), 2000);
}

void test_set_all_or_nothing(void **state)
{
	static const struct assignment second_bad[] = {
		{ ENABLED, ASN_INTEGER, 2, 0 },
		{ GRACE, ASN_UNSIGNED, 3600001, 0 },
	};
	static const struct assignment first_bad[] = {
		{ "1.1.0", ASN_UNSIGNED, 1, 0 },
		{ GRACE, ASN_UNSIGNED, 5, 0 },
	};
	struct client *client = *state;
	long index;

	assert_int_equal(assign(client->writer, second_bad, 2, &index),
			 SNMP_ERR_WRONGVALUE);
	assert_int_equal(index, 2);
	assert_int_equal(assign(client->writer, first_bad, 2, &index),
			 SNMP_ERR_NOTWRITABLE);
	assert_int_equal(index, 1);
	assert_int_equal(number_at(client, ENABLED), 1);
	assert_int_equal(number_at(client, GRACE), 2000);
}

void test_set_of_public(void **state)
{
	static const struct assignment plain = { ENABLED, ASN_INTEGER, 2, 0 };
	struct client *client = *state;

	assert_int_equal(assign(client->reader, &plain, 1, NULL),
			 SNMP_ERR_NOACCESS);
	assert_int_equal(number_at(client, ENABLED), 1);
}
