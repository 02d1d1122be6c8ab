/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The result of the decision about a bond (decision/carrier.h), apart from the
 * logic so that any module may read it.
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

/* bondEffectiveReason. CARRIER_UNKNOWN has the reason notSynchronised. */
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

/* bondLinkMonitor: how the kernel monitors the slaves' links. */
enum carrier_monitor {
	CARRIER_MONITOR_NONE = 1,
	CARRIER_MONITOR_MII = 2,
	CARRIER_MONITOR_ARP = 3,
};

struct carrier_verdict {
	enum carrier effective;
	enum carrier_reason reason;
	unsigned int slaves_lower_up; /* with IFF_LOWER_UP */
	unsigned int slaves_usable;   /* `corrected` is up */
	/* Down only because LACP has not agreed: the links suffice. */
	bool awaits_lacp;
	/* When to decide again even if nothing changes; INT64_MAX: never. */
	int64_t until_ms;
};

#endif
