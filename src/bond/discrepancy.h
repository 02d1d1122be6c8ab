/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Discrepancies between what the kernel reports of a bond and what is true:
 * which are there at this instant (finding_list_fill), and which have held
 * long enough to be said (discrepancy_step).
 *
 * Pure: time is an argument (now_ms, CLOCK_MONOTONIC milliseconds), events
 * are returned through a callback; no I/O, no logging.
 *
 *     finding appears          held for its grace
 *  -- ----------------> PENDING ----------------> RAISED  (event: raised)
 *                          | finding gone           |  ^
 *                          v                        v  | finding back
 *                       (forgotten)              CLEARING
 *                                                   | gone for the hold
 *                                                   v
 *                                          (event: cleared, forgotten)
 *
 * Ownership: a state owns its list; discrepancy_fini() frees it.
 * Errors: -ENOMEM from functions that grow a list; the state stays valid.
 */
#ifndef BONDCARRIER_DISCREPANCY_H
#define BONDCARRIER_DISCREPANCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bond;
struct slave;

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

/* What the operator may set; milliseconds. */
struct discrepancy_policy {
	uint32_t grace_base_ms;	     /* 2000 */
	uint32_t lacp_grace_fast_ms; /* 10000 */
	uint32_t lacp_grace_slow_ms; /* 100000 */
};

/* One thing that is wrong at this instant; slave 0: the bond as a whole. */
struct finding {
	enum discrepancy_kind kind;
	int slave; /* ifindex */
};

struct finding_list {
	struct finding *items; /* ordered by kind, then slave */
	size_t count;
	size_t capacity;
};

/*
 * Everything that is wrong with a judged bond (verdict, corrected) now.
 * Empty while the bond is administratively down or anything that the rule
 * needs is not known. Appends to `out`, which the caller reuses and frees
 * with finding_list_fini(). 0 or -ENOMEM.
 */
int finding_list_fill(const struct bond *bond, struct finding_list *out);
void finding_list_fini(struct finding_list *findings);

/* Is that kind there now? `slave`: the one that it is of; NULL for a kind of
   the bond as a whole. Whatever words say of a kind, they ask here. */
bool finding_holds(const struct bond *bond, enum discrepancy_kind kind,
		   const struct slave *slave);

/* The warnings of a judged bond: a set of DISCREPANCY_WARNING_BIT. */
unsigned int finding_warnings(const struct bond *bond);
/* Those that this slave gives rise to. */
unsigned int finding_slave_warnings(const struct bond *bond,
				    const struct slave *slave);

/* How long the kernel's monitor may leave a dead slave unseen, its updelay
   and downdelay apart; 0: there is no monitor. */
uint64_t finding_monitor_lag_ms(const struct bond *bond);

/* How long that kind must hold on that bond before it is raised. What the
   bond's options add is 30 s at most; but slaveFalseDown waits for the whole
   of an updelay. */
uint32_t finding_grace_ms(const struct bond *bond, enum discrepancy_kind kind,
			  const struct discrepancy_policy *policy);

enum discrepancy_phase {
	DISCREPANCY_PENDING,
	DISCREPANCY_RAISED,
	DISCREPANCY_CLEARING, /* gone, but not yet for the hold: still raised */
};

#define DISCREPANCY_NAME_SIZE 16 /* IFNAMSIZ */

struct discrepancy {
	enum discrepancy_kind kind;
	int slave;
	/* Those that it was raised under; until then the last ones known. A
	   clear bears the names of its raise, since whoever matches the two
	   knows no others: at a rename it is cleared, and raised again. */
	char bond_name[DISCREPANCY_NAME_SIZE];
	char slave_name[DISCREPANCY_NAME_SIZE];
	enum discrepancy_phase phase;
	int64_t since_ms;      /* when it began, not when its grace ended */
	int64_t grace_from_ms; /* when it began, or the last restart */
	int64_t deadline_ms;   /* end of the grace or of the hold */
};

struct discrepancy_state {
	struct discrepancy *items; /* ordered by kind, then slave */
	size_t count;
	size_t capacity;
};

/* Called for each raise (raised true) and clear, in the order of the list. */
typedef void (*discrepancy_emit)(void *ctx, const struct discrepancy *item,
				 bool raised);

/*
 * Brings `state` up to `findings` at `now_ms`. `bond` gives the grace.
 * `restart`: the graces of pending ones begin anew (the bond went up, a
 * slave joined, an option changed, the agent had lost the kernel).
 */
int discrepancy_step(struct discrepancy_state *state, const struct bond *bond,
		     const struct finding_list *findings,
		     const struct discrepancy_policy *policy, bool restart,
		     int64_t now_ms, discrepancy_emit emit, void *ctx);

/*
 * Puts one that was raised in an earlier life, as it was: raised, nothing is
 * said. 0, -EEXIST: it is there, or -ENOMEM.
 */
int discrepancy_restore(struct discrepancy_state *state,
			enum discrepancy_kind kind, const char *bond_name,
			int slave, const char *slave_name, int64_t since_ms);

/* Clears at once what is of a slave whose link was deleted; 0: everything, the
   bond goes away. */
void discrepancy_clear(struct discrepancy_state *state, int slave,
		       discrepancy_emit emit, void *ctx);

/* The next time at which discrepancy_step has something to do; INT64_MAX. */
int64_t discrepancy_next_ms(const struct discrepancy_state *state);

/* Sets of DISCREPANCY_BIT: raised (also while clearing), pending. */
unsigned int discrepancy_raised(const struct discrepancy_state *state);
unsigned int discrepancy_pending(const struct discrepancy_state *state);
/* ... raised for one slave. */
unsigned int discrepancy_raised_for(const struct discrepancy_state *state,
				    int slave);

void discrepancy_fini(struct discrepancy_state *state);

#endif
