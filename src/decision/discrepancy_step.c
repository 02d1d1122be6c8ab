/* SPDX-License-Identifier: BSD-2-Clause */
/* Which discrepancies have held long enough to be said: the state machine. */
#include "bond/discrepancy.h"

#include "base/array.h"
#include "bond/bond.h"

static int compare(enum discrepancy_kind kind_a, int slave_a,
		   enum discrepancy_kind kind_b, int slave_b)
{
	if (kind_a != kind_b)
		return kind_a < kind_b ? -1 : 1;
	return (slave_a > slave_b) - (slave_a < slave_b);
}

/* Where that one stands in the ordered list, or should. */
static size_t position(const struct discrepancy_state *state,
		       enum discrepancy_kind kind, int slave)
{
	size_t low = 0, high = state->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct discrepancy *item = &state->items[middle];

		if (compare(item->kind, item->slave, kind, slave) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool stands_at(const struct discrepancy_state *state, size_t at,
		      enum discrepancy_kind kind, int slave)
{
	return at < state->count &&
	       compare(state->items[at].kind, state->items[at].slave, kind,
		       slave) == 0;
}

static int insert(struct discrepancy_state *state, size_t at,
		  const struct discrepancy *item)
{
	int err = ARRAY_ROOM(state->items, state->capacity, state->count + 1);

	if (err)
		return err;
	ARRAY_OPEN(state->items, state->count, at);
	state->items[at] = *item;
	return 0;
}

static bool was_raised(const struct discrepancy *item)
{
	return item->phase != DISCREPANCY_PENDING;
}

/* Takes it off the list first, so that `emit` sees the state without it. */
static void finish(struct discrepancy_state *state, size_t at,
		   discrepancy_emit emit, void *ctx)
{
	struct discrepancy item = state->items[at];

	ARRAY_CLOSE(state->items, state->count, at);
	if (was_raised(&item))
		emit(ctx, &item, false);
}

/* New findings begin to be pending. */
static int admit(struct discrepancy_state *state,
		 const struct finding_list *findings, int64_t now_ms)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *found = &findings->items[i];
		size_t at = position(state, found->kind, found->slave);
		struct discrepancy item = { .kind = found->kind,
					    .slave = found->slave,
					    .phase = DISCREPANCY_PENDING,
					    .since_ms = now_ms,
					    .grace_from_ms = now_ms };
		int err;

		if (stands_at(state, at, found->kind, found->slave))
			continue;
		err = insert(state, at, &item);
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

/* The names as they are now. One that was raised under others is cleared under
   those, and raised under these. */
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
 * The grace is that of the present cause. A cause that may last longer counts
 * from the beginning, one that may not from now at the latest: causes that
 * take turns put nothing off for ever.
 */
static void follow_grace(struct discrepancy *item, int64_t grace_ms,
			 int64_t now_ms)
{
	if (item->deadline_ms < item->grace_from_ms + grace_ms)
		item->deadline_ms = item->grace_from_ms + grace_ms;
	if (item->deadline_ms > now_ms + grace_ms)
		item->deadline_ms = now_ms + grace_ms;
}

/* It is there. True: just now it has become raised. */
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

/* It is gone. True: for so long that it is over. */
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
	int err = admit(state, findings, now_ms);

	/* Both lists have the same order: walk them side by side. */
	while (at < state->count) {
		struct discrepancy *item = &state->items[at];
		const struct finding *found;
		int order = 1;

		/* What is about to be cleared keeps the names of its raise. */
		if (item->phase != DISCREPANCY_CLEARING)
			follow_names(item, bond, emit, ctx);
		if (next < findings->count) {
			found = &findings->items[next];
			order = compare(found->kind, found->slave, item->kind,
					item->slave);
		}
		if (order < 0) { /* there was no room to admit it */
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

int discrepancy_restore(struct discrepancy_state *state,
			enum discrepancy_kind kind, const char *bond_name,
			int slave, const char *slave_name, int64_t since_ms)
{
	size_t at = position(state, kind, slave);
	struct discrepancy item = { .kind = kind,
				    .slave = slave,
				    .phase = DISCREPANCY_RAISED,
				    .since_ms = since_ms };

	if (stands_at(state, at, kind, slave))
		return -EEXIST;
	strncpy(item.bond_name, bond_name, sizeof(item.bond_name) - 1);
	strncpy(item.slave_name, slave_name, sizeof(item.slave_name) - 1);
	return insert(state, at, &item);
}

void discrepancy_clear(struct discrepancy_state *state, int slave,
		       discrepancy_emit emit, void *ctx)
{
	size_t at = 0;

	while (at < state->count)
		if (slave == 0 || state->items[at].slave == slave)
			finish(state, at, emit, ctx);
		else
			at++;
}

int64_t discrepancy_next_ms(const struct discrepancy_state *state)
{
	int64_t next_ms = INT64_MAX;

	for (size_t i = 0; i < state->count; i++) {
		const struct discrepancy *item = &state->items[i];

		if (item->phase != DISCREPANCY_RAISED &&
		    item->deadline_ms < next_ms)
			next_ms = item->deadline_ms;
	}
	return next_ms;
}

/* Of one slave; 0: of any, and of the bond. */
static unsigned int kinds(const struct discrepancy_state *state, bool raised,
			  int slave)
{
	unsigned int set = 0;

	for (size_t i = 0; i < state->count; i++)
		if (was_raised(&state->items[i]) == raised &&
		    (slave == 0 || state->items[i].slave == slave))
			set |= DISCREPANCY_BIT(state->items[i].kind);
	return set;
}

unsigned int discrepancy_raised(const struct discrepancy_state *state)
{
	return kinds(state, true, 0);
}

unsigned int discrepancy_pending(const struct discrepancy_state *state)
{
	return kinds(state, false, 0);
}

unsigned int discrepancy_raised_for(const struct discrepancy_state *state,
				    int slave)
{
	return kinds(state, true, slave);
}

void discrepancy_fini(struct discrepancy_state *state)
{
	free(state->items);
	memset(state, 0, sizeof(*state));
}
