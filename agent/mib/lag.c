/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects of IEEE 802.3ad, derived from what the kernel reports. */
#include "mib/lag.h"

#include <linux/if_link.h>
#include <string.h>

#include "bond/uapi.h"

static enum lag_tristate yes_or_no(bool yes)
{
	return yes ? LAG_YES : LAG_NO;
}

enum lag_tristate lag_selected(const struct bond *bond,
			       const struct slave *slave)
{
	const struct bond_ad_info *ad = &bond->attrs.ad;

	if (bond->link.distrusted || slave->link.distrusted)
		return LAG_UNKNOWN;
	/* The kernel omits the first without an active aggregator, and the
	   second if the port is in no aggregator. */
	if (!bond_has(bond, IFLA_BOND_AD_INFO) ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID))
		return LAG_NO;
	if (!(ad->present & BOND_AD_INFO_BIT(IFLA_BOND_AD_INFO_AGGREGATOR)))
		return LAG_UNKNOWN;
	return yes_or_no(slave->attrs.aggregator_id == ad->aggregator);
}

enum lag_tristate lag_attached(const struct bond *bond,
			       const struct slave *slave)
{
	enum lag_tristate selected = lag_selected(bond, slave);

	if (selected != LAG_YES)
		return selected;
	if (!slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		return LAG_UNKNOWN;
	return yes_or_no(slave->attrs.actor_oper_state &
			 UAPI_LACP_SYNCHRONIZATION);
}

enum lag_tristate lag_aggregatable(const struct slave *slave)
{
	if (slave->link.distrusted ||
	    !slave_has(slave, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE))
		return LAG_UNKNOWN;
	return yes_or_no(slave->attrs.actor_oper_state & UAPI_LACP_AGGREGATION);
}

enum lag_tristate lag_aggregate(const struct bond *bond)
{
	enum lag_tristate found = LAG_UNKNOWN;

	for (size_t i = 0; i < bond->slave_count && found != LAG_YES; i++) {
		const struct slave *slave = &bond->slaves[i];

		if (lag_selected(bond, slave) != LAG_YES ||
		    lag_aggregatable(slave) == LAG_UNKNOWN ||
		    !slave_has(slave,
			       IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE))
			continue;
		found = yes_or_no(slave->attrs.actor_oper_state &
				  slave->attrs.partner_oper_state &
				  UAPI_LACP_AGGREGATION);
	}
	return found;
}

bool lag_admin_state(const struct bond *bond, const struct slave *slave,
		     uint8_t *state)
{
	uint8_t oper = slave->attrs.actor_oper_state;
	bool active = oper & UAPI_LACP_ACTIVITY;

	if (bond->link.distrusted || lag_aggregatable(slave) == LAG_UNKNOWN ||
	    !bond_has(bond, IFLA_BOND_AD_LACP_RATE))
		return false;
	if (bond_has(bond, UAPI_BOND_AD_LACP_ACTIVE))
		active = bond->attrs.lacp_active;
	*state = (uint8_t)((oper & UAPI_LACP_AGGREGATION) |
			   (active ? UAPI_LACP_ACTIVITY : 0) |
			   (bond->attrs.lacp_rate ? UAPI_LACP_TIMEOUT : 0));
	return true;
}

bool lag_port_list(const struct bond *bond, unsigned char *octets, size_t size,
		   size_t *length)
{
	memset(octets, 0, size);
	*length = 0;
	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct slave *slave = &bond->slaves[i];
		size_t bit = (size_t)slave->link.ifindex - 1;
		enum lag_tristate attached = lag_attached(bond, slave);

		if (attached == LAG_UNKNOWN)
			return false;
		if (attached == LAG_NO)
			continue;
		if (bit / 8 >= size)
			return false;
		octets[bit / 8] |= (unsigned char)(0x80U >> bit % 8);
		*length = bit / 8 + 1; /* slaves are sorted */
	}
	return true;
}
