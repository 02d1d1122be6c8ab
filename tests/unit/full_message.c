/* SPDX-License-Identifier: BSD-2-Clause */
/* A link message with everything there is. */
#include <stddef.h>

#include "full_message.h"
#include "linkbuild.h"

#define VALUE(type, attr, length, member)                                      \
	{                                                                      \
		attr, length, offsetof(struct type, member)                    \
	}

const struct value full_bond[] = {
	VALUE(bond_attrs, 1, 1, mode),
	VALUE(bond_attrs, 2, 4, active_slave),
	VALUE(bond_attrs, 3, 4, miimon_ms),
	VALUE(bond_attrs, 4, 4, updelay_ms),
	VALUE(bond_attrs, 5, 4, downdelay_ms),
	VALUE(bond_attrs, 6, 1, use_carrier),
	VALUE(bond_attrs, 7, 4, arp_interval_ms),
	VALUE(bond_attrs, 9, 4, arp_validate),
	VALUE(bond_attrs, 10, 4, arp_all_targets),
	VALUE(bond_attrs, 11, 4, primary),
	VALUE(bond_attrs, 12, 1, primary_reselect),
	VALUE(bond_attrs, 13, 1, fail_over_mac),
	VALUE(bond_attrs, 14, 1, xmit_hash_policy),
	VALUE(bond_attrs, 15, 4, resend_igmp),
	VALUE(bond_attrs, 16, 1, num_peer_notif),
	VALUE(bond_attrs, 17, 1, all_slaves_active),
	VALUE(bond_attrs, 18, 4, min_links),
	VALUE(bond_attrs, 19, 4, lp_interval),
	VALUE(bond_attrs, 20, 4, packets_per_slave),
	VALUE(bond_attrs, 21, 1, lacp_rate),
	VALUE(bond_attrs, 22, 1, ad_select),
	VALUE(bond_attrs, 24, 2, ad_actor_sys_prio),
	VALUE(bond_attrs, 25, 2, ad_user_port_key),
	VALUE(bond_attrs, 26, 6, ad_actor_system),
	VALUE(bond_attrs, 27, 1, tlb_dynamic_lb),
	VALUE(bond_attrs, 28, 4, peer_notif_delay_ms),
	VALUE(bond_attrs, 29, 1, lacp_active),
	VALUE(bond_attrs, 30, 1, missed_max),
	VALUE(bond_attrs, 32, 1, coupled_control),
	VALUE(bond_attrs, 33, 1, broadcast_neigh),
	VALUE(bond_attrs, 34, 1, lacp_strict),
};

const struct value full_slave[] = {
	VALUE(slave_attrs, 1, 1, state),
	VALUE(slave_attrs, 2, 1, mii_status),
	VALUE(slave_attrs, 3, 4, link_failures),
	VALUE(slave_attrs, 5, 2, queue_id),
	VALUE(slave_attrs, 6, 2, aggregator_id),
	VALUE(slave_attrs, 7, 1, actor_oper_state),
	VALUE(slave_attrs, 8, 2, partner_oper_state),
	VALUE(slave_attrs, 9, 4, prio),
	VALUE(slave_attrs, 10, 2, actor_port_prio),
	VALUE(slave_attrs, 11, 1, actor_churn),
	VALUE(slave_attrs, 12, 1, partner_churn),
};

const struct value full_ad[] = {
	VALUE(bond_ad_info, 1, 2, aggregator),
	VALUE(bond_ad_info, 2, 2, num_ports),
	VALUE(bond_ad_info, 3, 2, actor_key),
	VALUE(bond_ad_info, 4, 2, partner_key),
	VALUE(bond_ad_info, 5, 6, partner_mac),
};

const size_t full_bond_count = COUNT(full_bond);
const size_t full_slave_count = COUNT(full_slave);
const size_t full_ad_count = COUNT(full_ad);

void full_pattern(unsigned char *bytes, const struct value *value)
{
	for (unsigned int i = 0; i < value->length; i++)
		bytes[i] = (unsigned char)(value->attr * 7 + (int)i + 1);
}

void full_put(struct nl_msg *msg, const struct value *value)
{
	unsigned char bytes[8];

	full_pattern(bytes, value);
	(void)nla_put(msg, value->attr, (int)value->length, bytes);
}

static void put_ad_info(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, IFLA_BOND_AD_INFO);

	for (size_t i = 0; i < full_ad_count; i++)
		full_put(msg, &full_ad[i]);
	nla_nest_end(msg, nest);
}

static void put_targets(struct nl_msg *msg, int attr, int count, int length)
{
	static const unsigned char address[16] = { 192, 0, 2, 1 };
	struct nlattr *nest = nla_nest_start(msg, attr);

	for (int i = 0; i < count; i++)
		(void)nla_put(msg, i, length, address);
	nla_nest_end(msg, nest);
}

struct nl_msg *full_message(void)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, "bond0");
	struct nlattr *info, *data;
	static const unsigned char mac[20] = { 2, 0, 0, 0, 0, 9, 1, 2, 3 };

	linkbuild_u8(msg, IFLA_OPERSTATE, 6);
	linkbuild_u32(msg, IFLA_MASTER, 7);
	info = linkbuild_info(msg, "bond", "bond");
	data = nla_nest_start(msg, IFLA_INFO_DATA);
	for (size_t i = 0; i < full_bond_count; i++)
		full_put(msg, &full_bond[i]);
	put_targets(msg, 8, 3, 4);
	put_targets(msg, 31, 2, 16);
	put_ad_info(msg);
	nla_nest_end(msg, data);
	data = nla_nest_start(msg, IFLA_INFO_SLAVE_DATA);
	for (size_t i = 0; i < full_slave_count; i++)
		full_put(msg, &full_slave[i]);
	(void)nla_put(msg, 4, 20, mac);
	nla_nest_end(msg, data);
	nla_nest_end(msg, info);
	return msg;
}
