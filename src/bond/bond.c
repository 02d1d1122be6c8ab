/* SPDX-License-Identifier: BSD-2-Clause */
/* Lookups in one bond. */
#include "bond/bond.h"

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "base/array.h"

/* array_lower_bound() needs the key as the first member. */
_Static_assert(offsetof(struct slave, link.ifindex) == 0, "key first");

bool bond_attrs_lacp(const struct bond_attrs *attrs)
{
	return (attrs->present & BOND_ATTR_BIT(IFLA_BOND_MODE)) != 0 &&
	       attrs->mode == BOND_MODE_8023AD;
}

const struct slave *bond_slave_lower_bound(const struct bond *bond,
					   int64_t ifindex)
{
	size_t at = array_lower_bound(bond->slaves, bond->slave_count,
				      sizeof(*bond->slaves), ifindex);

	return at < bond->slave_count ? &bond->slaves[at] : NULL;
}

const struct slave *bond_slave(const struct bond *bond, int ifindex)
{
	const struct slave *slave = bond_slave_lower_bound(bond, ifindex);

	return slave && slave->link.ifindex == ifindex ? slave : NULL;
}

struct slave *bond_find_slave(struct bond *bond, int ifindex)
{
	const struct slave *slave = bond_slave(bond, ifindex);

	return slave ? &bond->slaves[slave - bond->slaves] : NULL;
}
