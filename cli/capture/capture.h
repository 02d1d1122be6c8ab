/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Link messages in a file: pcap with LINKTYPE_NETLINK (253), written and
 * read with libpcap, so that tcpdump and Wireshark read it too. Captures of
 * the kernel's own nlmon device are read as well, and pcapng.
 *
 * A packet is a header of 16 bytes in network order (packet type, ARPHRD
 * NETLINK, 10 unused, netlink family; the LINKTYPE_LINUX_SLL of netlink, see
 * tcpdump.org/linktypes) and the datagram as it was received: one or more
 * struct nlmsghdr in the byte order of the machine that captured.
 *
 *     packet type   written by us             in a capture of nlmon
 *     multicast 2   an event                  -
 *     user 6        an answer to our dump     to a program: either
 *     kernel 7      -                         a request: ignored
 *
 * Bytes of a file are hostile. Errors: -errno, and a sentence for people in
 * struct capture_error; -EBADMSG: not such a file, or damaged.
 */
#ifndef BONDCARRIER_CAPTURE_H
#define BONDCARRIER_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct capture_error {
	char text[384];
};

void capture_error_set(struct capture_error *error, const char *text);

struct capture_record {
	const void *bytes; /* lent until the next call; aligned as malloc's */
	size_t length;
	bool is_answer; /* to somebody's request; else an event */
	int64_t at_ms;	/* wall clock, since 1970 */
};

struct capture_writer;

/* Creates or overwrites `path`; "-" is standard output. */
int capture_writer_open(struct capture_writer **out, const char *path,
			struct capture_error *error);
/* Adds a datagram. capture_writer_close() returns its error. */
void capture_writer_add(struct capture_writer *writer, const void *bytes,
			size_t length, bool is_answer, int64_t at_us);
bool capture_writer_failed(const struct capture_writer *writer);
uint64_t capture_writer_count(const struct capture_writer *writer);
/* Frees, also when it fails; NULL is fine. */
int capture_writer_close(struct capture_writer *writer,
			 struct capture_error *error);

struct capture_reader;

int capture_reader_open(struct capture_reader **out, const char *path,
			struct capture_error *error);
/* Takes `file` over, also when it fails. */
int capture_reader_from(struct capture_reader **out, FILE *file,
			struct capture_error *error);
/*
 * The next record of rtnetlink. 1: `out` is filled; 0: the end; -EBADMSG:
 * the file is damaged or cut off here, and nothing can be read after it:
 * `error` says where. What was read before stays good.
 */
int capture_reader_next(struct capture_reader *reader,
			struct capture_record *out,
			struct capture_error *error);
void capture_reader_close(struct capture_reader *reader);

#endif
