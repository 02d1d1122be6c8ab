/* SPDX-License-Identifier: BSD-2-Clause */
/* What run.c (time) and run_action.c (what happens) share. */
#ifndef BONDCARRIER_SIM_RUN_INTERNAL_H
#define BONDCARRIER_SIM_RUN_INTERNAL_H

#include "check.h"
#include "disk.h"
#include "life.h"
#include "person.h"
#include "run.h"

/* The virtual kernel's clock at the begin of a run. */
#define RUN_EPOCH_MS 1000000
/* The machine has come up: the agent is started. */
#define RUN_AGENT_MS 5000
/* Operations that wait for a question to be answered. */
#define RUN_INSIDE 8

struct run {
	const struct run_options *options;
	struct run_result *result;
	struct vk vk;
	struct life life;
	struct master master;
	struct check check;
	struct person person;
	size_t next; /* action of the script */
	struct action coming;
	bool has_coming;

	struct action inside[RUN_INSIDE];
	size_t inside_count;

	uint64_t settings_seed;
	int64_t restart_ms; /* the agent is started again; VK_NEVER */
	int64_t action_ms;  /* of the last action */
	bool notifications;

	struct seam_counts counts; /* as seen last */

	/* Of busy loops. */
	int64_t turn_ms;
	int turns;
	int64_t second_ms;
	int idle_passes;
};

int64_t run_now_ms(const struct run *run); /* of the script's time */

/* Carries one out. */
void run_action(struct run *run, const struct action *action);
/* The hooks of the seam: before a datagram of an answer; after an
   event; when time has passed within a turn of the agent. */
void run_inside(void *run);
void run_told(void *run);
void run_elapsed(void *run);
/* Those that no question came for. */
void run_inside_late(struct run *run);
void run_start_agent(struct run *run);
/* All faults end. */
void run_heal(struct run *run);
void run_tell(const struct run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
