/* SPDX-License-Identifier: BSD-2-Clause */
/* Synthetic bonds; times are ages until fixture_bonds(). */
#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <stdlib.h>

#include "bond/slave_index.h"
#include "fixture.h"
#include "fixture_slaves.h"

#define MODE	  BOND_ATTR_BIT(IFLA_BOND_MODE)
#define ACTIVE	  BOND_ATTR_BIT(IFLA_BOND_ACTIVE_SLAVE)
#define MIIMON	  BOND_ATTR_BIT(IFLA_BOND_MIIMON)
#define CARRIER	  BOND_ATTR_BIT(IFLA_BOND_USE_CARRIER)
#define ARP	  BOND_ATTR_BIT(IFLA_BOND_ARP_INTERVAL)
#define PRIMARY	  BOND_ATTR_BIT(IFLA_BOND_PRIMARY)
#define MIN_LINKS BOND_ATTR_BIT(IFLA_BOND_MIN_LINKS)
#define RATE	  BOND_ATTR_BIT(IFLA_BOND_AD_LACP_RATE)
#define AD_INFO	  BOND_ATTR_BIT(IFLA_BOND_AD_INFO)
#define DELAYS                                                                 \
	(BOND_ATTR_BIT(IFLA_BOND_UPDELAY) | BOND_ATTR_BIT(IFLA_BOND_DOWNDELAY))
#define PLAIN	   (MODE | MIIMON | ARP | DELAYS | CARRIER | MIN_LINKS)

#define AD(attr)   BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_##attr)
#define WARN(what) DISCREPANCY_WARNING_BIT(DISCREPANCY_WARNING_##what)

#define UP	   (LINK_FLAG_UP)
#define RUNNING	   (LINK_FLAG_UP | LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING)

#define LINK_OF(index, ifname, ifflags, oper)                                  \
	{                                                                      \
		.ifindex = (index), .name = (ifname), .flags = (ifflags),      \
		.has_operstate = true, .operstate = (oper)                     \
	}
#define COUNT_OF(array)	 (sizeof(array) / sizeof((array)[0]))
#define SLAVES_OF(array) .slaves = (array), .slave_count = COUNT_OF(array)
#define FINDINGS_OF(array)                                                     \
	{                                                                      \
		.items = (array), .count = COUNT_OF(array)                     \
	}

#define ITEM(kind_, slave_, slave_name_, phase_, since_)                       \
	{                                                                      \
		.kind = (kind_), .slave = (slave_), .slave_name = slave_name_, \
		.phase = (phase_), .since_ms = (since_)                        \
	}

static struct discrepancy of_bond1[] = {
	ITEM(DISCREPANCY_FALSE_UP, 0, "", DISCREPANCY_RAISED, 30000),
	ITEM(DISCREPANCY_SLAVE_FALSE_UP, 6, "eth2", DISCREPANCY_RAISED, 29000),
	ITEM(DISCREPANCY_SLAVE_FALSE_UP, 8, "eth3", DISCREPANCY_PENDING, 500),
};

static struct discrepancy of_lag0[] = {
	ITEM(DISCREPANCY_NO_LACP_PARTNER, 0, "", DISCREPANCY_PENDING, 700),
	ITEM(DISCREPANCY_SPLIT_AGGREGATOR, 12, "eth12", DISCREPANCY_RAISED,
	     50000),
	ITEM(DISCREPANCY_SLAVE_NOT_OPERATIONAL, 11, "eth11",
	     DISCREPANCY_CLEARING, 9000),
};

static struct discrepancy of_bondx[] = {
	ITEM(DISCREPANCY_OPER_STATUS_MISMATCH, 0, "", DISCREPANCY_RAISED, 1000),
	ITEM(DISCREPANCY_STALE_CARRIER, 0, "", DISCREPANCY_RAISED, 200000000),
};

#define HOSTILE "\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377"

/* Every kind. */
static struct discrepancy of_hostile[] = {
	ITEM(DISCREPANCY_FALSE_UP, 0, "", DISCREPANCY_RAISED, 3001),
	ITEM(DISCREPANCY_FALSE_DOWN, 0, "", DISCREPANCY_RAISED, 3002),
	ITEM(DISCREPANCY_OPER_STATUS_MISMATCH, 0, "", DISCREPANCY_RAISED, 3003),
	ITEM(DISCREPANCY_STALE_CARRIER, 0, "", DISCREPANCY_RAISED, 3004),
	ITEM(DISCREPANCY_ACTIVE_SLAVE_DOWN, 33, HOSTILE, DISCREPANCY_RAISED,
	     3005),
	ITEM(DISCREPANCY_NO_LACP_PARTNER, 0, "", DISCREPANCY_RAISED, 3006),
	ITEM(DISCREPANCY_SPLIT_AGGREGATOR, 33, HOSTILE, DISCREPANCY_RAISED,
	     3007),
	ITEM(DISCREPANCY_SLAVE_FALSE_UP, 33, HOSTILE, DISCREPANCY_RAISED, 3008),
	ITEM(DISCREPANCY_SLAVE_FALSE_DOWN, 33, HOSTILE, DISCREPANCY_RAISED,
	     3009),
	ITEM(DISCREPANCY_SLAVE_NOT_OPERATIONAL, 33, HOSTILE, DISCREPANCY_RAISED,
	     3010),
};

static struct discrepancy of_last[] = {
	ITEM(DISCREPANCY_FALSE_DOWN, 0, "", DISCREPANCY_RAISED, 99999000),
};

static struct bond bonds[] = {
	{
	    /* active-backup, healthy */
	    .link = LINK_OF(3, "bond0", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN | ACTIVE | PRIMARY | RATE,
		       .mode = BOND_MODE_ACTIVEBACKUP,
		       .active_slave = 5,
		       .primary = 7,
		       .miimon_ms = 100,
		       .updelay_ms = 200,
		       .downdelay_ms = 300,
		       .use_carrier = 1 },
	    SLAVES_OF(fixture_healthy),
	    .verdict = { CARRIER_UP, CARRIER_REASON_LINK_UP, 2, 2 },
	    .began_ms = 60000,
	    .effective_changed_ms = 60000,
	    .discrepancy_changed_ms = 60000,
	    .active_slave_changes = 3,
	},
	{
	    /* no monitoring, and slaves without link */
	    .link = LINK_OF(4, "bond1", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN,
		       .mode = BOND_MODE_ROUNDROBIN,
		       .use_carrier = 1,
		       .min_links = 2 },
	    SLAVES_OF(fixture_unplugged),
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_NO_SLAVE_UP, 0, 0 },
	    .warnings =
		WARN(UNMONITORED) | WARN(MIN_LINKS_IGNORED) | WARN(DEGRADED),
	    .discrepancies = FINDINGS_OF(of_bond1),
	    .began_ms = 59000,
	    .effective_changed_ms = 30000,
	    .effective_transitions = 1,
	    .discrepancy_changed_ms = 28000,
	    .discrepancy_raises = 2,
	},
	{
	    /* LACP with a partner */
	    .link = LINK_OF(9, "lag0", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN | RATE | AD_INFO,
		       .mode = BOND_MODE_8023AD,
		       .miimon_ms = 200,
		       .use_carrier = 1,
		       .min_links = 1,
		       .lacp_rate = 1,
		       .ad = { .present = AD(AGGREGATOR) | AD(NUM_PORTS) |
					  AD(ACTOR_KEY) | AD(PARTNER_KEY) |
					  AD(PARTNER_MAC),
			       .aggregator = 1,
			       .num_ports = 2,
			       .actor_key = 15,
			       .partner_key = 1001,
			       .partner_mac = { 0x02, 0xaa, 0xbb, 0xcc, 0xdd,
						0xee } } },
	    SLAVES_OF(fixture_ports),
	    .verdict = { CARRIER_UP, CARRIER_REASON_LINK_UP, 3, 3 },
	    .warnings = WARN(LINK_UNVERIFIED),
	    .discrepancies = FINDINGS_OF(of_lag0),
	    .began_ms = 61000,
	    .effective_changed_ms = 61000,
	    .effective_transitions = 2,
	    .discrepancy_changed_ms = 48000,
	    .discrepancy_raises = 12,
	},
	{
	    /* LACP without anything */
	    .link = LINK_OF(20, "lag1", UP, IF_OPER_DOWN),
	    .attrs = { .present = MODE | MIIMON | MIN_LINKS | RATE,
		       .mode = BOND_MODE_8023AD,
		       .miimon_ms = 100 },
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_NO_SLAVES, 0, 0 },
	    .began_ms = 62000,
	    .effective_changed_ms = 62000,
	    .effective_transitions = 3,
	    .discrepancy_changed_ms = 62000,
	},
	{
	    /* LACP, only half of it reported by the kernel */
	    .link = LINK_OF(21, "lag2", UP, IF_OPER_LOWERLAYERDOWN),
	    .attrs = { .present = PLAIN | AD_INFO,
		       .mode = BOND_MODE_8023AD,
		       .miimon_ms = 50,
		       .updelay_ms = 1500,
		       .use_carrier = 1,
		       .min_links = 2,
		       .ad = { .present = AD(AGGREGATOR) | AD(PARTNER_MAC),
			       .aggregator = 65535 } },
	    SLAVES_OF(fixture_port_back),
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_MIN_LINKS_NOT_MET, 1, 0 },
	    .warnings = WARN(DEGRADED),
	    .began_ms = 63000,
	    .effective_changed_ms = 63000,
	    .effective_transitions = 4,
	    .discrepancy_changed_ms = 63000,
	},
	{
	    /* ARP monitoring */
	    .link = LINK_OF(25, "bondx", RUNNING, IF_OPER_UNKNOWN),
	    .attrs = { .present = PLAIN,
		       .mode = BOND_MODE_XOR,
		       .arp_interval_ms = 1000,
		       .use_carrier = 1 },
	    SLAVES_OF(fixture_arp),
	    .verdict = { CARRIER_UP, CARRIER_REASON_LINK_UP, 2, 1 },
	    .warnings = WARN(ARP_DOWN) | WARN(DEGRADED),
	    .discrepancies = FINDINGS_OF(of_bondx),
	    .began_ms = 64000,
	    .effective_changed_ms = 64000,
	    .effective_transitions = 5,
	    .discrepancy_changed_ms = 2000,
	    .discrepancy_raises = 22,
	},
	{
	    /* administratively down, and nothing but its mode */
	    .link = { .ifindex = 30, .name = "bcast" },
	    .attrs = { .present = MODE, .mode = BOND_MODE_BROADCAST },
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_ADMIN_DOWN, 0, 0 },
	    .began_ms = 65000,
	    .effective_changed_ms = 65000,
	    .effective_transitions = 6,
	    .discrepancy_changed_ms = 65000,
	},
	{
	    /* maximum values */
	    .link = LINK_OF(31, "a \"\\\001\n\177\377\303\251%n",
			    LINK_FLAG_RUNNING, IF_OPER_DORMANT),
	    .attrs = { .present = PLAIN | PRIMARY,
		       .mode = BOND_MODE_TLB,
		       .primary = INT32_MAX,
		       .miimon_ms = UINT32_MAX,
		       .updelay_ms = UINT32_MAX,
		       .downdelay_ms = UINT32_MAX - 1,
		       .min_links = UINT32_MAX },
	    SLAVES_OF(fixture_extreme_slave),
	    .verdict = { CARRIER_UNKNOWN, CARRIER_REASON_NOT_SYNCHRONISED,
			 UINT32_MAX, UINT32_MAX - 1 },
	    .warnings = WARN(UNMONITORED) | WARN(LINK_UNVERIFIED) |
			WARN(MIN_LINKS_IGNORED) | WARN(ARP_DOWN) |
			WARN(DEGRADED) | WARN(SLOW_MONITOR),
	    .discrepancies = FINDINGS_OF(of_hostile),
	    .began_ms = 66000,
	    .effective_changed_ms = 66000,
	    .effective_transitions = UINT32_MAX,
	    .discrepancy_changed_ms = 3000,
	    .discrepancy_raises = UINT32_MAX,
	    .active_slave_changes = UINT32_MAX,
	},
	{
	    /* a mode of a future kernel */
	    .link = LINK_OF(40, "future", RUNNING, IF_OPER_UP),
	    .attrs = { .present = MODE | ACTIVE | MIIMON | RATE | AD_INFO,
		       .mode = 9,
		       .active_slave = 41,
		       .miimon_ms = 100,
		       .lacp_rate = 1,
		       .ad = { .present = AD(AGGREGATOR), .aggregator = 1 } },
	    SLAVES_OF(fixture_future_slave),
	    .verdict = { CARRIER_UNKNOWN, CARRIER_REASON_NOT_SYNCHRONISED, 1,
			 0 },
	    .began_ms = 67000,
	    .effective_changed_ms = 67000,
	    .effective_transitions = 8,
	    .discrepancy_changed_ms = 67000,
	},
	{
	    /* never judged; its last message was malformed */
	    .link = { .ifindex = 42,
		      .name = "broken",
		      .flags = RUNNING,
		      .has_operstate = true,
		      .operstate = IF_OPER_UP,
		      .distrusted = true },
	    SLAVES_OF(fixture_broken_slave),
	    .began_ms = 68000,
	    .effective_changed_ms = 68000,
	    .effective_transitions = 9,
	    .discrepancy_changed_ms = 68000,
	},
	{
	    .link =
		LINK_OF(50, "bond50", LINK_FLAG_LOWER_UP, IF_OPER_NOTPRESENT),
	    .attrs = { .present = PLAIN | ACTIVE,
		       .mode = BOND_MODE_ALB,
		       .active_slave = 52,
		       .miimon_ms = 101,
		       .updelay_ms = 102,
		       .downdelay_ms = 103,
		       .use_carrier = 1 },
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_ADMIN_DOWN, 0, 0 },
	    .began_ms = 69000,
	    .effective_changed_ms = 69000,
	    .effective_transitions = 10,
	    .discrepancy_changed_ms = 69000,
	    .active_slave_changes = 1,
	},
	{
	    /* the highest ifIndex */
	    .link = LINK_OF(INT32_MAX, "abcdefghijklmno", UP, IF_OPER_TESTING),
	    .attrs = { .present = PLAIN | ACTIVE,
		       .mode = BOND_MODE_ACTIVEBACKUP,
		       .active_slave = INT32_MAX - 1,
		       .use_carrier = 1 },
	    SLAVES_OF(fixture_last_slave),
	    .verdict = { CARRIER_DOWN, CARRIER_REASON_NO_AGGREGATOR, 0, 0 },
	    .discrepancies = FINDINGS_OF(of_last),
	    .began_ms = 70000,
	    .effective_changed_ms = 200000000,
	    .effective_transitions = 11,
	    .discrepancy_changed_ms = 1000,
	    .discrepancy_raises = 42,
	    .active_slave_changes = 2,
	},
};

static struct bond_set set = {
	.bonds = bonds,
	.count = COUNT_OF(bonds),
	.status = BOND_SET_RESYNCHRONISING,
	.table_changed_ms = 5000,
	.state_changed_ms = 4000,
};

static void index_slaves(const struct bond *bond)
{
	for (size_t s = 0; s < bond->slave_count; s++)
		if (pairs_add(&set.masters, bond->slaves[s].link.ifindex,
			      bond->link.ifindex) != 0)
			abort();
}

static void before(int64_t *time_ms, int64_t now_ms)
{
	*time_ms = now_ms - *time_ms;
}

struct bond_set *fixture_bonds(int64_t now_ms)
{
	before(&set.table_changed_ms, now_ms);
	before(&set.state_changed_ms, now_ms);
	for (size_t b = 0; b < COUNT_OF(bonds); b++) {
		struct bond *bond = &bonds[b];

		before(&bond->began_ms, now_ms);
		before(&bond->effective_changed_ms, now_ms);
		before(&bond->discrepancy_changed_ms, now_ms);
		for (size_t i = 0; i < bond->discrepancies.count; i++)
			before(&bond->discrepancies.items[i].since_ms, now_ms);
		index_slaves(bond);
		for (size_t s = 0; s < bond->slave_count; s++) {
			before(&bond->slaves[s].began_ms, now_ms);
			before(&bond->slaves[s].lower_up_changed_ms, now_ms);
		}
	}
	slave_index_sort(&set);
	return &set;
}
