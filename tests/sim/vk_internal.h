/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the virtual kernel share. Slots are indexes of
 * vk->links; functions that may send messages say so.
 */
#ifndef BONDCARRIER_SIM_VK_INTERNAL_H
#define BONDCARRIER_SIM_VK_INTERNAL_H

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "vk.h"

/* "bonding: 3ad: fix mux port state on oper down"; also in stable kernels of
   2026: in Debian's 6.12.113, but not in its 6.1.176. */
#define VK_DISABLED_UNSYNCS 612

/* A macvlan whose lower link comes up stays held down, and one that is let go
   has its lower link's carrier. Not in 6.12. */
#define VK_PROTODOWN_KEPT 702

#define VK_LONG_AGO	  (INT64_MIN / 4)
#define VK_MAC_SIZE	  6

#define VK_OPER_UNKNOWN	  0 /* RFC 2863; enumerators of linux/if.h */
#define VK_OPER_DOWN	  2
#define VK_OPER_LOWER	  3
#define VK_OPER_TESTING	  4
#define VK_OPER_DORMANT	  5
#define VK_OPER_UP	  6

/* The events of the netdevice notifier chain that matter here. */
enum vk_event {
	VK_EV_UP,
	VK_EV_DOWN,
	VK_EV_CHANGE,
	VK_EV_CHANGENAME,
	VK_EV_UNREGISTER,
	VK_EV_FAILOVER, /* and NOTIFY_PEERS: told, and passed to uppers */
};

static inline struct vk_bond *vk_bond_of(struct vk *vk, int slot)
{
	return &vk->links[slot].bond;
}

static inline bool vk_slave_is_up(const struct vk *vk, int slot)
{
	return vk->links[slot].admin_up && vk->links[slot].carrier;
}

static inline uint32_t vk_opt(const struct vk *vk, int bond, int option)
{
	return vk->links[bond].bond.option[option];
}

static inline uint32_t vk_mode(const struct vk *vk, int bond)
{
	return vk_opt(vk, bond, IFLA_BOND_MODE);
}

static inline bool vk_is_lacp(const struct vk *vk, int bond)
{
	return vk_mode(vk, bond) == BOND_MODE_8023AD;
}

static inline bool vk_is_lb(const struct vk *vk, int bond)
{
	return vk_mode(vk, bond) == BOND_MODE_TLB ||
	       vk_mode(vk, bond) == BOND_MODE_ALB;
}

static inline bool vk_uses_primary(const struct vk *vk, int bond)
{
	return vk_mode(vk, bond) == BOND_MODE_ACTIVEBACKUP ||
	       vk_is_lb(vk, bond);
}

static inline bool vk_hashes(const struct vk *vk, int bond)
{
	return vk_is_lacp(vk, bond) || vk_is_lb(vk, bond) ||
	       vk_mode(vk, bond) == BOND_MODE_XOR;
}

static inline bool vk_needs_speed(const struct vk *vk, int bond)
{
	return vk_is_lacp(vk, bond) || vk_is_lb(vk, bond);
}

/* vk_link.c */
void vk_touch(struct vk *vk, int slot);
void vk_random_mac(struct vk *vk, uint8_t mac[VK_MAC_SIZE]);
void vk_set_mac(struct vk *vk, int slot, const uint8_t mac[VK_MAC_SIZE]);

/* vk_event.c: all of these may send. */
void vk_notify(struct vk *vk, int slot, enum vk_event event);
void vk_state_change(struct vk *vk, int slot); /* netdev_state_change() */
int vk_open(struct vk *vk, int slot, bool by_flags);
void vk_close(struct vk *vk, int slot);
void vk_wire_changed(struct vk *vk, int slot);
/* Of netif_carrier_on(), _off(): queues for linkwatch, sends nothing. */
void vk_carrier(struct vk *vk, int slot, bool on);
void vk_rfc2863_policy(struct vk *vk, int slot); /* the operational state */
void vk_linkwatch_fire(struct vk *vk, int slot);
void vk_linkwatch_run(struct vk *vk);
void vk_transfer(struct vk *vk, int lower, int upper);

/* vk_bond.c */
void vk_bond_setup(struct vk *vk, int bond);
void vk_bond_open(struct vk *vk, int bond);
void vk_bond_close(struct vk *vk, int bond);
void vk_release_one(struct vk *vk, int slot, bool all, bool unregister);
int vk_update_arrays(struct vk *vk, int bond, int skip);
bool vk_can_tx(const struct vk *vk, int slot);
bool vk_read_speed(struct vk *vk, int slot); /* true: unknown */
int32_t vk_ethtool_speed(const struct vk *vk, int slot, bool *full);
bool vk_set_bond_carrier(struct vk *vk, int bond);

/* vk_select.c */
void vk_select_active(struct vk *vk, int bond);
void vk_change_active(struct vk *vk, int bond, int slot);
bool vk_should_notify_peers(const struct vk *vk, int bond);
void vk_peers_told(struct vk *vk, int bond);

/* vk_slave.c: a slave's states; `now`: told at once, else later. */
void vk_lower_state(struct vk *vk, int slot);
void vk_set_link(struct vk *vk, int slot, uint8_t link, bool now);
void vk_set_state(struct vk *vk, int slot, uint8_t backup, bool now);
void vk_set_inactive(struct vk *vk, int slot, bool now);
void vk_set_active_flags(struct vk *vk, int slot, bool now);
void vk_state_notify(struct vk *vk, int bond);
void vk_link_notify(struct vk *vk, int bond);
void vk_slave_event(struct vk *vk, int slot, enum vk_event event);

/* vk_mii.c, vk_arp.c */
void vk_mii_tick(struct vk *vk, int bond);
void vk_arp_tick(struct vk *vk, int bond);
int vk_check_link(const struct vk *vk, int bond, int slot);

/* vk_mux.c */
enum {
	VK_MUX_NONE,
	VK_MUX_DETACHED,
	VK_MUX_WAITING,
	VK_MUX_ATTACHED,
	VK_MUX_COLLECTING,
	VK_MUX_DISTRIBUTING,
	VK_MUX_BOTH,
};
void vk_mux_machine(struct vk *vk, int slot);

/* vk_lacp.c, vk_agg.c */
void vk_ad_tick(struct vk *vk, int bond);
void vk_ad_initialize(struct vk *vk, int bond);
void vk_ad_bind(struct vk *vk, int bond, int slot, bool first);
void vk_ad_unbind(struct vk *vk, int slot);
void vk_ad_link_change(struct vk *vk, int slot, bool up);
void vk_ad_update_keys(struct vk *vk, int slot, bool reset);
bool vk_ad_set_carrier(struct vk *vk, int bond);
/* The slot whose aggregator is the active one, as AD_INFO has it; -1. */
int vk_ad_active(const struct vk *vk, int bond);
int vk_ad_ports(const struct vk *vk, int aggregator);
void vk_ad_update_flags(struct vk *vk, int bond);
void vk_agg_select(struct vk *vk, int bond);
void vk_port_select(struct vk *vk, int slot);
/* The slot of the aggregator in which a port stands, -1: in none. */
int vk_agg_home(const struct vk *vk, int slot);
void vk_agg_ready(struct vk *vk, int slot);
bool vk_agg_has_partner(const struct vk *vk, int aggregator);
void vk_agg_clear(struct vk *vk, int aggregator);
struct vk_lacpdu {
	struct vk_port_info actor, partner;
};
void vk_ad_receive(struct vk *vk, int slot, const struct vk_lacpdu *pdu);

/* vk_partner.c */
void vk_partner_hears(struct vk *vk, int slot, const struct vk_lacpdu *pdu);
void vk_partner_tick(struct vk *vk, int slot);
void vk_partner_wake(struct vk *vk, int slot);
/* The slot whose cable's far end is this link's, -1: nobody answers. */
int vk_far_end(const struct vk *vk, int slot);

/* vk_netlink.c: NULL where there is no IFLA_INFO_KIND */
const char *vk_kind_name(enum vk_kind kind);
void vk_tell(struct vk *vk, int slot, uint32_t change);
size_t vk_message(const struct vk *vk, int slot, uint16_t type, uint16_t flags,
		  uint32_t seq, uint32_t pid, uint32_t change, bool skip_stats,
		  void *bytes);
void vk_tell_bytes(struct vk *vk, const void *bytes, size_t length);

#endif
