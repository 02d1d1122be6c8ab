/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the decision (decision/carrier.h) says of a bond: values that everybody
 * may read without knowing how they came to be.
 */
#ifndef BONDCARRIER_VERDICT_H
#define BONDCARRIER_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

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

#endif
