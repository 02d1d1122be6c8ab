/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes messages about links for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_link.h>

#include "link_of.h"

struct link_event link_of(int ifindex, const char *name, unsigned int flags)
{
	struct link_event event;

	memset(&event, 0, sizeof(event));
	event.link.ifindex = ifindex;
	event.link.flags = flags;
	(void)snprintf(event.link.name, sizeof(event.link.name), "%s", name);
	return event;
}

struct link_event link_of_bond(int ifindex, const char *name, uint8_t mode,
			       uint32_t miimon_ms)
{
	struct link_event event = link_of(ifindex, name, UP);

	event.kind = LINK_KIND_BOND;
	event.bond.present =
	    BOND_ATTR_BIT(IFLA_BOND_MODE) | BOND_ATTR_BIT(IFLA_BOND_MIIMON);
	event.bond.mode = mode;
	event.bond.miimon_ms = miimon_ms;
	return event;
}

struct link_event link_of_slave(int ifindex, const char *name,
				unsigned int flags, int master, int mii_status)
{
	struct link_event event = link_of(ifindex, name, flags);

	event.master = master;
	event.bond_slave = true;
	event.slave.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);
	event.slave.mii_status = (uint8_t)mii_status;
	return event;
}

struct link_event link_of_vlan(int ifindex, const char *name, int lower)
{
	struct link_event event = link_of(ifindex, name, UP);

	event.kind = LINK_KIND_VLAN;
	event.link.lower = lower;
	return event;
}

struct link_event *link_of_put(struct link_batch *batch,
			       struct link_event event)
{
	assert_int_equal(link_batch_add(batch, &event), 0);
	return &batch->items[batch->count - 1];
}
