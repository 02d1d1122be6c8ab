/* SPDX-License-Identifier: BSD-2-Clause */
/* Synthetic slaves; times are ages until fixture_bonds(). */
#include "fixture_slaves.h"

#include <linux/if.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/uapi.h"

#define STATE	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_STATE)
#define MII	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS)
#define FAILURES SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT)
#define MAC	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_PERM_HWADDR)
#define QUEUE	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_QUEUE_ID)
#define PRIO	 SLAVE_ATTR_BIT(UAPI_BOND_SLAVE_PRIO)
#define PLAIN	 (STATE | MII | FAILURES | MAC | QUEUE | PRIO)
#define ID	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID)
#define ACTOR	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE)
#define PARTNER	 SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE)

#define UP	 (LINK_FLAG_UP)
#define LINK	 (LINK_FLAG_UP | LINK_FLAG_LOWER_UP)
#define RUNNING	 (LINK_FLAG_UP | LINK_FLAG_LOWER_UP | LINK_FLAG_RUNNING)

#define LINK_OF(index, ifname, ifflags, oper)                                  \
	{                                                                      \
		.ifindex = (index), .name = (ifname), .flags = (ifflags),      \
		.has_operstate = true, .operstate = (oper)                     \
	}
#define MAC_OF(last) .perm_mac = { 2, 0, 0, 0, 0, (last) }, .perm_mac_len = 6

struct slave fixture_healthy[2] = {
	{
	    .link = LINK_OF(5, "eth0", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       .prio = -1,
		       MAC_OF(5) },
	    .corrected = CARRIER_UP,
	    .began_ms = 60000,
	    .lower_up_changed_ms = 60000,
	},
	{
	    .link = LINK_OF(7, "eth1", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN,
		       .state = BOND_STATE_BACKUP,
		       .mii_status = BOND_LINK_UP,
		       .link_failures = 3,
		       .queue_id = 7,
		       .prio = INT32_MAX,
		       MAC_OF(7) },
	    .corrected = CARRIER_UP,
	    .began_ms = 59000,
	    .lower_up_changed_ms = 12340,
	    .lower_up_transitions = 6,
	},
};

/* The driver considers both up. */
struct slave fixture_unplugged[2] = {
	{
	    .link = LINK_OF(6, "eth2", UP, IF_OPER_DOWN),
	    .attrs = { .present = PLAIN,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       MAC_OF(6) },
	    .corrected = CARRIER_DOWN,
	    .discrepancies = DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP),
	    .began_ms = 58000,
	    .lower_up_changed_ms = 30000,
	    .lower_up_transitions = 1,
	},
	{
	    .link = LINK_OF(8, "eth3", 0, IF_OPER_DOWN),
	    .attrs = { .present = PLAIN,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       MAC_OF(8) },
	    .corrected = CARRIER_DOWN,
	    .began_ms = 57000,
	    .lower_up_changed_ms = 31000,
	    .lower_up_transitions = 2,
	},
};

struct slave fixture_ports[3] = {
	{
	    .link = LINK_OF(10, "eth10", RUNNING, IF_OPER_UP),
	    .attrs = { .present = PLAIN | ID | ACTOR | PARTNER,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       .link_failures = 10,
		       .queue_id = 1,
		       .aggregator_id = 1,
		       .actor_oper_state = 0x3f,
		       .partner_oper_state = 0x3d,
		       MAC_OF(10) },
	    .corrected = CARRIER_UP,
	    .began_ms = 56000,
	    .lower_up_changed_ms = 32000,
	    .lower_up_transitions = 3,
	},
	{
	    .link = LINK_OF(11, "eth11", LINK, IF_OPER_DORMANT),
	    .attrs = { .present = PLAIN | ID | ACTOR | PARTNER,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       .link_failures = 11,
		       .queue_id = 2,
		       .aggregator_id = 1,
		       .actor_oper_state = 0x47,
		       .partner_oper_state = 0x01,
		       MAC_OF(11) },
	    .corrected = CARRIER_UP,
	    .discrepancies = DISCREPANCY_BIT(DISCREPANCY_SLAVE_NOT_OPERATIONAL),
	    .began_ms = 55000,
	    .lower_up_changed_ms = 33000,
	    .lower_up_transitions = 4,
	},
	{
	    .link = LINK_OF(12, "eth12", RUNNING, IF_OPER_UNKNOWN),
	    .attrs = { .present = PLAIN | ID | ACTOR | PARTNER,
		       .state = BOND_STATE_BACKUP,
		       .mii_status = BOND_LINK_UP,
		       .link_failures = 12,
		       .queue_id = 3,
		       .aggregator_id = 65535,
		       .actor_oper_state = 0xff,
		       .partner_oper_state = 0x100, /* no bit of the MIB */
		       MAC_OF(12) },
	    .corrected = CARRIER_UP,
	    .discrepancies = DISCREPANCY_BIT(DISCREPANCY_SPLIT_AGGREGATOR),
	    .began_ms = 54000,
	    .lower_up_changed_ms = 34000,
	    .lower_up_transitions = 5,
	},
};

/* An aggregator, and no LACP states. */
struct slave fixture_port_back[1] = {
	{
	    .link = LINK_OF(24, "eth24", RUNNING, IF_OPER_UP),
	    .attrs = { .present = STATE | MII | FAILURES | MAC | ID,
		       .state = BOND_STATE_BACKUP,
		       .mii_status = BOND_LINK_BACK,
		       .link_failures = 24,
		       .aggregator_id = 3,
		       MAC_OF(24) },
	    .corrected = CARRIER_DOWN,
	    .began_ms = 53000,
	    .lower_up_changed_ms = 35000,
	    .lower_up_transitions = 7,
	},
};

struct slave fixture_arp[2] = {
	{
	    .link = LINK_OF(26, "ib0", RUNNING, IF_OPER_TESTING),
	    .attrs = { .present = STATE | MII | MAC,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_FAIL,
		       .perm_mac = { 0x80 },
		       .perm_mac_len = 20 },
	    .corrected = CARRIER_DOWN,
	    .began_ms = 52000,
	    .lower_up_changed_ms = 36000,
	    .lower_up_transitions = 8,
	},
	{
	    .link = LINK_OF(27, "eth27", LINK, IF_OPER_NOTPRESENT),
	    .attrs = { .present = PLAIN,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_DOWN,
		       .link_failures = 27,
		       MAC_OF(27) },
	    .corrected = CARRIER_UP,
	    .began_ms = 51000,
	    .lower_up_changed_ms = 37000,
	    .lower_up_transitions = 9,
	},
};

struct slave fixture_extreme_slave[1] = {
	{
	    .link = LINK_OF(33,
			    "\377\377\377\377\377\377\377\377"
			    "\377\377\377\377\377\377\377",
			    UP, IF_OPER_LOWERLAYERDOWN),
	    .attrs = { .present = PLAIN | ID | ACTOR | PARTNER,
		       .state = BOND_STATE_ACTIVE,
		       .mii_status = BOND_LINK_UP,
		       .link_failures = UINT32_MAX,
		       .queue_id = UINT16_MAX,
		       .actor_oper_state = 0x80,
		       .partner_oper_state = 0xaa,
		       .prio = INT32_MIN,
		       .perm_mac = { 255, 255, 255, 255, 255, 255 },
		       .perm_mac_len = 6 },
	    .corrected = CARRIER_UNKNOWN,
	    .discrepancies = DISCREPANCY_BIT(DISCREPANCY_ACTIVE_SLAVE_DOWN) |
			     DISCREPANCY_BIT(DISCREPANCY_SPLIT_AGGREGATOR) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_UP) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_FALSE_DOWN) |
			     DISCREPANCY_BIT(DISCREPANCY_SLAVE_NOT_OPERATIONAL),
	    .began_ms = 50000,
	    .lower_up_changed_ms = 200000000,
	    .lower_up_transitions = UINT32_MAX,
	},
};

/* Numbers that no current kernel has. */
struct slave fixture_future_slave[1] = {
	{
	    .link = LINK_OF(41, "eth41", LINK, 9),
	    .attrs = { .present = STATE | MII, .state = 5, .mii_status = 7 },
	    .corrected = CARRIER_UNKNOWN,
	    .began_ms = 49000,
	    .lower_up_changed_ms = 39000,
	    .lower_up_transitions = 10,
	},
};

/* Never judged; its last message was malformed. */
struct slave fixture_broken_slave[1] = {
	{
	    .link = { .ifindex = 43,
		      .name = "eth43",
		      .flags = RUNNING,
		      .has_operstate = true,
		      .operstate = IF_OPER_UP,
		      .distrusted = true },
	    .began_ms = 48000,
	    .lower_up_changed_ms = 40000,
	    .lower_up_transitions = 11,
	},
};

struct slave fixture_last_slave[1] = {
	{
	    .link = { .ifindex = INT32_MAX - 1,
		      .name = "ponmlkjihgfedcb",
		      .flags = UP },
	    .attrs = { .present = STATE | MII | FAILURES | QUEUE | PRIO,
		       .state = BOND_STATE_BACKUP,
		       .mii_status = BOND_LINK_DOWN,
		       .prio = 1 },
	    .corrected = CARRIER_DOWN,
	    .began_ms = 47000,
	    .lower_up_changed_ms = 41000,
	    .lower_up_transitions = 12,
	},
};
