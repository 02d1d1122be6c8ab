/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon as the SNMP agent itself: no master agent, but an address to
 * listen on, access control and sinks of its own, and a folder where
 * SNMPv3's engine is remembered.
 *
 * In this order: standalone_listen() while privileged, standalone_start()
 * when privileges are dropped. Logs what goes wrong.
 */
#ifndef BONDCARRIER_AGENT_STANDALONE_H
#define BONDCARRIER_AGENT_STANDALONE_H

#include "daemon.h"
#include "model.h"
#include "tokens.h"

/* net-snmp without its files: it would parse every MIB it finds, read
   snmp.conf, and leave its state in /var/lib/snmp. */
void standalone_use_no_files(void);

/* net-snmp, so far that it reads lines, and no further: in a child process. */
void standalone_rehearse(void);

/* Opens the address (of listen_address_parse()), and makes the folder for
   that user. 0 or -1. */
int standalone_listen(const char *address, const struct tokens *tokens,
		      const struct daemon_identity *identity);

/* Registers the sets of trees in `served` and what every agent has, and
   applies the lines. sinks_init() goes before. 0 or -1. */
int standalone_start(struct model *model, const char *context,
		     unsigned int served, const struct tokens *tokens);

/* Other lines from now on, which tokens_check() found nothing wrong with. */
void standalone_configure(const struct tokens *tokens);

#endif
