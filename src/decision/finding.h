/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is wrong with a bond at this instant, which warnings apply, and how long
 * each kind must hold before it is raised. Times are milliseconds. Pure.
 *
 * Ownership: the caller frees a list with finding_list_fini(). Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_FINDING_H
#define BONDCARRIER_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"

/* What the operator may set, with the defaults. */
struct discrepancy_policy {
	uint32_t grace_base_ms;	     /* 2000 */
	uint32_t lacp_grace_fast_ms; /* 10000 */
	uint32_t lacp_grace_slow_ms; /* 100000 */
};

/* A discrepancy that is present at this instant. */
struct finding {
	enum discrepancy_kind kind;
	int slave; /* ifindex; 0: the bond as a whole */
};

struct finding_list {
	struct finding *items; /* ordered by kind, then slave */
	size_t count;
	size_t capacity;
};

/*
 * Appends all findings of a judged bond (verdict, corrected) to `out`, which
 * the caller may reuse. None while the bond is administratively down or
 * distrusted; a rule finds nothing if a value that it needs is unknown. 0 or
 * -ENOMEM.
 */
int finding_list_fill(const struct bond *bond, struct finding_list *out);
void finding_list_fini(struct finding_list *findings);

/* Whether that kind is present now. `slave`: for a kind of one slave; NULL for
   a kind of the bond as a whole. */
bool finding_holds(const struct bond *bond, enum discrepancy_kind kind,
		   const struct slave *slave);

/* The warnings of a judged bond: a set of DISCREPANCY_WARNING_BIT. */
unsigned int finding_warnings(const struct bond *bond);
/* The warnings that this slave causes. */
unsigned int finding_slave_warnings(const struct bond *bond,
				    const struct slave *slave);

/* How long the kernel's monitor may take to see a dead slave, without updelay
   and downdelay; 0: there is no monitor. */
uint64_t finding_monitor_lag_ms(const struct bond *bond);

/* How long that kind must hold on that bond before it is raised. The bond's
   options add 30 s at most, except that slaveFalseDown always waits for the
   whole updelay. */
uint32_t finding_grace_ms(const struct bond *bond, enum discrepancy_kind kind,
			  const struct discrepancy_policy *policy);

#endif
