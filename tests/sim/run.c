/* SPDX-License-Identifier: BSD-2-Clause */
/* Time: from one thing that is due to the next. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "picture.h"
#include "run_internal.h"

/* From the last of the script to the end: a grace of LACP at the slow rate, a
   resync, a back-off. */
#define QUIET_MS 150000
/* A pause so long is quiet, too. */
#define PAUSE_MS 90000

/* Beyond the end of a fault of the kernel's answers: the longest back-off. */
#define BACKOFF_MS 17000

static struct run the_run; /* large */

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The next action of the script, or of the person; false: it has ended. */
static bool has_action(struct run *run)
{
	const struct run_options *options = run->options;
	struct script *script = &run->result->script;

	if (run->has_coming)
		return true;
	if (options->script) {
		if (run->next == options->script->count)
			return false;
		run->coming = options->script->actions[run->next++];
		script_add(script, &run->coming);
	} else {
		if (script->count >= (size_t)options->actions)
			return false;
		person_next(&run->person, &run->coming);
		script_add(script, &run->coming);
	}
	run->has_coming = true;
	return true;
}

static int64_t action_next_ms(struct run *run)
{
	int64_t at_ms = VK_NEVER;

	if (has_action(run))
		at_ms = run->coming.at_ms + RUN_EPOCH_MS;
	for (size_t i = 0; i < run->inside_count; i++)
		at_ms =
		    least(at_ms, run->inside[i].at_ms + 2000 + RUN_EPOCH_MS);
	return at_ms;
}

static bool is_failed(const struct run *run)
{
	return run->check.failed >= 0;
}

static bool is_healthy(const struct run *run)
{
	static const struct seam_faults none;

	return run->life.alive && run->notifications &&
	       memcmp(&seam.faults, &none, sizeof(none)) == 0 &&
	       !disk.write_error && !disk.hang_ms && !disk.track_error &&
	       !disk.track_hang_ms && run->master.mood == MASTER_GOOD;
}

/* Only the world goes on within a turn: faults wait for its end. */
void run_elapsed(void *ctx)
{
	struct run *run = ctx;

	while (!is_failed(run) && has_action(run) && !run->coming.is_fault &&
	       run->coming.at_ms + RUN_EPOCH_MS <= seam.now_ms) {
		if (run->coming.at_ms > run_now_ms(run))
			vk_advance(&run->vk, run->coming.at_ms + RUN_EPOCH_MS);
		run->has_coming = false;
		run_action(run, &run->coming);
	}
	vk_advance(&run->vk, seam.now_ms);
	check_world(&run->check);
}

static void act(struct run *run)
{
	while (!is_failed(run) && has_action(run) &&
	       run->coming.at_ms <= run_now_ms(run)) {
		if (run->life.alive && is_healthy(run) &&
		    run->vk.now_ms - run->action_ms > PAUSE_MS &&
		    run->vk.now_ms - run->life.started_ms > PAUSE_MS)
			check_quiet(&run->check);
		run->has_coming = false;
		run_action(run, &run->coming);
		/* What the kernel does at once. */
		vk_advance(&run->vk, run->vk.now_ms);
	}
	run_inside_late(run);
}

/*
 * Whoever has lost events does not know what was over meanwhile and has begun
 * again: a grace is one without a break, so all of them begin again. A read
 * that fails says as little of what was missed, but nothing is.
 */
static void note_losses(struct run *run)
{
	struct check *check = &run->check;
	const struct seam_counts *counts = &seam.counts;
	bool lost = counts->overruns != run->counts.overruns;

	/* A socket that is congested goes on losing them. */
	if (lost || counts->lost != run->counts.lost ||
	    counts->spoiled != run->counts.spoiled)
		check->lost_ms = run->vk.now_ms;
	if (lost || counts->deafened != run->counts.deafened)
		check->graces_ms = run->vk.now_ms;
	run->counts = *counts;
}

/* A turn of a part of the agent. */
static void one_turn(struct run *run, enum life_part part)
{
	struct check *check = &run->check;
	uint64_t questions = seam.counts.questions;
	uint64_t received = seam.counts.received;
	int64_t now_ms = run->vk.now_ms;

	note_losses(run);
	if (run->turn_ms != now_ms)
		run->turns = 0;
	run->turn_ms = now_ms;
	if (++run->turns > 400)
		check_fail(check, 6, "busy", "%d turns at one instant",
			   run->turns);
	if (seam.faults.interrupted || seam.faults.failed || seam.faults.deaf)
		check->excused_ms = now_ms + BACKOFF_MS;
	check->turn_ms = now_ms;
	life_run(&run->life, part, now_ms);
	if (part == LIFE_KERNEL && questions == seam.counts.questions &&
	    received == seam.counts.received) {
		if (now_ms - run->second_ms > 1000) {
			run->second_ms = now_ms;
			run->idle_passes = 0;
		}
		if (++run->idle_passes > 60)
			check_fail(check, 6, "spinning",
				   "%d passes within a second that read "
				   "nothing",
				   run->idle_passes);
	}
	note_losses(run);
	if (part == LIFE_KERNEL) {
		/* It may have waited for an answer. */
		if (seam.now_ms > run->vk.now_ms) {
			vk_advance(&run->vk, seam.now_ms);
			check_world(check);
		}
		check_agent(check);
		check_events(check);
	} else if (part == LIFE_TRACK) {
		check_track(check);
	}
	check->turn_ms = 0;
}

/* All that the agent has to do at this instant. */
static void turn(struct run *run)
{
	enum life_part part;

	while (!is_failed(run) &&
	       (part = life_due(&run->life, run->vk.now_ms)) != LIFE_NOTHING) {
		run->result->steps++;
		one_turn(run, part);
		/* It may have taken its time. */
		if (run->has_coming && run->coming.at_ms <= run_now_ms(run))
			act(run);
	}
}

static void pass_time(struct run *run, int64_t until_ms)
{
	while (!is_failed(run) && run->vk.now_ms < until_ms) {
		int64_t next_ms = until_ms;

		next_ms = least(next_ms, vk_next_ms(&run->vk));
		next_ms = least(next_ms, action_next_ms(run));
		next_ms = least(next_ms, life_next_ms(&run->life));
		next_ms = least(next_ms, run->restart_ms);
		if (next_ms < run->vk.now_ms)
			next_ms = run->vk.now_ms;
		vk_advance(&run->vk, next_ms);
		seam.now_ms = next_ms;
		run->result->steps++;
		check_world(&run->check);
		check_agent(&run->check);
		check_track(&run->check);
		act(run);
		if (run->restart_ms <= next_ms)
			run_start_agent(run);
		turn(run);
	}
}

static void populate(struct run *run)
{
	const struct run_options *options = run->options;
	struct script *script = &run->result->script;

	if (!options->script)
		person_populate(&run->person, script);
	while (options->script && run->next < options->script->count &&
	       options->script->actions[run->next].at_ms <= 0)
		script_add(script, &options->script->actions[run->next++]);
	for (size_t i = 0; i < script->count; i++)
		run_action(run, &script->actions[i]);
	run->person.now_ms = RUN_AGENT_MS + 4000;
}

static void begin(struct run *run, const struct run_options *options,
		  struct run_result *result)
{
	static const int versions[] = { 601, 601, 612, 702 };
	uint64_t seed = options->script ? options->script->seed : options->seed;

	memset(run, 0, sizeof(*run));
	memset(result, 0, sizeof(*result));
	script_init(&result->script, seed);
	run->options = options;
	run->result = result;
	run->restart_ms = VK_NEVER;
	run->notifications = true;
	vk_init(&run->vk, versions[seed % 4], RUN_EPOCH_MS);
	run->vk.privileged = seed % 5 != 0;
	run->settings_seed = seed % 3 == 0 ? seed : 0;
	seam_reset(&run->vk);
	seam.inside = run_inside;
	seam.told = run_told;
	seam.elapsed = run_elapsed;
	seam.hook_ctx = run;
	seam.tap = options->tap;
	seam.tap_ctx = options->tap_ctx;
	disk_reset();
	check_init(&run->check, &run->vk, &run->life);
	run->master.heard = check_heard;
	run->master.heard_ctx = &run->check;
	person_init(&run->person, &run->vk, seed);
}

static void finish(struct run *run)
{
	struct run_result *result = run->result;

	if (is_failed(run) && run->options->verbose)
		picture_print(&run->check);
	result->failed = run->check.failed;
	memcpy(result->tag, run->check.tag, sizeof(result->tag));
	memcpy(result->text, run->check.text, sizeof(result->text));
	result->failed_ms = run_now_ms(run);
	result->simulated_ms = run_now_ms(run);
	life_kill(&run->life);
	seam_reset(&run->vk);
	disk_reset();
	seam.vk = NULL; /* the clock is the system's again */
}

void run(const struct run_options *options, struct run_result *result)
{
	struct run *run = &the_run;

	begin(run, options, result);
	populate(run);
	pass_time(run, RUN_EPOCH_MS + RUN_AGENT_MS);
	if (!is_failed(run))
		run_start_agent(run);
	while (!is_failed(run) && has_action(run)) {
		pass_time(run, run->coming.at_ms + RUN_EPOCH_MS);
		act(run);
		turn(run);
	}
	result->script.end_ms = run_now_ms(run);
	run_heal(run);
	if (!is_failed(run) && !run->life.alive)
		run_start_agent(run);
	pass_time(run, run->vk.now_ms + 4000);
	pass_time(run, run->vk.now_ms + QUIET_MS +
			   (run->life.alive
				? run->life.settings->resync_interval_s * 1000
				: 0));
	if (!is_failed(run))
		check_quiet(&run->check);
	finish(run);
}
