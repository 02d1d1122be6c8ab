/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floor of the notifications: hears of a link's carrier, sends one AgentX
 * notify with one object. `floor_notifier SOCKET LINK [OBJECTS]`: with so
 * many, of as many octets as ours have.
 */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <err.h>
#include <net/if.h>
#include <stdio.h>

#include "links.h"

static const oid trap_name[] = { 1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0 };
static const oid trap[] = { 1, 3, 6, 1, 4, 1, 8072, 9999, 9999, 7, 0, 1 };
static const oid object[] = { 1, 3, 6, 1, 4, 1, 8072, 9999, 9999, 7, 1, 0 };

static void notify(int carrier, long objects)
{
	static const char octets[] = "a text as long as some of ours are";
	netsnmp_variable_list *list = NULL;
	long value = carrier;

	snmp_varlist_add_variable(&list, trap_name, OID_LENGTH(trap_name),
				  ASN_OBJECT_ID, trap, sizeof(trap));
	snmp_varlist_add_variable(&list, object, OID_LENGTH(object),
				  ASN_INTEGER, &value, sizeof(value));
	while (--objects > 0)
		snmp_varlist_add_variable(&list, object, OID_LENGTH(object),
					  ASN_OCTET_STR, octets,
					  sizeof(octets) - 1);
	send_v2trap(list);
	snmp_free_varbind(list);
}

int main(int argc, char *argv[])
{
	int ifindex, carrier = -1, netlink;
	long objects = argc == 4 ? strtol(argv[3], NULL, 10) : 1;

	if (argc < 3 || argc > 4 || !(ifindex = (int)if_nametoindex(argv[2])))
		errx(2, "usage: floor_notifier SOCKET LINK [OBJECTS]");
	netsnmp_ds_set_boolean(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE,
			       1);
	init_agent("floor");
	netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID,
			      NETSNMP_DS_AGENT_X_SOCKET, argv[1]);
	init_snmp("floor");
	netlink = links_open();
	puts("ready");
	(void)fflush(stdout);
	for (;;) {
		fd_set fds;
		int count = netlink + 1, block = 1;
		struct timeval timeout = { 0 };

		FD_ZERO(&fds);
		FD_SET(netlink, &fds);
		snmp_select_info(&count, &fds, &timeout, &block);
		if (select(count, &fds, NULL, NULL, block ? NULL : &timeout) <
		    0)
			continue;
		if (FD_ISSET(netlink, &fds)) {
			FD_CLR(netlink, &fds);
			if (links_changed(netlink, ifindex, &carrier))
				notify(carrier, objects);
		}
		snmp_read(&fds);
		snmp_timeout();
		run_alarms();
	}
}
