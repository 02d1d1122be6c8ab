/* SPDX-License-Identifier: BSD-2-Clause */
/* What person.c (scenes) and its faults and populations share. */
#ifndef BONDCARRIER_SIM_PERSON_INTERNAL_H
#define BONDCARRIER_SIM_PERSON_INTERNAL_H

#include "person.h"

uint32_t person_below(struct person *person, uint32_t bound);
void person_put_fault(struct person *person, int64_t after_ms,
		      enum fault_kind fault, int64_t value);
/* A cable, in or out. */
void person_flip(struct person *person, int64_t after_ms);
/* One scene of things going wrong (person_fault.c). */
void person_fault(struct person *person);

#endif
