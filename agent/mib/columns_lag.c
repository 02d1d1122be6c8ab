/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IEEE8023-LAG-MIB for bonds in mode 802.3ad: dot3adAggTable,
 * dot3adAggPortListTable, dot3adTablesLastChanged. What the kernel doesn't
 * report has no instance; lag.h maps a bond to the terms of the standard.
 */
#include "mib/columns_lag.h"

#include <linux/if_link.h>
#include <string.h>

#include "mib/lag.h"
#include "mib/value.h"

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct bond *bond =
	    bonds ? bond_set_lower_bound(bonds, index[0]) : NULL;

	while (bond && !bond_attrs_lacp(&bond->attrs))
		bond = bond_set_lower_bound(bonds,
					    (int64_t)bond->link.ifindex + 1);
	if (!bond)
		return false;
	table_row_set_bond(row, bond);
	index[0] = bond->link.ifindex;
	return true;
}

static bool get_mac(const struct table_row *row, struct table_value *value)
{
	const struct bond_mac *mac = &row->bond->mac;

	return mac->known &&
	       value_octets(value, mac->octets, sizeof(mac->octets));
}

bool columns_lag_get_system_priority(const struct table_row *row,
				     struct table_value *value)
{
	return bond_has(row->bond, IFLA_BOND_AD_ACTOR_SYS_PRIO) &&
	       value_number(value, row->bond->attrs.ad_actor_sys_prio);
}

/* If the option is not set, the system is the address that the bond had when
   its first slave joined. The kernel doesn't report that, and the address may
   have changed since. */
bool columns_lag_get_system(const struct table_row *row,
			    struct table_value *value)
{
	static const uint8_t unset[6];
	const uint8_t *system = row->bond->attrs.ad_actor_system;

	return bond_has(row->bond, IFLA_BOND_AD_ACTOR_SYSTEM) &&
	       memcmp(system, unset, sizeof(unset)) != 0 &&
	       value_octets(value, system, sizeof(unset));
}

static bool get_aggregate(const struct table_row *row,
			  struct table_value *value)
{
	enum lag_tristate aggregate = lag_aggregate(row->bond);

	return aggregate != LAG_UNKNOWN &&
	       value_truth(value, aggregate == LAG_YES);
}

/* NULL: no active aggregator, or no such attribute. */
static const struct bond_ad_info *ad_info(const struct table_row *row,
					  int ifla_bond_ad_info)
{
	const struct bond_ad_info *ad = &row->bond->attrs.ad;

	if (!bond_has(row->bond, IFLA_BOND_AD_INFO) ||
	    !(ad->present & BOND_AD_INFO_BIT(ifla_bond_ad_info)))
		return NULL;
	return ad;
}

static bool get_actor_key(const struct table_row *row,
			  struct table_value *value)
{
	const struct bond_ad_info *ad =
	    ad_info(row, IFLA_BOND_AD_INFO_ACTOR_KEY);

	return ad && value_number(value, ad->actor_key);
}

bool columns_lag_get_partner(const struct table_row *row,
			     struct table_value *value)
{
	const struct bond_ad_info *ad =
	    ad_info(row, IFLA_BOND_AD_INFO_PARTNER_MAC);

	return ad &&
	       value_octets(value, ad->partner_mac, sizeof(ad->partner_mac));
}

bool columns_lag_get_partner_key(const struct table_row *row,
				 struct table_value *value)
{
	const struct bond_ad_info *ad =
	    ad_info(row, IFLA_BOND_AD_INFO_PARTNER_KEY);

	return ad && value_number(value, ad->partner_key);
}

static const struct table_column columns[] = {
	TABLE_INDEX(1, "dot3adAggIndex"),
	TABLE_COLUMN(2, "dot3adAggMACAddress", ASN_OCTET_STR, get_mac),
	TABLE_COLUMN(3, "dot3adAggActorSystemPriority", ASN_INTEGER,
		     columns_lag_get_system_priority),
	TABLE_COLUMN(4, "dot3adAggActorSystemID", ASN_OCTET_STR,
		     columns_lag_get_system),
	TABLE_COLUMN(5, "dot3adAggAggregateOrIndividual", ASN_INTEGER,
		     get_aggregate),
	TABLE_COLUMN(6, "dot3adAggActorAdminKey", ASN_INTEGER,
		     table_get_absent),
	TABLE_COLUMN(7, "dot3adAggActorOperKey", ASN_INTEGER, get_actor_key),
	TABLE_COLUMN(8, "dot3adAggPartnerSystemID", ASN_OCTET_STR,
		     columns_lag_get_partner),
	TABLE_COLUMN(9, "dot3adAggPartnerSystemPriority", ASN_INTEGER,
		     table_get_absent),
	TABLE_COLUMN(10, "dot3adAggPartnerOperKey", ASN_INTEGER,
		     columns_lag_get_partner_key),
	TABLE_COLUMN(11, "dot3adAggCollectorMaxDelay", ASN_INTEGER,
		     table_get_absent),
};

const struct table columns_lag = {
	.number = 1,
	.name = "dot3adAggTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = seek,
};

static bool get_ports(const struct table_row *row, struct table_value *value)
{
	return lag_port_list(row->bond, value->octets, sizeof(value->octets),
			     &value->length);
}

static const struct table_column list[] = {
	TABLE_COLUMN(1, "dot3adAggPortListPorts", ASN_OCTET_STR, get_ports),
};

const struct table columns_lag_list = {
	.number = 2,
	.name = "dot3adAggPortListTable",
	.index_count = 1,
	.columns = list,
	.column_count = sizeof(list) / sizeof(list[0]),
	.seek = seek,
};

static bool get_last_change(const struct table_row *row,
			    struct table_value *value)
{
	const struct shared *shared = row->shared;

	return value_stamp(value, row,
			   shared->bonds ? shared->bonds->lag_changed_ms
					 : shared->began_ms);
}

static const struct table_column scalars[] = {
	TABLE_COLUMN(3, "dot3adTablesLastChanged", ASN_TIMETICKS,
		     get_last_change),
};

const struct table columns_lag_scalars = {
	.number = 1,
	.name = "lagMIBObjects",
	.scalars = true,
	.index_count = 1,
	.columns = scalars,
	.column_count = sizeof(scalars) / sizeof(scalars[0]),
	.seek = table_seek_scalar,
};
