/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the tokens module share. */
#ifndef BONDCARRIER_AGENT_SNMP_DIRECTIVES_INTERNAL_H
#define BONDCARRIER_AGENT_SNMP_DIRECTIVES_INTERNAL_H

#include "config/snmp_directives.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

struct snmp_directives_line {
	struct snmp_directives_line *next;
	unsigned int number;
	const char *path; /* these stand behind, in one piece */
	const char *token;
	const char *value;
};

/* To net-snmp's functions, now. */
void snmp_directives_run(const struct snmp_directives_line *line);

#endif
