/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads and writes link messages in files: pcap with LINKTYPE_NETLINK (253),
 * through libpcap, so that tcpdump and Wireshark can read them. Also reads
 * captures of the kernel's nlmon device, and pcapng.
 *
 * A packet is a header of 16 bytes in network order (packet type,
 * ARPHRD_NETLINK, 10 unused bytes, netlink family; LINKTYPE_LINUX_SLL for
 * netlink, see tcpdump.org/linktypes) and the datagram as received: one or more
 * struct nlmsghdr in the byte order of the capturing machine.
 *
 *     packet type   written by us             in a capture of nlmon
 *     multicast 2   an event                  -
 *     user 6        an answer to our dump     to a program: either
 *     kernel 7      -                         a request: ignored
 *
 * The bytes of a file are hostile. Errors: -errno, with a sentence in struct
 * capture_error; -EBADMSG: not a capture file, or damaged.
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
	const void *bytes; /* until the next call; aligned as by malloc() */
	size_t length;
	bool is_answer; /* to a program's request; else an event */
	int64_t at_ms;	/* wall clock, since 1970 */
};

struct capture_writer;

/* Creates or overwrites a regular file (safe_file.h); "-" is standard output.
 */
int capture_writer_open(struct capture_writer **out, const char *path,
			struct capture_error *error);
/* Adds a datagram. capture_writer_close() returns any error. */
void capture_writer_add(struct capture_writer *writer, const void *bytes,
			size_t length, bool is_answer, int64_t at_us);
bool capture_writer_failed(const struct capture_writer *writer);
uint64_t capture_writer_count(const struct capture_writer *writer);
/* Frees the writer, even if it fails; NULL is fine. */
int capture_writer_close(struct capture_writer *writer,
			 struct capture_error *error);

struct capture_reader;

int capture_reader_open(struct capture_reader **out, const char *path,
			struct capture_error *error);
/* Takes over `file`, even if it fails. */
int capture_reader_from(struct capture_reader **out, FILE *file,
			struct capture_error *error);
/*
 * Reads the next rtnetlink record. 1: `out` is filled; 0: end of file;
 * -EBADMSG: the file is damaged or truncated at the position in `error`, and
 * nothing after that can be read. The records before it are valid.
 */
int capture_reader_next(struct capture_reader *reader,
			struct capture_record *out,
			struct capture_error *error);
void capture_reader_close(struct capture_reader *reader);

#endif
