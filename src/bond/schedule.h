/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When each bond of a set is due. The judge and the monitor skip bonds that are
 * not. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_SCHEDULE_H
#define BONDCARRIER_SCHEDULE_H

#include "bond/bond_set.h"

/* Makes a bond, or all bonds, due now. A new bond is due. */
void schedule_touch(struct bond *bond);
void schedule_touch_all(struct bond_set *set);
/* Makes the bond due now, with something to judge: sets `changed`. */
void schedule_judge(struct bond *bond);
/* Makes the bond due now, and its re-read due at `at_ms` at the latest.
   INT64_MAX: does nothing. */
void schedule_reread(struct bond *bond, int64_t at_ms);
/* The bond is not due before `until_ms`, unless it is touched. */
void schedule_rest(struct bond *bond, int64_t until_ms);
/* The index of the first due bond from `from` on; set->count: none. */
size_t schedule_next(const struct bond_set *set, size_t from, int64_t now_ms);
/* When the first bond is due; INT64_MAX: never. */
int64_t schedule_next_ms(const struct bond_set *set);

#endif
