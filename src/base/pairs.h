/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pairs of numbers, found by the first: an index. A key may have many values,
 * and a pair may be there several times.
 *
 * New pairs are sorted at the next pairs_sort(), which costs nothing if they
 * came in order, and little if they are few. A removed pair leaves a gap, until
 * there are many. So many changes at a time cost each the same, however many
 * pairs there are.
 *
 * Lookups need sorted pairs, and change nothing. Errors: -ENOMEM.
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
	size_t count; /* with those removed */
	size_t capacity;
	size_t sorted; /* so many at the front are */
	size_t removed;
};

void pairs_fini(struct pairs *pairs);

/* Room for so many in all: up to these pairs_add() can't fail. */
int pairs_room(struct pairs *pairs, size_t total);
int pairs_add(struct pairs *pairs, int key, int value);
/* These sort; nothing happens where there is no such pair. The second needs
   no memory. */
void pairs_remove(struct pairs *pairs, int key, int value);
void pairs_rekey(struct pairs *pairs, int key, int value, int new_key);

void pairs_sort(struct pairs *pairs);

/* The first pair that is (key, value) or follows; the first whose key is that
   or follows; the one behind a pair. By key, then value. NULL: none. */
const struct pair *pairs_at(const struct pairs *pairs, int64_t key,
			    int64_t value);
const struct pair *pairs_from(const struct pairs *pairs, int64_t key);
const struct pair *pairs_next(const struct pairs *pairs,
			      const struct pair *pair);
/* The last pair of that key; NULL. */
const struct pair *pairs_last(const struct pairs *pairs, int key);

static inline bool pairs_have(const struct pairs *pairs, int key)
{
	const struct pair *pair = pairs_from(pairs, key);

	return pair && pair->key == key;
}

#endif
