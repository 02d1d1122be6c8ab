/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state that the kernel thread and the SNMP thread share, under one mutex
 * that is held for microseconds: never while waiting, reading or sending.
 *
 * The bonds are borrowed from the monitor, which takes the same mutex around
 * every change of them; NULL until there is a monitor. Owns the event log, the
 * outbox and the ledger. Members only between lock and unlock, except the
 * descriptors, which never change. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_AGENT_SHARED_H
#define BONDCARRIER_AGENT_SHARED_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "config/settings.h"
#include "state/event_log.h"
#include "state/ledger.h"
#include "state/outbox.h"

struct shared_counters { /* the scalars of bondCarrierAgent, and for the log */
	uint32_t resyncs;
	uint32_t overruns;
	uint32_t sent;
	uint32_t dropped;
	uint32_t suppressed;
	/* No scalars: in the line of SIGUSR1. */
	uint64_t interrupted;
	uint64_t malformed;
};

struct shared_track { /* a track file that can't be written */
	int error;    /* an errno: why; 0: none */
	char path[SETTINGS_ADDRESS_SIZE + LINK_NAME_SIZE];
};

struct shared_control { /* what a manager may set */
	bool notifications_enabled;
	uint32_t grace_ms;
};

struct shared {
	pthread_mutex_t mutex;
	const struct bond_set *bonds;
	enum bond_set_status status; /* of the bonds, as last published */
	int kernel_error;	     /* an errno: why BOND_SET_LOST */
	struct event_log *events;
	struct outbox *outbox;
	struct ledger ledger;
	uint32_t saved_index; /* the last event in the state file */
	int store_error;      /* an errno: why it is not written; 0 */
	bool store_unread;    /* since it could not be read at the start */
	struct shared_track track;
	int64_t beat_ms; /* the kernel thread's last pass */
	struct shared_counters counters;
	struct shared_control control;
	int64_t began_ms;	 /* when the counters began */
	int64_t uptime_began_ms; /* when sysUpTime was 0 (uptime.h) */
	int64_t beat_every_ms;	 /* maximum time between passes of the kernel
				    thread; 0: unlimited. Set before the thread
				    starts */

	bool work;    /* for the SNMP thread, which unlocking wakes */
	bool unsaved; /* the ledger changed, or the event log grew */
	bool awaited; /* a notification waits for the state file */

	int wake_fd;	/* an eventfd: there is work for the SNMP thread */
	int control_fd; /* an eventfd: `control` or the settings changed */
	int store_fd;	/* an eventfd: the ledger changed; -1: not saved.
			   Does not change while there are two threads */
};

/* 0 or -errno, and then there is nothing to finish. */
int shared_init(struct shared *shared, size_t event_limit, size_t queue_limit);
void shared_fini(struct shared *shared);

/* For monitor_options: `shared` is a struct shared. Unlocking wakes the SNMP
   thread if there is work for it; earlier it would only wait for the mutex. */
void shared_lock(void *shared);
void shared_unlock(void *shared);

/* Raise and lower an eventfd. */
void shared_signal(int fd);
void shared_drain(int fd);

/* Has the state file written, if it is kept. */
void shared_save(const struct shared *shared);

/* For outbox_dropped: the notification of that event was dropped. */
void shared_dropped(void *shared, uint32_t index);

#endif
