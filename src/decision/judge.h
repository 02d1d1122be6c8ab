/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Applies the pure decisions (carrier, findings, discrepancies) to the bonds of
 * a set: fills the judge's members of struct bond and struct slave, judges
 * inner bonds before the bonds on top of them, and emits effectiveUp,
 * effectiveDown, discrepancyRaised and discrepancyCleared.
 *
 * No clock, no I/O: times are CLOCK_MONOTONIC milliseconds. Errors: -ENOMEM;
 * the verdicts are still right.
 */
#ifndef BONDCARRIER_JUDGE_H
#define BONDCARRIER_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "bond/event.h"
#include "decision/finding.h"

struct judge_policy {
	struct discrepancy_policy discrepancy;
	bool strict_lacp;
};

void judge_policy_defaults(struct judge_policy *policy);

/*
 * Judges every due bond (schedule.h) that is `changed` or whose verdict or
 * discrepancies reach a deadline, and the bonds on top of it. With set->status
 * RESYNCHRONISING nothing is raised or cleared; with LOST every effective
 * carrier becomes unknown. Whatever was raised under an old name is cleared
 * before anything is raised. 0 or -ENOMEM.
 */
int judge_run(struct bond_set *set, const struct judge_policy *policy,
	      const struct event_sink *sink, int64_t now_ms);

/*
 * Whether judge_run() would change the effective carrier of that bond, and
 * values that change without an event (aggregators; an ARP-monitored slave's
 * mii_status) could make a difference: then the caller should read them again
 * first. Writes `below` and `corrected` of the slaves, and nothing else.
 */
bool judge_reading_matters(struct bond_set *set, struct bond *bond,
			   const struct judge_policy *policy, int64_t now_ms);

/* When judge_run() next has something to do without an event; INT64_MAX:
   never. */
int64_t judge_next_ms(const struct bond_set *set);
/* The same for one bond, provided that nothing changes: the bond, what is below
   its slaves, and the set's status. */
int64_t judge_bond_next_ms(const struct bond_set *set, const struct bond *bond);

/* True while nothing may be raised or cleared, because the bond's real state is
   unknown. */
bool judge_is_frozen(const struct bond_set *set, const struct bond *bond);

/* Clears what is raised for a slave whose link was deleted, or (slave 0) for a
   bond that is about to be removed, so that every raise has its clear. */
void judge_retire(struct bond_set *set, struct bond *bond, int slave,
		  const struct event_sink *sink, int64_t now_ms);

#endif
