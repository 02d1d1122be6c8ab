/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the attributes of bonds and slaves, with tables. */
#include <errno.h>
#include <linux/if_link.h>
#include <string.h>

#include "bond/uapi.h"
#include "netlink/linkmsg_attr.h"
#include "netlink/linkmsg_bond.h"

/* A value that is copied from the message unchanged. */
struct field {
	int attr;
	size_t size;
	size_t offset;
};

#define FIELD(attr, type, member)                                              \
	{                                                                      \
		attr, sizeof(((struct type *)NULL)->member),                   \
		    offsetof(struct type, member)                              \
	}
#define FIELD_COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* For the sizes see bond_fill_info() in drivers/net/bonding/bond_netlink.c. */
static const struct field bond_fields[] = {
	FIELD(IFLA_BOND_MODE, bond_attrs, mode),
	FIELD(IFLA_BOND_ACTIVE_SLAVE, bond_attrs, active_slave),
	FIELD(IFLA_BOND_MIIMON, bond_attrs, miimon_ms),
	FIELD(IFLA_BOND_UPDELAY, bond_attrs, updelay_ms),
	FIELD(IFLA_BOND_DOWNDELAY, bond_attrs, downdelay_ms),
	FIELD(IFLA_BOND_USE_CARRIER, bond_attrs, use_carrier),
	FIELD(IFLA_BOND_ARP_INTERVAL, bond_attrs, arp_interval_ms),
	FIELD(IFLA_BOND_ARP_VALIDATE, bond_attrs, arp_validate),
	FIELD(IFLA_BOND_ARP_ALL_TARGETS, bond_attrs, arp_all_targets),
	FIELD(IFLA_BOND_PRIMARY, bond_attrs, primary),
	FIELD(IFLA_BOND_PRIMARY_RESELECT, bond_attrs, primary_reselect),
	FIELD(IFLA_BOND_FAIL_OVER_MAC, bond_attrs, fail_over_mac),
	FIELD(IFLA_BOND_XMIT_HASH_POLICY, bond_attrs, xmit_hash_policy),
	FIELD(IFLA_BOND_RESEND_IGMP, bond_attrs, resend_igmp),
	FIELD(IFLA_BOND_NUM_PEER_NOTIF, bond_attrs, num_peer_notif),
	FIELD(IFLA_BOND_ALL_SLAVES_ACTIVE, bond_attrs, all_slaves_active),
	FIELD(IFLA_BOND_MIN_LINKS, bond_attrs, min_links),
	FIELD(IFLA_BOND_LP_INTERVAL, bond_attrs, lp_interval),
	FIELD(IFLA_BOND_PACKETS_PER_SLAVE, bond_attrs, packets_per_slave),
	FIELD(IFLA_BOND_AD_LACP_RATE, bond_attrs, lacp_rate),
	FIELD(IFLA_BOND_AD_SELECT, bond_attrs, ad_select),
	FIELD(IFLA_BOND_AD_ACTOR_SYS_PRIO, bond_attrs, ad_actor_sys_prio),
	FIELD(IFLA_BOND_AD_USER_PORT_KEY, bond_attrs, ad_user_port_key),
	FIELD(IFLA_BOND_AD_ACTOR_SYSTEM, bond_attrs, ad_actor_system),
	FIELD(IFLA_BOND_TLB_DYNAMIC_LB, bond_attrs, tlb_dynamic_lb),
	FIELD(IFLA_BOND_PEER_NOTIF_DELAY, bond_attrs, peer_notif_delay_ms),
	FIELD(UAPI_BOND_AD_LACP_ACTIVE, bond_attrs, lacp_active),
	FIELD(UAPI_BOND_MISSED_MAX, bond_attrs, missed_max),
	FIELD(UAPI_BOND_COUPLED_CONTROL, bond_attrs, coupled_control),
	FIELD(UAPI_BOND_BROADCAST_NEIGH, bond_attrs, broadcast_neigh),
	FIELD(UAPI_BOND_LACP_STRICT, bond_attrs, lacp_strict),
};
#define BOND_ATTR_MAX UAPI_BOND_LACP_STRICT

static const struct field ad_info_fields[] = {
	FIELD(IFLA_BOND_AD_INFO_AGGREGATOR, bond_ad_info, aggregator),
	FIELD(IFLA_BOND_AD_INFO_NUM_PORTS, bond_ad_info, num_ports),
	FIELD(IFLA_BOND_AD_INFO_ACTOR_KEY, bond_ad_info, actor_key),
	FIELD(IFLA_BOND_AD_INFO_PARTNER_KEY, bond_ad_info, partner_key),
	FIELD(IFLA_BOND_AD_INFO_PARTNER_MAC, bond_ad_info, partner_mac),
};

/* See bond_fill_slave_info() in the same file. */
static const struct field slave_fields[] = {
	FIELD(IFLA_BOND_SLAVE_STATE, slave_attrs, state),
	FIELD(IFLA_BOND_SLAVE_MII_STATUS, slave_attrs, mii_status),
	FIELD(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, slave_attrs, link_failures),
	FIELD(IFLA_BOND_SLAVE_QUEUE_ID, slave_attrs, queue_id),
	FIELD(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, slave_attrs, aggregator_id),
	FIELD(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, slave_attrs,
	      actor_oper_state),
	FIELD(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, slave_attrs,
	      partner_oper_state),
	FIELD(UAPI_BOND_SLAVE_PRIO, slave_attrs, prio),
	FIELD(UAPI_BOND_SLAVE_ACTOR_PORT_PRIO, slave_attrs, actor_port_prio),
	FIELD(UAPI_BOND_SLAVE_ACTOR_CHURN, slave_attrs, actor_churn),
	FIELD(UAPI_BOND_SLAVE_PARTNER_CHURN, slave_attrs, partner_churn),
};
#define SLAVE_ATTR_MAX UAPI_BOND_SLAVE_PARTNER_CHURN

/* Copies the attributes of the right length; returns a bit for each of them. */
static uint64_t read_fields(const struct nlattr *const *table,
			    const struct field *fields, size_t count,
			    void *base, unsigned int *bad_attrs)
{
	uint64_t present = 0;

	for (size_t i = 0; i < count; i++) {
		const struct field *field = &fields[i];
		const struct nlattr *attr = table[field->attr];

		if (!attr)
			continue;
		if ((size_t)nla_len(attr) != field->size) {
			(*bad_attrs)++;
			continue;
		}
		memcpy((char *)base + field->offset, nla_data(attr),
		       field->size);
		present |= UINT64_C(1) << field->attr;
	}
	return present;
}

/* Counts the addresses; entries of another size don't count. */
static int count_targets(const struct nlattr *nest, int size, uint8_t *out,
			 unsigned int *bad_attrs)
{
	const struct nlattr *attr = nla_data(nest);
	int rest = nla_len(nest);

	*out = 0;
	for (; nla_ok(attr, rest); attr = nla_next(attr, &rest)) {
		if (nla_len(attr) != size)
			(*bad_attrs)++;
		else if (*out < UINT8_MAX)
			(*out)++;
	}
	return rest > 0 ? -EBADMSG : 0;
}

static int read_ad_info(const struct nlattr *nest, struct bond_ad_info *out,
			unsigned int *bad_attrs)
{
	const struct nlattr *table[IFLA_BOND_AD_INFO_PARTNER_MAC + 1];
	int err =
	    linkmsg_attr_nested(nest, table, IFLA_BOND_AD_INFO_PARTNER_MAC);

	if (err)
		return err;
	out->present = (unsigned int)read_fields(
	    table, ad_info_fields, FIELD_COUNT(ad_info_fields), out, bad_attrs);
	return 0;
}

int linkmsg_bond_data(const struct nlattr *nest, struct bond_attrs *out,
		      unsigned int *bad_attrs)
{
	const struct nlattr *table[BOND_ATTR_MAX + 1];
	int err = linkmsg_attr_nested(nest, table, BOND_ATTR_MAX);

	if (err)
		return err;
	out->present = read_fields(table, bond_fields, FIELD_COUNT(bond_fields),
				   out, bad_attrs);
	if (table[IFLA_BOND_ARP_IP_TARGET]) {
		err = count_targets(table[IFLA_BOND_ARP_IP_TARGET], 4,
				    &out->arp_ip_targets, bad_attrs);
		out->present |= BOND_ATTR_BIT(IFLA_BOND_ARP_IP_TARGET);
	}
	if (!err && table[UAPI_BOND_NS_IP6_TARGET]) {
		err = count_targets(table[UAPI_BOND_NS_IP6_TARGET], 16,
				    &out->ns_ip6_targets, bad_attrs);
		out->present |= BOND_ATTR_BIT(UAPI_BOND_NS_IP6_TARGET);
	}
	if (!err && table[IFLA_BOND_AD_INFO]) {
		err =
		    read_ad_info(table[IFLA_BOND_AD_INFO], &out->ad, bad_attrs);
		out->present |= BOND_ATTR_BIT(IFLA_BOND_AD_INFO);
	}
	return err;
}

int linkmsg_slave_data(const struct nlattr *nest, struct slave_attrs *out,
		       unsigned int *bad_attrs)
{
	const struct nlattr *table[SLAVE_ATTR_MAX + 1];
	const struct nlattr *mac;
	int err = linkmsg_attr_nested(nest, table, SLAVE_ATTR_MAX);

	if (err)
		return err;
	out->present = (uint32_t)read_fields(
	    table, slave_fields, FIELD_COUNT(slave_fields), out, bad_attrs);
	mac = table[IFLA_BOND_SLAVE_PERM_HWADDR];
	if (!mac)
		return 0;
	/* As long as the device's addresses: at most MAX_ADDR_LEN. */
	if (nla_len(mac) < 1 || (size_t)nla_len(mac) > sizeof(out->perm_mac)) {
		(*bad_attrs)++;
		return 0;
	}
	out->perm_mac_len = (uint8_t)nla_len(mac);
	memcpy(out->perm_mac, nla_data(mac), out->perm_mac_len);
	out->present |= SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_PERM_HWADDR);
	return 0;
}
