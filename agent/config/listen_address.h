/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Converts a listen address of the command line (-S) to net-snmp's form. For
 * net-snmp a port without a host means all interfaces; here it means the
 * loopback.
 *
 * Pure. Errors: -EINVAL, -ENAMETOOLONG.
 */
#ifndef BONDCARRIER_AGENT_LISTEN_ADDRESS_H
#define BONDCARRIER_AGENT_LISTEN_ADDRESS_H

#include <stddef.h>

#define LISTEN_ADDRESS_SIZE 512
#define LISTEN_ADDRESS_WHY  160

/*
 * Converts a comma-separated list of [udp:|udp6:|tcp:|tcp6:]HOST[:PORT], PORT
 * and unix:/PATH to net-snmp's agentAddress. The default host is the loopback,
 * the default port 161. After an error its reason is in `why`.
 */
int listen_address_parse(char out[LISTEN_ADDRESS_SIZE], const char *text,
			 char why[LISTEN_ADDRESS_WHY]);

#endif
