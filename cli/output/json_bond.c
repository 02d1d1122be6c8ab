/* SPDX-License-Identifier: BSD-2-Clause */
/* One bond as JSON. */
#include "output/json_bond.h"

#include <stddef.h>
#include <string.h>

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/bond_set.h"
#include "bond/uapi.h"
#include "decision/carrier_monitor.h"
#include "explain/explain.h"
#include "output/json_part.h"
#include "output/json_slave.h"

/* Options in the words of /sys/class/net/BOND/bonding, as the kernel's
   numbers. */
static const struct option {
	const char *name;
	int attr;
	size_t offset;
	size_t size;
} options[] = {
#define OPTION(name, attr, field)                                              \
	{                                                                      \
		name, attr, offsetof(struct bond_attrs, field),                \
		    sizeof(((struct bond_attrs *)NULL)->field)                 \
	}
	OPTION("miimon", IFLA_BOND_MIIMON, miimon_ms),
	OPTION("updelay", IFLA_BOND_UPDELAY, updelay_ms),
	OPTION("downdelay", IFLA_BOND_DOWNDELAY, downdelay_ms),
	OPTION("use_carrier", IFLA_BOND_USE_CARRIER, use_carrier),
	OPTION("arp_interval", IFLA_BOND_ARP_INTERVAL, arp_interval_ms),
	OPTION("arp_validate", IFLA_BOND_ARP_VALIDATE, arp_validate),
	OPTION("arp_all_targets", IFLA_BOND_ARP_ALL_TARGETS, arp_all_targets),
	OPTION("arp_ip_targets", IFLA_BOND_ARP_IP_TARGET, arp_ip_targets),
	OPTION("ns_ip6_targets", UAPI_BOND_NS_IP6_TARGET, ns_ip6_targets),
	OPTION("arp_missed_max", UAPI_BOND_MISSED_MAX, missed_max),
	OPTION("min_links", IFLA_BOND_MIN_LINKS, min_links),
	OPTION("lacp_rate", IFLA_BOND_AD_LACP_RATE, lacp_rate),
	OPTION("lacp_active", UAPI_BOND_AD_LACP_ACTIVE, lacp_active),
	OPTION("lacp_strict", UAPI_BOND_LACP_STRICT, lacp_strict),
	OPTION("coupled_control", UAPI_BOND_COUPLED_CONTROL, coupled_control),
	OPTION("broadcast_neighbor", UAPI_BOND_BROADCAST_NEIGH,
	       broadcast_neigh),
	OPTION("ad_select", IFLA_BOND_AD_SELECT, ad_select),
	OPTION("primary_reselect", IFLA_BOND_PRIMARY_RESELECT,
	       primary_reselect),
	OPTION("fail_over_mac", IFLA_BOND_FAIL_OVER_MAC, fail_over_mac),
	OPTION("xmit_hash_policy", IFLA_BOND_XMIT_HASH_POLICY,
	       xmit_hash_policy),
	OPTION("all_slaves_active", IFLA_BOND_ALL_SLAVES_ACTIVE,
	       all_slaves_active),
};

static json_t *options_of(const struct bond *bond)
{
	json_t *object = json_object();
	int err = 0;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *from =
		    (const char *)&bond->attrs + options[i].offset;
		uint32_t wide = 0;
		uint8_t narrow = 0;

		if (!bond_has(bond, options[i].attr))
			continue;
		if (options[i].size == sizeof(narrow))
			memcpy(&narrow, from, sizeof(narrow));
		else
			memcpy(&wide, from, sizeof(wide));
		json_part_set(&err, object, options[i].name,
			      json_integer((json_int_t)wide + narrow));
	}
	return json_part_finish(err, object);
}

static json_t *effective_of(const struct bond *bond)
{
	const struct carrier_verdict *verdict = &bond->verdict;
	char text[EXPLAIN_TEXT_SIZE];

	explain_verdict(bond, text, sizeof(text));
	return json_pack("{s:s, s:s, s:s, s:I, s:I}", "carrier",
			 explain_carrier(verdict->effective), "reason",
			 explain_reason(verdict->reason), "text", text,
			 "slavesLowerUp", (json_int_t)verdict->slaves_lower_up,
			 "slavesUsable", (json_int_t)verdict->slaves_usable);
}

static json_t *aggregator_of(const struct bond *bond)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;
	json_t *object = json_object();
	int err = 0;

	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR))
		json_part_set(&err, object, "id", json_integer(ad->aggregator));
	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_NUM_PORTS))
		json_part_set(&err, object, "ports",
			      json_integer(ad->num_ports));
	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_ACTOR_KEY))
		json_part_set(&err, object, "actorKey",
			      json_integer(ad->actor_key));
	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_KEY))
		json_part_set(&err, object, "partnerKey",
			      json_integer(ad->partner_key));
	if (ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_PARTNER_MAC))
		json_part_set(
		    &err, object, "partnerMac",
		    json_part_mac(ad->partner_mac, sizeof(ad->partner_mac)));
	return json_part_finish(err, object);
}

static json_t *discrepancy_of(const struct bond *bond,
			      const struct discrepancy *item)
{
	const struct slave *slave = bond_slave(bond, item->slave);
	bool pending = item->phase == DISCREPANCY_PENDING;
	char text[EXPLAIN_TEXT_SIZE];
	char remedy[EXPLAIN_TEXT_SIZE];
	json_t *object;
	int err = 0;

	explain_finding(bond, item->kind,
			slave ? slave->link.name : item->slave_name, text,
			sizeof(text));
	explain_remedy(bond, item->kind, remedy, sizeof(remedy));
	object = json_pack("{s:s, s:s}", "kind", explain_kind(item->kind),
			   "phase", pending ? "pending" : "raised");
	if (item->slave)
		json_part_set(
		    &err, object, "slave",
		    json_part_reference(bond, item->slave, item->slave_name));
	json_part_set(&err, object, "text", json_string(text));
	json_part_set(&err, object, "remedy", json_string(remedy));
	return json_part_finish(err, object);
}

static json_t *discrepancies_of(const struct bond *bond)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < bond->discrepancies.count; i++)
		json_part_append(
		    &err, array,
		    discrepancy_of(bond, &bond->discrepancies.items[i]));
	return json_part_finish(err, array);
}

static json_t *warnings_of(const struct bond *bond)
{
	json_t *array = json_array();
	int err = 0;

	for (unsigned int w = 0; w < DISCREPANCY_WARNING_COUNT; w++) {
		enum discrepancy_warning warning = (enum discrepancy_warning)w;
		char text[EXPLAIN_TEXT_SIZE];

		if (!(bond->warnings & DISCREPANCY_WARNING_BIT(w)))
			continue;
		explain_warning_text(bond, warning, text, sizeof(text));
		json_part_append(&err, array,
				 json_pack("{s:s, s:s}", "warning",
					   explain_warning(warning), "text",
					   text));
	}
	return json_part_finish(err, array);
}

static json_t *slaves_of(const struct bond *bond)
{
	json_t *array = json_array();
	int err = 0;

	for (size_t i = 0; i < bond->slave_count; i++)
		json_part_append(&err, array,
				 json_slave(bond, &bond->slaves[i]));
	return json_part_finish(err, array);
}

json_t *json_bond(const struct bond *bond)
{
	const struct bond_attrs *attrs = &bond->attrs;
	json_t *object = json_pack("{s:i}", "ifindex", bond->link.ifindex);
	int err = 0;

	json_part_set(&err, object, "name", json_part_name(bond->link.name));
	json_part_link(&err, object, &bond->link);
	json_part_set(&err, object, "effective", effective_of(bond));
	if (bond_has(bond, IFLA_BOND_MODE)) {
		json_part_set(&err, object, "mode",
			      json_string(explain_mode(attrs->mode)));
		json_part_set(&err, object, "modeNumber",
			      json_integer(attrs->mode));
	}
	json_part_set(&err, object, "monitor",
		      json_string(explain_monitor(carrier_monitor(bond))));
	json_part_set(&err, object, "options", options_of(bond));
	if (bond_has(bond, IFLA_BOND_ACTIVE_SLAVE) && attrs->active_slave)
		json_part_set(
		    &err, object, "activeSlave",
		    json_part_reference(bond, (int)attrs->active_slave, NULL));
	if (bond_has(bond, IFLA_BOND_PRIMARY) && attrs->primary)
		json_part_set(
		    &err, object, "primarySlave",
		    json_part_reference(bond, (int)attrs->primary, NULL));
	if (bond_has(bond, IFLA_BOND_AD_INFO))
		json_part_set(&err, object, "aggregator", aggregator_of(bond));
	json_part_set(&err, object, "discrepancies", discrepancies_of(bond));
	json_part_set(&err, object, "warnings", warnings_of(bond));
	json_part_set(&err, object, "slaves", slaves_of(bond));
	return json_part_finish(err, object);
}
