/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's link monitor of a bond, and how long it may take. Times are
 * milliseconds. Pure; no errors.
 */
#ifndef BONDCARRIER_CARRIER_MONITOR_H
#define BONDCARRIER_CARRIER_MONITOR_H

#include <stdint.h>

#include "bond/bond.h"

/* From miimon and arp_interval. */
enum carrier_monitor carrier_monitor(const struct bond *bond);

/*
 * The longest time that `ticks` ticks of a monitor may take. Each tick arms the
 * next one, so they drift: the interval is rounded up to a jiffy, the timer to
 * the granularity of its level, at most an eighth of the interval
 * (kernel/time/timer.c), and the worker has to be scheduled.
 */
uint64_t carrier_monitor_ticks_ms(uint32_t interval_ms, uint64_t ticks);
/* A delay of the driver (updelay, downdelay) in ticks, rounded up. */
uint64_t carrier_monitor_delay_ticks(uint32_t interval_ms, uint32_t delay_ms);

#endif
