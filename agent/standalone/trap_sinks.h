/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends the notifications in the outbox to the configured trap sinks: the
 * counterpart of agentx_notify.h for the daemon as the SNMP agent itself.
 *
 * With sinks of informs, a notification is delivered when one of them has
 * acknowledged it; until then it is kept, and sent to all of them again. Traps
 * are sent once; with sinks of traps only, it is delivered when one of them
 * could be sent. Without any sink, nothing is delivered.
 *
 * Belongs to the SNMP thread; locks the shared state briefly.
 */
#ifndef BONDCARRIER_AGENT_TRAP_SINKS_H
#define BONDCARRIER_AGENT_TRAP_SINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/shared.h"

#define TRAP_SINKS_WINDOW 16 /* undelivered notifications at a time */

struct trap_sink;

struct trap_sinks_pending {
	uint32_t id;		 /* in the outbox; 0: unused */
	unsigned int unanswered; /* informs */
};

struct trap_sinks {
	struct shared *shared; /* borrowed */
	const char *context;   /* borrowed; NULL: the default context */
	struct trap_sink *first;
	size_t inform_sinks;	 /* number of sinks of informs */
	unsigned int generation; /* responses of another are stale */
	/* Ids of unacknowledged notifications that were sent as traps; 0:
	   unused. */
	uint32_t trapped[TRAP_SINKS_WINDOW];
	size_t trapped_next; /* overwritten next, if none is unused */
	struct trap_sinks_pending pending[TRAP_SINKS_WINDOW];
	bool failing;	  /* and logged */
	int64_t retry_ms; /* nothing is sent before then */
	int64_t next_ms;  /* when trap_sinks_run() is due */
};

/* Call after init_agent(), before net-snmp reads directives: takes over the
   trap sinks that it parses. `sinks` must not move. */
void trap_sinks_init(struct trap_sinks *sinks, struct shared *shared,
		     const char *context);
/* Closes all sinks, and returns what was in flight to the outbox. */
void trap_sinks_clear(struct trap_sinks *sinks);
void trap_sinks_fini(struct trap_sinks *sinks);

size_t trap_sinks_count(const struct trap_sinks *sinks);

/* Sends what fits into the window. */
void trap_sinks_run(struct trap_sinks *sinks, int64_t now_ms);

#endif
