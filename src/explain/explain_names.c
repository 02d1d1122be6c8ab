/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of enumeration values; explain_kinds.c has those of kinds. */
#include "explain/explain.h"

#include <stdbool.h>
#include <stdint.h>
#include <strings.h>

static const char *const carrier_names[] = {
	[CARRIER_UP] = "up",
	[CARRIER_DOWN] = "down",
	[CARRIER_UNKNOWN] = "unknown",
};

static const char *const reason_names[] = {
	[CARRIER_REASON_LINK_UP] = "linkUp",
	[CARRIER_REASON_ADMIN_DOWN] = "adminDown",
	[CARRIER_REASON_NO_SLAVES] = "noSlaves",
	[CARRIER_REASON_NO_SLAVE_UP] = "noSlaveUp",
	[CARRIER_REASON_MIN_LINKS_NOT_MET] = "minLinksNotMet",
	[CARRIER_REASON_NO_AGGREGATOR] = "noAggregator",
	[CARRIER_REASON_NOT_SYNCHRONISED] = "notSynchronised",
	[CARRIER_REASON_NOT_DISTRIBUTING] = "notDistributing",
	[CARRIER_REASON_PORTS_DISABLED] = "portsDisabled",
};

static const char *const warning_names[] = {
	[DISCREPANCY_WARNING_UNMONITORED] = "unmonitored",
	[DISCREPANCY_WARNING_LINK_UNVERIFIED] = "linkUnverified",
	[DISCREPANCY_WARNING_MIN_LINKS_IGNORED] = "minLinksIgnored",
	[DISCREPANCY_WARNING_ARP_DOWN] = "arpDown",
	[DISCREPANCY_WARNING_DEGRADED] = "degraded",
	[DISCREPANCY_WARNING_SLOW_MONITOR] = "slowMonitor",
};

static const char *const monitor_names[] = {
	[CARRIER_MONITOR_NONE] = "none",
	[CARRIER_MONITOR_MII] = "mii",
	[CARRIER_MONITOR_ARP] = "arp",
};

static const char *const event_names[] = {
	[EVENT_EFFECTIVE_UP] = "effectiveUp",
	[EVENT_EFFECTIVE_DOWN] = "effectiveDown",
	[EVENT_DISCREPANCY_RAISED] = "discrepancyRaised",
	[EVENT_DISCREPANCY_CLEARED] = "discrepancyCleared",
	[EVENT_ACTIVE_SLAVE_CHANGED] = "activeSlaveChanged",
	[EVENT_BOND_ADDED] = "bondAdded",
	[EVENT_BOND_REMOVED] = "bondRemoved",
	[EVENT_SLAVE_ADDED] = "slaveAdded",
	[EVENT_SLAVE_REMOVED] = "slaveRemoved",
	[EVENT_SLAVE_LOWER_UP] = "slaveLowerUp",
	[EVENT_SLAVE_LOWER_DOWN] = "slaveLowerDown",
};

/* linux/if_bonding.h: BOND_MODE_*, as iproute2 names them. */
static const char *const mode_names[] = {
	"balance-rr", "active-backup", "balance-xor", "broadcast",
	"802.3ad",    "balance-tlb",   "balance-alb",
};

/* linux/if_bonding.h: BOND_LINK_*, as /proc/net/bonding names them. */
static const char *const mii_names[] = {
	"up",
	"going down",
	"down",
	"going back",
};

/* linux/if.h: IF_OPER_*, as /sys/class/net names them. */
static const char *const operstate_names[] = {
	"unknown", "notpresent", "down", "lowerlayerdown",
	"testing", "dormant",	 "up",
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *name_of(const char *const *names, size_t count,
			   unsigned int number)
{
	if (number >= count || !names[number])
		return "unknown";
	return names[number];
}

const char *explain_carrier(enum carrier carrier)
{
	return name_of(carrier_names, COUNT_OF(carrier_names), carrier);
}

const char *explain_reason(enum carrier_reason reason)
{
	return name_of(reason_names, COUNT_OF(reason_names), reason);
}

const char *explain_warning(enum discrepancy_warning warning)
{
	return name_of(warning_names, COUNT_OF(warning_names), warning);
}

const char *explain_monitor(enum carrier_monitor monitor)
{
	return name_of(monitor_names, COUNT_OF(monitor_names), monitor);
}

const char *explain_event_type(enum event_type type)
{
	return name_of(event_names, COUNT_OF(event_names), type);
}

const char *explain_mode(unsigned int kernel_mode)
{
	return name_of(mode_names, COUNT_OF(mode_names), kernel_mode);
}

const char *explain_mii_status(unsigned int mii_status)
{
	return name_of(mii_names, COUNT_OF(mii_names), mii_status);
}

const char *explain_operstate(unsigned int operstate)
{
	return name_of(operstate_names, COUNT_OF(operstate_names), operstate);
}

int explain_warning_of(const char *name)
{
	for (unsigned int i = 0; i < COUNT_OF(warning_names); i++) {
		if (strcasecmp(warning_names[i], name) == 0)
			return (int)i;
	}
	return -1;
}
