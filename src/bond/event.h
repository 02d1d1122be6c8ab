/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events of a bond: the values that the tracker and the judge pass to the
 * event log, the notifications and `bondcarrier watch`.
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
	char bond_name[LINK_NAME_SIZE]; /* a clear has its raise's names */
	char slave_name[LINK_NAME_SIZE];
	int64_t at_ms;		/* CLOCK_MONOTONIC: when it happened */
	enum carrier effective; /* of the bond, at at_ms */
	enum carrier_reason reason;
};

/*
 * Where events go. `bond` is the bond at the time of the event, or before its
 * removal (EVENT_BOND_REMOVED). Event and bond are valid during the call only:
 * copy what you keep. The monitor's lock is held: be brief and never block.
 */
struct event_sink {
	void (*emit)(void *ctx, const struct event *event,
		     const struct bond *bond);
	void *ctx;
};

/* Fills an event of that type from the bond and passes it to the sink. */
void event_emit(const struct event_sink *sink, const struct bond *bond,
		enum event_type type, int slave, const char *slave_name,
		int64_t now_ms);
/* The same for the raise or clear of a discrepancy, with its names. */
void event_emit_discrepancy(const struct event_sink *sink,
			    const struct bond *bond,
			    const struct discrepancy *item, bool raised,
			    int64_t now_ms);

#endif
