/* SPDX-License-Identifier: BSD-2-Clause */
/* The values of ifOperStatus. */
#include "agentx/if_oper_status.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <string.h>

#include "base/clock.h"

static const oid base[IF_OPER_STATUS_LENGTH] = { IF_OPER_STATUS };

/* As net-snmp's IF-MIB derives it from a link's flags (interface_ioctl.c,
   netsnmp_process_link_flags()). */
static long oper_status_of(unsigned int flags)
{
	return flags & LINK_FLAG_UP && flags & LINK_FLAG_RUNNING ? IF_MIB_UP
								 : IF_MIB_DOWN;
}

/*
 * The first bond with an ifindex of at least `from`, and its effective
 * carrier. Locks the shared state for this only, not while links are queried:
 * the kernel thread may have to handle a failover. 0; -ENOENT: none;
 * -ESHUTDOWN: the daemon is stopping.
 */
static int next_bond(struct shared *shared, int64_t from, int *ifindex,
		     enum carrier *effective)
{
	const struct bond *bond;
	int err = -ESHUTDOWN;

	shared_lock(shared);
	if (shared->bonds) {
		bond = bond_set_lower_bound(shared->bonds, from);
		err = bond ? 0 : -ENOENT;
		if (bond) {
			*ifindex = bond->link.ifindex;
			*effective = bond->verdict.effective;
		}
	}
	shared_unlock(shared);
	return err;
}

/* 0; -ENODEV: no such link. */
static int get_value(const struct if_oper_status *status, int ifindex,
		     long *value)
{
	enum carrier effective = CARRIER_UNKNOWN;
	unsigned int flags;
	int bond = 0, err;

	err = next_bond(status->shared, ifindex, &bond, &effective);
	if (!err && bond == ifindex && effective != CARRIER_UNKNOWN) {
		*value = effective == CARRIER_UP ? IF_MIB_UP : IF_MIB_DOWN;
		return 0;
	}
	if (err && err != -ENOENT)
		return err;
	err = host_links_flags(status->links, ifindex, &flags);
	if (!err)
		*value = oper_status_of(flags);
	return err;
}

/* The first link with an ifindex of at least `from`. A new bond may not be in
   the list yet. */
static int next_link(const struct if_oper_status *status, int64_t from,
		     int *ifindex)
{
	enum carrier effective;
	int bond = 0;
	int none = next_bond(status->shared, from, &bond, &effective);
	int err = host_links_next(status->links, from, clock_now_ms(), ifindex);

	if (!none && (err == -ENOENT || (!err && bond < *ifindex))) {
		*ifindex = bond;
		return 0;
	}
	return err;
}

int if_oper_status_get(const struct if_oper_status *status,
		       netsnmp_variable_list *variable)
{
	long value;
	oid number;
	int err;

	if (variable->name_length != IF_OPER_STATUS_LENGTH + 1)
		return SNMP_NOSUCHINSTANCE;
	number = variable->name[IF_OPER_STATUS_LENGTH];
	if (number == 0 || number > INT32_MAX)
		return SNMP_NOSUCHINSTANCE;
	err = get_value(status, (int)number, &value);
	if (err == -ENODEV)
		return SNMP_NOSUCHINSTANCE;
	if (err ||
	    snmp_set_var_typed_integer(variable, ASN_INTEGER, value) != 0)
		return SNMP_ERR_GENERR;
	return SNMP_ERR_NOERROR;
}

/* The lowest ifindex that can follow the name, or equal it if `inclusive`. */
static int64_t first_after(const netsnmp_variable_list *variable,
			   bool inclusive)
{
	oid number;

	if (variable->name_length <= IF_OPER_STATUS_LENGTH ||
	    snmp_oid_compare(variable->name, IF_OPER_STATUS_LENGTH, base,
			     IF_OPER_STATUS_LENGTH) < 0)
		return 0;
	number = variable->name[IF_OPER_STATUS_LENGTH];
	if (number > INT32_MAX)
		return INT64_MAX;
	/* A longer name than an instance's follows that instance. */
	if (inclusive && variable->name_length == IF_OPER_STATUS_LENGTH + 1)
		return (int64_t)number;
	return (int64_t)number + 1;
}

int if_oper_status_next(const struct if_oper_status *status,
			netsnmp_variable_list *variable, bool inclusive)
{
	int64_t from = first_after(variable, inclusive);
	oid name[IF_OPER_STATUS_LENGTH + 1] = { IF_OPER_STATUS };
	long value;
	int ifindex, err;

	do {
		err = next_link(status, from, &ifindex);
		if (err == -ENOENT)
			return SNMP_ERR_NOERROR;
		if (err)
			return SNMP_ERR_GENERR;
		from = (int64_t)ifindex + 1;
		err = get_value(status, ifindex, &value);
	} while (err == -ENODEV); /* gone since the list was read */
	name[IF_OPER_STATUS_LENGTH] = (oid)ifindex;
	if (err || snmp_set_var_objid(variable, name, OID_LENGTH(name)) != 0 ||
	    snmp_set_var_typed_integer(variable, ASN_INTEGER, value) != 0)
		return SNMP_ERR_GENERR;
	return SNMP_ERR_NOERROR;
}
