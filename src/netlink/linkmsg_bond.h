/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parses the attributes of a bond and of a bond's slave (bond_fill_info() and
 * bond_fill_slave_info() in drivers/net/bonding/bond_netlink.c). An attribute
 * of a wrong length is treated as absent, and counted in `bad_attrs`. Pure.
 * Errors: -EBADMSG: malformed.
 */
#ifndef BONDCARRIER_LINKMSG_BOND_H
#define BONDCARRIER_LINKMSG_BOND_H

#include <netlink/attr.h>

#include "bond/bond.h"

/* IFLA_INFO_DATA of a bond and IFLA_INFO_SLAVE_DATA of a bond's slave. */
int linkmsg_bond_data(const struct nlattr *nest, struct bond_attrs *out,
		      unsigned int *bad_attrs);
int linkmsg_slave_data(const struct nlattr *nest, struct slave_attrs *out,
		       unsigned int *bad_attrs);

#endif
