/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of a plugin's output; internal to check.
 */
#ifndef BONDCARRIER_CHECK_TEXT_H
#define BONDCARRIER_CHECK_TEXT_H

#include <stdio.h>

#include "bond/bond.h"

/* Prints text of any origin; escapes bars, which would begin performance data.
 */
void check_text_put(FILE *out, const char *text);

/* "bond0 is down, though it shows RUNNING: ...; falseUp, degraded" */
void check_text_summary(FILE *out, const struct bond *bond);

/* A line for each kind and warning, with its remedy. */
void check_text_findings(FILE *out, const struct bond *bond);

/* " 'bond0_effective'=1;;1:;0;1 ..." */
void check_text_perfdata(FILE *out, const struct bond *bond);

#endif
