/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong with a bond at this instant, which warnings stand, and for how
 * long each kind must hold before it is reported. Pure.
 *
 * Ownership: whoever has a list frees it with finding_list_fini(). Errors:
 * -ENOMEM.
 */
#ifndef BONDCARRIER_FINDING_H
#define BONDCARRIER_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"

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

#endif
