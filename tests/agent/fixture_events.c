/* SPDX-License-Identifier: BSD-2-Clause */
/* Synthetic events. */
#include <string.h>

#include "fixture.h"

#define COUNT 7
#define LIMIT 5 /* the oldest two must be dropped */

struct past_event {
	struct event event; /* at_ms: its age */
	int64_t wall_ms;
	enum event_fate fate;
};

static const struct past_event past[COUNT] = {
	{
	    .event = { .type = EVENT_BOND_ADDED,
		       .bond = 3,
		       .bond_name = "forgotten" },
	    .fate = EVENT_FATE_NOT_APPLICABLE,
	},
	{
	    .event = { .type = EVENT_BOND_REMOVED,
		       .bond = 3,
		       .bond_name = "forgotten" },
	    .fate = EVENT_FATE_NOT_APPLICABLE,
	},
	{
	    .event = { .type = EVENT_DISCREPANCY_RAISED,
		       .kind = DISCREPANCY_FALSE_UP,
		       .bond = 4,
		       .bond_name = "bond1",
		       .at_ms = 28000,
		       .effective = CARRIER_DOWN,
		       .reason = CARRIER_REASON_NO_SLAVE_UP },
	    .wall_ms = INT64_C(1700000000123), /* 2023-11-14 22:13:20.1 UTC */
	    .fate = EVENT_FATE_ACKNOWLEDGED,
	},
	{
	    .event = { .type = EVENT_DISCREPANCY_CLEARED,
		       .kind = DISCREPANCY_SLAVE_NOT_OPERATIONAL,
		       .bond = 9,
		       .slave = 11,
		       .bond_name = "lag0",
		       .slave_name = "eth11",
		       .at_ms = 200000000,
		       .effective = CARRIER_UP,
		       .reason = CARRIER_REASON_LINK_UP },
	    .wall_ms = 0, /* 1970-01-01 00:00:00.0 UTC */
	    .fate = EVENT_FATE_DROPPED,
	},
	{
	    .event = { .type = EVENT_ACTIVE_SLAVE_CHANGED,
		       .bond = 31,
		       .slave = 33,
		       .bond_name = "a \"\\\001\n\177\377\303\251%n",
		       .slave_name = "\377\377\377\377\377\377\377\377"
				     "\377\377\377\377\377\377\377",
		       .at_ms = 1000,
		       .effective = CARRIER_UNKNOWN,
		       .reason = CARRIER_REASON_NOT_SYNCHRONISED },
	    .wall_ms = INT64_C(1582934399900), /* 2020-02-28 23:59:59.9 UTC */
	    .fate = EVENT_FATE_SUPPRESSED,
	},
	{
	    .event = { .type = EVENT_SLAVE_LOWER_DOWN,
		       .bond = INT32_MAX,
		       .slave = INT32_MAX - 1,
		       .bond_name = "abcdefghijklmno",
		       .slave_name = "ponmlkjihgfedcb",
		       .at_ms = 0,
		       .effective = CARRIER_DOWN,
		       .reason = CARRIER_REASON_NO_AGGREGATOR },
	    .wall_ms = INT64_C(4102444800000), /* 2100-01-01 00:00:00.0 UTC */
	    .fate = EVENT_FATE_NOT_APPLICABLE,
	},
	{
	    .event = { .type = EVENT_EFFECTIVE_DOWN,
		       .bond = 3,
		       .bond_name = "bond0",
		       .at_ms = 10,
		       .effective = CARRIER_DOWN,
		       .reason = CARRIER_REASON_NO_SLAVE_UP },
	    .wall_ms = INT64_C(1709208000000), /* 2024-02-29 12:00:00.0 UTC */
	    .fate = EVENT_FATE_QUEUED,
	},
};

struct event_log *fixture_events(int64_t now_ms)
{
	struct event_log *log = event_log_new(LIMIT, UINT32_MAX - COUNT + 1);

	for (size_t i = 0; log && i < COUNT; i++) {
		struct event event = past[i].event;

		event.at_ms = now_ms - event.at_ms;
		if (event_log_append(log, &event, past[i].wall_ms, past[i].fate,
				     NULL)) {
			event_log_free(log);
			log = NULL;
		}
	}
	return log;
}

int fixture_queue(struct outbox *outbox, const struct bond *bond)
{
	struct outbox_item item;
	int err = 0;

	for (uint32_t i = 1; i <= 2 && !err; i++) {
		outbox_item_fill(&item, i, &past[0].event, bond, 0);
		err = outbox_push_item(outbox, &item, NULL, NULL);
	}
	return err;
}
