/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the tokens module share. */
#ifndef BONDCARRIER_AGENT_TOKENS_INTERNAL_H
#define BONDCARRIER_AGENT_TOKENS_INTERNAL_H

#include "tokens.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

struct tokens_line {
	struct tokens_line *next;
	unsigned int number;
	const char *path; /* these stand behind, in one piece */
	const char *token;
	const char *value;
};

/* What net-snmp's library exports, but no installed header declares
   (snmplib/read_config.h of its sources, 5.7 to 5.9). */
int run_config_handler(struct config_line *handlers, const char *token,
		       char *value, int when);

/* To net-snmp's functions, which write to the value. */
void tokens_run(const struct tokens_line *line, int when);

#endif
