/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The whole MIB as one ordered array (expected.txt), and the comparison of
 * answers with it.
 */
#ifndef BONDCARRIER_TESTS_AGENT_EXPECTED_H
#define BONDCARRIER_TESTS_AGENT_EXPECTED_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>
#include <stdint.h>

#define EXPECTED_NAME_MAX 80

struct expected {
	oid name[EXPECTED_NAME_MAX]; /* with the root */
	size_t length;
	char type[16]; /* as in expected.txt */
	char value[256];
	int line;
};

struct expected_list {
	struct expected *items;
	size_t count;
	int64_t began_ms; /* the base of ages */
};

/* Appends root, branch and the dotted numbers; returns the length. */
size_t expected_name(oid name[EXPECTED_NAME_MAX], const char *dotted);

/* False: invalid file, with a message on standard output. */
bool expected_read(struct expected_list *list, const char *path);
void expected_free(struct expected_list *list);

/* The first object after the name; count: none. */
size_t expected_after(const struct expected_list *list, const oid *name,
		      size_t length);

/* Compares name, type and value; prints differences. */
bool expected_same(const struct expected_list *list,
		   const struct expected *item,
		   const netsnmp_variable_list *variable);

/* Prints the variable, for a message. */
void expected_print(const char *what, const netsnmp_variable_list *variable);

#endif
