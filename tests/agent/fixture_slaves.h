/* SPDX-License-Identifier: BSD-2-Clause */
/* The slaves of the fixture's bonds. */
#ifndef BONDCARRIER_TESTS_AGENT_FIXTURE_SLAVES_H
#define BONDCARRIER_TESTS_AGENT_FIXTURE_SLAVES_H

#include "bond/bond.h"

extern struct slave fixture_healthy[2];
extern struct slave fixture_unplugged[2];
extern struct slave fixture_ports[3];
extern struct slave fixture_port_back[1];
extern struct slave fixture_arp[2];
extern struct slave fixture_extreme_slave[1];
extern struct slave fixture_future_slave[1];
extern struct slave fixture_broken_slave[1];
extern struct slave fixture_last_slave[1];

#endif
