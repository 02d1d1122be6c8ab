/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every JSON object of ours is built of.
 *
 * jansson's functions take a NULL for an object or a value, do nothing and
 * fail: so memory that ran out needs one check, where an object is finished.
 */
#ifndef BONDCARRIER_JSON_PART_H
#define BONDCARRIER_JSON_PART_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"

/* Sets a member, appends to an array; takes the value over. A failure is
   kept in `*err`. */
void json_part_set(int *err, json_t *object, const char *member, json_t *value);
void json_part_append(int *err, json_t *array, json_t *value);
/* The object or array; NULL, and it is freed, where it is not whole. */
json_t *json_part_finish(int err, json_t *object);

json_t *json_part_name(const char *ifname);
json_t *json_part_mac(const uint8_t *bytes, size_t length);
/* { "ifindex": 4, "name": "eth0" } */
json_t *json_part_reference(const struct bond *bond, int ifindex,
			    const char *last_name);
/* Sets the members that every link has. */
void json_part_link(int *err, json_t *object, const struct link_state *link);

#endif
