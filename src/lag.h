/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What IEEE 802.3ad asks of Aggregators and their ports, answered from what
 * the kernel tells. Pure: values in, values out.
 *
 * The driver keeps an aggregator for each slave, and uses one at a time. That
 * one, the active aggregator (IFLA_BOND_AD_INFO), is what the bond's ifIndex
 * stands for; the others have none, so a port in one of them is in none that
 * could be named.
 *
 * Source: drivers/net/bonding/bond_3ad.c, Linux 6.1; IEEE 802.3ad-2000,
 * 43.4.
 */
#ifndef BONDCARRIER_LAG_H
#define BONDCARRIER_LAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bond.h"

enum lag_answer {
	LAG_UNKNOWN = 0, /* the kernel does not say */
	LAG_NO,
	LAG_YES,
};

/* Has the port chosen the bond's aggregator? */
enum lag_answer lag_selected(const struct bond *bond,
			     const struct slave *slave);

/*
 * Is it attached to it? That is what Synchronization says of a port in the
 * active aggregator (ad_mux_machine()); before that it waits, and carries
 * nothing. A port whose link goes down stays attached, as in the standard.
 */
enum lag_answer lag_attached(const struct bond *bond,
			     const struct slave *slave);

/*
 * Does the bond's aggregator stand for an aggregate, and not for an individual
 * link? It does where both ends of a port that chose it say Aggregation: a
 * partner that is not there does not.
 */
enum lag_answer lag_aggregate(const struct bond *bond);

/* May the port be aggregated at all? */
enum lag_answer lag_aggregatable(const struct slave *slave);

/*
 * The administrator's part of Actor_State: LACP_Activity and LACP_Timeout are
 * the bond's options lacp_active (before Linux 5.15 there is none, and it is
 * what the port sends) and lacp_rate; Aggregation the driver sets itself, for
 * good. False: not known.
 */
bool lag_admin_state(const struct bond *bond, const struct slave *slave,
		     uint8_t *state);

/*
 * The ports that are attached, as a PortList (RFC 4363) of their ifIndexes:
 * port 1 is the most significant bit of the first octet. As many octets as it
 * takes. False: something about a port is not known, or a number does not fit
 * into `size` octets; a list that lacks a port would be wrong.
 */
bool lag_port_list(const struct bond *bond, unsigned char *octets, size_t size,
		   size_t *length);

#endif
