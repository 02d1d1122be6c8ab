/* SPDX-License-Identifier: BSD-2-Clause */
/* A sorted array with gaps and an unsorted tail. */
#include "base/pairs.h"

#include "base/array.h"

/* A tail of up to this many pairs is inserted one by one. */
#define INSERT_MAX 16
/* Closing fewer gaps than this is not worth the copying. */
#define GAPS_MIN 32

void pairs_fini(struct pairs *pairs)
{
	free(pairs->items);
	*pairs = (struct pairs){ .items = NULL };
}

static void close_gaps(struct pairs *pairs)
{
	size_t kept = 0;

	for (size_t i = 0; i < pairs->count; i++)
		if (!pairs->items[i].removed)
			pairs->items[kept++] = pairs->items[i];
	pairs->count = kept;
	pairs->sorted -= pairs->removed; /* only sorted pairs are removed */
	pairs->removed = 0;
}

int pairs_room(struct pairs *pairs, size_t total)
{
	return ARRAY_ROOM(pairs->items, pairs->capacity, total);
}

static int order(const struct pair *pair, int64_t key, int64_t value)
{
	if (pair->key != key)
		return pair->key < key ? -1 : 1;
	return (pair->value > value) - (pair->value < value);
}

static int compare(const void *a, const void *b)
{
	const struct pair *right = b;

	return order(a, right->key, right->value);
}

/* The index of the first sorted pair that is not before (key, value). */
static size_t position(const struct pairs *pairs, int64_t key, int64_t value)
{
	size_t low = 0, high = pairs->sorted;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order(&pairs->items[middle], key, value) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int pairs_add(struct pairs *pairs, int key, int value)
{
	struct pair *new;
	int err;

	if (pairs->count == pairs->capacity && pairs->removed > 0)
		close_gaps(pairs);
	err = pairs_room(pairs, pairs->count + 1);
	if (err)
		return err;
	new = &pairs->items[pairs->count];
	*new = (struct pair){ .key = key, .value = value };
	if (pairs->sorted == pairs->count &&
	    (pairs->count == 0 || compare(new - 1, new) <= 0))
		pairs->sorted++;
	pairs->count++;
	return 0;
}

static void insert(struct pair *items, size_t at, size_t from)
{
	struct pair moved = items[from];

	memmove(&items[at + 1], &items[at], (from - at) * sizeof(*items));
	items[at] = moved;
}

void pairs_sort(struct pairs *pairs)
{
	struct pair *items = pairs->items;

	if (pairs->count - pairs->sorted > INSERT_MAX) {
		qsort(items, pairs->count, sizeof(*items), compare);
		pairs->sorted = pairs->count;
	}
	while (pairs->sorted < pairs->count) {
		const struct pair *next = &items[pairs->sorted];

		insert(items, position(pairs, next->key, next->value),
		       pairs->sorted);
		pairs->sorted++;
	}
}

/* The index of a pair that is not removed; `count`: none. */
static size_t find(struct pairs *pairs, int key, int value)
{
	size_t at;

	pairs_sort(pairs);
	at = position(pairs, key, value);
	while (at < pairs->count && pairs->items[at].removed &&
	       order(&pairs->items[at], key, value) == 0)
		at++;
	return at < pairs->count && order(&pairs->items[at], key, value) == 0
		   ? at
		   : pairs->count;
}

void pairs_remove(struct pairs *pairs, int key, int value)
{
	size_t at = find(pairs, key, value);

	if (at == pairs->count)
		return;
	pairs->items[at].removed = true;
	pairs->removed++;
	if (pairs->removed > GAPS_MIN && pairs->removed > pairs->count / 2)
		close_gaps(pairs);
}

void pairs_rekey(struct pairs *pairs, int key, int value, int new_key)
{
	size_t at = key == new_key ? pairs->count : find(pairs, key, value);

	if (at == pairs->count)
		return;
	ARRAY_CLOSE(pairs->items, pairs->count, at);
	pairs->sorted--;
	(void)pairs_add(pairs, new_key, value); /* reuses the freed slot */
	pairs_sort(pairs);
}

static const struct pair *present(const struct pairs *pairs, size_t at)
{
	while (at < pairs->count && pairs->items[at].removed)
		at++;
	return at < pairs->count ? &pairs->items[at] : NULL;
}

const struct pair *pairs_at(const struct pairs *pairs, int64_t key,
			    int64_t value)
{
	if (pairs->count == 0 || pairs->items[pairs->count - 1].key < key)
		return NULL;
	return present(pairs, position(pairs, key, value));
}

const struct pair *pairs_from(const struct pairs *pairs, int64_t key)
{
	return pairs_at(pairs, key, INT64_MIN);
}

const struct pair *pairs_next(const struct pairs *pairs,
			      const struct pair *pair)
{
	return present(pairs, (size_t)(pair - pairs->items) + 1);
}

const struct pair *pairs_last(const struct pairs *pairs, int key)
{
	size_t at = position(pairs, (int64_t)key + 1, INT64_MIN);

	while (at > 0 && pairs->items[at - 1].removed)
		at--;
	return at > 0 && pairs->items[at - 1].key == key ? &pairs->items[at - 1]
							 : NULL;
}
