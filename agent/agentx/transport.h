/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The connection to the master agent: opened with a timeout, split into
 * messages, and never blocking for long. Nothing to read is no disconnect, and
 * sending raises no SIGPIPE.
 */
#ifndef BONDCARRIER_AGENT_TRANSPORT_H
#define BONDCARRIER_AGENT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "agentx/agentx.h"

struct transport {
	int fd;	       /* -1: none */
	bool received; /* anything, or the end; for the caller to clear */
	size_t skip;   /* octets still to come of a message that is too long */
	size_t at, end;
	unsigned char bytes[AGENTX_SIZE_MAX]; /* `at` to `end`: read, and not
						 yet taken */
};

/*
 * Connects to `address`: a path, unix:PATH, tcp:HOST:PORT, HOST:PORT.
 * Returns the socket, or a negative number for the reason and its text in
 * `why`.
 */
int transport_connect(const char *address, int timeout_ms, char *why,
		      size_t why_size);

/* Takes the socket over. */
void transport_open(struct transport *transport, int fd);
void transport_close(struct transport *transport);

/* Reads once. False: the connection has ended. */
bool transport_read(struct transport *transport);

enum transport_taken {
	TRANSPORT_NOTHING, /* there is no complete message */
	TRANSPORT_MESSAGE,
	TRANSPORT_HEADER, /* only that: the rest is too long, and is skipped */
	TRANSPORT_LOST,	  /* its length is impossible: the end of the stream */
};

/* Takes a message, which is valid until the next transport_read(). */
enum transport_taken transport_take(struct transport *transport,
				    const unsigned char **message);
/* Whether transport_take() has something to report without reading. */
bool transport_has_more(const struct transport *transport);

/* False: the connection can't be used, and the next read reports its end. */
bool transport_send(struct transport *transport, const void *bytes,
		    size_t size);

/* Nothing more can be sent, and the end is read behind what has arrived. */
void transport_shut_down(struct transport *transport);

#endif
