/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Applies the pure decisions (carrier, discrepancy) to the bonds of a set:
 * fills what struct bond and struct slave keep for the judge, follows bonds
 * that stand on bonds, and emits effectiveUp, effectiveDown,
 * discrepancyRaised and discrepancyCleared.
 *
 * No clock, no I/O. Errors: -ENOMEM; verdicts are still right then.
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
 * Judges every bond that is `changed` or whose time has come, of those that
 * are to be looked at (schedule_touch()), and those standing on it. With
 * set->status RESYNCHRONISING nothing is raised or cleared; with LOST every
 * effective carrier becomes unknown.
 */
int judge_run(struct bond_set *set, const struct judge_policy *policy,
	      const struct event_sink *sink, int64_t now_ms);

/*
 * Would judge_run() change the effective carrier of that bond, and could what
 * changes without an event (aggregators; an ARP-monitored slave's mii_status)
 * make a difference? For a caller that can read them
 * once more before. Sets what the slaves stand on and their corrected links,
 * and nothing else.
 */
bool judge_reading_matters(struct bond_set *set, struct bond *bond,
			   const struct judge_policy *policy, int64_t now_ms);

/* When judge_run() next has something to do without an event; INT64_MAX:
   never. */
int64_t judge_next_ms(const struct bond_set *set);
/* ... for that bond, while it, what its slaves stand on, and the set's status
   stay the same. */
int64_t judge_bond_next_ms(const struct bond_set *set, const struct bond *bond);

/* Nothing is raised or cleared: the bond's true state can't be known now. */
bool judge_is_frozen(const struct bond_set *set, const struct bond *bond);

/* Clears what is raised for a slave whose link was deleted, or (0) for a bond
   that is about to be removed: every raise has its clear. */
void judge_retire(struct bond_set *set, struct bond *bond, int slave,
		  const struct event_sink *sink, int64_t now_ms);

#endif
