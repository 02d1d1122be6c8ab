/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of /proc/net/dev, and the links of this machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <errno.h>
#include <net/if.h>
#include <stdint.h>

#include "bond.h"
#include "iflist.h"

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
		int err = iflist_name(lines[i].line, name);

		assert_int_equal(err, lines[i].name ? 0 : -ENOENT);
		if (lines[i].name)
			assert_string_equal(name, lines[i].name);
	}
}

/* Against libc's, which asks by netlink. */
static void links_come_in_order(void **state)
{
	struct if_nameindex *links = if_nameindex();
	struct iflist *list;
	int64_t from = 0;
	size_t count = 0, found = 0;
	int number;

	(void)state;
	assert_non_null(links);
	while (links[count].if_index)
		count++;
	assert_true(count > 0);
	assert_int_equal(iflist_open(&list), 0);
	while (iflist_next(list, from, 1000, &number) == 0) {
		bool there = false;

		assert_true(number >= from);
		for (size_t i = 0; i < count; i++)
			there |= links[i].if_index == (unsigned int)number;
		assert_true(there);
		from = (int64_t)number + 1;
		found++;
	}
	assert_int_equal(found, count);
	assert_int_equal(iflist_next(list, from, 1000, &number), -ENOENT);
	assert_int_equal(iflist_next(list, INT64_MAX, 1000, &number), -ENOENT);
	if_freenameindex(links);
	iflist_close(list);
}

static void flags_are_the_kernels(void **state)
{
	struct iflist *list;
	unsigned int flags = 0;

	(void)state;
	assert_int_equal(iflist_open(&list), 0);
	assert_int_equal(iflist_flags(list, (int)if_nametoindex("lo"), &flags),
			 0);
	assert_true(flags & IFF_LOOPBACK);
	assert_int_equal(iflist_flags(list, INT32_MAX, &flags), -ENODEV);
	assert_int_equal(iflist_flags(list, 0, &flags), -ENODEV);
	iflist_close(list);
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
