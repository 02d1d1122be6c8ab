/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One life of the agent: the parts of bondcarrierd that its threads run, in
 * one thread, a part at a time. Nothing of it outlives life_kill() but the
 * disk and what managers were told.
 */
#ifndef BONDCARRIER_SIM_LIFE_H
#define BONDCARRIER_SIM_LIFE_H

#include "keepalived/track_keep.h"
#include "kernel_pass.h"
#include "master.h"
#include "state/store_plan.h"

enum life_part {
	LIFE_KERNEL, /* the kernel thread's pass */
	LIFE_STORE,  /* the store's thread */
	LIFE_TRACK,  /* the track thread */
	LIFE_MASTER, /* the SNMP thread, and the master */
	LIFE_PARTS,
	LIFE_NOTHING = LIFE_PARTS,
};

struct life {
	bool alive;
	struct shared shared;
	struct kernel_pass *pass;
	struct settings *settings; /* a copy of those in force */
	uint64_t settings_seed;

	struct store_plan store;
	bool writing; /* `write` is on its way to the disk */
	struct store_write write;
	int64_t store_ms; /* when it has arrived, or when to try again */
	bool store_started;

	struct track_keep keep;
	bool putting;
	struct track_work work;
	int64_t track_ms; /* when the work has been done */

	struct master *master; /* borrowed */

	int64_t started_ms;
	int64_t kernel_ms;  /* when the kernel part wants to be called */
	int64_t ready_ms;   /* since when it has something to read */
	int64_t stalled_ms; /* it gets no turn before */
	uint64_t passes;
	uint32_t first_index; /* the last event before those of this life */
	uint64_t seed;
};

/* Settings that depend on nothing but that number; 0: the defaults, with track
   files. On the heap. */
struct settings *life_settings(uint64_t seed);

/* As service_start(): 0 or -errno, and then it is not alive. */
int life_start(struct life *life, struct master *master, uint64_t seed,
	       uint64_t settings_seed);
/* As service_stop(), as far as a disk that hangs lets it. */
void life_stop(struct life *life);
/* As SIGKILL. */
void life_kill(struct life *life);

/* As SIGHUP. */
void life_reload(struct life *life, uint64_t settings_seed);
/* A manager's SET. */
void life_set_notifications(struct life *life, bool enabled);
void life_set_grace(struct life *life, uint32_t grace_ms);

/* A part that is due now, LIFE_NOTHING: none. */
enum life_part life_due(const struct life *life, int64_t now_ms);
/* When the first will be. */
int64_t life_next_ms(const struct life *life);
void life_run(struct life *life, enum life_part part, int64_t now_ms);

#endif
