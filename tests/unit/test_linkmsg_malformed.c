/* SPDX-License-Identifier: BSD-2-Clause */
/* Link messages as the kernel would never send them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "full_message.h"
#include "linkbuild.h"

static void assert_bad(struct nl_msg *msg, int ifindex)
{
	struct link_event event;
	struct link_event nothing;

	memset(&event, 0xff, sizeof(event));
	memset(&nothing, 0, sizeof(nothing));
	nothing.link.ifindex = ifindex;
	nothing.link.distrusted = true;
	assert_int_equal(linkbuild_parse(msg, &event), -EBADMSG);
	assert_memory_equal(&event, &nothing, sizeof(event));
}

static struct nl_msg *with(int attr, int length, const char *bytes)
{
	struct nl_msg *msg = linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS,
					     attr == IFLA_IFNAME ? NULL : "x");

	(void)nla_put(msg, attr, length, bytes);
	return msg;
}

static void test_malformed(void **state)
{
	unsigned char garbage[4] = { 1, 0, 0, 0 };
	struct nl_msg *msg;

	(void)state;
	assert_bad(linkbuild_start(RTM_NEWLINK, 0, UP_FLAGS, "x"), 0);
	assert_bad(linkbuild_start(RTM_NEWLINK, -3, UP_FLAGS, "x"), 0);
	assert_bad(linkbuild_start(RTM_NEWLINK, 5, UP_FLAGS, NULL), 5);
	assert_bad(with(IFLA_IFNAME, 0, ""), 5);
	assert_bad(with(IFLA_IFNAME, 1, ""), 5);
	assert_bad(with(IFLA_IFNAME, 4, "bond"), 5);   /* no NUL */
	assert_bad(with(IFLA_IFNAME, 6, "bo\0nd"), 5); /* two */
	assert_bad(with(IFLA_IFNAME, 17, "sixteen-bytes-xy"), 5);
	/* A master that can't be read is not "no master". */
	assert_bad(with(IFLA_MASTER, 2, "\1\0"), 5);
	assert_bad(with(IFLA_MASTER, 8, "\1\0\0\0\0\0\0"), 5);
	assert_bad(with(IFLA_MASTER, 4, "\377\377\377\377"), 5);
	/* Bytes that are no attribute, at each depth. */
	msg = full_message();
	(void)nlmsg_append(msg, garbage, sizeof(garbage), NLMSG_ALIGNTO);
	assert_bad(msg, 5);
	assert_bad(with(IFLA_LINKINFO, 4, "\1\0\1\0"), 5);
	assert_bad(with(IFLA_LINKINFO, 3, "\4\0\1"), 5);
	assert_bad(with(IFLA_LINKINFO, 8, "\11\0\1\0bond"), 5);
	assert_bad(with(IFLA_LINKINFO, 8, "\10\0\1\0bond"), 5); /* no NUL */
	/* kind "bond" with IFLA_INFO_DATA of one stray byte */
	assert_bad(with(IFLA_LINKINFO, 17, "\11\0\1\0bond\0\0\0\0\5\0\2\0\1"),
		   5);
}

/* Of a good message, cut anywhere: never a link that is believed. */
static void test_every_truncation(void **state)
{
	struct nl_msg *msg = full_message();
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	size_t whole = nlh->nlmsg_len;

	(void)state;
	for (size_t length = 0; length < whole; length++) {
		/* A block of its own, so that ASan sees any byte too far. */
		struct nlmsghdr *cut = malloc(length ? length : 1);
		struct link_event event;

		memcpy(cut, nlh, length);
		assert_int_equal(linkmsg_parse(cut, length, &event), -EBADMSG);
		assert_int_equal(event.link.flags, 0);
		if (length >= sizeof(*cut)) {
			int err;

			/* The same with a header that agrees. */
			cut->nlmsg_len = (uint32_t)length;
			err = linkmsg_parse(cut, length, &event);
			assert_true(err == 0 || err == -EBADMSG);
			if (err)
				assert_int_equal(event.link.flags, 0);
			else
				assert_string_equal(event.link.name, "bond0");
		}
		free(cut);
	}
	nlmsg_free(msg);
}

/* Every byte of a good message set to telling values: no read outside, no
   name without an end, and no bit for what is not there. */
static void test_every_mutation(void **state)
{
	static const unsigned char values[] = {
		0, 1, 3, 4, 5, 0x7f, 0x80, 0xff
	};
	struct nl_msg *msg = full_message();
	struct nlmsghdr *nlh = linkbuild_bytes(msg);
	size_t whole = nlh->nlmsg_len;
	unsigned char *bytes = malloc(whole);
	size_t refused = 0;

	(void)state;
	for (size_t at = 0; at < whole; at++) {
		for (size_t v = 0; v < COUNT(values); v++) {
			struct link_event event;
			int err;

			memcpy(bytes, nlh, whole);
			bytes[at] = values[v];
			err = linkmsg_parse((void *)bytes, whole, &event);
			if (err) {
				refused++;
				assert_int_equal(event.link.flags, 0);
				assert_int_equal(event.bond.present, 0);
				continue;
			}
			assert_non_null(memchr(event.link.name, 0,
					       sizeof(event.link.name)));
			assert_true(event.link.ifindex > 0);
			assert_true(event.slave.perm_mac_len <= 32);
			assert_true(event.bond.present >> 35 == 0);
			if (event.kind != LINK_KIND_BOND)
				assert_int_equal(event.bond.present, 0);
			if (!event.bond_slave)
				assert_int_equal(event.slave.present, 0);
		}
	}
	assert_true(refused > 0);
	free(bytes);
	nlmsg_free(msg);
}

/* Steps from message to message, and never beyond the end. */
static void test_datagram(void **state)
{
	static const uint32_t lies[] = { 0,	     1,		 15,
					 41,	     0x7fffffff, 0x80000000,
					 0xfffffffc, 0xfffffffd, 0xffffffff };
	struct nlmsghdr headers[4] = { { .nlmsg_len = 18 },
				       { .nlmsg_len = 0 } };
	struct linkmsg_cursor cursor;
	size_t available;

	(void)state;
	/* 18 bytes, two of padding, and a message of 16 bytes behind. */
	memcpy((char *)headers + 20, &(struct nlmsghdr){ .nlmsg_len = 16 }, 16);
	cursor = (struct linkmsg_cursor){ (const char *)headers, 36 };
	assert_ptr_equal(linkmsg_next(&cursor, &available), headers);
	assert_int_equal(available, 36);
	assert_ptr_equal(linkmsg_next(&cursor, &available),
			 (char *)headers + 20);
	assert_int_equal(available, 16);
	assert_null(linkmsg_next(&cursor, &available));

	/* The padding of the last one may be missing. */
	cursor = (struct linkmsg_cursor){ (const char *)headers, 18 };
	assert_non_null(linkmsg_next(&cursor, &available));
	assert_null(linkmsg_next(&cursor, &available));
	cursor = (struct linkmsg_cursor){ (const char *)headers, 15 };
	assert_null(linkmsg_next(&cursor, &available));

	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		headers[0].nlmsg_len = lies[i];
		cursor = (struct linkmsg_cursor){ (const char *)headers, 40 };
		assert_non_null(linkmsg_next(&cursor, &available));
		assert_int_equal(available, 40);
		assert_null(linkmsg_next(&cursor, &available));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_every_truncation),
		cmocka_unit_test(test_every_mutation),
		cmocka_unit_test(test_datagram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
