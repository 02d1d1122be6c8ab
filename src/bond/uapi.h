/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constants of the kernel's interface that the build machine's headers may
 * lack.
 *
 * linux/if_link.h defines them as enumerators, which the preprocessor can't
 * test for, so they have names of our own here. Constants of Linux 5.10 and
 * earlier come from the system's headers. The kernel never changes a number
 * once it is assigned.
 */
#ifndef BONDCARRIER_UAPI_H
#define BONDCARRIER_UAPI_H

/* IFLA_INFO_DATA of a bond. */
#define UAPI_BOND_AD_LACP_ACTIVE  29 /* Linux 5.15 */
#define UAPI_BOND_MISSED_MAX	  30 /* 5.17 */
#define UAPI_BOND_NS_IP6_TARGET	  31 /* 5.18 */
#define UAPI_BOND_COUPLED_CONTROL 32 /* 6.9 */
#define UAPI_BOND_BROADCAST_NEIGH 33 /* 6.17 */
#define UAPI_BOND_LACP_STRICT	  34 /* 2026 */

/* IFLA_INFO_SLAVE_DATA of a slave. */
#define UAPI_BOND_SLAVE_PRIO		9  /* Linux 6.0 */
#define UAPI_BOND_SLAVE_ACTOR_PORT_PRIO 10 /* 6.18 */
#define UAPI_BOND_SLAVE_ACTOR_CHURN	11 /* 2026, and in stable kernels */
#define UAPI_BOND_SLAVE_PARTNER_CHURN	12

/* Values of the two churn attributes: whether that end failed to synchronise
   within the time that IEEE 802.1AX allows, one minute. */
#define UAPI_CHURN_MONITORED 0 /* the time has not run out */
#define UAPI_CHURN_CHURNED   1
#define UAPI_CHURN_NONE	     2

/* A port's LACP state (IEEE 802.1AX, Actor_State and Partner_State). */
#define UAPI_LACP_ACTIVITY	  0x01U
#define UAPI_LACP_TIMEOUT	  0x02U
#define UAPI_LACP_AGGREGATION	  0x04U
#define UAPI_LACP_SYNCHRONIZATION 0x08U
#define UAPI_LACP_COLLECTING	  0x10U
#define UAPI_LACP_DISTRIBUTING	  0x20U

#endif
