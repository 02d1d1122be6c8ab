/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A set of kinds of discrepancy and of warnings, as `bondcarrier check`
 * takes them: names with commas between, in any case; `all`; `none`.
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

/* False: a word is unknown, which is written to `word`. */
bool problem_set_parse(struct problem_set *set, const char *list, char *word,
		       size_t size);

/* What is wrong with the bond at this instant. What is over, but waits for
   its hold, is not. */
struct problem_set problem_set_of(const struct bond *bond);

bool problem_set_meet(const struct problem_set *a, const struct problem_set *b);

#endif
