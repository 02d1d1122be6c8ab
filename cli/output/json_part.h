/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts that all our JSON objects are built of.
 *
 * jansson's functions accept NULL as an object or a value, do nothing and fail:
 * one check for memory, when an object is finished, is therefore enough.
 */
#ifndef BONDCARRIER_JSON_PART_H
#define BONDCARRIER_JSON_PART_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"

/* Set a member, or append to an array. Take over the value, and keep a failure
   in `*err`. */
void json_part_set(int *err, json_t *object, const char *member, json_t *value);
void json_part_append(int *err, json_t *array, json_t *value);
/* Returns the object or array; if it is incomplete, frees it: NULL. */
json_t *json_part_finish(int err, json_t *object);

json_t *json_part_name(const char *ifname);
json_t *json_part_mac(const uint8_t *bytes, size_t length);
/* { "ifindex": 4, "name": "eth0" } */
json_t *json_part_reference(const struct bond *bond, int ifindex,
			    const char *last_name);
/* Sets the members that every link has. */
void json_part_link(int *err, json_t *object, const struct link_state *link);

#endif
