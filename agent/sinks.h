/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sends what waits in the outbox to the sinks of the configuration: the part
 * of notify.h where the daemon is the SNMP agent itself.
 *
 * What is known of an arrival differs. Where there are informs, a notification
 * is delivered when one of their sinks has acknowledged it; until then it
 * waits, and is sent to all of those again. Traps are sent once; where there
 * is nothing else, it is delivered when one could be sent. Where there is no
 * sink at all, nothing is to be delivered.
 *
 * Belongs to the SNMP thread; locks the model for moments.
 */
#ifndef BONDCARRIER_AGENT_SINKS_H
#define BONDCARRIER_AGENT_SINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model.h"

#define SINKS_WINDOW 16 /* undelivered ones at a time */

struct sink;

struct sinks_pending {
	uint32_t id;	      /* in the outbox; 0: a free place */
	unsigned int waiting; /* informs that have no answer yet */
};

struct sinks {
	struct model *model; /* borrowed */
	const char *context; /* borrowed; NULL: the default one */
	struct sink *first;
	size_t informs;		 /* sinks with an answer */
	unsigned int generation; /* what is in flight from another is void */
	/* Their ids; went as traps, and are not acknowledged; 0: a free
	   place. */
	uint32_t trapped[SINKS_WINDOW];
	size_t trapped_next; /* to be overwritten, where none is free */
	struct sinks_pending pending[SINKS_WINDOW];
	bool failing;	  /* and said so */
	int64_t retry_ms; /* nothing is sent before */
	int64_t next_ms;  /* when sinks_run() has something to do */
};

/* After init_agent(), before lines are read: from now on each sink among them
   is ours. It must not move. */
void sinks_init(struct sinks *sinks, struct model *model, const char *context);
/* Closes all; what was in flight waits again. */
void sinks_clear(struct sinks *sinks);
void sinks_fini(struct sinks *sinks);

size_t sinks_count(const struct sinks *sinks);

/* Sends what may be sent. */
void sinks_run(struct sinks *sinks, int64_t now_ms);

#endif
