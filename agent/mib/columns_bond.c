/* SPDX-License-Identifier: BSD-2-Clause */
/* bondTable: the columns of a bond. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/discrepancy.h"
#include "decision/carrier_monitor.h"
#include "mib/columns.h"
#include "mib/value.h"

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct bond *bond =
	    bonds ? bond_set_lower_bound(bonds, index[0]) : NULL;

	if (!bond)
		return false;
	table_row_set_bond(row, bond);
	index[0] = bond->link.ifindex;
	return true;
}

/* Whether the mode has an active slave. */
static bool has_active_slave(const struct bond *bond)
{
	return bond_has(bond, IFLA_BOND_MODE) &&
	       (bond->attrs.mode == BOND_MODE_ACTIVEBACKUP ||
		bond->attrs.mode == BOND_MODE_TLB ||
		bond->attrs.mode == BOND_MODE_ALB);
}

static bool get_name(const struct table_row *row, struct table_value *value)
{
	return value_name(value, row->bond->link.name);
}

static bool get_mode(const struct table_row *row, struct table_value *value)
{
	if (!bond_has(row->bond, IFLA_BOND_MODE) ||
	    row->bond->attrs.mode > BOND_MODE_ALB)
		return false;
	return value_number(value, row->bond->attrs.mode + 1);
}

static bool get_admin(const struct table_row *row, struct table_value *value)
{
	if (row->bond->link.distrusted)
		return false;
	return value_truth(value, link_admin_up(&row->bond->link));
}

static bool get_oper(const struct table_row *row, struct table_value *value)
{
	return value_oper_status(value, &row->bond->link);
}

static bool get_running(const struct table_row *row, struct table_value *value)
{
	if (row->bond->link.distrusted)
		return false;
	return value_truth(value, link_running(&row->bond->link));
}

static bool get_lower_up(const struct table_row *row, struct table_value *value)
{
	if (row->bond->link.distrusted)
		return false;
	return value_truth(value, link_lower_up(&row->bond->link));
}

/* A bond that was never judged is unknown; the MIB has no 0. */
static bool get_effective(const struct table_row *row,
			  struct table_value *value)
{
	enum carrier effective = row->bond->verdict.effective;

	return value_number(value, effective ? effective : CARRIER_UNKNOWN);
}

static bool get_reason(const struct table_row *row, struct table_value *value)
{
	enum carrier_reason reason = row->bond->verdict.reason;

	return value_number(value,
			    reason ? reason : CARRIER_REASON_NOT_SYNCHRONISED);
}

static bool get_effective_change(const struct table_row *row,
				 struct table_value *value)
{
	return value_stamp(value, row, row->bond->effective_changed_ms);
}

static bool get_transitions(const struct table_row *row,
			    struct table_value *value)
{
	return value_number(value, row->bond->effective_transitions);
}

static bool get_discrepancies(const struct table_row *row,
			      struct table_value *value)
{
	return value_bits(value, row->raised, DISCREPANCY_KIND_COUNT);
}

static bool get_pending(const struct table_row *row, struct table_value *value)
{
	return value_bits(value, discrepancy_pending(&row->bond->discrepancies),
			  DISCREPANCY_KIND_COUNT);
}

static bool get_warnings(const struct table_row *row, struct table_value *value)
{
	return value_bits(value, row->bond->warnings,
			  DISCREPANCY_WARNING_COUNT);
}

static bool get_discrepancy_change(const struct table_row *row,
				   struct table_value *value)
{
	return value_stamp(value, row, row->bond->discrepancy_changed_ms);
}

static bool get_raises(const struct table_row *row, struct table_value *value)
{
	return value_number(value, row->bond->discrepancy_raises);
}

static bool get_slaves(const struct table_row *row, struct table_value *value)
{
	return value_number(value, (int64_t)row->bond->slave_count);
}

static bool get_slaves_lower_up(const struct table_row *row,
				struct table_value *value)
{
	return value_number(value, row->bond->verdict.slaves_lower_up);
}

static bool get_slaves_usable(const struct table_row *row,
			      struct table_value *value)
{
	return value_number(value, row->bond->verdict.slaves_usable);
}

/* The kernel omits these two if there is no such slave: in a mode that can have
   one, absent means none (bond_netlink.c, bond_fill_info()). */
static bool get_active_slave(const struct table_row *row,
			     struct table_value *value)
{
	if (bond_has(row->bond, IFLA_BOND_ACTIVE_SLAVE))
		return value_number(value, row->bond->attrs.active_slave);
	return has_active_slave(row->bond) && value_number(value, 0);
}

static bool get_primary(const struct table_row *row, struct table_value *value)
{
	if (bond_has(row->bond, IFLA_BOND_PRIMARY))
		return value_number(value, row->bond->attrs.primary);
	return has_active_slave(row->bond) && value_number(value, 0);
}

static bool get_active_changes(const struct table_row *row,
			       struct table_value *value)
{
	return value_number(value, row->bond->active_slave_changes);
}

static bool get_monitor(const struct table_row *row, struct table_value *value)
{
	if (!bond_has(row->bond, IFLA_BOND_MIIMON) &&
	    !bond_has(row->bond, IFLA_BOND_ARP_INTERVAL))
		return false;
	return value_number(value, carrier_monitor(row->bond));
}

static bool get_interval(const struct table_row *row, struct table_value *value)
{
	const struct bond *bond = row->bond;

	if (carrier_monitor(bond) == CARRIER_MONITOR_ARP)
		return value_number(value, bond->attrs.arp_interval_ms);
	return bond_has(bond, IFLA_BOND_MIIMON) &&
	       value_number(value, bond->attrs.miimon_ms);
}

static bool get_updelay(const struct table_row *row, struct table_value *value)
{
	return bond_has(row->bond, IFLA_BOND_UPDELAY) &&
	       value_number(value, row->bond->attrs.updelay_ms);
}

static bool get_downdelay(const struct table_row *row,
			  struct table_value *value)
{
	return bond_has(row->bond, IFLA_BOND_DOWNDELAY) &&
	       value_number(value, row->bond->attrs.downdelay_ms);
}

static bool get_use_carrier(const struct table_row *row,
			    struct table_value *value)
{
	return bond_has(row->bond, IFLA_BOND_USE_CARRIER) &&
	       value_truth(value, row->bond->attrs.use_carrier != 0);
}

static bool get_min_links(const struct table_row *row,
			  struct table_value *value)
{
	return bond_has(row->bond, IFLA_BOND_MIN_LINKS) &&
	       value_number(value, row->bond->attrs.min_links);
}

/* The kernel reports it in every mode. */
static bool get_lacp_rate(const struct table_row *row,
			  struct table_value *value)
{
	return bond_attrs_lacp(&row->bond->attrs) &&
	       bond_has(row->bond, IFLA_BOND_AD_LACP_RATE) &&
	       value_number(value, row->bond->attrs.lacp_rate ? 2 : 1);
}

static bool has_ad(const struct bond *bond, int ifla_bond_ad_info)
{
	return bond_attrs_lacp(&bond->attrs) &&
	       bond_has(bond, IFLA_BOND_AD_INFO) &&
	       (bond->attrs.ad.present & BOND_AD_INFO_BIT(ifla_bond_ad_info));
}

static bool get_aggregator(const struct table_row *row,
			   struct table_value *value)
{
	return has_ad(row->bond, IFLA_BOND_AD_INFO_AGGREGATOR) &&
	       value_number(value, row->bond->attrs.ad.aggregator);
}

static bool get_ports(const struct table_row *row, struct table_value *value)
{
	return has_ad(row->bond, IFLA_BOND_AD_INFO_NUM_PORTS) &&
	       value_number(value, row->bond->attrs.ad.num_ports);
}

static bool get_actor_key(const struct table_row *row,
			  struct table_value *value)
{
	return has_ad(row->bond, IFLA_BOND_AD_INFO_ACTOR_KEY) &&
	       value_number(value, row->bond->attrs.ad.actor_key);
}

static bool get_partner_key(const struct table_row *row,
			    struct table_value *value)
{
	return has_ad(row->bond, IFLA_BOND_AD_INFO_PARTNER_KEY) &&
	       value_number(value, row->bond->attrs.ad.partner_key);
}

static bool get_partner_mac(const struct table_row *row,
			    struct table_value *value)
{
	return has_ad(row->bond, IFLA_BOND_AD_INFO_PARTNER_MAC) &&
	       value_octets(value, row->bond->attrs.ad.partner_mac,
			    sizeof(row->bond->attrs.ad.partner_mac));
}

static bool get_began(const struct table_row *row, struct table_value *value)
{
	return value_stamp(value, row, row->bond->began_ms);
}

static const struct table_column columns[] = {
	TABLE_INDEX(1, "bondIfIndex"),
	TABLE_COLUMN(2, "bondName", ASN_OCTET_STR, get_name),
	TABLE_COLUMN(3, "bondMode", ASN_INTEGER, get_mode),
	TABLE_COLUMN(4, "bondAdminStatus", ASN_INTEGER, get_admin),
	TABLE_COLUMN(5, "bondOperStatus", ASN_INTEGER, get_oper),
	TABLE_COLUMN(6, "bondRunning", ASN_INTEGER, get_running),
	TABLE_COLUMN(7, "bondLowerUp", ASN_INTEGER, get_lower_up),
	TABLE_COLUMN(8, "bondEffectiveCarrier", ASN_INTEGER, get_effective),
	TABLE_COLUMN(9, "bondEffectiveReason", ASN_INTEGER, get_reason),
	TABLE_COLUMN(10, "bondEffectiveLastChange", ASN_TIMETICKS,
		     get_effective_change),
	TABLE_COLUMN(11, "bondEffectiveTransitions", ASN_COUNTER,
		     get_transitions),
	TABLE_COLUMN(12, "bondDiscrepancies", ASN_OCTET_STR, get_discrepancies),
	TABLE_COLUMN(13, "bondPending", ASN_OCTET_STR, get_pending),
	TABLE_COLUMN(14, "bondWarnings", ASN_OCTET_STR, get_warnings),
	TABLE_COLUMN(15, "bondDiscrepancyLastChange", ASN_TIMETICKS,
		     get_discrepancy_change),
	TABLE_COLUMN(16, "bondDiscrepancyRaises", ASN_COUNTER, get_raises),
	TABLE_COLUMN(17, "bondSlaveCount", ASN_GAUGE, get_slaves),
	TABLE_COLUMN(18, "bondSlavesLowerUp", ASN_GAUGE, get_slaves_lower_up),
	TABLE_COLUMN(19, "bondSlavesUsable", ASN_GAUGE, get_slaves_usable),
	TABLE_COLUMN(20, "bondActiveSlave", ASN_INTEGER, get_active_slave),
	TABLE_COLUMN(21, "bondPrimarySlave", ASN_INTEGER, get_primary),
	TABLE_COLUMN(22, "bondActiveSlaveChanges", ASN_COUNTER,
		     get_active_changes),
	TABLE_COLUMN(23, "bondLinkMonitor", ASN_INTEGER, get_monitor),
	TABLE_COLUMN(24, "bondMonitorInterval", ASN_UNSIGNED, get_interval),
	TABLE_COLUMN(25, "bondUpDelay", ASN_UNSIGNED, get_updelay),
	TABLE_COLUMN(26, "bondDownDelay", ASN_UNSIGNED, get_downdelay),
	TABLE_COLUMN(27, "bondUseCarrier", ASN_INTEGER, get_use_carrier),
	TABLE_COLUMN(28, "bondMinLinks", ASN_UNSIGNED, get_min_links),
	TABLE_COLUMN(29, "bondLacpRate", ASN_INTEGER, get_lacp_rate),
	TABLE_COLUMN(30, "bondAggregatorId", ASN_UNSIGNED, get_aggregator),
	TABLE_COLUMN(31, "bondAggregatorPorts", ASN_UNSIGNED, get_ports),
	TABLE_COLUMN(32, "bondActorKey", ASN_UNSIGNED, get_actor_key),
	TABLE_COLUMN(33, "bondPartnerKey", ASN_UNSIGNED, get_partner_key),
	TABLE_COLUMN(34, "bondPartnerMac", ASN_OCTET_STR, get_partner_mac),
	TABLE_COLUMN(35, "bondDiscontinuityTime", ASN_TIMETICKS, get_began),
};

const struct table columns_bond = {
	.number = 4,
	.name = "bondTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = seek,
};
