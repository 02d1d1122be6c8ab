/* SPDX-License-Identifier: BSD-2-Clause */
/* Notifies systemd, or another service manager with its protocol. */
#include "process/systemd.h"

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

#include "base/printable.h"

#define STATUS_INTERVAL_MS 1000
/* How long a service manager that doesn't read may block this thread. */
#define SEND_TIMEOUT_S 1

/* 0 unless the value is a number that fits. */
static int64_t env_number(const char *name)
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

/* 0 if $WATCHDOG_PID names another process. */
static int64_t watchdog_timeout_ms(void)
{
	if (getenv("WATCHDOG_PID") && env_number("WATCHDOG_PID") != getpid())
		return 0;
	return env_number("WATCHDOG_USEC") / 1000;
}

/* A path, or @NAME in the abstract namespace. */
static bool read_address(struct systemd *systemd, const char *text)
{
	struct sockaddr_un *address = &systemd->address;
	size_t length = strlen(text);

	if ((text[0] != '/' && text[0] != '@') || length < 2 ||
	    length >= sizeof(address->sun_path))
		return false;
	address->sun_family = AF_UNIX;
	memcpy(address->sun_path, text, length + 1);
	systemd->address_length =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (text[0] == '@')
		address->sun_path[0] = '\0';
	else
		systemd->address_length++;
	return true;
}

void systemd_init(struct systemd *systemd, int64_t now_ms)
{
	const struct timeval timeout = { .tv_sec = SEND_TIMEOUT_S };
	const char *text = getenv("NOTIFY_SOCKET");

	memset(systemd, 0, sizeof(*systemd));
	systemd->fd = -1;
	systemd->last_verdict = WATCHDOG_FEED;
	if (!text || !*text)
		return;
	if (!read_address(systemd, text)) {
		snmp_log(LOG_WARNING, "invalid NOTIFY_SOCKET: '%s'\n", text);
		return;
	}
	systemd->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (systemd->fd < 0) {
		snmp_log(LOG_WARNING,
			 "cannot create a socket to the service manager: %s\n",
			 strerror(errno));
		return;
	}
	setsockopt(systemd->fd, SOL_SOCKET, SO_SNDTIMEO, &timeout,
		   sizeof(timeout));
	watchdog_init(&systemd->watchdog, watchdog_timeout_ms(), now_ms);
}

void systemd_fini(struct systemd *systemd)
{
	if (systemd->fd >= 0)
		close(systemd->fd);
	systemd->fd = -1;
}

__attribute__((format(printf, 2, 3))) static bool
send_state(struct systemd *systemd, const char *format, ...)
{
	char text[SYSTEMD_STATUS_SIZE + 64];
	va_list arguments;
	int length;

	if (systemd->fd < 0)
		return true;
	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= sizeof(text))
		return false;
	return sendto(systemd->fd, text, (size_t)length, MSG_NOSIGNAL,
		      (const struct sockaddr *)&systemd->address,
		      systemd->address_length) == length;
}

/* Text of a configuration must not inject lines into the protocol. */
static void set_status(struct systemd *systemd, const char *status)
{
	printable_text(status, systemd->status, sizeof(systemd->status));
}

void systemd_ready(struct systemd *systemd, const char *status)
{
	set_status(systemd, status);
	if (!send_state(systemd, "READY=1\nSTATUS=%s", systemd->status))
		snmp_log(LOG_WARNING, "cannot notify the service manager: %s\n",
			 strerror(errno));
}

void systemd_reloading(struct systemd *systemd, int64_t now_ms)
{
	/* Type=notify-reload requires the time (systemd 253). */
	(void)send_state(systemd, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
			 now_ms * 1000);
}

void systemd_stopping(struct systemd *systemd)
{
	(void)send_state(systemd, "STOPPING=1\nSTATUS=stopping");
}

int64_t systemd_next_ms(const struct systemd *systemd)
{
	int64_t next_ms = watchdog_next_ms(&systemd->watchdog);

	return systemd->status_skipped && systemd->status_ms < next_ms
		   ? systemd->status_ms
		   : next_ms;
}

bool systemd_status_due(struct systemd *systemd, int64_t now_ms)
{
	if (systemd->fd < 0)
		return false;
	systemd->status_skipped = now_ms < systemd->status_ms;
	if (systemd->status_skipped)
		return false;
	systemd->status_ms = now_ms + STATUS_INTERVAL_MS;
	return true;
}

void systemd_status(struct systemd *systemd, const char *status)
{
	char before[SYSTEMD_STATUS_SIZE];

	memcpy(before, systemd->status, sizeof(before));
	set_status(systemd, status);
	if (strcmp(before, systemd->status) != 0 &&
	    !send_state(systemd, "STATUS=%s", systemd->status))
		systemd->status[0] = '\0'; /* retried next time */
}

void systemd_feed_watchdog(struct systemd *systemd, int64_t beat_ms,
			   int64_t now_ms)
{
	enum watchdog_verdict verdict =
	    watchdog_ask(&systemd->watchdog, beat_ms, now_ms);

	if (verdict == WATCHDOG_WAIT)
		return;
	if (verdict == WATCHDOG_FEED)
		(void)send_state(systemd, "WATCHDOG=1");
	if (verdict == systemd->last_verdict)
		return;
	systemd->last_verdict = verdict;
	if (verdict == WATCHDOG_STALE)
		snmp_log(LOG_ERR, "kernel thread is stuck; leaving the restart "
				  "to the watchdog\n");
	else
		snmp_log(LOG_NOTICE, "kernel thread is running again\n");
}
