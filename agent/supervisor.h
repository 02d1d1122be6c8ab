/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a service manager is told: systemd's protocol, one datagram of
 * KEY=VALUE lines to $NOTIFY_SOCKET (sd_notify(3), where it is documented and
 * promised to stay). Spoken here in a few lines instead of through
 * libsystemd, which would bring four more libraries into a process that
 * parses what the network sends.
 *
 * Belongs to the SNMP thread. Without $NOTIFY_SOCKET nothing is said.
 */
#ifndef BONDCARRIER_AGENT_SUPERVISOR_H
#define BONDCARRIER_AGENT_SUPERVISOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "watchdog.h"

#define SUPERVISOR_STATUS_SIZE 800

struct supervisor {
	int fd; /* -1: there is nobody to tell */
	struct sockaddr_un address;
	socklen_t address_length;
	struct watchdog watchdog;
	enum watchdog_verdict last;	     /* FEED or STALE */
	char status[SUPERVISOR_STATUS_SIZE]; /* as last told */
	int64_t status_ms; /* not before then is another worth the work */
	bool skipped;	   /* one was asked about too early */
};

/* Reads $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID. An address that
   can't be is logged, and then there is nobody to tell. */
void supervisor_init(struct supervisor *supervisor, int64_t now_ms);
void supervisor_fini(struct supervisor *supervisor);

/* It has started, or has reloaded; `status` as for supervisor_status(). */
void supervisor_ready(struct supervisor *supervisor, const char *status);
void supervisor_reloading(struct supervisor *supervisor, int64_t now_ms);
void supervisor_stopping(struct supervisor *supervisor);

/* When there is something to do; INT64_MAX: never. */
int64_t supervisor_next_ms(const struct supervisor *supervisor);

/* Whether it is time to make a status: at most once in a second, for it looks
   at all bonds. */
bool supervisor_wants_status(struct supervisor *supervisor, int64_t now_ms);
/* One line for people, sent when it is another than before. */
void supervisor_status(struct supervisor *supervisor, const char *status);

/* Feeds the watchdog when it is time, unless the kernel thread, whose last
   pass was at `beat_ms`, stands still; which is logged. */
void supervisor_feed(struct supervisor *supervisor, int64_t beat_ms,
		     int64_t now_ms);

#endif
