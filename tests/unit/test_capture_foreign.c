/* SPDX-License-Identifier: BSD-2-Clause */
/* Capture files of others, and damaged ones. */
#include <errno.h>
#include <linux/netlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "capture_image.h"

/* The kernel's nlmon device knows only "to a program" and "to the kernel". */
static void test_nlmon(void **state)
{
	struct image image;
	struct capture_reader *reader;

	(void)state;
	image_put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	image_put_message(&image, 7, NLM_F_REQUEST, 0); /* passed over */
	image_put_message(&image, 6, NLM_F_MULTI, 9);
	image_put_message(&image, 6, 0, 9);
	image_put_message(&image, 6, 0, 0);
	reader = image_open_good(&image);
	assert_next(reader, true);
	assert_next(reader, true);
	assert_next(reader, false);
	assert_end(reader);
}

static void test_other_families_are_passed_over(void **state)
{
	struct nlmsghdr nlh = image_nlmsghdr(0, 0);
	struct image image;
	struct capture_reader *reader;

	(void)state;
	image_put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	image_put_packet_header(&image, 1, 0, 16 + sizeof(nlh));
	image_put_cooked(&image, 6, 824, NETLINK_GENERIC);
	image_put(&image, &nlh, sizeof(nlh));
	image_put_packet_header(&image, 1, 0, 16 + sizeof(nlh));
	image_put_cooked(&image, 6, 1, NETLINK_ROUTE); /* ARPHRD_ETHER */
	image_put(&image, &nlh, sizeof(nlh));
	image_put_message(&image, 2, 0, 0);
	reader = image_open_good(&image);
	assert_next(reader, false);
	assert_end(reader);
}

static void test_nanoseconds(void **state)
{
	struct nlmsghdr nlh = image_nlmsghdr(0, 0);
	struct image image;
	struct capture_reader *reader;

	(void)state;
	image_put_file_header(&image, MAGIC_NS, NETLINK_TYPE);
	image_put_packet_header(&image, 100, 250999999, 16 + sizeof(nlh));
	image_put_cooked(&image, 2, 824, NETLINK_ROUTE);
	image_put(&image, &nlh, sizeof(nlh));
	reader = image_open_good(&image);
	assert_next(reader, false);
	assert_end(reader);
}

/* As Wireshark saves it: section, interface, enhanced packet. */
static void test_pcapng(void **state)
{
	struct nlmsghdr nlh = image_nlmsghdr(0, 0);
	struct image image = { .length = 0 };
	struct capture_reader *reader;

	(void)state;
	image_put32(&image, 0x0a0d0d0a);
	image_put32(&image, 28);
	image_put32(&image, 0x1a2b3c4d);
	image_put16(&image, 1); /* version 1.0 */
	image_put16(&image, 0);
	image_put(&image, "\377\377\377\377\377\377\377\377", 8);
	image_put32(&image, 28);

	image_put32(&image, 1);
	image_put32(&image, 20);
	image_put16(&image, NETLINK_TYPE);
	image_put16(&image, 0); /* reserved */
	image_put32(&image, 262144);
	image_put32(&image, 20);

	image_put32(&image, 6);
	image_put32(&image, 32 + 16 + sizeof(nlh));
	image_put32(&image, 0);
	image_put32(&image, 0);
	image_put32(&image, 100250000); /* microseconds */
	image_put32(&image, 16 + sizeof(nlh));
	image_put32(&image, 16 + sizeof(nlh));
	image_put_cooked(&image, 2, 824, NETLINK_ROUTE);
	image_put(&image, &nlh, sizeof(nlh));
	image_put32(&image, 32 + 16 + sizeof(nlh));

	reader = image_open_good(&image);
	assert_next(reader, false);
	assert_end(reader);
}

static void test_not_a_capture(void **state)
{
	struct image image;
	struct capture_reader *reader;
	struct capture_error error = { "" };

	(void)state;
	image.length = 0;
	image_put(&image, "BondCarrier, surely not pcap", 28);
	assert_refused(&image, "not a capture file");
	image.length = 2;
	assert_refused(&image, "not a capture file");
	image_put_file_header(&image, MAGIC_US, 1);
	assert_refused(&image, "EN10MB");
	image_put_file_header(&image, MAGIC_US, 147); /* a private one */
	assert_refused(&image, "147");
	assert_int_equal(
	    capture_reader_open(&reader, "/nonexistent/file", &error), -ENOENT);
	assert_string_equal(error.text, "No such file or directory");
	assert_int_equal(capture_reader_open(&reader, "/", &error), -EBADMSG);
}

static uint32_t swapped(uint32_t value)
{
	return __builtin_bswap32(value);
}

static void test_other_byte_order(void **state)
{
	struct image image = { .length = 0 };

	(void)state;
	image_put32(&image, MAGIC_SWAPPED);
	image_put16(&image, __builtin_bswap16(2));
	image_put16(&image, __builtin_bswap16(4));
	image_put32(&image, 0);
	image_put32(&image, 0);
	image_put32(&image, swapped(262144));
	image_put32(&image, swapped(NETLINK_TYPE));
	assert_refused(&image, "byte order");
}

/* Cut anywhere in the second record: the first is read, and the end said. */
static void test_truncated(void **state)
{
	struct image image;
	size_t first_end;

	(void)state;
	image_put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	image_put_message(&image, 2, 0, 0);
	first_end = image.length;
	image_put_message(&image, 2, 0, 0);
	for (size_t length = image.length - 1; length > first_end; length--) {
		struct capture_reader *reader;

		image.length = length;
		reader = image_open_good(&image);
		assert_next(reader, false);
		assert_damaged(reader, "record 2 at byte 72", "truncated");
	}
}

static void test_damaged(void **state)
{
	struct image image;
	struct capture_reader *reader;

	(void)state;
	/* No room for the header that all packets have. */
	image_put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	image_put_packet_header(&image, 1, 0, 15);
	image_put_cooked(&image, 2, 824, NETLINK_ROUTE);
	reader = image_open_good(&image);
	assert_damaged(reader, "record 1 at byte 24", "too short");
	/* A length that can't be. */
	image_put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	image_put_packet_header(&image, 1, 0, 0x7fffffff);
	reader = image_open_good(&image);
	assert_damaged(reader, "record 1 at byte 24", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nlmon),
		cmocka_unit_test(test_other_families_are_passed_over),
		cmocka_unit_test(test_nanoseconds),
		cmocka_unit_test(test_pcapng),
		cmocka_unit_test(test_not_a_capture),
		cmocka_unit_test(test_other_byte_order),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
