/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel thread and the SNMP thread share, under one mutex that is
 * held for microseconds: never while waiting, reading or sending.
 *
 * The bonds are borrowed from the monitor, which takes the same mutex around
 * every change of them; NULL until there is a monitor. Event log and outbox
 * belong to the shared state. Members between lock and unlock only, but for the
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
	int error;    /* an errno: why; 0: there is none */
	char path[SETTINGS_ADDRESS_SIZE + LINK_NAME_SIZE];
};

struct shared_control { /* what a manager may set */
	bool notifications_enabled;
	uint32_t grace_ms;
};

struct shared {
	pthread_mutex_t mutex;
	const struct bond_set *bonds;
	enum bond_set_status status; /* the bonds', when last published */
	int kernel_error;	     /* an errno: why it is BOND_SET_LOST */
	struct event_log *events;
	struct outbox *outbox;
	struct ledger ledger;
	uint32_t saved_index; /* the last event that the state file covers */
	int store_error;      /* an errno: why it could not be written */
	struct shared_track track;
	int64_t beat_ms; /* the kernel thread's last pass */
	struct shared_counters counters;
	struct shared_control control;
	int64_t began_ms;      /* when the counters began */
	int64_t beat_every_ms; /* how often the kernel thread has to pass; 0:
				    it may sleep. Set before there is one */

	bool work;    /* for the SNMP thread, which is to be woken */
	bool unsaved; /* the ledger changed, or the event log went on */
	bool awaited; /* and a notification waits for the state file */

	int wake_fd;	/* an eventfd: there is work for the SNMP thread */
	int control_fd; /* an eventfd: `control` or the settings changed */
	int store_fd;	/* an eventfd: the ledger changed; -1: nobody saves it.
			   Does not change while there are two threads */
};

/* 0 or -errno; after an error there is nothing to finish. */
int shared_init(struct shared *shared, size_t event_limit, size_t queue_limit);
void shared_fini(struct shared *shared);

/* As monitor_options wants them: `model` is a struct shared. Unlocking wakes
   the SNMP thread if there is work for it, once and not before: it would only
   wait for the mutex. */
void shared_lock(void *shared);
void shared_unlock(void *shared);

/* Raise and lower an eventfd. */
void shared_signal(int fd);
void shared_drain(int fd);

/* Has the state file written, if there is something to write. */
void shared_save(const struct shared *shared);

/* An item that never will be acknowledged; for outbox_dropped. */
void shared_dropped(void *shared, uint32_t index);

#endif
