/* SPDX-License-Identifier: BSD-2-Clause */
/* The values of the groups system, snmp and snmpEngine. */
#include "standalone/system_values.h"

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "mib/mib_tree.h"

#define TEXT_SIZE	256 /* DisplayString */
#define SERVICES	72  /* end to end, and applications */
#define MESSAGE_MAX	65507
#define AUTHEN_DISABLED 2

/* agent_trap.c of net-snmp's sources: what authtrapenable sets. */
extern long snmp_enableauthentraps;

/* net-snmp's reader has nothing to hand its functions but the line. */
static struct {
	char contact[TEXT_SIZE];
	char location[TEXT_SIZE];
	char name[TEXT_SIZE];
	char descr[TEXT_SIZE];
} said;

static void take(char out[TEXT_SIZE], const char *value)
{
	if (strlen(value) >= TEXT_SIZE)
		config_perror("longer than 255 characters");
	else
		memcpy(out, value, strlen(value) + 1);
}

static void take_contact(const char *token, char *value)
{
	(void)token;
	take(said.contact, value);
}

static void take_location(const char *token, char *value)
{
	(void)token;
	take(said.location, value);
}

static void take_name(const char *token, char *value)
{
	(void)token;
	take(said.name, value);
}

static void take_descr(const char *token, char *value)
{
	(void)token;
	take(said.descr, value);
}

static void forget(void)
{
	memset(&said, 0, sizeof(said));
}

void system_values_take_lines(void)
{
	register_app_config_handler("sysContact", take_contact, forget, NULL);
	register_app_config_handler("sysLocation", take_location, NULL, NULL);
	register_app_config_handler("sysName", take_name, NULL, NULL);
	register_app_config_handler("sysDescr", take_descr, NULL, NULL);
}

static bool put_text(netsnmp_variable_list *variable, const char *text)
{
	return snmp_set_var_typed_value(variable, ASN_OCTET_STR, text,
					strlen(text)) == 0;
}

static bool put_number(netsnmp_variable_list *variable, u_char type,
		       long number)
{
	return snmp_set_var_typed_integer(variable, type, number) == 0;
}

static bool put_host(netsnmp_variable_list *variable)
{
	char name[TEXT_SIZE] = "";

	if (gethostname(name, sizeof(name) - 1) < 0)
		return false;
	return put_text(variable, name);
}

/* As snmpd has it, since discovery looks into it for "Linux". */
static bool put_system(netsnmp_variable_list *variable)
{
	struct utsname host;
	char text[sizeof(host)];

	if (uname(&host) < 0)
		return false;
	snprintf(text, sizeof(text), "%s %s %s %s %s", host.sysname,
		 host.nodename, host.release, host.version, host.machine);
	text[TEXT_SIZE - 1] = '\0';
	return put_text(variable, text);
}

bool system_values_text(netsnmp_variable_list *variable, unsigned int number)
{
	switch (number) {
	case 1:
		return *said.descr ? put_text(variable, said.descr)
				   : put_system(variable);
	case 4:
		return put_text(variable, said.contact);
	case 5:
		return *said.name ? put_text(variable, said.name)
				  : put_host(variable);
	default:
		return put_text(variable, said.location);
	}
}

/* net-snmp on Linux: true, and what discovery goes by. */
bool system_values_object_id(netsnmp_variable_list *variable,
			     unsigned int number)
{
	static const oid id[] = { NETSNMP_SYSTEM_MIB };

	(void)number;
	return snmp_set_var_typed_value(variable, ASN_OBJECT_ID, id,
					sizeof(id)) == 0;
}

bool system_values_uptime(netsnmp_variable_list *variable, unsigned int number)
{
	(void)number;
	return put_number(variable, ASN_TIMETICKS,
			  (long)netsnmp_get_agent_uptime());
}

bool system_values_services(netsnmp_variable_list *variable,
			    unsigned int number)
{
	(void)number;
	return put_number(variable, ASN_INTEGER, SERVICES);
}

bool system_values_from_start(netsnmp_variable_list *variable,
			      unsigned int number)
{
	(void)number;
	return put_number(variable, ASN_TIMETICKS, 0);
}

bool system_values_or_id(netsnmp_variable_list *variable, unsigned int row)
{
	static const oid snmpv2[] = { 1, 3, 6, 1, 6, 3, 1 };
	static const oid engine[] = { 1, 3, 6, 1, 6, 3, 10, 3, 1, 1 };
	oid ours[MIB_NAME_MAX];
	const oid *id = ours;
	size_t length = mib_tree_oid(ours, 0) - 1;

	if (row == 2) {
		id = snmpv2;
		length = OID_LENGTH(snmpv2);
	} else if (row == 3) {
		id = engine;
		length = OID_LENGTH(engine);
	}
	return snmp_set_var_typed_value(variable, ASN_OBJECT_ID, id,
					length * sizeof(*id)) == 0;
}

bool system_values_or_text(netsnmp_variable_list *variable, unsigned int row)
{
	static const char *const texts[] = {
		"The effective carrier of Linux bonds (BOND-CARRIER-MIB)",
		"The MIB module for SNMP entities (SNMPv2-MIB)",
		"The SNMP management architecture (SNMP-FRAMEWORK-MIB)",
	};

	return put_text(variable, texts[row - 1]);
}

bool system_values_statistic(netsnmp_variable_list *variable,
			     unsigned int number)
{
	return put_number(
	    variable, ASN_COUNTER,
	    (long)snmp_get_statistic(STAT_SNMP_STATS_START + (int)number - 1));
}

bool system_values_authen_traps(netsnmp_variable_list *variable,
				unsigned int number)
{
	(void)number;
	return put_number(variable, ASN_INTEGER,
			  snmp_enableauthentraps == 1 ? 1 : AUTHEN_DISABLED);
}

bool system_values_engine_id(netsnmp_variable_list *variable,
			     unsigned int number)
{
	u_char id[64];
	size_t length = snmpv3_get_engineID(id, sizeof(id));

	(void)number;
	return length > 0 && snmp_set_var_typed_value(variable, ASN_OCTET_STR,
						      id, length) == 0;
}

bool system_values_engine(netsnmp_variable_list *variable, unsigned int number)
{
	long value = MESSAGE_MAX;

	if (number == 2)
		value = (long)snmpv3_local_snmpEngineBoots();
	else if (number == 3)
		value = (long)snmpv3_local_snmpEngineTime();
	return put_number(variable, ASN_INTEGER, value);
}
