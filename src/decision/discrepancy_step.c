/* SPDX-License-Identifier: BSD-2-Clause */
/* The state machine that decides when a discrepancy is raised and cleared. */
#include "decision/discrepancy_step.h"

#include "base/array.h"
#include "decision/finding.h"

/* Removes the item first, so that `emit` sees the state without it. */
static void finish(struct discrepancy_state *state, size_t at,
		   discrepancy_emit emit, void *ctx)
{
	struct discrepancy item = state->items[at];

	ARRAY_CLOSE(state->items, state->count, at);
	if (discrepancy_is_raised(&item))
		emit(ctx, &item, false);
}

/* Adds new findings as pending. */
static int add_new(struct discrepancy_state *state,
		   const struct finding_list *findings, int64_t now_ms)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *found = &findings->items[i];
		size_t at =
		    discrepancy_position(state, found->kind, found->slave);
		struct discrepancy item = { .kind = found->kind,
					    .slave = found->slave,
					    .phase = DISCREPANCY_PENDING,
					    .since_ms = now_ms,
					    .grace_from_ms = now_ms };
		int err;

		if (discrepancy_stands_at(state, at, found->kind, found->slave))
			continue;
		err = discrepancy_insert(state, at, &item);
		if (err)
			return err;
	}
	return 0;
}

static bool has_names(const struct discrepancy *item, const char *bond_name,
		      const char *slave_name)
{
	return strcmp(item->bond_name, bond_name) == 0 &&
	       strcmp(item->slave_name, slave_name) == 0;
}

/* Updates the names. A raised item is cleared under the old names and raised
   under the new ones. */
static void follow_names(struct discrepancy *item, const struct bond *bond,
			 discrepancy_emit emit, void *ctx)
{
	const struct slave *slave = bond_slave(bond, item->slave);
	const char *slave_name = slave ? slave->link.name : item->slave_name;
	bool raised = item->phase == DISCREPANCY_RAISED;

	_Static_assert(sizeof(item->slave_name) == sizeof(slave->link.name),
		       "one size for interface names");
	if (has_names(item, bond->link.name, slave_name))
		return;
	if (raised) {
		item->phase = DISCREPANCY_PENDING;
		emit(ctx, item, false);
	}
	memcpy(item->bond_name, bond->link.name, sizeof(item->bond_name));
	if (slave)
		memcpy(item->slave_name, slave_name, sizeof(item->slave_name));
	if (raised) {
		item->phase = DISCREPANCY_RAISED;
		emit(ctx, item, true);
	}
}

/*
 * The grace is that of the current cause. A longer grace counts from the
 * beginning; a shorter one ends at most that long from now. Alternating causes
 * can therefore not postpone a raise for ever.
 */
static void follow_grace(struct discrepancy *item, int64_t grace_ms,
			 int64_t now_ms)
{
	if (item->deadline_ms < item->grace_from_ms + grace_ms)
		item->deadline_ms = item->grace_from_ms + grace_ms;
	if (item->deadline_ms > now_ms + grace_ms)
		item->deadline_ms = now_ms + grace_ms;
}

/* The finding is present. True: the item becomes raised now. */
static bool hold(struct discrepancy *item, const struct bond *bond,
		 const struct discrepancy_policy *policy, bool restart,
		 int64_t now_ms)
{
	if (item->phase != DISCREPANCY_PENDING) {
		item->phase = DISCREPANCY_RAISED;
		return false;
	}
	if (restart)
		item->grace_from_ms = now_ms;
	follow_grace(item, finding_grace_ms(bond, item->kind, policy), now_ms);
	if (now_ms < item->deadline_ms)
		return false;
	item->phase = DISCREPANCY_RAISED;
	return true;
}

/* The finding is gone. True: the hold has ended, remove the item. */
static bool fade(struct discrepancy *item,
		 const struct discrepancy_policy *policy, int64_t now_ms)
{
	if (item->phase == DISCREPANCY_PENDING)
		return true;
	if (item->phase == DISCREPANCY_RAISED) {
		item->phase = DISCREPANCY_CLEARING;
		item->deadline_ms = now_ms + policy->grace_base_ms;
	}
	return now_ms >= item->deadline_ms;
}

int discrepancy_step(struct discrepancy_state *state, const struct bond *bond,
		     const struct finding_list *findings,
		     const struct discrepancy_policy *policy, bool restart,
		     int64_t now_ms, discrepancy_emit emit, void *ctx)
{
	size_t at = 0, next = 0;
	int err = add_new(state, findings, now_ms);

	/* Both lists have the same order: walk them side by side. */
	while (at < state->count) {
		struct discrepancy *item = &state->items[at];
		const struct finding *found;
		int order = 1;

		/* A clearing item keeps the names of its raise. */
		if (item->phase != DISCREPANCY_CLEARING)
			follow_names(item, bond, emit, ctx);
		if (next < findings->count) {
			found = &findings->items[next];
			order = discrepancy_compare(found->kind, found->slave,
						    item->kind, item->slave);
		}
		if (order < 0) { /* add_new() had no memory for it */
			next++;
		} else if (order == 0) {
			if (hold(item, bond, policy, restart, now_ms))
				emit(ctx, item, true);
			next++;
			at++;
		} else if (fade(item, policy, now_ms)) {
			finish(state, at, emit, ctx);
		} else {
			at++;
		}
	}
	return err;
}

void discrepancy_step_clear(struct discrepancy_state *state, int slave,
			    discrepancy_emit emit, void *ctx)
{
	size_t at = 0;

	while (at < state->count)
		if (slave == 0 || state->items[at].slave == slave)
			finish(state, at, emit, ctx);
		else
			at++;
}
