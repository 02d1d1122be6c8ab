/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show`: one bond as a person reads it, and as JSON.
 *
 * Both only read the bond, and print whatever it is called: interface names
 * pass printable_name(). What the kernel did not give is left out.
 */
#ifndef BONDCARRIER_SHOW_H
#define BONDCARRIER_SHOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "bond/bond.h"

/* The tree of one bond, 80 columns wide. */
void show_bond(FILE *out, const struct bond *bond, bool colour);

/* The object of one bond, as in bondcarrier-json(5); NULL: no memory. The
   caller owns it. */
json_t *json_bond(const struct bond *bond);

#endif
