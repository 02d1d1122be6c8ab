/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The values of the groups system, snmp and snmpEngine. Each getter fills in
 * type and value of the variable; false: no memory, or no such value.
 */
#ifndef BONDCARRIER_AGENT_SYSTEM_VALUES_H
#define BONDCARRIER_AGENT_SYSTEM_VALUES_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>

/* Registers the directives sysContact, sysLocation, sysName and sysDescr. */
void system_values_take_lines(void);

typedef bool (*system_values_getter)(netsnmp_variable_list *variable,
				     unsigned int which);

bool system_values_text(netsnmp_variable_list *variable, unsigned int number);
bool system_values_object_id(netsnmp_variable_list *variable,
			     unsigned int number);
bool system_values_uptime(netsnmp_variable_list *variable, unsigned int number);
bool system_values_services(netsnmp_variable_list *variable,
			    unsigned int number);
/* All rows of sysORTable have been there from the start. */
bool system_values_from_start(netsnmp_variable_list *variable,
			      unsigned int number);
bool system_values_or_id(netsnmp_variable_list *variable, unsigned int row);
bool system_values_or_text(netsnmp_variable_list *variable, unsigned int row);
bool system_values_statistic(netsnmp_variable_list *variable,
			     unsigned int number);
bool system_values_authen_traps(netsnmp_variable_list *variable,
				unsigned int number);
bool system_values_engine_id(netsnmp_variable_list *variable,
			     unsigned int number);
bool system_values_engine(netsnmp_variable_list *variable, unsigned int number);

#endif
