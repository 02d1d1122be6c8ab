/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of instances that do not exist. */
#ifndef BONDCARRIER_TESTS_AGENT_PROBES_H
#define BONDCARRIER_TESTS_AGENT_PROBES_H

#include "client.h"

struct probes_exception {
	const char *dotted; /* below bondCarrierObjects */
	unsigned char type; /* SNMP_NOSUCHOBJECT, SNMP_NOSUCHINSTANCE */
};

extern const struct probes_exception probes_exceptions[];
extern const size_t probes_exception_count;

/* Names beside and around all instances; the caller frees them. */
size_t probes_make(const struct expected_list *list,
		   struct client_name **names);

#endif
