/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An index: pairs of numbers (key, value), looked up by key. A key may have
 * many values, and the same pair may be present several times.
 *
 * pairs_sort() sorts the pairs added since the last call. It costs nothing if
 * they were added in order, and little if they are few. Removing a pair leaves
 * a gap; gaps are closed when there are many. Each change in a large batch
 * therefore costs the same, however many pairs there are.
 *
 * Lookups need sorted pairs and modify nothing. Ownership: pairs_fini() frees
 * the array. Errors: -ENOMEM.
 */
#ifndef BONDCARRIER_PAIRS_H
#define BONDCARRIER_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pair {
	int key;
	int value;
	bool removed;
};

struct pairs {
	struct pair *items;
	size_t count; /* including removed pairs */
	size_t capacity;
	size_t sorted; /* length of the sorted front part */
	size_t removed;
};

void pairs_fini(struct pairs *pairs);

/* Makes room for `total` pairs: up to that, pairs_add() can't fail. */
int pairs_room(struct pairs *pairs, size_t total);
int pairs_add(struct pairs *pairs, int key, int value);
/* Both sort first, and do nothing if the pair is absent. pairs_rekey() needs no
   memory. */
void pairs_remove(struct pairs *pairs, int key, int value);
void pairs_rekey(struct pairs *pairs, int key, int value, int new_key);

void pairs_sort(struct pairs *pairs);

/* In order of key, then value: the first pair >= (key, value); the first pair
   whose key is >= `key`; the pair after `pair`. NULL: none. */
const struct pair *pairs_at(const struct pairs *pairs, int64_t key,
			    int64_t value);
const struct pair *pairs_from(const struct pairs *pairs, int64_t key);
const struct pair *pairs_next(const struct pairs *pairs,
			      const struct pair *pair);
/* The last pair with that key; NULL: none. */
const struct pair *pairs_last(const struct pairs *pairs, int key);

static inline bool pairs_have(const struct pairs *pairs, int key)
{
	const struct pair *pair = pairs_from(pairs, key);

	return pair && pair->key == key;
}

#endif
