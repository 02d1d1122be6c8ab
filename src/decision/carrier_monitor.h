/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's link monitor of a bond, and how long it may rightly take. Pure.
 */
#ifndef BONDCARRIER_CARRIER_MONITOR_H
#define BONDCARRIER_CARRIER_MONITOR_H

#include <stdint.h>

#include "bond/bond.h"

/* The kernel's link monitor of this bond: miimon, arp_interval or neither. */
enum carrier_monitor carrier_monitor(const struct bond *bond);

/*
 * How long `ticks` looks of a monitor with that interval may rightly take,
 * and a delay of the driver that is counted in such looks. Each look re-arms
 * the next one, so they drift: the interval is rounded up to a jiffy, the
 * timer to the granularity of its level, at most an eighth of what is asked
 * for (kernel/time/timer.c), and the worker has to get its turn.
 */
uint64_t carrier_monitor_ticks_ms(uint32_t interval_ms, uint64_t ticks);
uint64_t carrier_monitor_delay_ticks(uint32_t interval_ms, uint32_t delay_ms);

#endif
