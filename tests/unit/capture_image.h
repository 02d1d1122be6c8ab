/* SPDX-License-Identifier: BSD-2-Clause */
/* Capture files made byte by byte, and read back. */
#ifndef BONDCARRIER_TESTS_CAPTURE_IMAGE_H
#define BONDCARRIER_TESTS_CAPTURE_IMAGE_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stdint.h>

#include "capture/capture.h"

#define MAGIC_US      0xa1b2c3d4U
#define MAGIC_SWAPPED 0xd4c3b2a1U
#define MAGIC_NS      0xa1b23c4dU
#define NETLINK_TYPE  253 /* LINKTYPE_NETLINK */

struct image {
	unsigned char bytes[4096];
	size_t length;
};

void image_put(struct image *image, const void *bytes, size_t length);
void image_put16(struct image *image, uint16_t value);
void image_put32(struct image *image, uint32_t value);
/* Begins the image. */
void image_put_file_header(struct image *image, uint32_t magic, uint32_t type);
void image_put_packet_header(struct image *image, uint32_t s, uint32_t part,
			     uint32_t length);
/* The 16 bytes before each datagram, as tcpdump.org has them. */
void image_put_cooked(struct image *image, uint8_t packet_type,
		      uint16_t hardware_type, uint16_t family);
struct nlmsghdr image_nlmsghdr(uint16_t flags, uint32_t pid);
/* A packet of rtnetlink, 100.25 s after the beginning of 1970. */
void image_put_message(struct image *image, uint8_t packet_type, uint16_t flags,
		       uint32_t pid);

/* 0 or -errno with the error. */
int image_open(struct image *image, struct capture_reader **reader,
	       struct capture_error *error);
struct capture_reader *image_open_good(struct image *image);

/* The next record is that of image_put_message(). */
void assert_next(struct capture_reader *reader, bool is_answer);
/* There is none, and the reader is closed. */
void assert_end(struct capture_reader *reader);
void assert_refused(struct image *image, const char *why);
/* The next call finds damage, and says all of that; the reader is closed. */
void assert_damaged(struct capture_reader *reader, const char *where,
		    const char *why);

#endif
