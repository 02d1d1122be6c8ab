/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All that happens in a run from outside: operations on the world, faults,
 * each at its time. A run depends on its script and on nothing else, so that
 * a script with lines taken out is a run again.
 *
 *     seed 17                  (the order of what is due at one time, and
 * delays) end 84000                (then all faults end, and it is quiet) 0 op
 * ...                 (at that time; at 0 and before: before the agent) 5120 op
 * ...              (see ops.h) 5120 inside 2 op ...     (before the second
 * datagram of an answer) 6000 fault queue 4       (see fault_kind)
 */
#ifndef BONDCARRIER_SIM_SCRIPT_H
#define BONDCARRIER_SIM_SCRIPT_H

#include <stdio.h>

#include "ops.h"

enum fault_kind {
	/* the agent */
	FAULT_KILL,	     /* ms until it is started again */
	FAULT_STOP,	     /* likewise, but it ends in order */
	FAULT_STALL,	     /* ms in which the kernel thread gets no turn */
	FAULT_WAKE,	     /* it is woken for nothing */
	FAULT_RELOAD,	     /* another configuration: life_settings() of it */
	FAULT_NOTIFICATIONS, /* a manager sets bondNotificationsEnabled */
	FAULT_GRACE,	     /* ... bondDiscrepancyGrace: ms */
	FAULT_CLOCK,	     /* the wall clock is set: ms, by so much */
	/* the kernel's answers and events: see seam_faults */
	FAULT_QUEUE,
	FAULT_LATE,
	FAULT_INTERRUPT,
	FAULT_FAIL,
	FAULT_TRUNCATE,
	FAULT_MALFORM,
	FAULT_DOUBLE,
	FAULT_DEAF,
	FAULT_STORM, /* so many messages more */
	/* the master: enum master_mood */
	FAULT_MASTER,
	/* the disk */
	FAULT_STATE_LOST, /* while the agent is dead */
	FAULT_STATE_TORN,
	FAULT_STATE_STALE,
	FAULT_STATE_UNREADABLE, /* an errno, 0: it can be read */
	FAULT_STATE_ERROR,	/* of writing, an errno */
	FAULT_STATE_HANG,	/* ms */
	FAULT_TRACK_ERROR,
	FAULT_TRACK_HANG,
	FAULT_HEAL, /* all of the above end */
	FAULT_KINDS,
};

struct action {
	int64_t at_ms; /* from the begin of the run */
	int inside;    /* 0: at that time; else before that datagram */
	bool is_fault;
	enum fault_kind fault;
	int64_t value;
	struct op op;
};

struct script {
	uint64_t seed;
	int64_t end_ms;
	struct action *actions; /* owned, in order */
	size_t count;
	size_t capacity;
};

void script_init(struct script *script, uint64_t seed);
void script_fini(struct script *script);
void script_add(struct script *script, const struct action *action);
void script_copy(struct script *to, const struct script *from);

/* A line, without its end. */
void action_print(const struct action *action, char *line, size_t size);

void script_print(const struct script *script, FILE *out);
/* 0, -EINVAL with the number of the bad line in `line`, or -errno. */
int script_read(struct script *script, const char *path, int *line);

#endif
