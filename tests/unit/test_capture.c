/* SPDX-License-Identifier: BSD-2-Clause */
/* Capture files, written and read back. */
#include <errno.h>
#include <linux/netlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "capture_image.h"

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
	struct nlmsghdr event = image_nlmsghdr(0, 0);
	struct nlmsghdr answer = image_nlmsghdr(NLM_F_MULTI, 77);

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
	const struct nlmsghdr answer = image_nlmsghdr(NLM_F_MULTI, 77);
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

	(void)state;
	assert_int_equal(
	    capture_writer_open(&writer, "/nonexistent/file", &error), -ENOENT);
	assert_non_null(strstr(error.text, "/nonexistent/file"));

	assert_int_equal(capture_writer_open(&writer, "/dev/full", &error), 0);
	for (int i = 0; i < 10; i++)
		capture_writer_add(writer, bytes, sizeof(bytes), false, 0);
	assert_true(capture_writer_failed(writer));
	assert_int_equal(capture_writer_close(writer, &error), -ENOSPC);
	assert_non_null(strstr(error.text, "No space left"));

	/* So little that only the end finds out. */
	assert_int_equal(capture_writer_open(&writer, "/dev/full", &error), 0);
	capture_writer_add(writer, bytes, 16, false, 0);
	assert_int_equal(capture_writer_close(writer, &error), -ENOSPC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_enormous_message),
		cmocka_unit_test(test_writing_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
