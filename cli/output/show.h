/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show`: one bond, for people. Interface names pass through
 * printable_name(). What the kernel did not report is omitted.
 */
#ifndef BONDCARRIER_SHOW_H
#define BONDCARRIER_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "bond/bond.h"

/* Prints the tree of one bond, PAGE_COLUMNS wide. `captured_at`: the time of
   its capture, as text; NULL: it was just read from the kernel. */
void show_bond(FILE *out, const struct bond *bond, bool colour,
	       const char *captured_at);

#endif
