/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A set of kinds of discrepancy and of warnings, as `bondcarrier check`
 * takes them: a comma-separated list of names, in any case; `all`; `none`.
 */
#ifndef BONDCARRIER_PROBLEM_SET_H
#define BONDCARRIER_PROBLEM_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "bond/bond.h"

struct problem_set {
	unsigned int kinds;    /* DISCREPANCY_BIT */
	unsigned int warnings; /* DISCREPANCY_WARNING_BIT */
};

/* False: a name is unknown; it is copied to `word`. */
bool problem_set_parse(struct problem_set *set, const char *list, char *word,
		       size_t size);

/* The problems of the bond at this instant, without those that are gone and
   only wait for their hold. */
struct problem_set problem_set_of(const struct bond *bond);

bool problem_set_meet(const struct problem_set *a, const struct problem_set *b);

#endif
