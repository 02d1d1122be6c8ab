/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The variables of a notification, the same for a Notify PDU to the master
 * agent and for a trap: sysUpTime, snmpTrapOID and the objects that the MIB
 * lists, in its order. The values are the bond's when the event happened.
 *
 * Source: RFC 3416, 4.2.6 (the first two variables), RFC 2863 (linkUp and
 * linkDown), BOND-CARRIER-MIB.
 */
#ifndef BONDCARRIER_AGENT_NOTIFY_VARIABLES_H
#define BONDCARRIER_AGENT_NOTIFY_VARIABLES_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include "state/outbox.h"
#include "state/shared.h"

/* NULL: no memory, or an event that is never notified. The caller frees the
   list, with the PDU or with snmp_free_varbind(), and must not hold the lock of
   the shared state. */
netsnmp_variable_list *notify_variables(const struct outbox_item *item,
					struct shared *shared);

#endif
