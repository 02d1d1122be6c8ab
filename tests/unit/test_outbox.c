/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The outbox: order, window, acknowledgement, recall, overflow.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "named.h"
#include "state/outbox.h"

struct drops {
	uint32_t indexes[16];
	size_t count;
};

static void note_drop(void *ctx, uint32_t index)
{
	struct drops *drops = ctx;

	assert_true(drops->count < 16);
	drops->indexes[drops->count++] = index;
}

static void push_of(struct outbox *outbox, uint32_t index,
		    const struct event *event, const struct bond *bond,
		    struct drops *drops)
{
	struct outbox_item item;

	outbox_item_fill(&item, index, event, bond, 5000);
	assert_int_equal(outbox_push_item(outbox, &item, note_drop, drops), 0);
}

static void push(struct outbox *outbox, uint32_t index, struct drops *drops)
{
	struct event event = { .type = EVENT_EFFECTIVE_DOWN, .at_ms = index };
	struct bond bond = { .link.ifindex = (int)index };

	push_of(outbox, index, &event, &bond, drops);
}

/* In the order in which they are pushed, ids are 1, 2 ... : as the indexes of
   these tests, where there is one form of each. */
static bool ack(struct outbox *outbox, uint32_t id)
{
	struct outbox_acked acked;

	return outbox_ack(outbox, id, &acked);
}

/* The next in the window, or 0. */
static uint32_t next(struct outbox *outbox, size_t window)
{
	const struct outbox_item *item = outbox_next(outbox, window);

	if (!item)
		return 0;
	assert_true(item->in_flight);
	assert_int_equal(item->event.at_ms, item->index);
	return item->index;
}

static void assert_counts(const struct outbox *outbox, size_t all,
			  size_t in_flight)
{
	assert_int_equal(outbox_count(outbox), all);
	assert_int_equal(outbox_in_flight(outbox), in_flight);
}

static void order_is_kept_within_the_window(void **state)
{
	struct outbox *outbox = outbox_new(10);
	struct drops drops = { .count = 0 };

	(void)state;
	assert_int_equal(next(outbox, 1), 0);
	for (uint32_t i = 1; i <= 4; i++)
		push(outbox, i, &drops);
	assert_int_equal(next(outbox, 0), 0);
	assert_int_equal(next(outbox, 2), 1);
	assert_int_equal(next(outbox, 2), 2);
	assert_int_equal(next(outbox, 2), 0);
	assert_counts(outbox, 4, 2);
	assert_true(ack(outbox, 1));
	assert_int_equal(next(outbox, 2), 3);
	assert_int_equal(next(outbox, 9), 4);
	assert_int_equal(next(outbox, 9), 0);
	assert_counts(outbox, 3, 3);
	assert_int_equal(drops.count, 0);
	outbox_free(outbox);
	outbox_free(NULL);
}

static void acknowledged_in_any_order(void **state)
{
	struct outbox *outbox = outbox_new(10);
	struct drops drops = { .count = 0 };

	(void)state;
	for (uint32_t i = 1; i <= 4; i++)
		push(outbox, i, &drops);
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(next(outbox, 9), i);
	assert_true(ack(outbox, 2));
	assert_false(ack(outbox, 2));
	assert_false(ack(outbox, 4)); /* waits still */
	assert_false(ack(outbox, 77));
	assert_true(ack(outbox, 3));
	assert_true(ack(outbox, 1));
	assert_counts(outbox, 1, 0);
	assert_int_equal(next(outbox, 9), 4);
	assert_true(ack(outbox, 4));
	assert_counts(outbox, 0, 0);
	push(outbox, 5, &drops); /* and it can be used again */
	assert_int_equal(next(outbox, 9), 5);
	outbox_free(outbox);
}

static void recalled_are_sent_again_in_order(void **state)
{
	struct outbox *outbox = outbox_new(10);
	struct drops drops = { .count = 0 };

	(void)state;
	outbox_recall(outbox);
	for (uint32_t i = 1; i <= 4; i++)
		push(outbox, i, &drops);
	for (uint32_t i = 1; i <= 3; i++)
		assert_int_equal(next(outbox, 9), i);
	assert_true(ack(outbox, 2));
	outbox_recall(outbox);
	assert_counts(outbox, 3, 0);
	assert_false(ack(outbox, 1)); /* an answer that came too late */
	assert_int_equal(next(outbox, 9), 1);
	assert_int_equal(next(outbox, 9), 3);
	assert_int_equal(next(outbox, 9), 4);
	outbox_recall(outbox); /* with none waiting */
	assert_int_equal(next(outbox, 9), 1);
	outbox_free(outbox);
}

static void overflow_drops_the_oldest_that_waits(void **state)
{
	struct outbox *outbox = outbox_new(3);
	struct drops drops = { .count = 0 };

	(void)state;
	for (uint32_t i = 1; i <= 3; i++)
		push(outbox, i, &drops);
	assert_int_equal(next(outbox, 9), 1);
	push(outbox, 4, &drops);
	push(outbox, 5, &drops);
	assert_int_equal(drops.count, 2);
	assert_int_equal(drops.indexes[0], 2);
	assert_int_equal(drops.indexes[1], 3);
	assert_counts(outbox, 3, 1);
	assert_int_equal(next(outbox, 9), 4);
	assert_int_equal(next(outbox, 9), 5);
	push(outbox, 6, &drops); /* all others are in flight: it goes itself */
	assert_int_equal(drops.count, 3);
	assert_int_equal(drops.indexes[2], 6);
	assert_counts(outbox, 3, 3);
	assert_true(ack(outbox, 5));
	push(outbox, 7, &drops);
	assert_int_equal(drops.count, 3);
	assert_int_equal(next(outbox, 9), 7);
	outbox_free(outbox);
}

static void smaller_limit_drops(void **state)
{
	struct outbox *outbox = outbox_new(9);
	struct drops drops = { .count = 0 };

	(void)state;
	for (uint32_t i = 1; i <= 5; i++)
		push(outbox, i, &drops);
	assert_int_equal(next(outbox, 9), 1);
	assert_int_equal(next(outbox, 9), 2);
	outbox_set_limit(outbox, 3, note_drop, &drops);
	assert_int_equal(drops.count, 2);
	assert_int_equal(drops.indexes[0], 3);
	assert_int_equal(drops.indexes[1], 4);
	outbox_set_limit(outbox, 0, NULL, NULL);
	assert_counts(outbox, 2, 2);
	push(outbox, 6, &drops); /* no room at all */
	assert_int_equal(drops.indexes[2], 6);
	assert_counts(outbox, 2, 2);
	outbox_free(outbox);
}

static void push_form(struct outbox *outbox, uint32_t index, unsigned int form)
{
	struct outbox_item item = { .index = index, .forms = form };

	assert_int_equal(outbox_push_item(outbox, &item, NULL, NULL), 0);
}

/* Puts the next in flight; its id. */
static uint32_t take(struct outbox *outbox, uint32_t index, unsigned int form)
{
	const struct outbox_item *item = outbox_next(outbox, 9);

	assert_non_null(item);
	assert_int_equal(item->index, index);
	assert_int_equal(item->forms, form);
	assert_int_not_equal(item->id, 0);
	return item->id;
}

static void assert_acked(struct outbox *outbox, uint32_t id, uint32_t index,
			 bool last)
{
	struct outbox_acked acked;

	assert_true(outbox_ack(outbox, id, &acked));
	assert_int_equal(acked.index, index);
	assert_int_equal(acked.last, last);
	assert_false(outbox_ack(outbox, id, &acked));
}

static void forms_of_an_event_are_told_apart(void **state)
{
	struct outbox *outbox = outbox_new(9);
	uint32_t own[3], link[3], again;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		push_form(outbox, 20 + i, OUTBOX_OWN);
		push_form(outbox, 20 + i, OUTBOX_IF_LINK);
	}
	for (uint32_t i = 0; i < 2; i++) {
		own[i] = take(outbox, 20 + i, OUTBOX_OWN);
		link[i] = take(outbox, 20 + i, OUTBOX_IF_LINK);
	}
	own[2] = take(outbox, 22, OUTBOX_OWN);
	assert_acked(outbox, link[1], 21, false); /* the later first */
	assert_acked(outbox, own[0], 20, false);
	assert_acked(outbox, link[0], 20, true);
	assert_acked(outbox, own[1], 21, true);
	assert_acked(outbox, own[2], 22, false); /* the other waits still */
	link[2] = take(outbox, 22, OUTBOX_IF_LINK);
	outbox_recall(outbox);
	again = take(outbox, 22, OUTBOX_IF_LINK);
	assert_int_equal(again, link[2]); /* the same one, sent again */
	assert_acked(outbox, again, 22, true);
	outbox_free(outbox);
}

static void bond_is_kept_as_it_was(void **state)
{
	struct outbox *outbox = outbox_new(9);
	struct slave slave = { .link.ifindex = 8 };
	struct discrepancy raised = { .kind = DISCREPANCY_FALSE_UP,
				      .phase = DISCREPANCY_RAISED };
	struct bond bond = {
		.link = { .ifindex = 3, .flags = LINK_FLAG_RUNNING },
		.slaves = &slave,
		.slave_count = 1,
		.discrepancies = { &raised, 1, 1 },
		.verdict.effective = CARRIER_DOWN,
	};
	struct event event = { .type = EVENT_DISCREPANCY_RAISED };
	const struct outbox_item *item;

	(void)state;
	strcpy(bond.link.name, "renamed");
	strcpy(event.bond_name, "bond0");
	push_of(outbox, 1, &event, &bond, NULL);
	memset(&bond, 0, sizeof(bond));
	item = outbox_next(outbox, 1);
	assert_non_null(item);
	assert_string_equal(item->bond.link.name, "bond0");
	assert_int_equal(item->bond.link.flags, LINK_FLAG_RUNNING);
	assert_carrier(item->bond.verdict.effective, CARRIER_DOWN);
	assert_kinds(item->raised, DISCREPANCY_BIT(DISCREPANCY_FALSE_UP));
	assert_int_equal(item->wall_ms, 5000);
	assert_null(item->bond.slaves);
	assert_int_equal(item->bond.slave_count, 0);
	assert_null(item->bond.discrepancies.items);
	assert_int_equal(item->bond.discrepancies.count, 0);
	outbox_free(outbox);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_kept_within_the_window),
		cmocka_unit_test(acknowledged_in_any_order),
		cmocka_unit_test(recalled_are_sent_again_in_order),
		cmocka_unit_test(overflow_drops_the_oldest_that_waits),
		cmocka_unit_test(smaller_limit_drops),
		cmocka_unit_test(forms_of_an_event_are_told_apart),
		cmocka_unit_test(bond_is_kept_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
