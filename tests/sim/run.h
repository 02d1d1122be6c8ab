/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One run: a world, an agent, a disk, a master, and a script that is either
 * given or made up on the way by a person. Ends at the first failure, or when
 * the script has ended and it has been quiet for long.
 *
 * One at a time in a process (seam.h).
 */
#ifndef BONDCARRIER_SIM_RUN_H
#define BONDCARRIER_SIM_RUN_H

#include "script.h"
#include "seam.h"

struct run_options {
	uint64_t seed;
	int actions;		     /* to be made up */
	const struct script *script; /* given; NULL: made up */
	bool verbose;		     /* tells what happens */
	seam_tap tap;
	void *tap_ctx;
};

struct run_result {
	int failed; /* the invariant; -1: none */
	char tag[32];
	char text[512];
	int64_t failed_ms;    /* of the script's time */
	struct script script; /* as it was carried out; the caller's */
	uint64_t steps;	      /* of the world and the agent */
	uint64_t actions;
	int64_t simulated_ms;
};

void run(const struct run_options *options, struct run_result *result);

#endif
