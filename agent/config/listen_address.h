/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where an SNMP agent listens, as an operator says it and as net-snmp wants
 * it: all interfaces only if that is said, since for net-snmp a port without
 * a host means all of them.
 *
 * Errors: -EINVAL, -ENAMETOOLONG. Pure.
 */
#ifndef BONDCARRIER_AGENT_LISTEN_ADDRESS_H
#define BONDCARRIER_AGENT_LISTEN_ADDRESS_H

#include <stddef.h>

#define LISTEN_ADDRESS_SIZE 512
#define LISTEN_ADDRESS_WHY  160

/*
 * A list with commas of [udp:|udp6:|tcp:|tcp6:]HOST[:PORT], PORT, and
 * unix:/PATH becomes what net-snmp's agentAddress takes. Without a host it is
 * the loopback, without a port 161. When it is wrong, `why` says what with.
 */
int listen_address_parse(char out[LISTEN_ADDRESS_SIZE], const char *text,
			 char why[LISTEN_ADDRESS_WHY]);

#endif
