/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier check`: bonds in the form of a monitoring plugin (Nagios,
 * Icinga; monitoring-plugins.org/doc/guidelines.html): a line with the worst
 * problem and, after a bar, the performance data; then a line for each problem.
 *
 * A bond is CRITICAL while its effective carrier is down or it has a problem of
 * `critical`, UNKNOWN while its carrier is unknown, WARNING while it has a
 * problem of `warning`. There is no grace: only the present state counts.
 *
 * Names may contain characters with a meaning in that line: a bar is printed as
 * \x7c, and in a label also ' as \x27 and = as \x3d.
 */
#ifndef BONDCARRIER_CHECK_H
#define BONDCARRIER_CHECK_H

#include <stdio.h>

#include "bond/bond_set.h"
#include "input/source.h"
#include "output/problem_set.h"

/* Exit statuses of plugins. */
enum check_state {
	CHECK_OK = 0,
	CHECK_WARNING = 1,
	CHECK_CRITICAL = 2,
	CHECK_UNKNOWN = 3,
};

struct check_policy {
	struct problem_set warning;
	struct problem_set critical;
};

void check_policy_defaults(struct check_policy *policy);

enum check_state check_bond(const struct bond *bond,
			    const struct check_policy *policy);

/*
 * Prints the bonds that the command line names, and returns the worst state. A
 * name without a bond is UNKNOWN, and so is a set without bonds. `trouble`: why
 * `set` is not complete, or NULL.
 */
enum check_state check_print(FILE *out, const struct bond_set *set,
			     const struct source_names *names,
			     const struct check_policy *policy,
			     const char *trouble);

/* For a set that could not be read; returns CHECK_UNKNOWN. */
enum check_state check_print_unknown(FILE *out, const char *why);

#endif
