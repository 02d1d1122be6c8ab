/* SPDX-License-Identifier: BSD-2-Clause */
/* What must hold, whatever the bytes were. */
#include <stdio.h>
#include <stdlib.h>

#include "decision/judge.h"
#include "fuzz.h"

void fuzz_fail(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
	abort();
}

static size_t ledger_find(const struct fuzz_ledger *ledger,
			  const struct event *event)
{
	size_t i;

	for (i = 0; i < ledger->count; i++) {
		const struct fuzz_open *item = &ledger->items[i];

		if (item->bond == event->bond && item->slave == event->slave &&
		    item->kind == event->kind)
			break;
	}
	return i;
}

static void ledger_open(struct fuzz_ledger *ledger, const struct event *event)
{
	FUZZ_ASSERT(ledger_find(ledger, event) == ledger->count);
	if (ledger->count == ledger->capacity) {
		ledger->capacity = ledger->capacity ? 2 * ledger->capacity : 16;
		ledger->items = reallocarray(ledger->items, ledger->capacity,
					     sizeof(*ledger->items));
		FUZZ_ASSERT(ledger->items);
	}
	ledger->items[ledger->count++] = (struct fuzz_open){
		.bond = event->bond,
		.slave = event->slave,
		.kind = event->kind,
	};
}

static void ledger_close(struct fuzz_ledger *ledger, const struct event *event)
{
	size_t at = ledger_find(ledger, event);

	FUZZ_ASSERT(at < ledger->count);
	ledger->items[at] = ledger->items[--ledger->count];
}

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	FUZZ_ASSERT(event->bond == bond->link.ifindex);
	if (event->type == EVENT_DISCREPANCY_RAISED ||
	    event->type == EVENT_DISCREPANCY_CLEARED)
		FUZZ_ASSERT(event->kind >= DISCREPANCY_FALSE_UP &&
			    (int)event->kind <= (int)DISCREPANCY_KIND_COUNT);
	if (event->type == EVENT_DISCREPANCY_RAISED)
		ledger_open(ctx, event);
	if (event->type == EVENT_DISCREPANCY_CLEARED)
		ledger_close(ctx, event);
}

struct event_sink fuzz_ledger_sink(struct fuzz_ledger *ledger)
{
	return (struct event_sink){ .emit = on_event, .ctx = ledger };
}

/* Nobody is told "up" without a link that was seen and is believed. */
static void check_verdict(const struct bond *bond)
{
	const struct carrier_verdict *verdict = &bond->verdict;
	size_t links = 0;

	FUZZ_ASSERT(verdict->effective == CARRIER_UP ||
		    verdict->effective == CARRIER_DOWN ||
		    verdict->effective == CARRIER_UNKNOWN);
	FUZZ_ASSERT(verdict->slaves_lower_up <= bond->slave_count);
	FUZZ_ASSERT(verdict->slaves_usable <= verdict->slaves_lower_up);
	if (verdict->effective != CARRIER_UP)
		return;

	for (size_t i = 0; i < bond->slave_count; i++) {
		const struct link_state *link = &bond->slaves[i].link;

		links += !link->distrusted && link_lower_up(link);
	}
	FUZZ_ASSERT(links > 0);
	FUZZ_ASSERT(!bond->link.distrusted);
	FUZZ_ASSERT(link_admin_up(&bond->link));
	FUZZ_ASSERT(verdict->reason == CARRIER_REASON_LINK_UP);
}

static size_t count_raised(const struct bond *bond)
{
	size_t raised = 0;

	for (size_t i = 0; i < bond->discrepancies.count; i++)
		raised +=
		    bond->discrepancies.items[i].phase != DISCREPANCY_PENDING;
	return raised;
}

void fuzz_check(const struct bond_set *set, const struct fuzz_ledger *ledger)
{
	size_t raised = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		FUZZ_ASSERT(bond->link.ifindex > 0);
		FUZZ_ASSERT(i == 0 || set->bonds[i - 1].link.ifindex <
					  bond->link.ifindex);
		for (size_t s = 1; s < bond->slave_count; s++)
			FUZZ_ASSERT(bond->slaves[s - 1].link.ifindex <
				    bond->slaves[s].link.ifindex);
		check_verdict(bond);
		raised += count_raised(bond);
	}
	for (size_t i = 1; i < set->lower_count; i++)
		FUZZ_ASSERT(set->lowers[i - 1].ifindex <
			    set->lowers[i].ifindex);
	FUZZ_ASSERT(raised == ledger->count);
}

void fuzz_farewell(struct bond_set *set, struct fuzz_ledger *ledger,
		   int64_t now_ms)
{
	struct event_sink sink = fuzz_ledger_sink(ledger);

	for (size_t i = 0; i < set->count; i++)
		judge_retire(set, &set->bonds[i], 0, &sink, now_ms);
	FUZZ_ASSERT(ledger->count == 0);
	free(ledger->items);
}
