/* SPDX-License-Identifier: BSD-2-Clause */
/* What person.c (scenes) and its parts share. */
#ifndef BONDCARRIER_SIM_PERSON_INTERNAL_H
#define BONDCARRIER_SIM_PERSON_INTERNAL_H

#include "person.h"

uint32_t person_below(struct person *person, uint32_t bound);
void person_put_fault(struct person *person, int64_t after_ms,
		      enum fault_kind fault, int64_t value);
/* An operation on the link of that name, the rest of which is the caller's. */
struct op *person_put_op(struct person *person, int64_t after_ms,
			 enum op_kind kind, const char *name);

/* A link that may be worked on: of bonds, of their slaves, or of any; -1. */
enum person_of { PERSON_OF_BONDS, PERSON_OF_SLAVES, PERSON_OF_ALL };
int person_any_link(struct person *person, enum person_of of);

/* A cable, in or out. */
void person_flip(struct person *person, int64_t after_ms);
/* One scene of things going wrong (person_fault.c). */
void person_fault(struct person *person);

/* Scenes of bonds taken apart and put together again (person_rebuild.c). */
void person_maintenance(struct person *person);
void person_reuse(struct person *person);

#endif
