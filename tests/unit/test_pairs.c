/* SPDX-License-Identifier: BSD-2-Clause */
/* An index of pairs, against counting them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/pairs.h"

#define KEYS   12
#define VALUES 40

/* All pairs from one on, in order, as `count` has them. */
static void assert_pairs(const struct pairs *pairs, int from,
			 int count[KEYS][VALUES])
{
	const struct pair *pair = pairs_from(pairs, from);

	for (int key = from; key < KEYS; key++)
		for (int value = 0; value < VALUES; value++)
			for (int i = 0; i < count[key][value]; i++) {
				assert_non_null(pair);
				assert_int_equal(pair->key, key);
				assert_int_equal(pair->value, value);
				pair = pairs_next(pairs, pair);
			}
	assert_null(pair);
}

static void assert_last(const struct pairs *pairs, int key, const int *count)
{
	const struct pair *last = pairs_last(pairs, key);
	int value = VALUES - 1;

	while (value >= 0 && count[value] == 0)
		value--;
	if (value < 0) {
		assert_null(last);
	} else {
		assert_non_null(last);
		assert_int_equal(last->key, key);
		assert_int_equal(last->value, value);
	}
	assert_int_equal(pairs_have(pairs, key), value >= 0);
}

/* Many and few at a time, in any order, some twice. */
static void test_against_counting(void **state)
{
	static int count[KEYS][VALUES];
	struct pairs pairs = { 0 };
	unsigned int random = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		unsigned int changes = (random >> 16) % 40;
		bool grow = (round / 100) % 2 == 0;

		for (unsigned int i = 0; i < changes; i++) {
			int key, value, to;

			random = random * 1103515245U + 12345U;
			key = (int)(random >> 16) % KEYS;
			value = (int)(random >> 20) % VALUES;
			to = (int)(random >> 24) % KEYS;
			if ((random >> 13) % 8 == 0) {
				pairs_rekey(&pairs, key, value, to);
				if (count[key][value] > 0) {
					count[key][value]--;
					count[to][value]++;
				}
			} else if (grow == ((random >> 14) % 4 != 0)) {
				assert_int_equal(pairs_add(&pairs, key, value),
						 0);
				count[key][value]++;
			} else {
				pairs_remove(&pairs, key, value);
				if (count[key][value] > 0)
					count[key][value]--;
			}
		}
		pairs_sort(&pairs);
		assert_pairs(&pairs, round % KEYS, count);
		assert_last(&pairs, round % KEYS, count[round % KEYS]);
	}
	pairs_fini(&pairs);
	assert_null(pairs_from(&pairs, 0));
}

/* Gaps don't take the room that was asked for. */
static void test_room(void **state)
{
	struct pairs pairs = { 0 };
	size_t capacity;

	(void)state;
	assert_int_equal(pairs_room(&pairs, 100), 0);
	capacity = pairs.capacity;
	for (int i = 0; i < (int)capacity; i++)
		assert_int_equal(pairs_add(&pairs, i, 0), 0);
	for (int i = 0; i < 1000; i++) {
		pairs_remove(&pairs, i, 0);
		assert_int_equal(pairs_add(&pairs, (int)capacity + i, 0), 0);
		assert_int_equal(pairs.capacity, capacity);
	}
	pairs_sort(&pairs);
	for (int i = 0; i < (int)capacity; i++) {
		assert_false(pairs_have(&pairs, 999 - i));
		assert_true(pairs_have(&pairs, 1000 + i));
	}
	pairs_fini(&pairs);
}

/* Many at once, in a falling order: more than are worth inserting one by one.
 */
static void test_many_at_once(void **state)
{
	static int count[KEYS][VALUES];
	struct pairs pairs = { 0 };

	(void)state;
	for (int key = KEYS - 1; key >= 0; key--)
		for (int value = VALUES - 1; value >= 0; value--) {
			assert_int_equal(pairs_add(&pairs, key, value), 0);
			count[key][value]++;
		}
	pairs_sort(&pairs);
	assert_int_equal(pairs.sorted, KEYS * VALUES);
	assert_pairs(&pairs, 0, count);
	pairs_fini(&pairs);
}

static void test_ends_of_an_int(void **state)
{
	struct pairs pairs = { 0 };

	(void)state;
	assert_null(pairs_from(&pairs, INT64_MIN));
	assert_null(pairs_last(&pairs, INT32_MAX));
	assert_int_equal(pairs_add(&pairs, INT32_MAX, INT32_MAX), 0);
	assert_int_equal(pairs_add(&pairs, INT32_MIN, INT32_MIN), 0);
	pairs_sort(&pairs);
	assert_int_equal(pairs_from(&pairs, INT64_MIN)->key, INT32_MIN);
	assert_int_equal(pairs_last(&pairs, INT32_MAX)->value, INT32_MAX);
	assert_null(pairs_from(&pairs, (int64_t)INT32_MAX + 1));
	pairs_fini(&pairs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_counting),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_many_at_once),
		cmocka_unit_test(test_ends_of_an_int),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
