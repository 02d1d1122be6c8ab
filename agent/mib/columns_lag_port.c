/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IEEE8023-LAG-MIB for the slaves of bonds in mode 802.3ad:
 * dot3adAggPortTable. By netlink the kernel reports of a port's partner only
 * its state and, through the port's aggregator, its system and key: all ports
 * of an aggregator have the same (ad_port_selection_logic()).
 * /proc/net/bonding has more, but as text for people, and only for
 * CAP_NET_ADMIN.
 */
#include "mib/columns_lag.h"

#include <linux/if_link.h>

#include "bond/slave_index.h"
#include "bond/uapi.h"
#include "mib/lag.h"
#include "mib/value.h"

#define STATE_BITS 8

bool columns_lag_port_seek(struct table_row *row,
			   int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct bond *bond = NULL;
	const struct slave *slave =
	    bonds ? slave_index_next(bonds, index[0], &bond) : NULL;

	while (slave && !bond_attrs_lacp(&bond->attrs))
		slave = slave_index_next(
		    bonds, (int64_t)slave->link.ifindex + 1, &bond);
	if (!slave)
		return false;
	table_row_set_bond(row, bond);
	row->slave = slave;
	index[0] = slave->link.ifindex;
	return true;
}

static bool value_aggregator(struct table_value *value,
			     const struct table_row *row,
			     enum lag_tristate is_bonds)
{
	return is_bonds != LAG_UNKNOWN &&
	       value_number(value,
			    is_bonds == LAG_YES ? row->bond->link.ifindex : 0);
}

static bool get_selected(const struct table_row *row, struct table_value *value)
{
	return value_aggregator(value, row,
				lag_selected(row->bond, row->slave));
}

static bool get_attached(const struct table_row *row, struct table_value *value)
{
	return value_aggregator(value, row,
				lag_attached(row->bond, row->slave));
}

/* That of the active aggregator: the kernel reports no other. */
static bool get_partner(const struct table_row *row, struct table_value *value)
{
	return lag_selected(row->bond, row->slave) == LAG_YES &&
	       columns_lag_get_partner(row, value);
}

static bool get_partner_key(const struct table_row *row,
			    struct table_value *value)
{
	return lag_selected(row->bond, row->slave) == LAG_YES &&
	       columns_lag_get_partner_key(row, value);
}

static bool get_priority(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave, UAPI_BOND_SLAVE_ACTOR_PORT_PRIO) &&
	       value_number(value, row->slave->attrs.actor_port_prio);
}

static bool get_admin_state(const struct table_row *row,
			    struct table_value *value)
{
	uint8_t state;

	return lag_admin_state(row->bond, row->slave, &state) &&
	       value_bits(value, state, STATE_BITS);
}

/* The first bit of LacpState, the most significant one of the octet, is bit 0
   of Actor_State, the kernel's least significant bit. */
static bool get_oper_state(const struct table_row *row,
			   struct table_value *value)
{
	return slave_has(row->slave,
			 IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) &&
	       value_bits(value, row->slave->attrs.actor_oper_state,
			  STATE_BITS);
}

static bool get_partner_state(const struct table_row *row,
			      struct table_value *value)
{
	return slave_has(row->slave,
			 IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE) &&
	       value_bits(value, row->slave->attrs.partner_oper_state,
			  STATE_BITS);
}

static bool get_aggregatable(const struct table_row *row,
			     struct table_value *value)
{
	enum lag_tristate aggregatable = lag_aggregatable(row->slave);

	return aggregatable != LAG_UNKNOWN &&
	       value_truth(value, aggregatable == LAG_YES);
}

#define NUMBER(n, column_name, getter)                                         \
	TABLE_COLUMN(n, column_name, ASN_INTEGER, getter)
#define OCTETS(n, column_name, getter)                                         \
	TABLE_COLUMN(n, column_name, ASN_OCTET_STR, getter)

static const struct table_column columns[] = {
	TABLE_INDEX(1, "dot3adAggPortIndex"),
	NUMBER(2, "dot3adAggPortActorSystemPriority",
	       columns_lag_get_system_priority),
	OCTETS(3, "dot3adAggPortActorSystemID", columns_lag_get_system),
	NUMBER(4, "dot3adAggPortActorAdminKey", table_get_absent),
	NUMBER(5, "dot3adAggPortActorOperKey", table_get_absent),
	NUMBER(6, "dot3adAggPortPartnerAdminSystemPriority", table_get_absent),
	NUMBER(7, "dot3adAggPortPartnerOperSystemPriority", table_get_absent),
	OCTETS(8, "dot3adAggPortPartnerAdminSystemID", table_get_absent),
	OCTETS(9, "dot3adAggPortPartnerOperSystemID", get_partner),
	NUMBER(10, "dot3adAggPortPartnerAdminKey", table_get_absent),
	NUMBER(11, "dot3adAggPortPartnerOperKey", get_partner_key),
	NUMBER(12, "dot3adAggPortSelectedAggID", get_selected),
	NUMBER(13, "dot3adAggPortAttachedAggID", get_attached),
	NUMBER(14, "dot3adAggPortActorPort", table_get_absent),
	NUMBER(15, "dot3adAggPortActorPortPriority", get_priority),
	NUMBER(16, "dot3adAggPortPartnerAdminPort", table_get_absent),
	NUMBER(17, "dot3adAggPortPartnerOperPort", table_get_absent),
	NUMBER(18, "dot3adAggPortPartnerAdminPortPriority", table_get_absent),
	NUMBER(19, "dot3adAggPortPartnerOperPortPriority", table_get_absent),
	OCTETS(20, "dot3adAggPortActorAdminState", get_admin_state),
	OCTETS(21, "dot3adAggPortActorOperState", get_oper_state),
	OCTETS(22, "dot3adAggPortPartnerAdminState", table_get_absent),
	OCTETS(23, "dot3adAggPortPartnerOperState", get_partner_state),
	NUMBER(24, "dot3adAggPortAggregateOrIndividual", get_aggregatable),
};

const struct table columns_lag_port = {
	.number = 1,
	.name = "dot3adAggPortTable",
	.index_count = 1,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = columns_lag_port_seek,
};
