/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier check`: bonds in the form of a monitoring plugin (Nagios,
 * Icinga; monitoring-plugins.org/doc/guidelines.html): a line with what is
 * worst and the performance data behind a bar, then a line for each thing
 * that is wrong.
 *
 * A bond is CRITICAL while its effective carrier is down or a kind of
 * `critical` is there, UNKNOWN while its carrier can't be known, WARNING
 * while a kind of `warning` is there. There is no grace: it is what is true
 * at this instant.
 *
 * Names may hold what means something to those who read the line: a bar is
 * written as \x7c, and in a label also ' as \x27 and = as \x3d.
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
 * Prints and returns the worst of the bonds that were asked for. A name that
 * is not there is UNKNOWN, and so is having no bond at all. `trouble`: why
 * `set` is not all there is, or NULL.
 */
enum check_state check_print(FILE *out, const struct bond_set *set,
			     const struct source_names *names,
			     const struct check_policy *policy,
			     const char *trouble);

/* Where there is nothing to look at; returns CHECK_UNKNOWN. */
enum check_state check_print_unknown(FILE *out, const char *why);

#endif
