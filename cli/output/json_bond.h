/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * `bondcarrier show --json`: one bond, as described in doc/json.md. Members
 * keep their names and meanings; new ones may be added. What the kernel did not
 * report is omitted.
 */
#ifndef BONDCARRIER_JSON_BOND_H
#define BONDCARRIER_JSON_BOND_H

#include <jansson.h>

#include "bond/bond.h"

/* The caller owns the object; NULL: no memory. */
json_t *json_bond(const struct bond *bond);

#endif
