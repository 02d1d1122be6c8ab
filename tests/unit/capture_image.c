/* SPDX-License-Identifier: BSD-2-Clause */
/* Capture files made byte by byte. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "capture_image.h"

void image_put(struct image *image, const void *bytes, size_t length)
{
	assert_true(image->length + length <= sizeof(image->bytes));
	memcpy(image->bytes + image->length, bytes, length);
	image->length += length;
}

void image_put16(struct image *image, uint16_t value)
{
	image_put(image, &value, sizeof(value));
}

void image_put32(struct image *image, uint32_t value)
{
	image_put(image, &value, sizeof(value));
}

void image_put_file_header(struct image *image, uint32_t magic, uint32_t type)
{
	image->length = 0;
	image_put32(image, magic);
	image_put16(image, 2); /* version 2.4 */
	image_put16(image, 4);
	image_put32(image, 0);
	image_put32(image, 0);
	image_put32(image, 262144);
	image_put32(image, type);
}

void image_put_cooked(struct image *image, uint8_t packet_type,
		      uint16_t hardware_type, uint16_t family)
{
	const unsigned char bytes[16] = {
		[1] = packet_type,
		[2] = (unsigned char)(hardware_type >> 8),
		[3] = (unsigned char)hardware_type,
		[14] = (unsigned char)(family >> 8),
		[15] = (unsigned char)family,
	};

	image_put(image, bytes, sizeof(bytes));
}

void image_put_packet_header(struct image *image, uint32_t s, uint32_t part,
			     uint32_t length)
{
	image_put32(image, s);
	image_put32(image, part);
	image_put32(image, length);
	image_put32(image, length);
}

struct nlmsghdr image_nlmsghdr(uint16_t flags, uint32_t pid)
{
	return (struct nlmsghdr){ .nlmsg_len = sizeof(struct nlmsghdr),
				  .nlmsg_type = RTM_NEWLINK,
				  .nlmsg_flags = flags,
				  .nlmsg_pid = pid };
}

void image_put_message(struct image *image, uint8_t packet_type, uint16_t flags,
		       uint32_t pid)
{
	struct nlmsghdr nlh = image_nlmsghdr(flags, pid);

	image_put_packet_header(image, 100, 250000, 16 + sizeof(nlh));
	image_put_cooked(image, packet_type, 824, NETLINK_ROUTE);
	image_put(image, &nlh, sizeof(nlh));
}

int image_open(struct image *image, struct capture_reader **reader,
	       struct capture_error *error)
{
	FILE *file = fmemopen(image->bytes, image->length, "rb");

	assert_non_null(file);
	return capture_reader_from(reader, file, error);
}

struct capture_reader *image_open_good(struct image *image)
{
	struct capture_reader *reader = NULL;
	struct capture_error error = { "" };

	if (image_open(image, &reader, &error))
		fail_msg("%s", error.text);
	return reader;
}

void assert_next(struct capture_reader *reader, bool is_answer)
{
	struct capture_record record;
	struct capture_error error;

	assert_int_equal(capture_reader_next(reader, &record, &error), 1);
	assert_int_equal(record.is_answer, is_answer);
	assert_int_equal(record.at_ms, 100250);
	assert_int_equal(record.length, sizeof(struct nlmsghdr));
}

void assert_end(struct capture_reader *reader)
{
	struct capture_record record;
	struct capture_error error;

	assert_int_equal(capture_reader_next(reader, &record, &error), 0);
	capture_reader_close(reader);
}

void assert_refused(struct image *image, const char *why)
{
	struct capture_reader *reader;
	struct capture_error error = { "" };

	assert_int_equal(image_open(image, &reader, &error), -EBADMSG);
	if (!strstr(error.text, why))
		fail_msg("not said: '%s', but: %s", why, error.text);
}

void assert_damaged(struct capture_reader *reader, const char *where,
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
