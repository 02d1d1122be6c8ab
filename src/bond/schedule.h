/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * When each bond of a set is looked at again. The judge and the monitor look
 * only at bonds whose time has come. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_SCHEDULE_H
#define BONDCARRIER_SCHEDULE_H

#include "bond/bond_set.h"

/*
 * The bond has changed, or needs attention: the judge and the monitor look only
 * at bonds whose time has come, and this makes it come now. schedule_rest()
 * sets the time: until then nothing is done about the bond unless it is
 * touched. New bonds are touched.
 */
void schedule_touch(struct bond *bond);
void schedule_touch_all(struct bond_set *set);
/* There is something to judge: `changed`, and touched. */
void schedule_judge(struct bond *bond);
/* It is to be read again at that time, or sooner; INT64_MAX: never. */
void schedule_reread(struct bond *bond, int64_t at_ms);
void schedule_rest(struct bond *bond, int64_t until_ms);
/* The first bond from that place on to be looked at; set->count: none. */
size_t schedule_next(const struct bond_set *set, size_t from, int64_t now_ms);
/* When the first is to be looked at; INT64_MAX. */
int64_t schedule_next_ms(const struct bond_set *set);

#endif
