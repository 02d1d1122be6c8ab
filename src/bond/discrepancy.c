/* SPDX-License-Identifier: BSD-2-Clause */
/* A bond's list of discrepancies. */
#include "bond/discrepancy.h"

#include "base/array.h"

int discrepancy_compare(enum discrepancy_kind kind_a, int slave_a,
			enum discrepancy_kind kind_b, int slave_b)
{
	if (kind_a != kind_b)
		return kind_a < kind_b ? -1 : 1;
	return (slave_a > slave_b) - (slave_a < slave_b);
}

size_t discrepancy_position(const struct discrepancy_state *state,
			    enum discrepancy_kind kind, int slave)
{
	size_t low = 0, high = state->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct discrepancy *item = &state->items[middle];

		if (discrepancy_compare(item->kind, item->slave, kind, slave) <
		    0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool discrepancy_stands_at(const struct discrepancy_state *state, size_t at,
			   enum discrepancy_kind kind, int slave)
{
	return at < state->count &&
	       discrepancy_compare(state->items[at].kind,
				   state->items[at].slave, kind, slave) == 0;
}

int discrepancy_insert(struct discrepancy_state *state, size_t at,
		       const struct discrepancy *item)
{
	int err = ARRAY_ROOM(state->items, state->capacity, state->count + 1);

	if (err)
		return err;
	ARRAY_OPEN(state->items, state->count, at);
	state->items[at] = *item;
	return 0;
}

int discrepancy_restore(struct discrepancy_state *state,
			enum discrepancy_kind kind, const char *bond_name,
			int slave, const char *slave_name, int64_t since_ms)
{
	size_t at = discrepancy_position(state, kind, slave);
	struct discrepancy item = { .kind = kind,
				    .slave = slave,
				    .phase = DISCREPANCY_RAISED,
				    .since_ms = since_ms };

	if (discrepancy_stands_at(state, at, kind, slave))
		return -EEXIST;
	strncpy(item.bond_name, bond_name, sizeof(item.bond_name) - 1);
	strncpy(item.slave_name, slave_name, sizeof(item.slave_name) - 1);
	return discrepancy_insert(state, at, &item);
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

/* `slave` 0: kinds of the bond and of all its slaves. */
static unsigned int kinds(const struct discrepancy_state *state, bool raised,
			  int slave)
{
	unsigned int set = 0;

	for (size_t i = 0; i < state->count; i++)
		if (discrepancy_is_raised(&state->items[i]) == raised &&
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
