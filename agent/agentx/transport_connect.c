/* SPDX-License-Identifier: BSD-2-Clause */
/* transport_connect(): from the master agent's address to a socket. */
#include "agentx/transport.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "config/settings_value.h"

#define TCP_PORT       "705" /* agentx, RFC 2741 */
#define TCP_DEAD_MS    30000 /* TCP_USER_TIMEOUT: data unacknowledged */
#define RESOLVE_REASON 10000 /* offset of getaddrinfo()'s error numbers */

static int failed(int err, char *why, size_t why_size)
{
	if (err == EAGAIN)
		snprintf(why, why_size, "connection queue is full");
	else if (err == EACCES)
		snprintf(why, why_size, "%s (see agentXPerms in snmpd.conf)",
			 strerror(err));
	else
		snprintf(why, why_size, "%s", strerror(err));
	return -err;
}

/* 0 or an errno. */
static int connect_within(int fd, const struct sockaddr *address,
			  socklen_t length, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };
	socklen_t err_length = sizeof(int);
	int err = 0;

	if (connect(fd, address, length) == 0)
		return 0;
	if (errno != EINPROGRESS)
		return errno;
	if (poll(&poll_fd, 1, timeout_ms) <= 0)
		return ETIMEDOUT;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &err_length) < 0)
		return errno;
	return err;
}

static int open_socket(const struct sockaddr *address, socklen_t length,
		       int timeout_ms, char *why, size_t why_size)
{
	int fd = socket(address->sa_family,
			SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int err;

	if (fd < 0)
		return failed(errno, why, why_size);
	err = connect_within(fd, address, length, timeout_ms);
	if (err) {
		close(fd);
		return failed(err, why, why_size);
	}
	return fd;
}

static int connect_unix(const char *path, int timeout_ms, char *why,
			size_t why_size)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	size_t length = strlen(path);

	if (length >= sizeof(address.sun_path))
		return failed(ENAMETOOLONG, why, why_size);
	memcpy(address.sun_path, path, length + 1);
	return open_socket((const struct sockaddr *)&address, sizeof(address),
			   timeout_ms, why, why_size);
}

/* Detects a master whose host disappeared. */
static void set_tcp_options(int fd)
{
	const int on = 1, dead_ms = TCP_DEAD_MS;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead_ms,
		   sizeof(dead_ms));
}

/* HOST, HOST:PORT, [HOST]:PORT or PORT. False: too long. */
static bool split_host(const char *text, char *host, size_t host_size,
		       const char **port)
{
	const char *end = strrchr(text, ':');
	size_t length;

	*port = TCP_PORT;
	if (text[strspn(text, "0123456789")] == '\0' && *text) {
		*port = text;
		text = "localhost";
		end = NULL;
	} else if (end && (!strchr(end, ']'))) {
		*port = end + 1;
	} else {
		end = NULL;
	}
	length = end ? (size_t)(end - text) : strlen(text);
	if (length >= 2 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	if (length >= host_size)
		return false;
	memcpy(host, text, length);
	host[length] = '\0';
	return true;
}

static int connect_tcp(const char *text, int timeout_ms, char *why,
		       size_t why_size)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
					.ai_flags = AI_ADDRCONFIG };
	struct addrinfo *addresses, *address;
	char host[256];
	const char *port;
	int err, fd = -EADDRNOTAVAIL;

	if (!split_host(text, host, sizeof(host), &port))
		return failed(ENAMETOOLONG, why, why_size);
	err = getaddrinfo(*host ? host : "localhost", port, &hints, &addresses);
	if (err) {
		snprintf(why, why_size, "%s", gai_strerror(err));
		return -(RESOLVE_REASON + (err < 0 ? -err : err));
	}
	for (address = addresses; address && fd < 0; address = address->ai_next)
		fd = open_socket(address->ai_addr, address->ai_addrlen,
				 timeout_ms, why, why_size);
	freeaddrinfo(addresses);
	if (fd >= 0)
		set_tcp_options(fd);
	return fd;
}

int transport_connect(const char *address, int timeout_ms, char *why,
		      size_t why_size)
{
	const char *rest;

	return settings_value_socket_is_tcp(address, &rest)
		   ? connect_tcp(rest, timeout_ms, why, why_size)
		   : connect_unix(rest, timeout_ms, why, why_size);
}
