/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's link monitor of a bond, and its timing. */
#include "decision/carrier_monitor.h"

#include <linux/if_link.h>

/* Two jiffies at the lowest common tick rate, HZ=100. */
#define TICK_LATE_MS 20

enum carrier_monitor carrier_monitor(const struct bond *bond)
{
	/* The kernel allows only one of the two to be nonzero. */
	if (bond_has(bond, IFLA_BOND_MIIMON) && bond->attrs.miimon_ms > 0)
		return CARRIER_MONITOR_MII;
	if (bond_has(bond, IFLA_BOND_ARP_INTERVAL) &&
	    bond->attrs.arp_interval_ms > 0)
		return CARRIER_MONITOR_ARP;
	return CARRIER_MONITOR_NONE;
}

uint64_t carrier_monitor_ticks_ms(uint32_t interval_ms, uint64_t ticks)
{
	return ticks * ((uint64_t)interval_ms + interval_ms / 8 + TICK_LATE_MS);
}

uint64_t carrier_monitor_delay_ticks(uint32_t interval_ms, uint32_t delay_ms)
{
	return ((uint64_t)delay_ms + interval_ms - 1) / interval_ms;
}
