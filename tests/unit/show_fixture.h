/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bond made by hand, on the screen and as JSON. To be included behind
 * cmocka.h.
 */
#ifndef BONDCARRIER_TESTS_SHOW_FIXTURE_H
#define BONDCARRIER_TESTS_SHOW_FIXTURE_H

#include <stdbool.h>

#include "has.h"
#include "output/json_bond.h"
#include "output/show.h"
#include "sample.h"

struct fixture {
	struct bond_set set;
	struct bond *bond;
	char *text;
	size_t size;
	json_t *json;
};

void make(struct fixture *f, unsigned int mode, enum carrier_monitor monitor);
/* ... the bug that this project is about: RUNNING, and no slave has a link. */
void false_up(struct fixture *f);
void rename_slave(struct fixture *f, size_t place, const char *name);
/* Judges it as monitor_open() does, and renders it both ways: of this moment,
   or of a capture that ends then. */
void render(struct fixture *f, bool colour);
void render_at(struct fixture *f, bool colour, const char *captured_at);
void unmake(struct fixture *f);

/* The string at a path such as "effective.carrier"; "-" where it is not. */
const char *string_at(const json_t *object, const char *path);
json_t *element(const json_t *object, const char *member, size_t place);
size_t count_of(const json_t *object, const char *member);
bool holds(const json_t *object, const char *member);

#endif
