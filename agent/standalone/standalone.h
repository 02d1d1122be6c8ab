/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon as the SNMP agent itself, without a master agent: it has an
 * address to listen on, access control, trap sinks, and a directory for the
 * state of its SNMPv3 engine.
 *
 * Call standalone_listen() with privileges and then standalone_start() without
 * them. Logs failures.
 */
#ifndef BONDCARRIER_AGENT_STANDALONE_H
#define BONDCARRIER_AGENT_STANDALONE_H

#include "config/snmp_directives.h"
#include "process/daemon.h"
#include "state/shared.h"

/* Disables net-snmp's files: it would parse every MIB it finds, read snmp.conf,
   and keep its state in /var/lib/snmp. */
void standalone_use_no_files(void);

/* Initialises net-snmp only as far as checking directives requires. For a child
   process. */
void standalone_init_for_check(void);

/* Opens the address (of listen_address_parse()), and creates the directory for
   the user in `identity`. 0 or -1. */
int standalone_listen(const char *address,
		      const struct snmp_directives *directives,
		      const struct daemon_identity *identity);

/* Registers the sets of trees in `served` and the groups of every agent, and
   applies the directives. Call after trap_sinks_init(). 0 or -1. */
int standalone_start(struct shared *shared, const char *context,
		     unsigned int served,
		     const struct snmp_directives *directives);

/* Warns if no directive gives anybody access. */
void standalone_warn_no_access(const struct snmp_directives *directives);

/* Replaces the directives. directives_check() must have accepted the new ones.
 */
void standalone_configure(const struct snmp_directives *directives);

#endif
