/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the carrier of a bond should be, and why.
 *
 * The logic is that of the kernel's bond_set_carrier() (drivers/net/bonding/
 * bond_main.c, bond_3ad.c: bond_3ad_set_carrier(); Linux 6.1 to 6.12), fed
 * with what is true of the slaves' links (IFF_LOWER_UP) and not with what
 * the bonding driver believes of them.
 *
 * Pure: values in, values out; no clock, no I/O, no logging, no errors. What
 * can't be known is CARRIER_UNKNOWN, and never CARRIER_UP.
 */
#ifndef BONDCARRIER_CARRIER_H
#define BONDCARRIER_CARRIER_H

#include <stdbool.h>
#include <stdint.h>

#include "bond/bond.h"

/* The interval of the driver's LACP machine: AD_TIMER_INTERVAL. */
#define CARRIER_LACP_STEP_MS 100

/* True for a mode number this program knows the rules of. */
bool carrier_mode_known(const struct bond *bond);

/*
 * The slave's real link: IFF_LOWER_UP, and slave->below where the slave is
 * a bond or stands on another device.
 */
enum carrier carrier_slave_link(const struct slave *slave);

/*
 * A slave's link as the decision sees it. `now_ms` decides whether an updelay
 * still holds the slave back: the kernel does not tell the countdown.
 */
enum carrier carrier_slave_corrected(const struct bond *bond,
				     const struct slave *slave, int64_t now_ms);

/*
 * When the updelay of such a slave has run out for certain; INT64_MIN where
 * none holds it back. A slave that has a link while the kernel still says
 * DOWN becomes BACK as soon as the kernel looks, silently: its updelay counts
 * from when both were first seen. It counts once: a driver that refuses the
 * slave begins again and again (DOWN, BACK, DOWN), and no delay ends that.
 *
 * Rather too late than too early: as soon as the kernel makes it UP, of which
 * it tells, nothing is held back any more. Released before the kernel does,
 * the bond would be called up while it carries nothing.
 */
int64_t carrier_slave_release_ms(const struct bond *bond,
				 const struct slave *slave);

/*
 * The decision, from the slaves' `corrected`. `strict_lacp`: in 802.3ad
 * count only slaves that are collecting and distributing, and at least one.
 * The same is done where the kernel's own lacp_strict is on, unless its
 * min_links is 0. `now_ms` as above, and for what the driver does a few looks
 * after a link came: enable its port, and clear what LACP was before.
 */
struct carrier_verdict carrier_decide(const struct bond *bond, bool strict_lacp,
				      int64_t now_ms);

/*
 * In 802.3ad the active aggregator and who stands in it are read by two
 * questions, and change without a word. True where the answers do not fit:
 * nobody stands in the active one. They are to be asked again.
 */
bool carrier_is_torn(const struct bond *bond);

/*
 * bond_set_carrier() on the kernel's own mii_status and AD_INFO: what the
 * bond's carrier would be if the kernel had run it just now. For the kind
 * staleCarrier. CARRIER_UNKNOWN where the kernel does not tell enough, or its
 * answers do not fit.
 */
enum carrier carrier_kernel(const struct bond *bond);

#endif
