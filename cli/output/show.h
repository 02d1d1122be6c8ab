/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show`: one bond as a person reads it. Interface names pass
 * printable_name(). What the kernel did not give is left out.
 */
#ifndef BONDCARRIER_SHOW_H
#define BONDCARRIER_SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "bond/bond.h"

/* The tree of one bond, PAGE_COLUMNS wide. `captured_at`: the time that it was
   recorded at, as text; NULL: it was read from the kernel just now. */
void show_bond(FILE *out, const struct bond *bond, bool colour,
	       const char *captured_at);

#endif
