/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages to and from the master agent. */
#include "agentx/transport.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agentx/agentx.h"
#include "agentx/pdu.h"
#include "base/clock.h"

/* A master that reads nothing for this long is considered stopped. */
#define SEND_TIMEOUT_MS 1000
/* What a master makes of the longest request of a manager: a SearchRange has up
   to eleven times the octets of its variable in SNMP. */
#define SKIP_MAX (1 << 20)

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

void transport_open(struct transport *transport, int fd)
{
	transport->fd = fd;
	transport->received = false;
	transport->skip = transport->at = transport->end = 0;
}

void transport_close(struct transport *transport)
{
	if (transport->fd >= 0)
		close(transport->fd);
	transport_open(transport, -1);
}

bool transport_read(struct transport *transport)
{
	size_t left = transport->end - transport->at;
	ssize_t length;

	memmove(transport->bytes, transport->bytes + transport->at, left);
	transport->at = 0;
	transport->end = left;
	do {
		length = recv(transport->fd, transport->bytes + left,
			      sizeof(transport->bytes) - left, MSG_DONTWAIT);
	} while (length < 0 && errno == EINTR);
	if (length < 0 && errno == EAGAIN)
		return true; /* read since select() reported it */
	transport->received = true;
	if (length <= 0)
		return false;
	transport->end += (size_t)length;
	transport->at = min_size(transport->skip, transport->end);
	transport->skip -= transport->at;
	return true;
}

/* The size of the first message; 0: unknown as yet. */
static uint64_t message_size(const struct transport *transport)
{
	struct pdu_header header;

	if (transport->end - transport->at < AGENTX_HEADER_SIZE)
		return 0;
	pdu_read_header(transport->bytes + transport->at, &header);
	return (uint64_t)header.payload_size + AGENTX_HEADER_SIZE;
}

bool transport_has_more(const struct transport *transport)
{
	uint64_t size = message_size(transport);

	return size > AGENTX_SIZE_MAX ||
	       (size > 0 && size <= transport->end - transport->at);
}

enum transport_taken transport_take(struct transport *transport,
				    const unsigned char **message)
{
	size_t there = transport->end - transport->at;
	uint64_t size = message_size(transport);

	if (!transport_has_more(transport))
		return TRANSPORT_NOTHING;
	*message = transport->bytes + transport->at;
	if (size > SKIP_MAX)
		return TRANSPORT_LOST;
	if (size > there)
		transport->skip = (size_t)size - there;
	transport->at += min_size((size_t)size, there);
	return size > AGENTX_SIZE_MAX ? TRANSPORT_HEADER : TRANSPORT_MESSAGE;
}

/* *deadline_ms is 0 on the first call. */
static bool wait_writable(int fd, int64_t *deadline_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };
	int64_t now_ms = clock_now_ms(), left_ms;

	if (*deadline_ms == 0)
		*deadline_ms = now_ms + SEND_TIMEOUT_MS;
	left_ms = *deadline_ms - now_ms;
	if (left_ms <= 0)
		return false;
	return poll(&poll_fd, 1, (int)left_ms) >= 0 || errno == EINTR;
}

bool transport_send(struct transport *transport, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	int64_t deadline_ms = 0;

	while (size > 0) {
		ssize_t length =
		    send(transport->fd, at, size, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (length >= 0) {
			at += length;
			size -= (size_t)length;
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN ||
		    !wait_writable(transport->fd, &deadline_ms)) {
			/* Half a message can't be taken back. */
			transport_shut_down(transport);
			return false;
		}
	}
	return true;
}

void transport_shut_down(struct transport *transport)
{
	shutdown(transport->fd, SHUT_RDWR);
}
