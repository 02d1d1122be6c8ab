/* SPDX-License-Identifier: BSD-2-Clause */
/* bondSlaveTable: the columns of a slave. */
#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "bond/discrepancy.h"
#include "bond/uapi.h"
#include "mib/columns.h"
#include "mib/value.h"

#define MAC_LENGTH 6 /* MacAddress; InfiniBand addresses have 20 octets */

static bool seek(struct table_row *row, int64_t index[TABLE_INDEX_MAX])
{
	const struct bond_set *bonds = row->shared->bonds;
	const struct bond *bond =
	    bonds ? bond_set_lower_bound(bonds, index[0]) : NULL;

	while (bond) {
		const struct slave *slave;
		int64_t from =
		    bond->link.ifindex == index[0] ? index[1] : INT64_C(0);

		slave = bond_slave_lower_bound(bond, from);
		if (slave) {
			table_row_set_bond(row, bond);
			row->slave = slave;
			index[0] = bond->link.ifindex;
			index[1] = slave->link.ifindex;
			return true;
		}
		bond = bond_set_lower_bound(bonds,
					    (int64_t)bond->link.ifindex + 1);
	}
	return false;
}

static bool get_name(const struct table_row *row, struct table_value *value)
{
	return value_name(value, row->slave->link.name);
}

static bool get_admin(const struct table_row *row, struct table_value *value)
{
	if (row->slave->link.distrusted)
		return false;
	return value_truth(value, link_admin_up(&row->slave->link));
}

static bool get_oper(const struct table_row *row, struct table_value *value)
{
	return value_oper_status(value, &row->slave->link);
}

static bool get_running(const struct table_row *row, struct table_value *value)
{
	if (row->slave->link.distrusted)
		return false;
	return value_truth(value, link_running(&row->slave->link));
}

static bool get_lower_up(const struct table_row *row, struct table_value *value)
{
	if (row->slave->link.distrusted)
		return false;
	return value_truth(value, link_lower_up(&row->slave->link));
}

static bool get_mii(const struct table_row *row, struct table_value *value)
{
	if (!slave_has(row->slave, IFLA_BOND_SLAVE_MII_STATUS) ||
	    row->slave->attrs.mii_status > BOND_LINK_BACK)
		return false;
	return value_number(value, row->slave->attrs.mii_status + 1);
}

/* A slave that was never judged is unknown; the MIB has no 0. */
static bool get_corrected(const struct table_row *row,
			  struct table_value *value)
{
	enum carrier corrected = row->slave->corrected;

	return value_number(value, corrected ? corrected : CARRIER_UNKNOWN);
}

static bool get_state(const struct table_row *row, struct table_value *value)
{
	if (!slave_has(row->slave, IFLA_BOND_SLAVE_STATE) ||
	    row->slave->attrs.state > BOND_STATE_BACKUP)
		return false;
	return value_number(value, row->slave->attrs.state + 1);
}

static bool get_discrepancies(const struct table_row *row,
			      struct table_value *value)
{
	return value_bits(value, row->slave->discrepancies,
			  DISCREPANCY_KIND_COUNT);
}

static bool get_failures(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT) &&
	       value_number(value, row->slave->attrs.link_failures);
}

static bool get_transitions(const struct table_row *row,
			    struct table_value *value)
{
	return value_number(value, row->slave->lower_up_transitions);
}

static bool get_lower_up_change(const struct table_row *row,
				struct table_value *value)
{
	return value_stamp(value, row, row->slave->lower_up_changed_ms);
}

static bool get_mac(const struct table_row *row, struct table_value *value)
{
	if (!slave_has(row->slave, IFLA_BOND_SLAVE_PERM_HWADDR) ||
	    row->slave->attrs.perm_mac_len != MAC_LENGTH)
		return false;
	return value_octets(value, row->slave->attrs.perm_mac, MAC_LENGTH);
}

static bool get_aggregator(const struct table_row *row,
			   struct table_value *value)
{
	return slave_has(row->slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID) &&
	       value_number(value, row->slave->attrs.aggregator_id);
}

/* Both the kernel and the MIB number the LACP bits from the least significant
   one. */
static bool get_actor(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave,
			 IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE) &&
	       value_bits(value, row->slave->attrs.actor_oper_state, 8);
}

static bool get_partner(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave,
			 IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE) &&
	       value_bits(value, row->slave->attrs.partner_oper_state, 8);
}

static bool get_priority(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave, UAPI_BOND_SLAVE_PRIO) &&
	       value_number(value, row->slave->attrs.prio);
}

static bool get_queue(const struct table_row *row, struct table_value *value)
{
	return slave_has(row->slave, IFLA_BOND_SLAVE_QUEUE_ID) &&
	       value_number(value, row->slave->attrs.queue_id);
}

static bool get_began(const struct table_row *row, struct table_value *value)
{
	return value_stamp(value, row, row->slave->began_ms);
}

static const struct table_column columns[] = {
	TABLE_INDEX(1, "bondSlaveIfIndex"),
	TABLE_COLUMN(2, "bondSlaveName", ASN_OCTET_STR, get_name),
	TABLE_COLUMN(3, "bondSlaveAdminStatus", ASN_INTEGER, get_admin),
	TABLE_COLUMN(4, "bondSlaveOperStatus", ASN_INTEGER, get_oper),
	TABLE_COLUMN(5, "bondSlaveRunning", ASN_INTEGER, get_running),
	TABLE_COLUMN(6, "bondSlaveLowerUp", ASN_INTEGER, get_lower_up),
	TABLE_COLUMN(7, "bondSlaveMiiStatus", ASN_INTEGER, get_mii),
	TABLE_COLUMN(8, "bondSlaveCorrectedLink", ASN_INTEGER, get_corrected),
	TABLE_COLUMN(9, "bondSlaveState", ASN_INTEGER, get_state),
	TABLE_COLUMN(10, "bondSlaveDiscrepancies", ASN_OCTET_STR,
		     get_discrepancies),
	TABLE_COLUMN(11, "bondSlaveLinkFailures", ASN_COUNTER, get_failures),
	TABLE_COLUMN(12, "bondSlaveLowerUpTransitions", ASN_COUNTER,
		     get_transitions),
	TABLE_COLUMN(13, "bondSlaveLowerUpLastChange", ASN_TIMETICKS,
		     get_lower_up_change),
	TABLE_COLUMN(14, "bondSlavePermanentMac", ASN_OCTET_STR, get_mac),
	TABLE_COLUMN(15, "bondSlaveAggregatorId", ASN_UNSIGNED, get_aggregator),
	TABLE_COLUMN(16, "bondSlaveActorState", ASN_OCTET_STR, get_actor),
	TABLE_COLUMN(17, "bondSlavePartnerState", ASN_OCTET_STR, get_partner),
	TABLE_COLUMN(18, "bondSlavePriority", ASN_INTEGER, get_priority),
	TABLE_COLUMN(19, "bondSlaveQueueId", ASN_UNSIGNED, get_queue),
	TABLE_COLUMN(20, "bondSlaveDiscontinuityTime", ASN_TIMETICKS,
		     get_began),
};

const struct table columns_slave = {
	.number = 5,
	.name = "bondSlaveTable",
	.index_count = 2,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.seek = seek,
};
