/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notifies the service manager: systemd's protocol, one datagram of KEY=VALUE
 * lines to $NOTIFY_SOCKET, documented as stable in sd_notify(3). Implemented
 * here, since libsystemd would bring four more libraries into a process that
 * parses input from the network.
 *
 * Belongs to the SNMP thread. Does nothing without $NOTIFY_SOCKET.
 */
#ifndef BONDCARRIER_AGENT_SYSTEMD_H
#define BONDCARRIER_AGENT_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "process/watchdog.h"

#define SYSTEMD_STATUS_SIZE 800

struct systemd {
	int fd; /* -1: no service manager */
	struct sockaddr_un address;
	socklen_t address_length;
	struct watchdog watchdog;
	enum watchdog_verdict last_verdict; /* FEED or STALE */
	char status[SYSTEMD_STATUS_SIZE];   /* as last sent */
	int64_t status_ms;		    /* no other status before then */
	bool status_skipped; /* systemd_status_due() was called earlier */
};

/* Reads $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID. Logs an invalid
   address, and then does nothing. */
void systemd_init(struct systemd *systemd, int64_t now_ms);
void systemd_fini(struct systemd *systemd);

/* The daemon has started or reloaded; `status` as for systemd_status(). */
void systemd_ready(struct systemd *systemd, const char *status);
void systemd_reloading(struct systemd *systemd, int64_t now_ms);
void systemd_stopping(struct systemd *systemd);

/* When a status or the watchdog is due; INT64_MAX: never. */
int64_t systemd_next_ms(const struct systemd *systemd);

/* Whether to send a status now: at most once a second, since building it visits
   all bonds. */
bool systemd_status_due(struct systemd *systemd, int64_t now_ms);
/* One line for people; sent if it changed. */
void systemd_status(struct systemd *systemd, const char *status);

/* Feeds the watchdog when due, unless the kernel thread, whose last pass was at
   `beat_ms`, is stuck. Logs when it gets stuck and when it recovers. */
void systemd_feed_watchdog(struct systemd *systemd, int64_t beat_ms,
			   int64_t now_ms);

#endif
