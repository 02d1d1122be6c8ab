/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bond and its slaves: plain values, no behaviour.
 *
 * Source of every field: RTM_NEWLINK (struct ifinfomsg, IFLA_*, IFLA_BOND_*,
 * IFLA_BOND_SLAVE_*, see linux/if_link.h), or the module named above it.
 * Modes, MII states and slave states use the kernel's numbers
 * (linux/if_bonding.h: BOND_MODE_*, BOND_LINK_*, BOND_STATE_*).
 *
 * Absent is not zero: an attribute that the kernel did not send has its bit
 * clear in `present`, and its field is meaningless.
 *
 * Times are CLOCK_MONOTONIC milliseconds (int64_t, suffix _ms).
 * Ownership: a bond owns its slaves and its discrepancies (bond_set frees
 * them); const pointers are borrowed.
 */
#ifndef BONDCARRIER_BOND_H
#define BONDCARRIER_BOND_H

#include <linux/if_link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/discrepancy.h"
#include "bond/verdict.h"

#define LINK_NAME_SIZE 16 /* IFNAMSIZ */
/* How deep links may be stacked on each other: the kernel's MAX_NEST_DEV. */
#define LINK_DEPTH_MAX 8

/* From linux/if.h, which can't be included together with net/if.h. */
#define LINK_FLAG_UP	   0x1U	    /* IFF_UP */
#define LINK_FLAG_RUNNING  0x40U    /* IFF_RUNNING */
#define LINK_FLAG_LOWER_UP 0x10000U /* IFF_LOWER_UP */

/* What the kernel reports for every link. */
struct link_state {
	int ifindex;
	char name[LINK_NAME_SIZE];
	unsigned int flags; /* ifi_flags: LINK_FLAG_* */
	bool has_operstate;
	uint8_t operstate; /* IFLA_OPERSTATE: IF_OPER_* */
	int lower;	   /* IFLA_LINK of a VLAN or macvlan; 0: none,
			      or in another namespace */
	int master;	   /* the bridge, bond or team that it is a
			      port of; 0: none */
	bool is_bond;	   /* the link is a bond, in the set or not */
	bool distrusted;   /* its last message was malformed: these
			      values are unreliable until a valid one
			      arrives */
};

/* IFLA_INFO_DATA of a bond. One bit in `present` per attribute number. */
#define BOND_ATTR_BIT(ifla_bond)	    (UINT64_C(1) << (ifla_bond))

#define BOND_AD_INFO_BIT(ifla_bond_ad_info) (1U << (ifla_bond_ad_info))

struct bond_ad_info { /* IFLA_BOND_AD_INFO: the active aggregator */
	uint16_t aggregator;
	uint16_t num_ports;
	uint16_t actor_key;
	uint16_t partner_key;
	uint8_t partner_mac[6];
	unsigned int present; /* BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_*) */
};

struct bond_mac { /* IFLA_ADDRESS of a bond; not for InfiniBand */
	bool known;
	uint8_t octets[6];
};

struct bond_attrs {
	uint64_t present; /* BOND_ATTR_BIT(IFLA_BOND_*) */
	uint8_t mode;
	uint32_t active_slave; /* ifindex */
	uint32_t miimon_ms;
	uint32_t updelay_ms;
	uint32_t downdelay_ms;
	uint8_t use_carrier;
	uint32_t arp_interval_ms;
	uint32_t primary; /* ifindex */
	uint32_t min_links;
	uint8_t lacp_rate; /* 0 slow, 1 fast */
	uint8_t missed_max;
	uint8_t lacp_active;
	uint8_t coupled_control;
	uint8_t lacp_strict;
	uint8_t primary_reselect;
	uint8_t fail_over_mac;
	uint8_t xmit_hash_policy;
	uint8_t ad_select;
	uint32_t arp_validate;
	uint32_t arp_all_targets;
	uint32_t resend_igmp;
	uint8_t num_peer_notif;
	uint8_t all_slaves_active;
	uint32_t lp_interval;
	uint32_t packets_per_slave;
	uint16_t ad_actor_sys_prio;
	uint16_t ad_user_port_key;
	uint8_t ad_actor_system[6];
	uint8_t tlb_dynamic_lb;
	uint32_t peer_notif_delay_ms;
	uint8_t broadcast_neigh;
	uint8_t arp_ip_targets; /* their number */
	uint8_t ns_ip6_targets; /* their number */
	struct bond_ad_info
	    ad; /* valid with BOND_ATTR_BIT(IFLA_BOND_AD_INFO) */
};

/* IFLA_INFO_SLAVE_DATA of a slave. */
#define SLAVE_ATTR_BIT(ifla_bond_slave) (1U << (ifla_bond_slave))

struct slave_attrs {
	uint32_t present;   /* SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_*) */
	uint8_t state;	    /* BOND_STATE_ACTIVE, BOND_STATE_BACKUP */
	uint8_t mii_status; /* BOND_LINK_* */
	uint32_t link_failures;
	uint8_t perm_mac[32];
	uint8_t perm_mac_len; /* 6 on Ethernet, 20 on InfiniBand */
	uint16_t queue_id;
	uint16_t aggregator_id;
	uint8_t actor_oper_state;    /* LACP bits, least significant first */
	uint16_t partner_oper_state; /* the same bits; sent as 16 bits */
	int32_t prio;
	uint16_t actor_port_prio;
	uint8_t actor_churn; /* UAPI_CHURN_* */
	uint8_t partner_churn;
};

/* The kernel's LACP counters of an 802.3ad slave, numbered BOND_3AD_STAT_* as
   in linux/if_bonding.h. */
#define LACP_STATS		     9
#define LACP_STAT_BIT(bond_3ad_stat) (1U << (bond_3ad_stat))

struct lacp_stats {
	uint64_t counts[LACP_STATS]; /* by BOND_3AD_STAT_* */
	unsigned int present;	     /* LACP_STAT_BIT()s */
};

struct slave {
	struct link_state link;
	struct slave_attrs attrs;

	/* judge */
	enum carrier below;	    /* the carrier of the inner bond or lower
				       device; up if there is none */
	enum carrier corrected;	    /* carrier_slave_corrected() */
	unsigned int discrepancies; /* DISCREPANCY_BIT()s raised for it */

	/* monitor_read_lacp_stats() */
	struct lacp_stats lacp; /* at the last read */

	/* tracker */
	int64_t began_ms;	     /* when its counters began */
	int64_t lower_up_changed_ms; /* began_ms until the first change */
	uint32_t lower_up_transitions;
	int64_t held_ms;  /* since when it has a link while mii_status is DOWN
			     or BACK and the bond is up; 0: not the case */
	uint64_t born;	  /* see tracker_caught_up() */
	uint64_t doubted; /* a dump gave it another name: in doubt until the
			     tracker has caught up this often; 0: no doubt */
	bool ended; /* the link was deleted: if the next dump has this ifindex,
		       it is another link */
	int64_t enabled_ms; /* when mii_status was seen to become UP after DOWN
			       or BACK; 0: never seen, or it is DOWN or BACK;
			       INT64_MAX: not yet, it is FAIL */
};

struct bond {
	struct link_state link;
	struct bond_attrs attrs;
	struct bond_mac mac;
	struct slave *slaves; /* sorted by link.ifindex */
	size_t slave_count;
	struct bond_set *owner;

	/* judge */
	struct carrier_verdict verdict;
	enum carrier known_effective; /* the last one other than unknown;
					 0: none yet */
	unsigned int warnings;	      /* DISCREPANCY_WARNING_* */
	struct discrepancy_state discrepancies;

	/* tracker and judge: history */
	int64_t began_ms; /* when its counters began */
	int64_t effective_changed_ms;
	uint32_t effective_transitions;
	int64_t discrepancy_changed_ms;
	uint32_t discrepancy_raises;
	uint32_t active_slave_changes;
	bool active_slave_event_pending; /* until the slave's name is known */
	int64_t no_ports_since_ms;	 /* when AD_INFO's num_ports was seen to
					    become 0; 0: never seen, or it is
					    not 0 */

	/* scheduling */
	bool judged;	      /* at least once */
	bool changed;	      /* must be judged again */
	bool lacp_unread;     /* its slaves' `lacp` is older than the bond */
	bool restart_grace;   /* went up, slave joined, option changed */
	int64_t reread_at_ms; /* 0: no re-read is due */
	int64_t follow_ms;    /* the re-read that the last event asked for */
	int64_t read_ms;      /* when the kernel was last asked about it */

	/* tracker */
	uint64_t born;
	uint64_t doubted;
	bool ended; /* all three as in struct slave */
};

/* The slave of that ifindex, or NULL. */
struct slave *bond_find_slave(struct bond *bond, int ifindex);
const struct slave *bond_slave(const struct bond *bond, int ifindex);
/* The first slave of the bond whose ifindex is >= `ifindex`, or NULL. */
const struct slave *bond_slave_lower_bound(const struct bond *bond,
					   int64_t ifindex);

static inline bool bond_has(const struct bond *bond, int ifla_bond)
{
	return (bond->attrs.present & BOND_ATTR_BIT(ifla_bond)) != 0;
}

/* True if the mode is known and is 802.3ad. */
bool bond_attrs_lacp(const struct bond_attrs *attrs);

/* ... and the kernel sent that attribute of its active aggregator. */
static inline bool bond_attrs_ad_has(const struct bond_attrs *attrs,
				     int ifla_bond_ad_info)
{
	return bond_attrs_lacp(attrs) &&
	       (attrs->present & BOND_ATTR_BIT(IFLA_BOND_AD_INFO)) != 0 &&
	       (attrs->ad.present & BOND_AD_INFO_BIT(ifla_bond_ad_info)) != 0;
}

/* ... and that aggregator has no enabled port. */
static inline bool bond_attrs_no_ports(const struct bond_attrs *attrs)
{
	return bond_attrs_ad_has(attrs, IFLA_BOND_AD_INFO_NUM_PORTS) &&
	       attrs->ad.num_ports == 0;
}

static inline bool slave_has(const struct slave *slave, int ifla_bond_slave)
{
	return (slave->attrs.present & SLAVE_ATTR_BIT(ifla_bond_slave)) != 0;
}

static inline bool link_admin_up(const struct link_state *link)
{
	return (link->flags & LINK_FLAG_UP) != 0;
}

static inline bool link_running(const struct link_state *link)
{
	return (link->flags & LINK_FLAG_RUNNING) != 0;
}

static inline bool link_lower_up(const struct link_state *link)
{
	return (link->flags & LINK_FLAG_LOWER_UP) != 0;
}

#endif
