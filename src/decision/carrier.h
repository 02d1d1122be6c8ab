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

struct bond;
struct slave;

/* Numbers as in BOND-CARRIER-MIB. */
enum carrier {
	CARRIER_UP = 1,
	CARRIER_DOWN = 2,
	CARRIER_UNKNOWN = 3,
};

/* bondEffectiveReason. notSynchronised goes with CARRIER_UNKNOWN. */
enum carrier_reason {
	CARRIER_REASON_LINK_UP = 1,
	CARRIER_REASON_ADMIN_DOWN = 2,
	CARRIER_REASON_NO_SLAVES = 3,
	CARRIER_REASON_NO_SLAVE_UP = 4,
	CARRIER_REASON_MIN_LINKS_NOT_MET = 5,
	CARRIER_REASON_NO_AGGREGATOR = 6,
	CARRIER_REASON_NOT_SYNCHRONISED = 7,
	CARRIER_REASON_NOT_DISTRIBUTING = 8,
	CARRIER_REASON_PORTS_DISABLED = 9,
};

/* bondLinkMonitor: who watches the slaves' links in the kernel. */
enum carrier_monitor {
	CARRIER_MONITOR_NONE = 1,
	CARRIER_MONITOR_MII = 2,
	CARRIER_MONITOR_ARP = 3,
};

struct carrier_verdict {
	enum carrier effective;
	enum carrier_reason reason;
	unsigned int slaves_lower_up; /* with IFF_LOWER_UP */
	unsigned int slaves_usable;   /* corrected up */
	/* Down for want of LACP alone: the links would do. */
	bool awaits_lacp;
	/* If nothing changes it holds until then, and is to be decided again;
	   INT64_MAX: for ever. */
	int64_t until_ms;
};

/* The kernel's link monitor of this bond: miimon, arp_interval or neither. */
enum carrier_monitor carrier_monitor(const struct bond *bond);

/*
 * How long `ticks` looks of a monitor with that interval may rightly take,
 * and a delay of the driver that is counted in such looks. Each look re-arms
 * the next one, so they drift: the interval is rounded up to a jiffy, the
 * timer to the granularity of its level, at most an eighth of what is asked
 * for (kernel/time/timer.c), and the worker has to get its turn.
 */
uint64_t carrier_ticks_ms(uint32_t interval_ms, uint64_t ticks);
uint64_t carrier_delay_ticks(uint32_t interval_ms, uint32_t delay_ms);

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
