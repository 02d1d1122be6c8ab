/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads and writes netlink datagrams in pcap files, through libpcap. */
#include "capture/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_arp.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <pcap/pcap.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/printable.h"
#include "base/safe_file.h"
#include "explain/explain.h"

/* libpcap's limit for a packet of any link type. */
#define LARGEST_PACKET 262144
#define US_PER_S       1000000

/* Longer paths are truncated in an error. */
#define PATH_SHOWN_SIZE 256

struct cooked_header { /* network order */
	uint16_t packet_type;
	uint16_t hardware_type;
	uint8_t unused[10];
	uint16_t family;
};

struct capture_writer {
	pcap_t *pcap;
	pcap_dumper_t *dumper;
	int failed; /* an errno; 0: everything was written */
	uint64_t count;
};

struct capture_reader {
	pcap_t *pcap;
	void *datagram;
	uint64_t records; /* packets read so far, of any family */
};

__attribute__((format(printf, 3, 4))) static int
fail(struct capture_error *error, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return err;
}

void capture_error_set(struct capture_error *error, const char *text)
{
	snprintf(error->text, sizeof(error->text), "%s", text);
}

/* Root usually records, and the directory may be another user's. Standard
   output gets a separate stream: pcap_dump_close() may close it, and what
   main() finds in stdout at the end does not belong to the capture. */
static int open_output(const char *path)
{
	int fd;

	if (strcmp(path, "-") != 0)
		return safe_file_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666,
				      NULL);
	fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	return fd < 0 ? -errno : fd;
}

static int open_stream(const char *path, FILE **file)
{
	int err, fd = open_output(path);

	if (fd < 0)
		return fd;
	*file = fdopen(fd, "wb");
	if (*file)
		return 0;
	/* EINVAL: it is read-only, as streams_guard() left it. EBADF,
	   the error of write(), is clearer. */
	err = errno == EINVAL ? -EBADF : -errno;
	close(fd);
	return err;
}

int capture_writer_open(struct capture_writer **out, const char *path,
			struct capture_error *error)
{
	struct capture_writer *writer = calloc(1, sizeof(*writer));
	char name[PATH_SHOWN_SIZE];
	FILE *file = NULL;
	int err;

	if (!writer)
		return fail(error, -ENOMEM, "out of memory");
	writer->pcap = pcap_open_dead(DLT_NETLINK, LARGEST_PACKET);
	err = open_stream(path, &file);
	if (err) {
		fail(error, err, "cannot write %s: %s",
		     printable_name(path, name, sizeof(name)),
		     safe_file_why(err));
		goto free_writer;
	}
	if (writer->pcap)
		writer->dumper = pcap_dump_fopen(writer->pcap, file);
	if (!writer->dumper) {
		err = fail(error, -EIO, "cannot write %s: %s",
			   printable_name(path, name, sizeof(name)),
			   writer->pcap ? pcap_geterr(writer->pcap)
					: "out of memory");
		goto close_file;
	}
	*out = writer;
	return 0;

close_file:
	fclose(file);
free_writer:
	if (writer->pcap)
		pcap_close(writer->pcap);
	free(writer);
	return err;
}

void capture_writer_add(struct capture_writer *writer, const void *bytes,
			size_t length, bool is_answer, int64_t at_us)
{
	const struct cooked_header header = {
		.packet_type =
		    htons(is_answer ? PACKET_USER : PACKET_MULTICAST),
		.hardware_type = htons(ARPHRD_NETLINK),
		.family = htons(NETLINK_ROUTE),
	};
	size_t whole = sizeof(header) + length;
	size_t kept = whole < LARGEST_PACKET ? whole : LARGEST_PACKET;
	struct pcap_pkthdr packet = {
		.ts = { .tv_sec = at_us / US_PER_S,
			.tv_usec = at_us % US_PER_S },
		.caplen = (bpf_u_int32)kept,
		.len = (bpf_u_int32)whole,
	};
	unsigned char *both = NULL;

	if (writer->failed)
		return;
	both = malloc(kept);
	if (!both) {
		writer->failed = ENOMEM;
		return;
	}
	memcpy(both, &header, sizeof(header));
	memcpy(both + sizeof(header), bytes, kept - sizeof(header));

	/* pcap_dump() returns nothing: the stream keeps its error. */
	errno = 0;
	pcap_dump((unsigned char *)writer->dumper, &packet, both);
	/* Now, so that the file is complete for a reader, or after a crash. */
	if (pcap_dump_flush(writer->dumper) != 0 ||
	    ferror(pcap_dump_file(writer->dumper)))
		writer->failed = errno ? errno : EIO;
	else
		writer->count++;
	free(both);
}

bool capture_writer_failed(const struct capture_writer *writer)
{
	return writer->failed != 0;
}

uint64_t capture_writer_count(const struct capture_writer *writer)
{
	return writer->count;
}

int capture_writer_close(struct capture_writer *writer,
			 struct capture_error *error)
{
	int err = 0;

	if (!writer)
		return 0;
	if (!writer->failed && pcap_dump_flush(writer->dumper) != 0)
		writer->failed = errno ? errno : EIO;
	if (writer->failed)
		err = fail(error, -writer->failed,
			   "cannot write the whole capture: %s",
			   strerror(writer->failed));
	pcap_dump_close(writer->dumper);
	pcap_close(writer->pcap);
	free(writer);
	return err;
}

int capture_reader_open(struct capture_reader **out, const char *path,
			struct capture_error *error)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");

	if (!file)
		return fail(error, -errno, "%s", strerror(errno));
	return capture_reader_from(out, file, error);
}

/* Checks that the packets are netlink, and readable on this machine. */
static int check_format(pcap_t *pcap, struct capture_error *error)
{
	int type = pcap_datalink(pcap);
	const char *name = pcap_datalink_val_to_name(type);

	if (type != DLT_NETLINK)
		return fail(error, -EBADMSG,
			    "link type is %s (%d), not NETLINK",
			    name ? name : "unknown", type);
	if (pcap_is_swapped(pcap))
		return fail(error, -EBADMSG,
			    "recorded on a machine with the other byte order");
	return 0;
}

int capture_reader_from(struct capture_reader **out, FILE *file,
			struct capture_error *error)
{
	char why[PCAP_ERRBUF_SIZE] = "";
	struct capture_reader *reader = calloc(1, sizeof(*reader));
	int err;

	if (!reader) {
		fclose(file);
		return fail(error, -ENOMEM, "out of memory");
	}
	reader->pcap = pcap_fopen_offline(file, why);
	if (!reader->pcap) {
		fclose(file);
		free(reader);
		return fail(error, -EBADMSG, "not a capture file: %s", why);
	}
	err = check_format(reader->pcap, error);
	if (err) {
		capture_reader_close(reader);
		return err;
	}
	*out = reader;
	return 0;
}

static int damaged(const struct capture_reader *reader, long offset,
		   const char *why, struct capture_error *error)
{
	char at[32] = "";

	if (offset >= 0)
		snprintf(at, sizeof(at), " at byte %ld", offset);
	return fail(error, -EBADMSG, "record %llu%s: %s",
		    (unsigned long long)reader->records, at, why);
}

/* An answer carries the port number of the requesting socket. In newer kernels,
   so does an event that a request caused: read_packet() also checks the packet
   type. */
static bool looks_like_answer(const unsigned char *bytes, size_t length)
{
	struct nlmsghdr nlh;

	if (length < sizeof(nlh))
		return false;
	memcpy(&nlh, bytes, sizeof(nlh));
	return (nlh.nlmsg_flags & NLM_F_MULTI) != 0 || nlh.nlmsg_pid != 0;
}

/* In a hostile file, the microseconds may be any number. */
static int64_t milliseconds(struct timeval ts)
{
	int64_t seconds = ts.tv_sec;

	if (sizeof(ts.tv_sec) < sizeof(seconds)) /* unsigned in pcap */
		seconds = (uint32_t)seconds;
	if (seconds < 0)
		seconds = 0;
	if (seconds > UINT32_MAX) /* the year 2106: pcap's own limit */
		seconds = UINT32_MAX;
	if (ts.tv_usec < 0 || ts.tv_usec >= US_PER_S)
		return seconds * 1000;
	return seconds * 1000 + ts.tv_usec / 1000;
}

/* Makes a copy that is aligned, which libpcap does not promise, and has exactly
   that length, so that the sanitizers catch reads beyond the end. */
static int keep_datagram(struct capture_reader *reader,
			 const unsigned char *bytes, size_t length)
{
	free(reader->datagram);
	reader->datagram = malloc(length ? length : 1);
	if (!reader->datagram)
		return -ENOMEM;
	memcpy(reader->datagram, bytes, length);
	return 0;
}

/* 1: an rtnetlink datagram to a program; 0: anything else; or -ENOMEM. */
static int read_packet(struct capture_reader *reader,
		       const struct pcap_pkthdr *packet,
		       const unsigned char *bytes, struct capture_record *out)
{
	int err;
	struct cooked_header header;
	unsigned int type;

	memcpy(&header, bytes, sizeof(header));
	type = ntohs(header.packet_type);
	if (ntohs(header.hardware_type) != ARPHRD_NETLINK ||
	    ntohs(header.family) != NETLINK_ROUTE || type == PACKET_KERNEL)
		return 0;

	out->length = packet->caplen - sizeof(header);
	err = keep_datagram(reader, bytes + sizeof(header), out->length);
	if (err)
		return err;
	out->bytes = reader->datagram;
	out->at_ms = milliseconds(packet->ts);
	out->is_answer =
	    type == PACKET_USER && looks_like_answer(out->bytes, out->length);
	return 1;
}

int capture_reader_next(struct capture_reader *reader,
			struct capture_record *out, struct capture_error *error)
{
	for (;;) {
		long offset = ftell(pcap_file(reader->pcap));
		struct pcap_pkthdr *packet = NULL;
		const unsigned char *bytes = NULL;
		int got = pcap_next_ex(reader->pcap, &packet, &bytes);

		if (got == PCAP_ERROR_BREAK)
			return 0;
		reader->records++;
		if (got != 1)
			return damaged(reader, offset,
				       pcap_geterr(reader->pcap), error);
		if (packet->caplen < sizeof(struct cooked_header))
			return damaged(reader, offset,
				       "too short for a netlink packet", error);
		got = read_packet(reader, packet, bytes, out);
		if (got == -ENOMEM)
			return fail(error, got, "out of memory");
		if (got)
			return got;
	}
}

void capture_reader_close(struct capture_reader *reader)
{
	if (!reader)
		return;
	pcap_close(reader->pcap);
	free(reader->datagram);
	free(reader);
}
