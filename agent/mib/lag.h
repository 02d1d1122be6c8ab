/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The objects of IEEE 802.3ad Aggregators and their ports, derived from what
 * the kernel reports. Pure: values in, values out.
 *
 * The driver keeps an aggregator for each slave and uses one of them at a
 * time: the active aggregator (IFLA_BOND_AD_INFO), which has the bond's
 * ifIndex. The others have no ifIndex, so ports in them are reported in none.
 *
 * Source: drivers/net/bonding/bond_3ad.c, Linux 6.1; IEEE 802.3ad-2000,
 * 43.4.
 */
#ifndef BONDCARRIER_AGENT_LAG_H
#define BONDCARRIER_AGENT_LAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond/bond.h"

enum lag_tristate {
	LAG_UNKNOWN = 0, /* not reported by the kernel */
	LAG_NO,
	LAG_YES,
};

/* Whether the port selected the bond's active aggregator. */
enum lag_tristate lag_selected(const struct bond *bond,
			       const struct slave *slave);

/*
 * Whether the port is attached to it, which Synchronization shows of a port in
 * the active aggregator (ad_mux_machine()); before that the port waits and
 * carries nothing. A port whose link goes down stays attached, as in the
 * standard.
 */
enum lag_tristate lag_attached(const struct bond *bond,
			       const struct slave *slave);

/*
 * Whether the bond's aggregator is an aggregate and not an individual link: an
 * aggregate if both ends of a port that selected it set Aggregation. A missing
 * partner doesn't.
 */
enum lag_tristate lag_aggregate(const struct bond *bond);

/* Whether the port may be aggregated at all. */
enum lag_tristate lag_aggregatable(const struct slave *slave);

/*
 * The administrative Actor_State. LACP_Activity is the bond's option
 * lacp_active (before Linux 5.15, which adds it, what the port sends) and
 * LACP_Timeout its option lacp_rate; the driver always sets Aggregation
 * itself. False: unknown.
 */
bool lag_admin_state(const struct bond *bond, const struct slave *slave,
		     uint8_t *state);

/*
 * The attached ports as a PortList (RFC 4363) of their ifIndexes, as short as
 * possible: port 1 is the most significant bit of the first octet. False: the
 * state of a port is unknown, or an ifIndex does not fit into `size` octets; a
 * list that lacks a port would be wrong.
 */
bool lag_port_list(const struct bond *bond, unsigned char *octets, size_t size,
		   size_t *length);

#endif
