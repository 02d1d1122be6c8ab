/* SPDX-License-Identifier: BSD-2-Clause */
/* A net-snmp transport that never blocks for long. */
#include "agentx/transport.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agentx/agentx.h"
#include "base/clock.h"
#include "state/shared.h"

/* A master that reads nothing for this long is considered stopped. */
#define SEND_TIMEOUT_MS 1000

static int next_socket = -1;
static bool received;
static bool received_since_take;

static struct {
	/* Bytes read and not yet passed to net-snmp. */
	unsigned char bytes[4096];
	size_t at, end;
	bool ahead; /* read beyond the current part of the message */

	/* The message being passed to net-snmp, and how much of it was. */
	unsigned char header[AGENTX_HEADER_SIZE];
	size_t have;
} input;

/* RFC 2741, 6.1: h.flags, and h.payload_length at the end of the header. */
static size_t message_size(void)
{
	const unsigned char *length = input.header + AGENTX_HEADER_SIZE - 4;
	bool network = input.header[2] & AGENTX_NETWORK_BYTE_ORDER;
	size_t size = 0;

	for (int i = 0; i < 4; i++)
		size = size << 8 | length[network ? i : 3 - i];
	return AGENTX_HEADER_SIZE + size;
}

/* Bytes left of the header or, once that is complete, of the message. */
static size_t left_in_part(void)
{
	return input.have < AGENTX_HEADER_SIZE ? AGENTX_HEADER_SIZE - input.have
					       : message_size() - input.have;
}

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

static ssize_t fill_input(int fd)
{
	size_t most = sizeof(input.bytes);
	ssize_t length;

	if (!input.ahead)
		most = min_size(most, left_in_part());
	length = recv(fd, input.bytes, most, MSG_DONTWAIT);
	input.at = 0;
	input.end = length > 0 ? (size_t)length : 0;
	return length;
}

/*
 * Copies what is there of one message, and nothing of the next. net-snmp
 * starts all requests that one call reads at once; of two phases of one SET
 * the second then frees what the first still uses (5.9.3,
 * handle_subagent_set_response()). See session_pace().
 */
static ssize_t copy_message(unsigned char *buffer, size_t size)
{
	size_t done = 0;

	while (done < size && input.at < input.end) {
		size_t step = min_size(min_size(left_in_part(), size - done),
				       input.end - input.at);

		if (step == 0)
			break;
		memcpy(buffer + done, input.bytes + input.at, step);
		if (input.have < AGENTX_HEADER_SIZE)
			memcpy(input.header + input.have, buffer + done, step);
		input.at += step;
		input.have += step;
		done += step;
	}
	if (input.have >= AGENTX_HEADER_SIZE && left_in_part() == 0)
		input.have = 0;
	return (ssize_t)done;
}

static ssize_t recv_message(int fd, unsigned char *buffer, size_t size)
{
	if (input.at == input.end) {
		ssize_t length = fill_input(fd);

		if (length <= 0)
			return length;
	}
	return copy_message(buffer, size);
}

static int transport_recv(netsnmp_transport *transport, void *buffer, int size,
			  void **opaque, int *opaque_length)
{
	ssize_t length;

	*opaque = NULL;
	*opaque_length = 0;
	do {
		length = recv_message(transport->sock, buffer, (size_t)size);
	} while (length < 0 && errno == EINTR);
	if (length < 0 && (errno == EAGAIN)) {
		/* Already read since select() reported it. */
		transport->flags |= NETSNMP_TRANSPORT_FLAG_EMPTY_PKT;
		return 0;
	}
	received = received_since_take = true;
	return (int)length;
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

static int transport_send(netsnmp_transport *transport, const void *buffer,
			  int size, void **opaque, int *opaque_length)
{
	int64_t deadline_ms = 0;
	const char *bytes = buffer;
	int sent = 0;

	(void)opaque;
	(void)opaque_length;
	while (sent < size) {
		ssize_t length =
		    send(transport->sock, bytes + sent, (size_t)(size - sent),
			 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (length >= 0) {
			sent += (int)length;
			continue;
		}
		if (errno == EINTR)
			continue;
		received |= errno != EAGAIN;
		if ((errno != EAGAIN) ||
		    !wait_writable(transport->sock, &deadline_ms)) {
			/* Half a message can't be taken back: shut down, and
			   let the next read report it. */
			shutdown(transport->sock, SHUT_RDWR);
			return -1;
		}
	}
	return sent;
}

static int transport_close(netsnmp_transport *transport)
{
	int fd = transport->sock;

	transport->sock = -1;
	input.at = input.end = 0;
	return fd >= 0 ? close(fd) : -1;
}

static char *transport_fmtaddr(netsnmp_transport *transport, const void *data,
			       int length)
{
	(void)transport;
	(void)data;
	(void)length;
	return strdup(TRANSPORT_NAME);
}

/* net-snmp requires an OID for each domain. This one never leaves the process
   and only has to differ from the others. */
static const oid domain_name[] = { 0, 0, 705 };

static netsnmp_transport *transport_create(const char *address, int local,
					   const char *default_address)
{
	netsnmp_transport *transport;

	(void)address;
	(void)default_address;
	if (local || next_socket < 0)
		return NULL;
	transport = calloc(1, sizeof(*transport));
	if (!transport)
		return NULL;
	transport->domain = domain_name;
	transport->domain_length = OID_LENGTH(domain_name);
	transport->sock = next_socket;
	transport->flags = NETSNMP_TRANSPORT_FLAG_STREAM;
	transport->msgMaxSize = SNMP_MAX_PACKET_LEN;
	transport->f_recv = transport_recv;
	transport->f_send = transport_send;
	transport->f_close = transport_close;
	transport->f_fmtaddr = transport_fmtaddr;
	next_socket = -1;
	return transport;
}

void transport_register(void)
{
	static netsnmp_tdomain domain = {
		.name = domain_name,
		.name_length = OID_LENGTH(domain_name),
		.f_create_from_tstring_new = transport_create,
	};

	/* At shutdown net-snmp frees the list, but not the domain. */
	domain.prefix = calloc(2, sizeof(*domain.prefix));
	if (!domain.prefix)
		return;
	domain.prefix[0] = "bondcarrier";
	netsnmp_tdomain_register(&domain);
}

static int (*callback_send)(netsnmp_transport *, const void *, int, void **,
			    int *);

static int send_ignoring_failure(netsnmp_transport *transport,
				 const void *buffer, int size, void **opaque,
				 int *opaque_length)
{
	(void)callback_send(transport, buffer, size, opaque, opaque_length);
	return 0;
}

void transport_mute_late_responses(void)
{
	netsnmp_transport *transport = NULL;

	if (callback_master_sess)
		transport = snmp_sess_transport(
		    snmp_sess_pointer(callback_master_sess));
	if (!transport || transport->f_send == send_ignoring_failure)
		return;
	callback_send = transport->f_send;
	transport->f_send = send_ignoring_failure;
}

void transport_set_next_socket(int fd)
{
	if (next_socket >= 0)
		close(next_socket);
	next_socket = fd;
	if (fd >= 0) {
		received = false;
		memset(&input, 0, sizeof(input));
	}
}

void transport_read_ahead(void)
{
	input.ahead = true;
}

bool transport_has_more(void)
{
	return input.at < input.end;
}

bool transport_has_received(void)
{
	return received;
}

bool transport_take_received(void)
{
	bool taken = received_since_take;

	received_since_take = false;
	return taken;
}
