/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests the whole MIB from a real snmpd in front of the fixture:
 * test_mib ADDRESS DIRECTORY-OF-expected.txt WALL-CLOCK-OF-THE-FIXTURE
 */
#include "client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after those four, as it demands */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probes.h"
#include "test_set.h"

static struct client_name name_of(const struct expected *item)
{
	struct client_name name = { .length = item->length };

	memcpy(name.name, item->name, sizeof(name.name));
	return name;
}

static struct client_name name_at(const char *dotted)
{
	struct client_name name;

	name.length = expected_name(name.name, dotted);
	return name;
}

/* Whether the answer is what follows the name; prints it if not. */
static bool follows(const struct client *client, const struct client_name *name,
		    const netsnmp_variable_list *variable)
{
	const struct expected_list *list = &client->list;
	size_t next = expected_after(list, name->name, name->length);
	const struct client_name base = name_at("");
	bool same;

	if (next < list->count) {
		same = expected_same(list, &list->items[next], variable);
	} else {
		/* After the last: the master's next object, or nothing. */
		same =
		    variable->type == SNMP_ENDOFMIBVIEW ||
		    snmp_oidtree_compare(variable->name, variable->name_length,
					 base.name, base.length) > 0;
		if (!same)
			expected_print("past the end: ", variable);
	}
	if (!same)
		printf("... as what follows the request's name\n");
	return same;
}

static size_t count_of(const netsnmp_pdu *answer)
{
	return (size_t)count_varbinds(answer->variables);
}

/* GETNEXT for each of the names, in batches. */
static void check_next(struct client *client, const struct client_name *names,
		       size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i += CLIENT_BATCH) {
		size_t batch =
		    count - i < CLIENT_BATCH ? count - i : CLIENT_BATCH;
		netsnmp_pdu *answer =
		    client_ask(client, SNMP_MSG_GETNEXT, names + i, batch);
		const netsnmp_variable_list *variable = answer->variables;

		assert_int_equal(count_of(answer), batch);
		for (size_t n = 0; n < batch; n++) {
			if (!follows(client, &names[i + n], variable))
				wrong++;
			variable = variable->next_variable;
		}
		snmp_free_pdu(answer);
	}
	assert_int_equal(wrong, 0);
}

static struct client_name *all_names(const struct client *client)
{
	struct client_name *names = calloc(client->list.count, sizeof(*names));

	assert_non_null(names);
	for (size_t i = 0; i < client->list.count; i++)
		names[i] = name_of(&client->list.items[i]);
	return names;
}

static void test_get_each(void **state)
{
	struct client *client = *state;
	const struct expected_list *list = &client->list;
	struct client_name *names = all_names(client);
	size_t wrong = 0;

	for (size_t i = 0; i < list->count; i += CLIENT_BATCH) {
		size_t batch = list->count - i < CLIENT_BATCH ? list->count - i
							      : CLIENT_BATCH;
		netsnmp_pdu *answer =
		    client_ask(client, SNMP_MSG_GET, names + i, batch);
		const netsnmp_variable_list *variable = answer->variables;

		assert_int_equal(count_of(answer), batch);
		for (size_t n = 0; n < batch; n++) {
			if (!expected_same(list, &list->items[i + n], variable))
				wrong++;
			variable = variable->next_variable;
		}
		snmp_free_pdu(answer);
	}
	free(names);
	assert_int_equal(wrong, 0);
}

static void test_next_of_each(void **state)
{
	struct client *client = *state;
	struct client_name *names = all_names(client);

	check_next(client, names, client->list.count);
	free(names);
}

/* Names outside of the tables, and all names in between. */
static void test_next_of_others(void **state)
{
	struct client *client = *state;
	struct client_name *names;
	size_t count = probes_make(&client->list, &names);

	assert_true(count > client->list.count);
	check_next(client, names, count);
	free(names);
}

static size_t count_existing(const netsnmp_pdu *answer)
{
	const netsnmp_variable_list *variable = answer->variables;
	size_t count = 0;

	for (; variable; variable = variable->next_variable) {
		if (variable->type == SNMP_NOSUCHOBJECT ||
		    variable->type == SNMP_NOSUCHINSTANCE)
			continue;
		expected_print("should not be: ", variable);
		count++;
	}
	return count;
}

static void test_get_of_others(void **state)
{
	struct client *client = *state;
	struct client_name *names;
	size_t wrong = 0, count = probes_make(&client->list, &names);

	for (size_t i = 0; i < count; i += CLIENT_BATCH) {
		size_t batch =
		    count - i < CLIENT_BATCH ? count - i : CLIENT_BATCH;
		netsnmp_pdu *answer =
		    client_ask(client, SNMP_MSG_GET, names + i, batch);

		assert_int_equal(count_of(answer), batch);
		wrong += count_existing(answer);
		snmp_free_pdu(answer);
	}
	printf("%zu names that are none\n", count);
	free(names);
	assert_int_equal(wrong, 0);
}

/* RFC 3416, 4.2.1: which of the two exceptions. */
static void test_exceptions(void **state)
{
	struct client *client = *state;
	size_t wrong = 0;

	for (size_t i = 0; i < probes_exception_count; i++) {
		const struct probes_exception *probe = &probes_exceptions[i];
		struct client_name name = name_at(probe->dotted);
		netsnmp_pdu *answer =
		    client_ask(client, SNMP_MSG_GET, &name, 1);

		if (answer->variables->type != probe->type) {
			printf("%s: not %02x\n", probe->dotted, probe->type);
			expected_print("but ", answer->variables);
			wrong++;
		}
		snmp_free_pdu(answer);
	}
	assert_int_equal(wrong, 0);
}

/* A manager's walk: from before the root until it leaves the root. */
static void walk(struct client *client, long max_repetitions)
{
	const struct expected_list *list = &client->list;
	struct client_name name = name_at("");
	size_t seen = 0, wrong = 0;
	bool inside = true;

	name.length -= 2;
	while (inside) {
		netsnmp_pdu *answer =
		    client_bulk(client, &name, 1, 0, max_repetitions);
		const netsnmp_variable_list *variable = answer->variables;

		assert_true(count_of(answer) <= (size_t)max_repetitions);
		assert_non_null(variable);
		for (; variable && inside; variable = variable->next_variable) {
			if (!follows(client, &name, variable))
				wrong++;
			inside = seen < list->count;
			if (inside)
				name = name_of(&list->items[seen++]);
		}
		assert_true(wrong < 20);
		snmp_free_pdu(answer);
	}
	assert_int_equal(wrong, 0);
	assert_int_equal(seen, list->count);
}

static void test_walk_by_one(void **state)
{
	walk(*state, 1);
}

static void test_walk_by_seven(void **state)
{
	walk(*state, 7);
}

static void test_walk_by_fifty(void **state)
{
	walk(*state, 50);
}

/* Reads a table like a manager: all columns in parallel, row by row. */
static void walk_columns(struct client *client, const char *format,
			 unsigned int first, unsigned int last, int rows)
{
	struct client_name names[CLIENT_BATCH];
	size_t wrong = 0, count = 0;

	for (unsigned int column = first; column <= last; column++) {
		char dotted[32];

		snprintf(dotted, sizeof(dotted), "%s.%u", format, column);
		names[count++] = name_at(dotted);
	}
	for (int row = 0; row < rows; row++) {
		netsnmp_pdu *answer =
		    client_ask(client, SNMP_MSG_GETNEXT, names, count);
		const netsnmp_variable_list *variable = answer->variables;

		assert_int_equal(count_of(answer), count);
		for (size_t i = 0; i < count; i++) {
			if (!follows(client, &names[i], variable))
				wrong++;
			names[i].length = variable->name_length;
			memcpy(names[i].name, variable->name,
			       variable->name_length * sizeof(oid));
			variable = variable->next_variable;
		}
		snmp_free_pdu(answer);
	}
	assert_int_equal(wrong, 0);
}

static void test_rows(void **state)
{
	/* Each one row past the end. */
	walk_columns(*state, "4.1", 2, 35, 13);
	walk_columns(*state, "5.1", 2, 20, 15);
	walk_columns(*state, "6.1", 3, 5, 18);
	walk_columns(*state, "7.1", 2, 11, 6);
}

/* Two non-repeaters, and three repeated columns. */
static void test_bulk_of_columns(void **state)
{
	struct client *client = *state;
	const long repetitions = 6;
	struct client_name names[5] = {
		name_at("1.1"),	       name_at("2.9.0"),  name_at("4.1.2"),
		name_at("5.1.9.9.10"), name_at("7.1.11"),
	};
	netsnmp_pdu *answer = client_bulk(client, names, 5, 2, repetitions);
	const netsnmp_variable_list *variable = answer->variables;
	size_t count = 0, wrong = 0;

	for (; variable; variable = variable->next_variable, count++) {
		size_t i = count < 2 ? count : 2 + (count - 2) % 3;

		if (!follows(client, &names[i], variable))
			wrong++;
		names[i].length = variable->name_length;
		memcpy(names[i].name, variable->name,
		       variable->name_length * sizeof(oid));
	}
	snmp_free_pdu(answer);
	assert_int_equal(wrong, 0);
	assert_int_equal(count, 2 + 3 * repetitions);
}

/* The TimeStamp of an unchanged object is the same in each answer, whatever the
   rounding of the two clocks it is derived from. */
static void test_stamps_stay(void **state)
{
	struct client *client = *state;
	const struct expected_list *list = &client->list;
	size_t stamps = 0;

	for (size_t i = 0; i < list->count; i++) {
		struct client_name name = name_of(&list->items[i]);
		long first = 0;

		if (strcmp(list->items[i].type, "ticks") != 0)
			continue;
		stamps++;
		for (int time = 0; time < 50; time++) {
			netsnmp_pdu *answer =
			    client_ask(client, SNMP_MSG_GET, &name, 1);
			long now = *answer->variables->val.integer;

			snmp_free_pdu(answer);
			if (time == 0)
				first = now;
			assert_int_equal(now, first);
		}
	}
	assert_true(stamps > 0);
}

#define TEST(function) cmocka_unit_test_prestate(function, &client)

static int run(const char *address, const char *path, const char *began)
{
	struct client client = { 0 };
	const struct CMUnitTest tests[] = {
		TEST(test_get_each),
		TEST(test_next_of_each),
		TEST(test_next_of_others),
		TEST(test_get_of_others),
		TEST(test_exceptions),
		TEST(test_walk_by_one),
		TEST(test_walk_by_seven),
		TEST(test_walk_by_fifty),
		TEST(test_rows),
		TEST(test_stamps_stay),
		TEST(test_bulk_of_columns),
		TEST(test_set_accepted),
		TEST(test_set_refused),
		TEST(test_set_all_or_nothing),
		TEST(test_set_of_public),
		/* Again: nothing of the above left a trace. */
		TEST(test_get_each),
	};
	int failed = 1;

	client.list.began_ms = strtoll(began, NULL, 10);
	if (expected_read(&client.list, path) && client_open(&client, address))
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	client_close(&client);
	expected_free(&client.list);
	return failed;
}

int main(int argc, char **argv)
{
	char path[4096];
	int failed;

	if (argc != 4)
		return EXIT_FAILURE;
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	init_snmp("test_mib");
	snprintf(path, sizeof(path), "%s/expected.txt", argv[2]);
	failed = run(argv[1], path, argv[3]);
	snmp_shutdown("test_mib");
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
