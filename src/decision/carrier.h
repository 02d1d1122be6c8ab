/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the carrier of a bond should be, and why.
 *
 * The logic follows the kernel's bond_set_carrier() (drivers/net/bonding/
 * bond_main.c, bond_3ad.c: bond_3ad_set_carrier(); Linux 6.1 to 6.12), but its
 * input is the real link of each slave (IFF_LOWER_UP) instead of the bonding
 * driver's view of it.
 *
 * Pure: values in, values out; no clock, no I/O, no logging, no errors. What
 * is not known is CARRIER_UNKNOWN, never CARRIER_UP.
 */
#ifndef BONDCARRIER_CARRIER_H
#define BONDCARRIER_CARRIER_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond.h"

/* The step of the driver's LACP state machine: AD_TIMER_INTERVAL. */
#define CARRIER_LACP_STEP_MS 100

/* True if the mode is known, and its rules are implemented here. */
bool carrier_mode_known(const struct bond *bond);

/*
 * The slave's real link: IFF_LOWER_UP, and slave->below if the slave is a bond
 * or is on top of another device.
 */
enum carrier carrier_slave_link(const struct slave *slave);

/*
 * A slave's link as the decision counts it. `now_ms` decides whether an updelay
 * still holds the slave back, because the kernel does not report the countdown.
 */
enum carrier carrier_slave_corrected(const struct bond *bond,
				     const struct slave *slave, int64_t now_ms);

/*
 * When the slave's updelay has certainly run out; INT64_MIN if none holds the
 * slave back. A slave with a link that the kernel still reports as DOWN becomes
 * BACK at the monitor's next tick, without an event, so its updelay counts from
 * the time at which both were first seen. It counts only once: a driver that
 * refuses the slave starts over and over (DOWN, BACK, DOWN), which no delay
 * ends.
 *
 * Too late is better than too early. When the kernel makes the slave UP, it
 * sends an event, and nothing holds the slave back any more. A release before
 * that would report a bond as up while it carries nothing.
 */
int64_t carrier_slave_release_ms(const struct bond *bond,
				 const struct slave *slave);

/*
 * The decision, from the slaves' `corrected`. `strict_lacp`: in 802.3ad, count
 * only slaves that are collecting and distributing, and require at least one.
 * The kernel's own lacp_strict has the same effect, unless min_links is 0.
 * `now_ms`: as above, and for what the driver does a few ticks after a link
 * comes up: it enables the port, and clears the previous LACP state.
 */
struct carrier_verdict carrier_decide(const struct bond *bond, bool strict_lacp,
				      int64_t now_ms);

/*
 * In 802.3ad the active aggregator and the slaves' aggregators come from two
 * separate requests, and change without an event. True if the replies
 * contradict each other, so that the active aggregator has no slave: read the
 * bond again.
 */
bool carrier_is_torn(const struct bond *bond);

/*
 * What bond_set_carrier() would set now, from the kernel's own mii_status and
 * AD_INFO. For the kind staleCarrier. CARRIER_UNKNOWN if the kernel reports too
 * little, or its replies contradict each other.
 */
enum carrier carrier_kernel(const struct bond *bond);

#endif
