/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Growing arrays: `items`, `count` and `capacity`. The owner frees `items`.
 *
 * Errors: -ENOMEM; the array stays as it was.
 */
#ifndef BONDCARRIER_ARRAY_H
#define BONDCARRIER_ARRAY_H

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `needed` items in total; grows by doubling. 0 or -ENOMEM. */
#define ARRAY_ROOM(items, capacity, needed)                                    \
	array_room(&(items), &(capacity), (needed), sizeof(*(items)))

/* Open a gap at index `at`, which needs room for one more; remove the item at
   `at`. */
#define ARRAY_OPEN(items, count, at)                                           \
	memmove(&(items)[(at) + 1], &(items)[at],                              \
		((count)++ - (at)) * sizeof(*(items)))
#define ARRAY_CLOSE(items, count, at)                                          \
	memmove(&(items)[at], &(items)[(at) + 1],                              \
		(--(count) - (at)) * sizeof(*(items)))

/* The index of the first item whose key is >= `wanted`, else `count`. The key
   is the item's first member, an int; the array is sorted by it. */
static inline size_t array_lower_bound(const void *items, size_t count,
				       size_t item_size, int64_t wanted)
{
	const char *base = items;
	size_t low = 0;
	size_t high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int key;

		memcpy(&key, base + middle * item_size, sizeof(key));
		if (key < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* `items` is the address of a pointer of any type. */
static inline int array_room(void *items, size_t *capacity, size_t needed,
			     size_t item_size)
{
	size_t grown = *capacity ? 2 * *capacity : 8;
	void *old, *new;

	if (needed <= *capacity)
		return 0;
	if (grown < needed)
		grown = needed;
	memcpy(&old, items, sizeof(old));
	new = reallocarray(old, grown, item_size);
	if (!new)
		return -ENOMEM;
	memcpy(items, &new, sizeof(new));
	*capacity = grown;
	return 0;
}

#endif
