/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floor of the requests: a subagent that does nothing but answer 1, for a
 * scalar (ROOT.1.0) and a table (ROOT.2.1.COLUMN.BOND.SLAVE).
 * `floor_subagent SOCKET BONDS SLAVES COLUMNS`
 */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#define DEPTH 9 /* of ROOT */

static const oid root[DEPTH] = { 1, 3, 6, 1, 4, 1, 8072, 9999, 9998 };
static oid bonds, slaves, columns;

/* The table's instance that follows; 0: there is none. */
static int next(oid name[3])
{
	if (++name[2] > slaves) {
		name[2] = 1;
		name[1]++;
	}
	if (name[1] == 0)
		name[1] = 1;
	if (name[1] > bonds) {
		name[1] = name[2] = 1;
		name[0]++;
	}
	if (name[0] == 0)
		name[0] = name[1] = name[2] = 1;
	return name[0] <= columns;
}

static void answer(netsnmp_request_info *request, int get_next)
{
	netsnmp_variable_list *var = request->requestvb;
	oid name[DEPTH + 5] = { 0 };
	size_t length = var->name_length;
	long one = 1;

	if (length > OID_LENGTH(name))
		length = OID_LENGTH(name);
	memcpy(name, var->name, length * sizeof(oid));
	if (get_next) {
		if (name[DEPTH] < 2) {
			name[DEPTH] = 2;
			memset(&name[DEPTH + 1], 0, 4 * sizeof(oid));
		}
		name[DEPTH + 1] = 1;
		if (!next(&name[DEPTH + 2]))
			return;
		snmp_set_var_objid(var, name, OID_LENGTH(name));
	}
	snmp_set_var_typed_value(var, ASN_INTEGER, &one, sizeof(one));
}

static int handle(netsnmp_mib_handler *handler,
		  netsnmp_handler_registration *registration,
		  netsnmp_agent_request_info *info,
		  netsnmp_request_info *requests)
{
	(void)handler;
	(void)registration;
	for (; requests; requests = requests->next)
		answer(requests, info->mode == MODE_GETNEXT);
	return SNMP_ERR_NOERROR;
}

int main(int argc, char *argv[])
{
	if (argc != 5)
		errx(2, "usage: floor_subagent SOCKET BONDS SLAVES COLUMNS");
	bonds = strtoul(argv[2], NULL, 10);
	slaves = strtoul(argv[3], NULL, 10);
	columns = strtoul(argv[4], NULL, 10);
	netsnmp_ds_set_boolean(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE,
			       1);
	init_agent("floor");
	netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID,
			      NETSNMP_DS_AGENT_X_SOCKET, argv[1]);
	netsnmp_register_handler(netsnmp_create_handler_registration(
	    "floor", handle, root, DEPTH, HANDLER_CAN_RONLY));
	init_snmp("floor");
	puts("ready");
	(void)fflush(stdout);
	for (;;)
		agent_check_and_process(1);
}
