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
#define WALKS_MAX   8

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

static void shuffle(size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)rand() % i;
		size_t kept = order[i - 1];

		order[i - 1] = order[other];
		order[other] = kept;
	}
}

int probe_get(int argc, char *argv[])
{
	struct name names[8];
	int64_t *samples[8];
	netsnmp_session *session;
	size_t order[8], kinds = 0;
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
		order[kinds] = kinds;
		samples[kinds++] = calloc((size_t)count, sizeof(int64_t));
	}
	/* By turns, so that a busy moment meets all of them, and in another
	   order each time: who comes after whom makes a difference. */
	for (long i = -50; i < count; i++) {
		shuffle(order, kinds);
		for (size_t n = 0; n < kinds; n++) {
			size_t k = order[n];
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

/* One of the walks that go on by turns. */
struct walk {
	const char *label;
	netsnmp_session *session;
	struct name starts[COLUMNS_MAX], at[COLUMNS_MAX];
	size_t columns;
	long varbinds;
	int64_t *samples; /* nanoseconds of each request */
	size_t sample_count;
	int ended;
};

/* The last row of an answer to walk on from; false: the first column has
   ended. */
static int follow(struct walk *walk, const netsnmp_pdu *answer)
{
	const netsnmp_variable_list *var = answer->variables;
	const struct name *first = &walk->starts[0];
	size_t column = 0;

	for (; var; var = var->next_variable) {
		struct name *mine = &walk->at[column];

		if (column == 0 &&
		    (var->type == SNMP_ENDOFMIBVIEW ||
		     netsnmp_oid_is_subtree(first->name, first->length,
					    var->name, var->name_length) != 0))
			return 0;
		memcpy(mine->name, var->name, var->name_length * sizeof(oid));
		mine->length = var->name_length;
		walk->varbinds++;
		column = (column + 1) % walk->columns;
	}
	return 1;
}

static void walk_on(struct walk *walk, long repetitions)
{
	netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GETBULK);
	netsnmp_pdu *answer = NULL;
	int64_t began;

	request->non_repeaters = 0;
	request->max_repetitions = repetitions;
	for (size_t i = 0; i < walk->columns; i++)
		snmp_add_null_var(request, walk->at[i].name,
				  walk->at[i].length);
	began = probe_now_ns();
	if (snmp_synch_response(walk->session, request, &answer) !=
		STAT_SUCCESS ||
	    answer->errstat != SNMP_ERR_NOERROR)
		errx(1, "%s: the walk broke after %ld values", walk->label,
		     walk->varbinds);
	walk->samples[walk->sample_count++] = probe_now_ns() - began;
	walk->ended = !follow(walk, answer);
	snmp_free_pdu(answer);
}

static void begin_walk(struct walk *walk, char *label, char *address,
		       char *oids, size_t samples)
{
	walk->label = label;
	walk->session = open_session(address, 60000000);
	walk->samples = calloc(samples, sizeof(*walk->samples));
	for (char *oid_text = strtok(oids, ","); oid_text;
	     oid_text = strtok(NULL, ",")) {
		if (walk->columns == COLUMNS_MAX)
			errx(2, "too many columns");
		parse(&walk->starts[walk->columns++], oid_text);
	}
	memcpy(walk->at, walk->starts, sizeof(walk->at));
}

/*
 * Walks by turns, a request each, until each has sent COUNT requests (one that
 * has come to its end begins anew), and prints for each what the middle
 * request took, in values a second.
 */
int probe_walk(int argc, char *argv[])
{
	static struct walk walks[WALKS_MAX];
	size_t kinds = 0;
	long repetitions, count;

	if (argc < 5 || argc > 2 + 3 * WALKS_MAX || (argc - 2) % 3 != 0)
		errx(2, "walk: REPETITIONS COUNT NAME ADDRESS OID,OID...");
	repetitions = probe_number(argv[0]);
	count = probe_number(argv[1]);
	for (int i = 2; i < argc; i += 3)
		begin_walk(&walks[kinds++], argv[i], argv[i + 1], argv[i + 2],
			   (size_t)count);
	for (long i = 0; i < count; i++) {
		for (size_t k = 0; k < kinds; k++) {
			struct walk *walk = &walks[k];

			if (walk->ended)
				memcpy(walk->at, walk->starts,
				       sizeof(walk->at));
			walk_on(walk, repetitions);
		}
	}
	for (size_t k = 0; k < kinds; k++) {
		struct walk *walk = &walks[k];

		printf("%s %.4g\n", walk->label,
		       (double)repetitions * (double)walk->columns * 1e9 /
			   probe_middle(walk->samples, walk->sample_count));
	}
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
