/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One slave, as a member of the JSON of its bond.
 */
#ifndef BONDCARRIER_JSON_SLAVE_H
#define BONDCARRIER_JSON_SLAVE_H

#include <jansson.h>

#include "bond/bond.h"

/* The caller owns the object; NULL: no memory. */
json_t *json_slave(const struct bond *bond, const struct slave *slave);

#endif
