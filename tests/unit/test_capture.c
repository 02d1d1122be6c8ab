/* SPDX-License-Identifier: BSD-2-Clause */
/* Capture files: written, read back, foreign, damaged. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture/capture.h"

#define MAGIC_US      0xa1b2c3d4U
#define MAGIC_SWAPPED 0xd4c3b2a1U
#define MAGIC_NS      0xa1b23c4dU
#define NETLINK_TYPE  253 /* LINKTYPE_NETLINK */

/* A file made byte by byte. */
struct image {
	unsigned char bytes[4096];
	size_t length;
};

static void put(struct image *image, const void *bytes, size_t length)
{
	assert_true(image->length + length <= sizeof(image->bytes));
	memcpy(image->bytes + image->length, bytes, length);
	image->length += length;
}

static void put16(struct image *image, uint16_t value)
{
	put(image, &value, sizeof(value));
}

static void put32(struct image *image, uint32_t value)
{
	put(image, &value, sizeof(value));
}

static void put_file_header(struct image *image, uint32_t magic, uint32_t type)
{
	image->length = 0;
	put32(image, magic);
	put16(image, 2); /* version 2.4 */
	put16(image, 4);
	put32(image, 0);
	put32(image, 0);
	put32(image, 262144);
	put32(image, type);
}

/* The 16 bytes before each datagram, as tcpdump.org has them. */
static void put_cooked(struct image *image, uint8_t packet_type,
		       uint16_t hardware_type, uint16_t family)
{
	const unsigned char bytes[16] = {
		[1] = packet_type,
		[2] = (unsigned char)(hardware_type >> 8),
		[3] = (unsigned char)hardware_type,
		[14] = (unsigned char)(family >> 8),
		[15] = (unsigned char)family,
	};

	put(image, bytes, sizeof(bytes));
}

static void put_packet_header(struct image *image, uint32_t s, uint32_t part,
			      uint32_t length)
{
	put32(image, s);
	put32(image, part);
	put32(image, length);
	put32(image, length);
}

static struct nlmsghdr message(uint16_t flags, uint32_t pid)
{
	return (struct nlmsghdr){ .nlmsg_len = sizeof(struct nlmsghdr),
				  .nlmsg_type = RTM_NEWLINK,
				  .nlmsg_flags = flags,
				  .nlmsg_pid = pid };
}

/* A packet of rtnetlink, 100.25 s after the beginning of 1970. */
static void put_message(struct image *image, uint8_t packet_type,
			uint16_t flags, uint32_t pid)
{
	struct nlmsghdr nlh = message(flags, pid);

	put_packet_header(image, 100, 250000, 16 + sizeof(nlh));
	put_cooked(image, packet_type, 824, NETLINK_ROUTE);
	put(image, &nlh, sizeof(nlh));
}

static int open_image(struct image *image, struct capture_reader **reader,
		      struct capture_error *error)
{
	FILE *file = fmemopen(image->bytes, image->length, "rb");

	assert_non_null(file);
	return capture_reader_from(reader, file, error);
}

static struct capture_reader *open_good(struct image *image)
{
	struct capture_reader *reader = NULL;
	struct capture_error error = { "" };

	if (open_image(image, &reader, &error))
		fail_msg("%s", error.text);
	return reader;
}

static void assert_next(struct capture_reader *reader, bool is_answer)
{
	struct capture_record record;
	struct capture_error error;

	assert_int_equal(capture_reader_next(reader, &record, &error), 1);
	assert_int_equal(record.is_answer, is_answer);
	assert_int_equal(record.at_ms, 100250);
	assert_int_equal(record.length, sizeof(struct nlmsghdr));
}

static void assert_end(struct capture_reader *reader)
{
	struct capture_record record;
	struct capture_error error;

	assert_int_equal(capture_reader_next(reader, &record, &error), 0);
	capture_reader_close(reader);
}

static void assert_refused(struct image *image, const char *why)
{
	struct capture_reader *reader;
	struct capture_error error = { "" };

	assert_int_equal(open_image(image, &reader, &error), -EBADMSG);
	if (!strstr(error.text, why))
		fail_msg("not said: '%s', but: %s", why, error.text);
}

/* The next call finds damage, and says all of that. */
static void assert_damaged(struct capture_reader *reader, const char *where,
			   const char *why)
{
	struct capture_record record;
	struct capture_error error = { "" };

	assert_int_equal(capture_reader_next(reader, &record, &error),
			 -EBADMSG);
	if (!strstr(error.text, where) || !strstr(error.text, why))
		fail_msg("not said: '%s', '%s', but: %s", where, why,
			 error.text);
	capture_reader_close(reader);
}

static char *temporary(char *path)
{
	int fd;

	strcpy(path, "/tmp/test_capture.XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	return path;
}

static void write_two(const char *path)
{
	struct capture_writer *writer;
	struct capture_error error;
	struct nlmsghdr event = message(0, 0);
	struct nlmsghdr answer = message(NLM_F_MULTI, 77);

	assert_int_equal(capture_writer_open(&writer, path, &error), 0);
	capture_writer_add(writer, &event, sizeof(event), false,
			   INT64_C(1700000000123456));
	capture_writer_add(writer, &answer, sizeof(answer), true,
			   INT64_C(1700000001000999));
	assert_int_equal(capture_writer_count(writer), 2);
	assert_false(capture_writer_failed(writer));
	assert_int_equal(capture_writer_close(writer, &error), 0);
}

static void test_round_trip(void **state)
{
	const struct nlmsghdr answer = message(NLM_F_MULTI, 77);
	char path[64];
	struct capture_reader *reader;
	struct capture_record record;
	struct capture_error error;

	(void)state;
	write_two(temporary(path));
	assert_int_equal(capture_reader_open(&reader, path, &error), 0);
	assert_int_equal(capture_reader_next(reader, &record, &error), 1);
	assert_false(record.is_answer);
	assert_int_equal(record.at_ms, INT64_C(1700000000123));
	assert_int_equal(capture_reader_next(reader, &record, &error), 1);
	assert_true(record.is_answer);
	assert_int_equal(record.at_ms, INT64_C(1700000001000));
	assert_int_equal(record.length, sizeof(answer));
	assert_memory_equal(record.bytes, &answer, sizeof(answer));
	assert_end(reader);
	unlink(path);
}

/* What others read: the layout of LINKTYPE_NETLINK, byte for byte. */
static void test_layout(void **state)
{
	static const unsigned char event[16] = { 0, 2, 0x03, 0x38 };
	static const unsigned char answer[16] = { 0, 6, 0x03, 0x38 };
	unsigned char bytes[256];
	uint32_t type;
	char path[64];
	FILE *file;

	(void)state;
	write_two(temporary(path));
	file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fread(bytes, 1, sizeof(bytes), file),
			 24 + 2 * (16 + 16 + sizeof(struct nlmsghdr)));
	fclose(file);
	unlink(path);
	memcpy(&type, bytes + 20, sizeof(type));
	assert_int_equal(type, NETLINK_TYPE);
	assert_memory_equal(bytes + 24 + 16, event, sizeof(event));
	assert_memory_equal(bytes + 24 + 48 + 16, answer, sizeof(answer));
}

/* A message that libpcap would not read back is cut, and says so. */
static void test_enormous_message(void **state)
{
	static unsigned char bytes[300000];
	char path[64];
	struct capture_writer *writer;
	struct capture_reader *reader;
	struct capture_record record;
	struct capture_error error;

	(void)state;
	temporary(path);
	assert_int_equal(capture_writer_open(&writer, path, &error), 0);
	capture_writer_add(writer, bytes, sizeof(bytes), false, 0);
	assert_int_equal(capture_writer_close(writer, &error), 0);
	assert_int_equal(capture_reader_open(&reader, path, &error), 0);
	assert_int_equal(capture_reader_next(reader, &record, &error), 1);
	assert_int_equal(record.length, 262144 - 16);
	assert_end(reader);
	unlink(path);
}

static void test_writing_fails(void **state)
{
	static const unsigned char bytes[60000];
	struct capture_writer *writer;
	struct capture_error error = { "" };
	struct rlimit before, limit;
	char path[64];

	(void)state;
	assert_int_equal(
	    capture_writer_open(&writer, "/nonexistent/file", &error), -ENOENT);
	assert_non_null(strstr(error.text, "/nonexistent/file"));

	assert_int_equal(capture_writer_open(&writer, "/dev/full", &error),
			 -EINVAL);
	assert_non_null(strstr(error.text, "not a regular file"));

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 20; /* of bytes: less than a file's header */
	temporary(path);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(capture_writer_open(&writer, path, &error), 0);
	for (int i = 0; i < 10; i++)
		capture_writer_add(writer, bytes, sizeof(bytes), false, 0);
	assert_true(capture_writer_failed(writer));
	assert_int_equal(capture_writer_close(writer, &error), -EFBIG);
	assert_non_null(strstr(error.text, "too large"));

	/* So little that only the end finds out. */
	assert_int_equal(capture_writer_open(&writer, path, &error), 0);
	capture_writer_add(writer, bytes, 16, false, 0);
	assert_int_equal(capture_writer_close(writer, &error), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	unlink(path);
}

/* The kernel's nlmon device knows only "to a program" and "to the kernel". */
static void test_nlmon(void **state)
{
	struct image image;
	struct capture_reader *reader;

	(void)state;
	put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	put_message(&image, 7, NLM_F_REQUEST, 0); /* passed over */
	put_message(&image, 6, NLM_F_MULTI, 9);
	put_message(&image, 6, 0, 9);
	put_message(&image, 6, 0, 0);
	reader = open_good(&image);
	assert_next(reader, true);
	assert_next(reader, true);
	assert_next(reader, false);
	assert_end(reader);
}

static void test_other_families_are_passed_over(void **state)
{
	struct nlmsghdr nlh = message(0, 0);
	struct image image;
	struct capture_reader *reader;

	(void)state;
	put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	put_packet_header(&image, 1, 0, 16 + sizeof(nlh));
	put_cooked(&image, 6, 824, NETLINK_GENERIC);
	put(&image, &nlh, sizeof(nlh));
	put_packet_header(&image, 1, 0, 16 + sizeof(nlh));
	put_cooked(&image, 6, 1, NETLINK_ROUTE); /* ARPHRD_ETHER */
	put(&image, &nlh, sizeof(nlh));
	put_message(&image, 2, 0, 0);
	reader = open_good(&image);
	assert_next(reader, false);
	assert_end(reader);
}

static void test_nanoseconds(void **state)
{
	struct nlmsghdr nlh = message(0, 0);
	struct image image;
	struct capture_reader *reader;

	(void)state;
	put_file_header(&image, MAGIC_NS, NETLINK_TYPE);
	put_packet_header(&image, 100, 250999999, 16 + sizeof(nlh));
	put_cooked(&image, 2, 824, NETLINK_ROUTE);
	put(&image, &nlh, sizeof(nlh));
	reader = open_good(&image);
	assert_next(reader, false);
	assert_end(reader);
}

/* As Wireshark saves it: section, interface, enhanced packet. */
static void test_pcapng(void **state)
{
	struct nlmsghdr nlh = message(0, 0);
	struct image image = { .length = 0 };
	struct capture_reader *reader;

	(void)state;
	put32(&image, 0x0a0d0d0a);
	put32(&image, 28);
	put32(&image, 0x1a2b3c4d);
	put16(&image, 1); /* version 1.0 */
	put16(&image, 0);
	put(&image, "\377\377\377\377\377\377\377\377", 8);
	put32(&image, 28);

	put32(&image, 1);
	put32(&image, 20);
	put16(&image, NETLINK_TYPE);
	put16(&image, 0); /* reserved */
	put32(&image, 262144);
	put32(&image, 20);

	put32(&image, 6);
	put32(&image, 32 + 16 + sizeof(nlh));
	put32(&image, 0);
	put32(&image, 0);
	put32(&image, 100250000); /* microseconds */
	put32(&image, 16 + sizeof(nlh));
	put32(&image, 16 + sizeof(nlh));
	put_cooked(&image, 2, 824, NETLINK_ROUTE);
	put(&image, &nlh, sizeof(nlh));
	put32(&image, 32 + 16 + sizeof(nlh));

	reader = open_good(&image);
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
	put(&image, "BondCarrier, surely not pcap", 28);
	assert_refused(&image, "not a capture file");
	image.length = 2;
	assert_refused(&image, "not a capture file");
	put_file_header(&image, MAGIC_US, 1);
	assert_refused(&image, "EN10MB");
	put_file_header(&image, MAGIC_US, 147); /* a private one */
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
	put32(&image, MAGIC_SWAPPED);
	put16(&image, __builtin_bswap16(2));
	put16(&image, __builtin_bswap16(4));
	put32(&image, 0);
	put32(&image, 0);
	put32(&image, swapped(262144));
	put32(&image, swapped(NETLINK_TYPE));
	assert_refused(&image, "byte order");
}

/* Cut anywhere in the second record: the first is read, and the end said. */
static void test_truncated(void **state)
{
	struct image image;
	size_t first_end;

	(void)state;
	put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	put_message(&image, 2, 0, 0);
	first_end = image.length;
	put_message(&image, 2, 0, 0);
	for (size_t length = image.length - 1; length > first_end; length--) {
		struct capture_reader *reader;

		image.length = length;
		reader = open_good(&image);
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
	put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	put_packet_header(&image, 1, 0, 15);
	put_cooked(&image, 2, 824, NETLINK_ROUTE);
	reader = open_good(&image);
	assert_damaged(reader, "record 1 at byte 24", "too short");
	/* A length that can't be. */
	put_file_header(&image, MAGIC_US, NETLINK_TYPE);
	put_packet_header(&image, 1, 0, 0x7fffffff);
	reader = open_good(&image);
	assert_damaged(reader, "record 1 at byte 24", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_enormous_message),
		cmocka_unit_test(test_writing_fails),
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
