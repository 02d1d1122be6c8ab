/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests, one in flight: GETs by turns, walks, and the first answer. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe.h"

#define COLUMNS_MAX 64

struct name {
	const char *label;
	oid name[MAX_OID_LEN];
	size_t length;
};

static netsnmp_session *open_session(char *address, long timeout_us)
{
	static u_char community[] = "public";
	netsnmp_session wanted, *session;

	setenv("MIBS", "", 1);
	init_snmp("probe");
	snmp_sess_init(&wanted);
	wanted.version = SNMP_VERSION_2c;
	wanted.peername = address;
	wanted.community = community;
	wanted.community_len = strlen((char *)community);
	wanted.timeout = timeout_us;
	wanted.retries = 0;
	session = snmp_open(&wanted);
	if (!session)
		errx(1, "no session with %s", address);
	return session;
}

static void parse(struct name *to, const char *text)
{
	to->length = MAX_OID_LEN;
	if (!read_objid(text, to->name, &to->length))
		errx(2, "not an OID: %s", text);
}

static int get_once(netsnmp_session *session, const struct name *what,
		    long *value)
{
	netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GET), *answer = NULL;
	int good;

	snmp_add_null_var(request, what->name, what->length);
	good = snmp_synch_response(session, request, &answer) == STAT_SUCCESS &&
	       answer->errstat == SNMP_ERR_NOERROR &&
	       answer->variables->type == ASN_INTEGER;
	if (good)
		*value = *answer->variables->val.integer;
	snmp_free_pdu(answer);
	return good;
}

int probe_get(int argc, char *argv[])
{
	struct name names[8];
	int64_t *samples[8];
	netsnmp_session *session;
	size_t kinds = 0;
	long count, value;

	if (argc < 3 || argc > 10)
		errx(2, "get: ADDRESS COUNT NAME=OID...");
	session = open_session(argv[0], 5000000);
	count = probe_number(argv[1]);
	for (int i = 2; i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		if (!equals)
			errx(2, "not NAME=OID: %s", argv[i]);
		*equals = '\0';
		names[kinds].label = argv[i];
		parse(&names[kinds], equals + 1);
		samples[kinds++] = calloc((size_t)count, sizeof(int64_t));
	}
	/* By turns, so that a busy moment meets all of them. */
	for (long i = -50; i < count; i++) {
		for (size_t k = 0; k < kinds; k++) {
			int64_t began = probe_now_ns();

			if (!get_once(session, &names[k], &value))
				errx(1, "no answer: %s", names[k].label);
			if (i >= 0)
				samples[k][i] = probe_now_ns() - began;
		}
	}
	for (size_t k = 0; k < kinds; k++)
		probe_print(names[k].label, samples[k], (size_t)count);
	return 0;
}

/* The last row of an answer to walk on from; 0: the first column has ended. */
static int follow(const netsnmp_pdu *answer, const struct name *starts,
		  struct name *at, size_t columns, long *varbinds)
{
	const netsnmp_variable_list *var = answer->variables;
	size_t column = 0;

	for (; var; var = var->next_variable) {
		struct name *mine = &at[column];

		if (column == 0 &&
		    (var->type == SNMP_ENDOFMIBVIEW ||
		     netsnmp_oid_is_subtree(starts[0].name, starts[0].length,
					    var->name, var->name_length) != 0))
			return 0;
		memcpy(mine->name, var->name, var->name_length * sizeof(oid));
		mine->length = var->name_length;
		(*varbinds)++;
		column = (column + 1) % columns;
	}
	return 1;
}

int probe_walk(int argc, char *argv[])
{
	struct name starts[COLUMNS_MAX], at[COLUMNS_MAX];
	size_t columns = 0;
	netsnmp_session *session;
	long repetitions, varbinds = 0;
	int64_t began;
	int more = 1;

	if (argc < 3 || argc > COLUMNS_MAX + 2)
		errx(2, "walk: ADDRESS REPETITIONS OID...");
	session = open_session(argv[0], 60000000);
	repetitions = probe_number(argv[1]);
	for (int i = 2; i < argc; i++)
		parse(&starts[columns++], argv[i]);
	memcpy(at, starts, sizeof(at));
	began = probe_now_ns();
	while (more) {
		netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GETBULK);
		netsnmp_pdu *answer = NULL;

		request->non_repeaters = 0;
		request->max_repetitions = repetitions;
		for (size_t i = 0; i < columns; i++)
			snmp_add_null_var(request, at[i].name, at[i].length);
		if (snmp_synch_response(session, request, &answer) !=
			STAT_SUCCESS ||
		    answer->errstat != SNMP_ERR_NOERROR)
			errx(1, "the walk broke after %ld values", varbinds);
		more = follow(answer, starts, at, columns, &varbinds);
		snmp_free_pdu(answer);
	}
	printf("%ld %.6f\n", varbinds, (double)(probe_now_ns() - began) / 1e9);
	return 0;
}

/* From the start of a program until it answers for that object. */
int probe_start(int argc, char *argv[])
{
	netsnmp_session *session;
	struct name what;
	int64_t began, ended;
	long value;
	pid_t child;

	if (argc < 3)
		errx(2, "start: ADDRESS OID COMMAND...");
	session = open_session(argv[0], 200000);
	parse(&what, argv[1]);
	began = probe_now_ns();
	child = fork();
	if (child == 0) {
		if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0) /* ours is read */
			err(127, "dup2");
		execvp(argv[2], argv + 2);
		err(127, "%s", argv[2]);
	}
	while (!get_once(session, &what, &value) || value > 2) {
		if (waitpid(child, NULL, WNOHANG) == child)
			errx(1, "%s ended", argv[2]);
		usleep(200);
	}
	ended = probe_now_ns();
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	printf("%.1f\n", (double)(ended - began) / 1e6);
	return 0;
}
