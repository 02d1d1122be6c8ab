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

static bool has_slave_named(const struct bond *bond, const char *name)
{
	for (size_t i = 0; i < bond->slave_count; i++)
		if (strcmp(bond->slaves[i].link.name, name) == 0)
			return true;
	return false;
}

/* Its link was deleted, or it left and another slave has its name. */
static bool is_over(const struct discrepancy *item, const struct bond *bond)
{
	const struct slave *slave = bond_slave(bond, item->slave);

	if (bond->ended || (slave && slave->ended))
		return true;
	return item->slave && !slave && has_slave_named(bond, item->slave_name);
}

static bool is_renamed(const struct discrepancy *item, const struct bond *bond)
{
	const struct slave *slave = bond_slave(bond, item->slave);

	return strcmp(item->bond_name, bond->link.name) != 0 ||
	       (slave && strcmp(item->slave_name, slave->link.name) != 0);
}

static void leave_name(struct discrepancy *item, discrepancy_emit emit,
		       void *ctx)
{
	item->phase = DISCREPANCY_PENDING;
	item->renamed = true;
	emit(ctx, item, false);
}

void discrepancy_step_leave_names(struct discrepancy_state *state,
				  const struct bond *bond,
				  discrepancy_emit emit, void *ctx)
{
	size_t at = 0;

	while (at < state->count) {
		struct discrepancy *item = &state->items[at];

		if (!discrepancy_is_raised(item)) {
			at++;
		} else if (is_over(item, bond)) {
			finish(state, at, emit, ctx);
		} else {
			if (is_renamed(item, bond))
				leave_name(item, emit, ctx);
			at++;
		}
	}
}

static void take_names(struct discrepancy *item, const struct bond *bond)
{
	const struct slave *slave = bond_slave(bond, item->slave);

	_Static_assert(sizeof(item->slave_name) == LINK_NAME_SIZE,
		       "one size for interface names");
	memcpy(item->bond_name, bond->link.name, LINK_NAME_SIZE);
	if (slave)
		memcpy(item->slave_name, slave->link.name, LINK_NAME_SIZE);
}

static void raise_item(struct discrepancy *item, discrepancy_emit emit,
		       void *ctx)
{
	item->phase = DISCREPANCY_RAISED;
	item->renamed = false;
	emit(ctx, item, true);
}

void discrepancy_step_take_names(struct discrepancy_state *state,
				 const struct bond *bond, discrepancy_emit emit,
				 void *ctx)
{
	for (size_t at = 0; at < state->count; at++) {
		struct discrepancy *item = &state->items[at];

		if (!item->renamed)
			continue;
		take_names(item, bond);
		raise_item(item, emit, ctx);
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

/* The finding is present. True: raise the item now. */
static bool hold(struct discrepancy *item, const struct bond *bond,
		 const struct discrepancy_policy *policy, bool restart,
		 int64_t now_ms)
{
	if (discrepancy_is_raised(item)) {
		item->phase = DISCREPANCY_RAISED;
		return false;
	}
	if (restart)
		item->grace_from_ms = now_ms;
	follow_grace(item, finding_grace_ms(bond, item->kind, policy), now_ms);
	return now_ms >= item->deadline_ms;
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

	discrepancy_step_leave_names(state, bond, emit, ctx);
	/* Both lists have the same order: walk them side by side. */
	while (at < state->count) {
		struct discrepancy *item = &state->items[at];
		const struct finding *found;
		int order = 1;

		if (!discrepancy_is_raised(item))
			take_names(item, bond);
		if (next < findings->count) {
			found = &findings->items[next];
			order = discrepancy_compare(found->kind, found->slave,
						    item->kind, item->slave);
		}
		if (order < 0) { /* add_new() had no memory for it */
			next++;
		} else if (order == 0) {
			if (hold(item, bond, policy, restart, now_ms))
				raise_item(item, emit, ctx);
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
