/* SPDX-License-Identifier: BSD-2-Clause */
/* Parses the addresses that an SNMP agent listens on. */
#include "config/listen_address.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SNMP_PORT "161"
#define DIGITS	  "0123456789"

struct transport {
	const char *prefix;   /* as typed */
	const char *name;     /* net-snmp's name */
	const char *loopback; /* NULL: it takes a path */
};

/* The first is the default; the second is that of [ADDRESS]. */
static const struct transport transports[] = {
	{ "udp:", "udp", "127.0.0.1" }, { "udp6:", "udp6", "[::1]" },
	{ "udpv6:", "udp6", "[::1]" },	{ "udpipv6:", "udp6", "[::1]" },
	{ "tcp:", "tcp", "127.0.0.1" }, { "tcp6:", "tcp6", "[::1]" },
	{ "tcpv6:", "tcp6", "[::1]" },	{ "tcpipv6:", "tcp6", "[::1]" },
	{ "unix:", "unix", NULL },
};

/* The addresses parsed so far. */
struct reading {
	char *out;
	size_t used;
	char *why;
};

static int bad(struct reading *reading, const char *what, const char *text)
{
	snprintf(reading->why, LISTEN_ADDRESS_WHY, "%s: '%.60s'", what, text);
	return -EINVAL;
}

static int put(struct reading *reading, const char *transport, const char *host,
	       size_t host_length, const char *port)
{
	size_t left = LISTEN_ADDRESS_SIZE - reading->used;
	int length =
	    snprintf(reading->out + reading->used, left, "%s%s:%.*s%s%s",
		     reading->used ? "," : "", transport, (int)host_length,
		     host, *port ? ":" : "", port);

	if ((size_t)length >= left) {
		snprintf(reading->why, LISTEN_ADDRESS_WHY,
			 "the list of addresses is too long");
		return -ENAMETOOLONG;
	}
	reading->used += (size_t)length;
	return 0;
}

static bool is_port(const char *text)
{
	size_t length = strlen(text);

	return length > 0 && length <= 5 && strspn(text, DIGITS) == length &&
	       atoi(text) > 0 && atoi(text) <= 65535;
}

/* Names and addresses only: net-snmp would look up anything else. */
static bool is_host(const char *text, size_t length)
{
	if (length > 2 && text[0] == '[' && text[length - 1] == ']')
		return strspn(text + 1, DIGITS "abcdefABCDEF:.") == length - 2;
	return length > 0 &&
	       strspn(text, DIGITS "-._"
				   "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= length;
}

static int put_host(struct reading *reading, const struct transport *transport,
		    const char *rest)
{
	const char *colon = strrchr(rest, ':');
	const char *port = SNMP_PORT;
	size_t length = strlen(rest);

	if (*rest && strspn(rest, DIGITS) == length) {
		if (!is_port(rest))
			return bad(reading, "not a port number", rest);
		return put(reading, transport->name, transport->loopback,
			   strlen(transport->loopback), rest);
	}
	if (colon && !strchr(colon, ']')) {
		port = colon + 1;
		length = (size_t)(colon - rest);
		if (!is_port(port))
			return bad(reading, "not a port number", port);
	}
	if (!is_host(rest, length))
		return bad(reading, "not a host name or address", rest);
	return put(reading, transport->name, rest, length, port);
}

static int put_one(struct reading *reading, const char *text)
{
	const struct transport *transport = &transports[*text == '[' ? 1 : 0];
	const char *rest = text;

	for (size_t i = 0; i < sizeof(transports) / sizeof(*transports); i++) {
		size_t length = strlen(transports[i].prefix);

		if (strncasecmp(text, transports[i].prefix, length) != 0)
			continue;
		transport = &transports[i];
		rest = text + length;
	}
	if (transport->loopback)
		return put_host(reading, transport, rest);
	if (*rest != '/')
		return bad(reading, "the path must begin with /", rest);
	return put(reading, transport->name, rest, strlen(rest), "");
}

int listen_address_parse(char out[LISTEN_ADDRESS_SIZE], const char *text,
			 char why[LISTEN_ADDRESS_WHY])
{
	struct reading reading = { .out = out, .why = why };
	char one[LISTEN_ADDRESS_SIZE];
	int err;

	for (;;) {
		size_t length = strcspn(text, ",");

		if (length >= sizeof(one)) {
			snprintf(why, LISTEN_ADDRESS_WHY,
				 "the list of addresses is too long");
			return -ENAMETOOLONG;
		}
		memcpy(one, text, length);
		one[length] = '\0';
		err = put_one(&reading, one);
		if (err || !text[length])
			return err;
		text += length + 1;
	}
}
