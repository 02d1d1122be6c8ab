/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show --json`: one bond, as doc/json.md describes it. Members
 * keep their names and meanings, and new ones may come. What the kernel did
 * not give is left out.
 */
#ifndef BONDCARRIER_JSON_BOND_H
#define BONDCARRIER_JSON_BOND_H

#include <jansson.h>

#include "bond/bond.h"

/* The caller owns the object; NULL: no memory. */
json_t *json_bond(const struct bond *bond);

#endif
