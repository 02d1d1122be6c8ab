/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of /proc/net/dev, and the links of this machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <errno.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "agentx/host_links.h"
#include "bond/bond.h"

static void names_end_at_a_colon(void **state)
{
	static const struct {
		const char *line;
		const char *name; /* NULL: none */
	} lines[] = {
		{ "    lo: 1984 20 0", "lo" },
		{ "bond0:12345678 1", "bond0" },
		{ "fifteen-letters: 0", "fifteen-letters" },
		{ " a|b: 0", "a|b" },
		{ "Inter-|   Receive                    |  Transmit", NULL },
		{ " face |bytes    packets errs drop fifo", NULL },
		{ "sixteen-letters-: 0", NULL },
		{ ": 0", NULL },
		{ "", NULL },
		{ "lo", NULL },
	};
	char name[LINK_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		int err = host_links_parse_name(lines[i].line, name);

		assert_int_equal(err, lines[i].name ? 0 : -ENOENT);
		if (lines[i].name)
			assert_string_equal(name, lines[i].name);
	}
}

struct numbers {
	int *items;
	size_t count;
};

static void append(struct numbers *numbers, int number)
{
	numbers->items = reallocarray(numbers->items, numbers->count + 1,
				      sizeof(*numbers->items));
	assert_non_null(numbers->items);
	numbers->items[numbers->count++] = number;
}

static int rising(const void *a, const void *b)
{
	int first = *(const int *)a, second = *(const int *)b;

	return (first > second) - (first < second);
}

/* As libc has them, which asks by netlink. */
static struct numbers of_libc(void)
{
	struct if_nameindex *links = if_nameindex();
	struct numbers numbers = { NULL, 0 };

	assert_non_null(links);
	for (size_t i = 0; links[i].if_index; i++)
		append(&numbers, (int)links[i].if_index);
	if_freenameindex(links);
	assert_true(numbers.count > 0);
	qsort(numbers.items, numbers.count, sizeof(*numbers.items), rising);
	return numbers;
}

static struct numbers of_list(void)
{
	struct numbers numbers = { NULL, 0 };
	struct host_links *list;
	int64_t from = 0;
	int number;

	assert_int_equal(host_links_open(&list), 0);
	while (host_links_next(list, from, 1000, &number) == 0) {
		append(&numbers, number);
		from = (int64_t)number + 1;
	}
	assert_int_equal(host_links_next(list, from, 1000, &number), -ENOENT);
	assert_int_equal(host_links_next(list, INT64_MAX, 1000, &number),
			 -ENOENT);
	host_links_close(list);
	return numbers;
}

static bool is_same(const struct numbers *a, const struct numbers *b)
{
	return a->count == b->count &&
	       memcmp(a->items, b->items, a->count * sizeof(*a->items)) == 0;
}

/* Other programs on this machine may make and remove links meanwhile: what
   counts is a look with the same links before and after it. */
static void links_come_in_order(void **state)
{
	bool still = false;

	(void)state;
	while (!still) {
		struct numbers before = of_libc(), found = of_list();
		struct numbers after = of_libc();

		still = is_same(&before, &after);
		if (still)
			assert_true(is_same(&found, &before));
		free(before.items);
		free(found.items);
		free(after.items);
	}
}

static void flags_are_the_kernels(void **state)
{
	struct host_links *list;
	unsigned int flags = 0;

	(void)state;
	assert_int_equal(host_links_open(&list), 0);
	assert_int_equal(
	    host_links_flags(list, (int)if_nametoindex("lo"), &flags), 0);
	assert_true(flags & IFF_LOOPBACK);
	assert_int_equal(host_links_flags(list, INT32_MAX, &flags), -ENODEV);
	assert_int_equal(host_links_flags(list, 0, &flags), -ENODEV);
	host_links_close(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_end_at_a_colon),
		cmocka_unit_test(links_come_in_order),
		cmocka_unit_test(flags_are_the_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
