/* SPDX-License-Identifier: BSD-2-Clause */
/* Fills events from bonds and passes them to a sink. */
#include "bond/event.h"

#include <string.h>

static void put_name(char to[LINK_NAME_SIZE], const char *name)
{
	memset(to, 0, LINK_NAME_SIZE);
	if (name)
		memcpy(to, name, strnlen(name, LINK_NAME_SIZE - 1));
}

static void emit(const struct event_sink *sink, const struct bond *bond,
		 struct event *event, const char *bond_name,
		 const char *slave_name)
{
	if (!sink || !sink->emit)
		return;
	event->bond = bond->link.ifindex;
	event->effective = bond->verdict.effective;
	event->reason = bond->verdict.reason;
	put_name(event->bond_name, bond_name);
	put_name(event->slave_name, slave_name);
	sink->emit(sink->ctx, event, bond);
}

void event_emit(const struct event_sink *sink, const struct bond *bond,
		enum event_type type, int slave, const char *slave_name,
		int64_t now_ms)
{
	struct event event = { .type = type, .slave = slave, .at_ms = now_ms };

	emit(sink, bond, &event, bond->link.name, slave_name);
}

void event_emit_discrepancy(const struct event_sink *sink,
			    const struct bond *bond,
			    const struct discrepancy *item, bool raised,
			    int64_t now_ms)
{
	struct event event = {
		.type = raised ? EVENT_DISCREPANCY_RAISED
			       : EVENT_DISCREPANCY_CLEARED,
		.kind = item->kind,
		.slave = item->slave,
		.at_ms = now_ms,
	};

	emit(sink, bond, &event, item->bond_name, item->slave_name);
}
