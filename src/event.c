/* SPDX-License-Identifier: BSD-2-Clause */
/* Fills events from bonds and hands them to a sink. */
#include "event.h"

#include <string.h>

void event_emit(const struct event_sink *sink, const struct bond *bond,
		enum event_type type, enum discrepancy_kind kind, int slave,
		const char *slave_name, int64_t now_ms)
{
	struct event event;

	if (!sink || !sink->emit)
		return;

	memset(&event, 0, sizeof(event));
	event.type = type;
	event.kind = kind;
	event.bond = bond->link.ifindex;
	event.slave = slave;
	memcpy(event.bond_name, bond->link.name, sizeof(event.bond_name));
	event.bond_name[sizeof(event.bond_name) - 1] = '\0';
	if (slave_name)
		strncpy(event.slave_name, slave_name,
			sizeof(event.slave_name) - 1);
	event.at_ms = now_ms;
	event.effective = bond->verdict.effective;
	event.reason = bond->verdict.reason;

	sink->emit(sink->ctx, &event, bond);
}
