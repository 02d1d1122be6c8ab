/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel thread and the SNMP thread share, under one mutex that is
 * held for microseconds: never while waiting, reading or sending.
 *
 * The bonds are borrowed from the monitor, which takes the same mutex around
 * every change of them; NULL until there is a monitor. Event log and outbox
 * belong to the model. Members between lock and unlock only, but for the
 * descriptors, which never change. Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_AGENT_MODEL_H
#define BONDCARRIER_AGENT_MODEL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "bond/bond_set.h"
#include "config/settings.h"
#include "state/event_log.h"
#include "state/ledger.h"
#include "state/outbox.h"

struct model_counters { /* the scalars of bondCarrierAgent, and for the log */
	uint32_t resyncs;
	uint32_t overruns;
	uint32_t sent;
	uint32_t dropped;
	uint32_t suppressed;
	/* No scalars: in the line of SIGUSR1. */
	uint64_t interrupted;
	uint64_t malformed;
};

struct model_track { /* a track file that can't be written */
	int error;   /* an errno: why; 0: there is none */
	char path[SETTINGS_ADDRESS_SIZE + LINK_NAME_SIZE];
};

struct model_control { /* what a manager may set */
	bool notifications_enabled;
	uint32_t grace_ms;
};

struct model {
	pthread_mutex_t mutex;
	const struct bond_set *bonds;
	enum bond_set_status status; /* the bonds', when last published */
	int kernel_error;	     /* an errno: why it is BOND_SET_LOST */
	struct event_log *events;
	struct outbox *outbox;
	struct ledger ledger;
	uint32_t saved_index; /* the last event that the state file covers */
	int store_error;      /* an errno: why it could not be written */
	struct model_track track;
	int64_t beat_ms; /* the kernel thread's last pass */
	struct model_counters counters;
	struct model_control control;
	int64_t began_ms;	 /* when the counters began */
	int64_t uptime_began_ms; /* when sysUpTime was 0, as was last seen */
	int64_t beat_every_ms;	 /* how often the kernel thread has to pass; 0:
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
int model_init(struct model *model, size_t event_limit, size_t queue_limit);
void model_fini(struct model *model);

/* As monitor_options wants them: `model` is a struct model. Unlocking wakes the
   SNMP thread if there is work for it, once and not before: it would only wait
   for the mutex. */
void model_lock(void *model);
void model_unlock(void *model);

/* Raise and lower an eventfd. */
void model_signal(int fd);
void model_drain(int fd);

/* Has the state file written, if there is something to write. */
void model_save(const struct model *model);

/* An item that never will be acknowledged; for outbox_dropped. */
void model_dropped(void *model, uint32_t index);

int64_t model_now_ms(void);  /* CLOCK_MONOTONIC */
int64_t model_wall_ms(void); /* CLOCK_REALTIME, since 1970 */
/* Both at the same time, as far as a busy machine allows. */
void model_clocks(int64_t *now_ms, int64_t *wall_ms);

#endif
