/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Something happened to a bond: the value that travels from the tracker and
 * the judge to the event log, the notifications and `bondcarrier watch`.
 */
#ifndef BONDCARRIER_EVENT_H
#define BONDCARRIER_EVENT_H

#include <stdint.h>

#include "bond/bond.h"

/* Numbers as in BOND-CARRIER-MIB (bondEventType). */
enum event_type {
	EVENT_EFFECTIVE_UP = 1,
	EVENT_EFFECTIVE_DOWN = 2,
	EVENT_DISCREPANCY_RAISED = 3,
	EVENT_DISCREPANCY_CLEARED = 4,
	EVENT_ACTIVE_SLAVE_CHANGED = 5,
	EVENT_BOND_ADDED = 6,
	EVENT_BOND_REMOVED = 7,
	EVENT_SLAVE_ADDED = 8,
	EVENT_SLAVE_REMOVED = 9,
	EVENT_SLAVE_LOWER_UP = 10,
	EVENT_SLAVE_LOWER_DOWN = 11,
};

struct event {
	enum event_type type;
	enum discrepancy_kind kind;	/* DISCREPANCY_NONE unless types 3, 4 */
	int bond;			/* ifindex */
	int slave;			/* ifindex; 0: none */
	char bond_name[LINK_NAME_SIZE]; /* of a clear: as in its raise */
	char slave_name[LINK_NAME_SIZE];
	int64_t at_ms;		/* CLOCK_MONOTONIC: when it happened */
	enum carrier effective; /* of the bond, at that time */
	enum carrier_reason reason;
};

/*
 * Where events go. `bond` is the bond as it was at the event, lent for the
 * time of the call (on EVENT_BOND_REMOVED: as it was last). The event is
 * lent too: copy what you keep. Called with the monitor's lock held: be
 * brief, never wait.
 */
struct event_sink {
	void (*emit)(void *ctx, const struct event *event,
		     const struct bond *bond);
	void *ctx;
};

/* Fills an event of that type from the bond, and sends it to the sink. */
void event_emit(const struct event_sink *sink, const struct bond *bond,
		enum event_type type, int slave, const char *slave_name,
		int64_t now_ms);
/* ... a raise or clear of that discrepancy, under its names. */
void event_emit_discrepancy(const struct event_sink *sink,
			    const struct bond *bond,
			    const struct discrepancy *item, bool raised,
			    int64_t now_ms);

#endif
