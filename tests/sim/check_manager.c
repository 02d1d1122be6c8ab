/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariant 3, as a manager sees it: each raise has one clear, under the name
 * of the raise. The same notification may come again, after a connection that
 * broke or an agent that was killed: at least once.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

static struct check_told *told_of(struct check *check,
				  const struct event *event)
{
	struct check_told *told;

	for (size_t i = 0; i < check->told_count; i++) {
		told = &check->told[i];
		if (told->kind == (int)event->kind &&
		    strcmp(told->bond, event->bond_name) == 0 &&
		    strcmp(told->slave, event->slave_name) == 0)
			return told;
	}
	if (check->told_count == CHECK_TOLD) {
		/* One that is over makes room. */
		for (size_t i = 0; i < CHECK_TOLD; i++) {
			if (check->told[i].raised)
				continue;
			check->told[i] = check->told[--check->told_count];
			break;
		}
		if (check->told_count == CHECK_TOLD)
			abort();
	}
	told = &check->told[check->told_count++];
	memset(told, 0, sizeof(*told));
	told->kind = (int)event->kind;
	memcpy(told->bond, event->bond_name, sizeof(told->bond));
	memcpy(told->slave, event->slave_name, sizeof(told->slave));
	return told;
}

/* Older than what was heard of it last: it is on its way once more, with all
   that follows it. Another life may have other indexes. */
static bool is_again(const struct check *check, struct check_told *told,
		     const struct outbox_item *item)
{
	if (told->life == check->lives)
		return item->index < told->raise_index ||
		       item->index < told->clear_index;
	told->raise_index = 0;
	told->clear_index = 0;
	return false;
}

static void heard_raise(struct check *check, const struct outbox_item *item)
{
	struct check_told *told = told_of(check, &item->event);

	if (is_again(check, told, item))
		return;
	if (told->raised && told->raise_index != item->index &&
	    told->life == check->lives && !check->dropped &&
	    !check->life->shared.counters.dropped)
		check_fail(check, 3, "raised-twice",
			   "kind %d of %s %s was raised twice (events %u and "
			   "%u) without a clear",
			   told->kind, told->bond, told->slave,
			   told->raise_index, item->index);
	told->raised = true;
	told->raise_index = item->index;
	told->life = check->lives;
}

static void heard_clear(struct check *check, const struct outbox_item *item)
{
	struct check_told *told = told_of(check, &item->event);

	if (is_again(check, told, item))
		return;
	if (!told->raised && told->clear_index != item->index &&
	    told->life == check->lives && !check->dropped &&
	    !check->life->shared.counters.dropped)
		check_fail(check, 3, "cleared-unraised",
			   "kind %d of %s %s was cleared (event %u), and is "
			   "not raised under that name",
			   told->kind, told->bond, told->slave, item->index);
	if (!told->raised && !told->life && !check->amnesia &&
	    !check->dropped && !check->life->shared.counters.dropped)
		check_fail(check, 3, "cleared-unraised",
			   "kind %d of %s %s was cleared (event %u), and was "
			   "never raised under that name",
			   told->kind, told->bond, told->slave, item->index);
	told->raised = false;
	told->clear_index = item->index;
	told->life = check->lives;
}

static void heard_word(struct check *check, const struct outbox_item *item)
{
	struct check_word *word = NULL;

	for (size_t i = 0; i < check->word_count; i++)
		if (check->words[i].bond == item->event.bond)
			word = &check->words[i];
	if (!word)
		word = &check->words[check->word_count < CHECK_GONE
					 ? check->word_count++
					 : 0];
	word->bond = item->event.bond;
	word->at_ms = item->event.at_ms;
	memcpy(word->name, item->event.bond_name, sizeof(word->name));
	word->effective =
	    item->event.type == EVENT_EFFECTIVE_UP ? CARRIER_UP : CARRIER_DOWN;
}

void check_heard(void *ctx, const struct outbox_item *item)
{
	struct check *check = ctx;

	if (item->event.type == EVENT_DISCREPANCY_RAISED)
		heard_raise(check, item);
	else if (item->event.type == EVENT_DISCREPANCY_CLEARED)
		heard_clear(check, item);
	else if (item->event.type == EVENT_EFFECTIVE_UP ||
		 item->event.type == EVENT_EFFECTIVE_DOWN)
		heard_word(check, item);
}
