/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether net-snmp accepts the directives of a configuration.
 *
 * net-snmp applies a line while it reads it, and may end the program over a bad
 * one, so they are tried in a child process. Waits for that, for 15 s at most.
 */
#ifndef BONDCARRIER_AGENT_DIRECTIVES_CHECK_H
#define BONDCARRIER_AGENT_DIRECTIVES_CHECK_H

#include "config/snmp_directives.h"

/* `fresh`: net-snmp is not initialised in this process yet, so the child does
   that. 0, or -EINVAL: rejected, which has been logged with file and line. */
int directives_check(const struct snmp_directives *directives, bool fresh);

#endif
