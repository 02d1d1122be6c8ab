/* SPDX-License-Identifier: BSD-2-Clause */
/* Talking to systemd, or to who speaks its protocol. */
#include "supervisor.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "explain.h"

#define STATUS_EVERY_MS 1000
/* How long a service manager that does not read may keep us. */
#define SEND_S 1

/* Digits only, and not more than fits; else 0. */
static int64_t number_in(const char *name)
{
	const char *text = getenv(name);
	char *end;
	long long number;

	if (!text || *text < '0' || *text > '9')
		return 0;
	errno = 0;
	number = strtoll(text, &end, 10);
	return errno || *end ? 0 : number;
}

/* The watchdog is another's when $WATCHDOG_PID says so. */
static int64_t watchdog_timeout_ms(void)
{
	if (getenv("WATCHDOG_PID") && number_in("WATCHDOG_PID") != getpid())
		return 0;
	return number_in("WATCHDOG_USEC") / 1000;
}

/* A path, or @NAME for one of the abstract namespace. */
static bool read_address(struct supervisor *supervisor, const char *text)
{
	struct sockaddr_un *address = &supervisor->address;
	size_t length = strlen(text);

	if ((text[0] != '/' && text[0] != '@') || length < 2 ||
	    length >= sizeof(address->sun_path))
		return false;
	address->sun_family = AF_UNIX;
	memcpy(address->sun_path, text, length + 1);
	supervisor->address_length =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (text[0] == '@')
		address->sun_path[0] = '\0';
	else
		supervisor->address_length++;
	return true;
}

void supervisor_init(struct supervisor *supervisor, int64_t now_ms)
{
	const struct timeval timeout = { .tv_sec = SEND_S };
	const char *text = getenv("NOTIFY_SOCKET");

	memset(supervisor, 0, sizeof(*supervisor));
	supervisor->fd = -1;
	supervisor->last = WATCHDOG_FEED;
	if (!text || !*text)
		return;
	if (!read_address(supervisor, text)) {
		snmp_log(LOG_WARNING,
			 "NOTIFY_SOCKET is no address of a service manager: "
			 "'%s'\n",
			 text);
		return;
	}
	supervisor->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (supervisor->fd < 0) {
		snmp_log(LOG_WARNING, "no socket to the service manager: %s\n",
			 strerror(errno));
		return;
	}
	setsockopt(supervisor->fd, SOL_SOCKET, SO_SNDTIMEO, &timeout,
		   sizeof(timeout));
	watchdog_init(&supervisor->watchdog, watchdog_timeout_ms(), now_ms);
}

void supervisor_fini(struct supervisor *supervisor)
{
	if (supervisor->fd >= 0)
		close(supervisor->fd);
	supervisor->fd = -1;
}

__attribute__((format(printf, 2, 3))) static bool
tell(struct supervisor *supervisor, const char *format, ...)
{
	char text[SUPERVISOR_STATUS_SIZE + 64];
	va_list arguments;
	int length;

	if (supervisor->fd < 0)
		return true;
	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= sizeof(text))
		return false;
	return sendto(supervisor->fd, text, (size_t)length, MSG_NOSIGNAL,
		      (const struct sockaddr *)&supervisor->address,
		      supervisor->address_length) == length;
}

/* What comes from a configuration must not become a line of the protocol. */
static void keep_status(struct supervisor *supervisor, const char *status)
{
	explain_printable(status, supervisor->status,
			  sizeof(supervisor->status));
}

void supervisor_ready(struct supervisor *supervisor, const char *status)
{
	keep_status(supervisor, status);
	if (!tell(supervisor, "READY=1\nSTATUS=%s", supervisor->status))
		snmp_log(LOG_WARNING, "cannot tell the service manager: %s\n",
			 strerror(errno));
}

void supervisor_reloading(struct supervisor *supervisor, int64_t now_ms)
{
	/* The time is for Type=notify-reload, of systemd 253. */
	(void)tell(supervisor, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
		   now_ms * 1000);
}

void supervisor_stopping(struct supervisor *supervisor)
{
	(void)tell(supervisor, "STOPPING=1\nSTATUS=ending");
}

int64_t supervisor_next_ms(const struct supervisor *supervisor)
{
	int64_t next_ms = watchdog_next_ms(&supervisor->watchdog);

	return supervisor->skipped && supervisor->status_ms < next_ms
		   ? supervisor->status_ms
		   : next_ms;
}

bool supervisor_wants_status(struct supervisor *supervisor, int64_t now_ms)
{
	if (supervisor->fd < 0)
		return false;
	supervisor->skipped = now_ms < supervisor->status_ms;
	if (supervisor->skipped)
		return false;
	supervisor->status_ms = now_ms + STATUS_EVERY_MS;
	return true;
}

void supervisor_status(struct supervisor *supervisor, const char *status)
{
	char before[SUPERVISOR_STATUS_SIZE];

	memcpy(before, supervisor->status, sizeof(before));
	keep_status(supervisor, status);
	if (strcmp(before, supervisor->status) != 0 &&
	    !tell(supervisor, "STATUS=%s", supervisor->status))
		supervisor->status[0] = '\0'; /* again the next time */
}

void supervisor_feed(struct supervisor *supervisor, int64_t beat_ms,
		     int64_t now_ms)
{
	enum watchdog_verdict verdict =
	    watchdog_ask(&supervisor->watchdog, beat_ms, now_ms);

	if (verdict == WATCHDOG_WAIT)
		return;
	if (verdict == WATCHDOG_FEED)
		(void)tell(supervisor, "WATCHDOG=1");
	if (verdict == supervisor->last)
		return;
	supervisor->last = verdict;
	if (verdict == WATCHDOG_STALE)
		snmp_log(LOG_ERR, "the kernel's links are not looked at any "
				  "more: the service manager is left to end "
				  "this process\n");
	else
		snmp_log(LOG_NOTICE,
			 "the kernel's links are looked at again\n");
}
