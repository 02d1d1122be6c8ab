/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Discrepancies between what the kernel reports about a bond and what is true:
 * the kinds, the warnings, and a bond's list of discrepancies. finding.h finds
 * what is wrong at this instant; discrepancy_step.h decides what has held long
 * enough to be raised.
 *
 * Times are CLOCK_MONOTONIC milliseconds. Ownership: a state owns its list;
 * discrepancy_fini() frees it. Errors: -ENOMEM; the state stays valid.
 */
#ifndef BONDCARRIER_DISCREPANCY_H
#define BONDCARRIER_DISCREPANCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers as in BOND-CARRIER-MIB (bondDiscrepancyKind, bondEventKind). */
enum discrepancy_kind {
	DISCREPANCY_NONE = 0,
	DISCREPANCY_FALSE_UP = 1,
	DISCREPANCY_FALSE_DOWN = 2,
	DISCREPANCY_OPER_STATUS_MISMATCH = 3,
	DISCREPANCY_STALE_CARRIER = 4,
	DISCREPANCY_ACTIVE_SLAVE_DOWN = 5,
	DISCREPANCY_NO_LACP_PARTNER = 6,
	DISCREPANCY_SPLIT_AGGREGATOR = 7,
	DISCREPANCY_SLAVE_FALSE_UP = 8,
	DISCREPANCY_SLAVE_FALSE_DOWN = 9,
	DISCREPANCY_SLAVE_NOT_OPERATIONAL = 10,
	DISCREPANCY_KIND_COUNT = 10,
};

/* Bit of a kind in a set of kinds: bit 0 is falseUp, as in the MIB's BITS. */
#define DISCREPANCY_BIT(kind) (1U << ((kind)-1))

/* Bit numbers as in the MIB's bondWarnings. */
enum discrepancy_warning {
	DISCREPANCY_WARNING_UNMONITORED = 0,
	DISCREPANCY_WARNING_LINK_UNVERIFIED = 1,
	DISCREPANCY_WARNING_MIN_LINKS_IGNORED = 2,
	DISCREPANCY_WARNING_ARP_DOWN = 3,
	DISCREPANCY_WARNING_DEGRADED = 4,
	DISCREPANCY_WARNING_SLOW_MONITOR = 5,
	DISCREPANCY_WARNING_COUNT = 6,
};

#define DISCREPANCY_WARNING_BIT(warning) (1U << (warning))

enum discrepancy_phase {
	DISCREPANCY_PENDING,
	DISCREPANCY_RAISED,
	DISCREPANCY_CLEARING, /* over, but held: still raised */
};

#define DISCREPANCY_NAME_SIZE 16 /* IFNAMSIZ */

struct discrepancy {
	enum discrepancy_kind kind;
	int slave; /* ifindex; 0: the bond as a whole */
	/* The names at its raise; while pending, the last known names. A clear
	   has the names of its raise so that consumers can match the two. After
	   a rename the discrepancy is cleared, and raised again. */
	char bond_name[DISCREPANCY_NAME_SIZE];
	char slave_name[DISCREPANCY_NAME_SIZE];
	enum discrepancy_phase phase;
	bool renamed;	  /* pending: cleared under its old names, and not yet
			     raised again */
	int64_t since_ms; /* when it began, not when its grace ended */
	int64_t grace_from_ms; /* when it began, or the last restart */
	int64_t deadline_ms;   /* end of the grace or of the hold */
};

struct discrepancy_state {
	struct discrepancy *items; /* ordered by kind, then slave */
	size_t count;
	size_t capacity;
};

/* The order of the list: by kind, then slave. Less than, equal to or greater
   than 0. */
int discrepancy_compare(enum discrepancy_kind kind_a, int slave_a,
			enum discrepancy_kind kind_b, int slave_b);

/* The index of a discrepancy in the list, or the one to insert it at; whether
   it is at that index. */
size_t discrepancy_position(const struct discrepancy_state *state,
			    enum discrepancy_kind kind, int slave);
bool discrepancy_stands_at(const struct discrepancy_state *state, size_t at,
			   enum discrepancy_kind kind, int slave);
int discrepancy_insert(struct discrepancy_state *state, size_t at,
		       const struct discrepancy *item);

/* Raised and not yet cleared. */
static inline bool discrepancy_is_raised(const struct discrepancy *item)
{
	return item->phase != DISCREPANCY_PENDING;
}

/*
 * Adds a discrepancy that an earlier run of the daemon raised, as raised and
 * without an event. 0; -EEXIST: it is in the list; -ENOMEM.
 */
int discrepancy_restore(struct discrepancy_state *state,
			enum discrepancy_kind kind, const char *bond_name,
			int slave, const char *slave_name, int64_t since_ms);

/* When discrepancy_step() next has something to do; INT64_MAX: never. */
int64_t discrepancy_next_ms(const struct discrepancy_state *state);

/* Sets of DISCREPANCY_BIT: raised (including clearing); pending. */
unsigned int discrepancy_raised(const struct discrepancy_state *state);
unsigned int discrepancy_pending(const struct discrepancy_state *state);
/* ... raised for one slave; 0: the same as discrepancy_raised(). */
unsigned int discrepancy_raised_for(const struct discrepancy_state *state,
				    int slave);

void discrepancy_fini(struct discrepancy_state *state);

#endif
