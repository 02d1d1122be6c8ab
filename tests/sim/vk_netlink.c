/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes of rtnetlink: one link's message, as rtnl_fill_ifinfo() has it. */
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "vk_internal.h"

struct writer {
	unsigned char *bytes;
	size_t length;
};

static void put(struct writer *w, uint16_t type, const void *data, size_t size)
{
	struct rtattr head = { .rta_len = (unsigned short)RTA_LENGTH(size),
			       .rta_type = type };
	size_t padded = RTA_SPACE(size);

	memcpy(w->bytes + w->length, &head, sizeof(head));
	if (size)
		memcpy(w->bytes + w->length + sizeof(head), data, size);
	memset(w->bytes + w->length + sizeof(head) + size, 0,
	       padded - sizeof(head) - size);
	w->length += padded;
}

static void put_u8(struct writer *w, uint16_t type, uint32_t value)
{
	uint8_t byte = (uint8_t)value;

	put(w, type, &byte, sizeof(byte));
}

static void put_u16(struct writer *w, uint16_t type, uint32_t value)
{
	uint16_t word = (uint16_t)value;

	put(w, type, &word, sizeof(word));
}

static void put_u32(struct writer *w, uint16_t type, uint32_t value)
{
	put(w, type, &value, sizeof(value));
}

static void put_string(struct writer *w, uint16_t type, const char *text)
{
	put(w, type, text, strlen(text) + 1);
}

static size_t nest(struct writer *w, uint16_t type)
{
	size_t at = w->length;

	put(w, type, NULL, 0);
	return at;
}

static void nest_end(struct writer *w, size_t at)
{
	unsigned short length = (unsigned short)(w->length - at);

	memcpy(w->bytes + at + offsetof(struct rtattr, rta_len), &length,
	       sizeof(length));
}

static void put_index(struct writer *w, const struct vk *vk, uint16_t type,
		      int slot)
{
	if (slot >= 0)
		put_u32(w, type, (uint32_t)vk->links[slot].ifindex);
}

static void put_ad_info(struct writer *w, const struct vk *vk, int bond)
{
	int active = vk_ad_active(vk, bond);
	const struct vk_aggregator *agg;
	size_t at;

	if (active < 0)
		return;
	agg = &vk->links[active].slave.aggregator;
	at = nest(w, IFLA_BOND_AD_INFO);
	put_u16(w, IFLA_BOND_AD_INFO_AGGREGATOR, agg->id);
	put_u16(w, IFLA_BOND_AD_INFO_NUM_PORTS,
		(uint32_t)vk_ad_ports(vk, active));
	put_u16(w, IFLA_BOND_AD_INFO_ACTOR_KEY, agg->actor_oper_key);
	put_u16(w, IFLA_BOND_AD_INFO_PARTNER_KEY, agg->partner_key);
	put(w, IFLA_BOND_AD_INFO_PARTNER_MAC, agg->partner_system, VK_MAC_SIZE);
	nest_end(w, at);
}

/* Sizes and order of bond_fill_info(). */
static const struct {
	uint8_t option, size;
} fields[] = {
	{ IFLA_BOND_USE_CARRIER, 1 },	    { IFLA_BOND_ARP_INTERVAL, 4 },
	{ IFLA_BOND_ARP_IP_TARGET, 0 },	    { IFLA_BOND_ARP_VALIDATE, 4 },
	{ IFLA_BOND_ARP_ALL_TARGETS, 4 },   { IFLA_BOND_PRIMARY, 0 },
	{ IFLA_BOND_PRIMARY_RESELECT, 1 },  { IFLA_BOND_FAIL_OVER_MAC, 1 },
	{ IFLA_BOND_XMIT_HASH_POLICY, 1 },  { IFLA_BOND_RESEND_IGMP, 4 },
	{ IFLA_BOND_NUM_PEER_NOTIF, 1 },    { IFLA_BOND_ALL_SLAVES_ACTIVE, 1 },
	{ IFLA_BOND_MIN_LINKS, 4 },	    { IFLA_BOND_LP_INTERVAL, 4 },
	{ IFLA_BOND_PACKETS_PER_SLAVE, 4 }, { IFLA_BOND_AD_LACP_ACTIVE, 1 },
	{ IFLA_BOND_AD_LACP_RATE, 1 },	    { IFLA_BOND_AD_SELECT, 1 },
	{ IFLA_BOND_TLB_DYNAMIC_LB, 1 },    { IFLA_BOND_MISSED_MAX, 1 },
};

static void put_target(struct writer *w)
{
	size_t at = nest(w, IFLA_BOND_ARP_IP_TARGET);

	put_u32(w, 0, 0x0100000AU); /* 10.0.0.1 */
	nest_end(w, at);
}

static void put_field(struct writer *w, const struct vk *vk, int bond,
		      size_t field)
{
	const struct vk_bond *b = &vk->links[bond].bond;
	uint8_t option = fields[field].option;

	if (fields[field].size == 1)
		put_u8(w, option, b->option[option]);
	else if (fields[field].size == 4)
		put_u32(w, option, b->option[option]);
	else if (option == IFLA_BOND_PRIMARY)
		put_index(w, vk, option, b->primary);
	else if (b->option[option])
		put_target(w);
}

static void put_newer(struct writer *w, const struct vk *vk, int bond)
{
	const uint32_t *option = vk->links[bond].bond.option;

	if (vk->version >= 609)
		put_u8(w, VK_BOND_COUPLED_CONTROL,
		       option[VK_BOND_COUPLED_CONTROL]);
	if (vk->version >= 617)
		put_u8(w, VK_BOND_BROADCAST_NEIGH, 0);
	if (vk->version >= 702)
		put_u8(w, VK_BOND_LACP_STRICT, option[VK_BOND_LACP_STRICT]);
}

static void put_bond(struct writer *w, const struct vk *vk, int bond)
{
	const struct vk_bond *b = &vk->links[bond].bond;
	uint32_t miimon = b->option[IFLA_BOND_MIIMON];

	put_u8(w, IFLA_BOND_MODE, b->option[IFLA_BOND_MODE]);
	if (vk_uses_primary(vk, bond))
		put_index(w, vk, IFLA_BOND_ACTIVE_SLAVE, b->active);
	put_u32(w, IFLA_BOND_MIIMON, miimon);
	put_u32(w, IFLA_BOND_UPDELAY, b->updelay * miimon);
	put_u32(w, IFLA_BOND_DOWNDELAY, b->downdelay * miimon);
	put_u32(w, IFLA_BOND_PEER_NOTIF_DELAY, 0);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		put_field(w, vk, bond, i);
	put_newer(w, vk, bond);
	if (!vk_is_lacp(vk, bond))
		return;
	if (vk->privileged) {
		static const uint8_t none[VK_MAC_SIZE];

		put_u16(w, IFLA_BOND_AD_ACTOR_SYS_PRIO,
			b->option[IFLA_BOND_AD_ACTOR_SYS_PRIO]);
		put_u16(w, IFLA_BOND_AD_USER_PORT_KEY,
			b->option[IFLA_BOND_AD_USER_PORT_KEY]);
		put(w, IFLA_BOND_AD_ACTOR_SYSTEM, none, VK_MAC_SIZE);
	}
	put_ad_info(w, vk, bond);
}

static void put_slave(struct writer *w, const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];
	const struct vk_slave *slave = &link->slave;

	put_u8(w, IFLA_BOND_SLAVE_STATE, slave->backup);
	put_u8(w, IFLA_BOND_SLAVE_MII_STATUS, slave->link);
	put_u32(w, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, slave->failures);
	put(w, IFLA_BOND_SLAVE_PERM_HWADDR, link->perm_address, VK_MAC_SIZE);
	put_u16(w, IFLA_BOND_SLAVE_QUEUE_ID, slave->queue);
	put_u32(w, IFLA_BOND_SLAVE_PRIO, (uint32_t)slave->prio);
	if (!vk_is_lacp(vk, slave->bond) || vk_agg_home(vk, slot) < 0)
		return;
	put_u16(w, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, slave->port.aggregator);
	put_u8(w, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE,
	       slave->port.actor_state);
	put_u16(w, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE,
		slave->port.partner.state);
}

const char *vk_kind_name(enum vk_kind kind)
{
	static const char *const names[] = {
		[VK_VETH] = "veth",	  [VK_DUMMY] = "dummy",
		[VK_TAP] = "tun",	  [VK_VLAN] = "vlan",
		[VK_MACVLAN] = "macvlan", [VK_BOND] = "bond",
	};

	return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind]
							       : NULL;
}

static void put_info(struct writer *w, const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];
	const char *kind = vk_kind_name(link->kind);
	size_t at, inner;

	if (!kind && link->slave.bond < 0)
		return;
	at = nest(w, IFLA_LINKINFO);
	if (kind)
		put_string(w, IFLA_INFO_KIND, kind);
	if (link->kind == VK_BOND || link->kind == VK_VLAN) {
		inner = nest(w, IFLA_INFO_DATA);
		if (link->kind == VK_BOND)
			put_bond(w, vk, slot);
		else
			put_u16(w, 1 /* IFLA_VLAN_ID */, link->vlan);
		nest_end(w, inner);
	}
	if (link->slave.bond >= 0) {
		put_string(w, IFLA_INFO_SLAVE_KIND, "bond");
		inner = nest(w, IFLA_INFO_SLAVE_DATA);
		put_slave(w, vk, slot);
		nest_end(w, inner);
	}
	nest_end(w, at);
}

static void put_link(struct writer *w, const struct vk *vk, int slot)
{
	const struct vk_link *link = &vk->links[slot];

	/* dev_get_iflink(), and rtnl_fill_link_netnsid() after the rest */
	if (link->kind == VK_VETH)
		put_u32(w, IFLA_LINK, (uint32_t)link->ifindex + 1000);
	else
		put_index(w, vk, IFLA_LINK, link->lower);
	if (link->kind == VK_VETH)
		put_u32(w, IFLA_LINK_NETNSID, 0);
}

static void put_all(struct writer *w, const struct vk *vk, int slot,
		    bool skip_stats)
{
	static const uint8_t zeros[200],
	    broadcast[VK_MAC_SIZE] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
	const struct vk_link *link = &vk->links[slot];

	put_string(w, IFLA_IFNAME, link->name);
	put_u32(w, IFLA_TXQLEN, 1000);
	put_u8(w, IFLA_OPERSTATE,
	       link->admin_up ? link->operstate : VK_OPER_DOWN);
	put_u8(w, IFLA_LINKMODE, link->mode_dormant);
	put_u32(w, IFLA_MTU, link->mtu);
	if (link->slave.bond >= 0)
		put_index(w, vk, IFLA_MASTER, link->slave.bond);
	put_u8(w, IFLA_CARRIER, link->carrier);
	put_string(w, IFLA_QDISC, "noqueue");
	put_u8(w, IFLA_PROTO_DOWN, link->protodown);
	put(w, IFLA_ADDRESS, link->address, VK_MAC_SIZE);
	put(w, IFLA_BROADCAST, broadcast, VK_MAC_SIZE);
	if (!skip_stats)
		put(w, IFLA_STATS64, zeros, sizeof(zeros));
	put_info(w, vk, slot);
	put_link(w, vk, slot);
}

size_t vk_message(const struct vk *vk, int slot, uint16_t type, uint16_t flags,
		  uint32_t seq, uint32_t pid, uint32_t change, bool skip_stats,
		  void *bytes)
{
	struct writer w = { .bytes = bytes, .length = NLMSG_HDRLEN };
	struct nlmsghdr head = { .nlmsg_type = type,
				 .nlmsg_flags = flags,
				 .nlmsg_seq = seq,
				 .nlmsg_pid = pid };
	struct ifinfomsg info = { .ifi_type = ARPHRD_ETHER,
				  .ifi_index = vk->links[slot].ifindex,
				  .ifi_flags = vk_flags(vk, slot),
				  .ifi_change = change };

	memcpy(w.bytes + w.length, &info, sizeof(info));
	w.length += NLMSG_ALIGN(sizeof(info));
	put_all(&w, vk, slot, skip_stats);
	head.nlmsg_len = (uint32_t)w.length;
	memcpy(w.bytes, &head, sizeof(head));
	return w.length;
}

void vk_tell_bytes(struct vk *vk, const void *bytes, size_t length)
{
	vk->messages++;
	if (vk->sink)
		vk->sink(vk->sink_ctx, bytes, length);
}

/* rtmsg_ifinfo(): nothing of a link that is not registered, or no longer */
void vk_tell(struct vk *vk, int slot, uint32_t change)
{
	unsigned char bytes[VK_MESSAGE_MAX];

	if (vk->links[slot].dying)
		return;
	vk_tell_bytes(vk, bytes,
		      vk->sink ? vk_message(vk, slot, RTM_NEWLINK, 0, 0, 0,
					    change, false, bytes)
			       : 0);
}
