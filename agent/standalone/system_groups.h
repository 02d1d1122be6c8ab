/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every SNMP agent has: the groups system (with sysORTable) and snmp of
 * SNMPv2-MIB, and snmpEngine of SNMP-FRAMEWORK-MIB; discovery asks for them.
 * Read-only. Nothing else of the host: net-snmp's own modules are not linked.
 */
#ifndef BONDCARRIER_AGENT_SYSTEM_GROUPS_H
#define BONDCARRIER_AGENT_SYSTEM_GROUPS_H

/* Registers the groups in the default context and in `context` (may be NULL),
   that of BOND-CARRIER-MIB. 0 or -errno. */
int system_groups_register(const char *context);

#endif
