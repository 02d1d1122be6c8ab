/* SPDX-License-Identifier: BSD-2-Clause */
/* Operations and faults, carried out. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run_internal.h"

int64_t run_now_ms(const struct run *run)
{
	return run->vk.now_ms - RUN_EPOCH_MS;
}

void run_tell(const struct run *run, const char *format, ...)
{
	va_list args;

	if (!run->options->verbose)
		return;
	printf("%9lld  ", (long long)run_now_ms(run));
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

void run_start_agent(struct run *run)
{
	int err;

	run->restart_ms = VK_NEVER;
	run->check.amnesia |= disk.read_error != 0;
	err = life_start(&run->life, &run->master, run->result->script.seed,
			 run->settings_seed);
	run->notifications = true;
	if (err && err != -EAGAIN) {
		/* Its service manager starts it again. */
		run->restart_ms = run->vk.now_ms + 1000;
		return;
	}
	if (err) {
		run_tell(run, "the agent does not start: %s", strerror(-err));
		check_fail(&run->check, 0, "no-start",
			   "the agent does not start: %s", strerror(-err));
		return;
	}
	run_tell(run, "the agent is started");
	check_born(&run->check);
	check_agent(&run->check);
	check_events(&run->check);
}

static void end_agent(struct run *run, bool in_order, int64_t away_ms)
{
	if (!run->life.alive)
		return;
	check_died(&run->check);
	/* What is not on the disk when it dies is not known afterwards. */
	if (disk.write_error || disk.hang_ms || run->life.writing ||
	    !run->life.store.written)
		run->check.amnesia = true;
	if (in_order)
		life_stop(&run->life);
	else
		life_kill(&run->life);
	run->restart_ms = run->vk.now_ms + away_ms;
}

void run_heal(struct run *run)
{
	/* What is queued still comes late. */
	if (run->check.late_ms)
		run->check.lossy_ms = run->vk.now_ms + run->check.late_ms;
	memset(&seam.faults, 0, sizeof(seam.faults));
	run->check.disk_ms = run->vk.now_ms + disk.track_hang_ms;
	disk.read_error = 0;
	disk.write_error = 0;
	disk.track_error = 0;
	disk.hang_ms = 0;
	disk.track_hang_ms = 0;
	if (run->master.mood != MASTER_GOOD)
		master_set_mood(&run->master, MASTER_GOOD);
	run->life.stalled_ms = INT64_MIN;
	run->check.late_ms = 0;
	if (run->life.alive && !run->notifications)
		life_set_notifications(&run->life, true);
	run->notifications = true;
}

static void damage(struct run *run, enum fault_kind fault)
{
	if (run->life.alive)
		return;
	run->check.amnesia = true;
	if (fault == FAULT_STATE_LOST)
		disk_lose_state();
	else if (fault == FAULT_STATE_TORN)
		disk_tear_state();
	else
		disk_stale_state();
}

/* Woken though it has not asked for it, it must find nothing to do. */
static void wake(struct run *run)
{
	struct life *life = &run->life;
	uint64_t questions = seam.counts.questions;
	uint64_t received = seam.counts.received;
	uint32_t last;
	uint64_t changes;

	if (!life->alive || life->kernel_ms <= run->vk.now_ms ||
	    life->stalled_ms > run->vk.now_ms ||
	    seam_readable(life->shared.control_fd) ||
	    seam_readable(kernel_pass_fd(life->pass)))
		return;
	last = event_log_last(life->shared.events);
	changes = life->shared.bonds->carrier_changes;
	life_run(life, LIFE_KERNEL, run->vk.now_ms);
	if (questions == seam.counts.questions &&
	    received == seam.counts.received &&
	    (last != event_log_last(life->shared.events) ||
	     changes != life->shared.bonds->carrier_changes))
		check_fail(&run->check, 6, "overslept",
			   "woken for nothing, it found something to say that "
			   "it had not asked to be woken for");
}

/* Of the agent; false: it is none of these. */
static bool fault_agent(struct run *run, const struct action *action)
{
	struct life *life = &run->life;
	int64_t now_ms = run->vk.now_ms;

	switch (action->fault) {
	case FAULT_KILL:
	case FAULT_STOP:
		end_agent(run, action->fault == FAULT_STOP, action->value);
		return true;
	case FAULT_STALL:
		life->stalled_ms = now_ms + action->value;
		run->check.lossy_ms = life->stalled_ms;
		return true;
	case FAULT_WAKE:
		wake(run);
		return true;
	case FAULT_RELOAD:
		run->settings_seed = (uint64_t)action->value;
		run->check.configured_ms = now_ms;
		run->check.reloaded = true;
		if (life->alive)
			life_reload(life, run->settings_seed);
		check_refresh(&run->check);
		return true;
	case FAULT_NOTIFICATIONS:
		run->check.silenced = true;
		if (life->alive)
			life_set_notifications(life, action->value != 0);
		run->notifications = action->value != 0;
		return true;
	case FAULT_GRACE:
		run->check.configured_ms = now_ms;
		if (life->alive)
			life_set_grace(life, (uint32_t)action->value);
		return true;
	case FAULT_CLOCK:
		seam.wall_ms += action->value;
		return true;
	case FAULT_QUEUE:
	case FAULT_LATE:
	case FAULT_INTERRUPT:
	case FAULT_FAIL:
	case FAULT_TRUNCATE:
	case FAULT_MALFORM:
	case FAULT_DOUBLE:
	case FAULT_DEAF:
	case FAULT_STORM:
	case FAULT_MASTER:
	case FAULT_STATE_LOST:
	case FAULT_STATE_TORN:
	case FAULT_STATE_STALE:
	case FAULT_STATE_UNREADABLE:
	case FAULT_STATE_ERROR:
	case FAULT_STATE_HANG:
	case FAULT_TRACK_ERROR:
	case FAULT_TRACK_HANG:
	case FAULT_HEAL:
	case FAULT_KINDS:
		break;
	}
	return false;
}

static void fault_netlink(struct run *run, const struct action *action)
{
	struct seam_faults *faults = &seam.faults;
	int value = (int)action->value;

	switch (action->fault) {
	case FAULT_QUEUE:
		faults->queue = value;
		break;
	case FAULT_LATE:
		faults->late_ms = value;
		if (run->check.late_ms < value)
			run->check.late_ms = value;
		break;
	case FAULT_INTERRUPT:
		faults->interrupted = value;
		break;
	case FAULT_FAIL:
		faults->failed = value;
		faults->error = ENOMEM;
		break;
	case FAULT_TRUNCATE:
		faults->truncated = value;
		break;
	case FAULT_MALFORM:
		faults->malformed = value;
		break;
	case FAULT_DOUBLE:
		faults->doubled = value;
		break;
	case FAULT_DEAF:
		faults->deaf = value;
		break;
	case FAULT_STORM:
		seam_storm(value);
		break;
	case FAULT_KILL:
	case FAULT_STOP:
	case FAULT_STALL:
	case FAULT_WAKE:
	case FAULT_RELOAD:
	case FAULT_NOTIFICATIONS:
	case FAULT_GRACE:
	case FAULT_CLOCK:
	case FAULT_MASTER:
	case FAULT_STATE_LOST:
	case FAULT_STATE_TORN:
	case FAULT_STATE_STALE:
	case FAULT_STATE_UNREADABLE:
	case FAULT_STATE_ERROR:
	case FAULT_STATE_HANG:
	case FAULT_TRACK_ERROR:
	case FAULT_TRACK_HANG:
	case FAULT_HEAL:
	case FAULT_KINDS:
		break;
	}
}

static void fault(struct run *run, const struct action *action)
{
	int value = (int)action->value;

	switch (action->fault) {
	case FAULT_MASTER:
		master_set_mood(&run->master, (enum master_mood)value);
		break;
	case FAULT_STATE_LOST:
	case FAULT_STATE_TORN:
	case FAULT_STATE_STALE:
		damage(run, action->fault);
		break;
	case FAULT_STATE_UNREADABLE:
		disk.read_error = value;
		break;
	case FAULT_STATE_ERROR:
		disk.write_error = value;
		break;
	case FAULT_STATE_HANG:
		disk.hang_ms = value;
		break;
	case FAULT_TRACK_ERROR:
		disk.track_error = value;
		break;
	case FAULT_TRACK_HANG:
		disk.track_hang_ms = value;
		run->check.disk_ms = run->vk.now_ms;
		break;
	case FAULT_HEAL:
		run_heal(run);
		break;
	case FAULT_KILL:
	case FAULT_STOP:
	case FAULT_STALL:
	case FAULT_WAKE:
	case FAULT_RELOAD:
	case FAULT_NOTIFICATIONS:
	case FAULT_GRACE:
	case FAULT_CLOCK:
	case FAULT_QUEUE:
	case FAULT_LATE:
	case FAULT_INTERRUPT:
	case FAULT_FAIL:
	case FAULT_TRUNCATE:
	case FAULT_MALFORM:
	case FAULT_DOUBLE:
	case FAULT_DEAF:
	case FAULT_STORM:
	case FAULT_KINDS:
		if (!fault_agent(run, action))
			fault_netlink(run, action);
		break;
	}
}

static void operate(struct run *run, const struct op *op)
{
	int err;

	check_op(&run->check, op);
	err = op_apply(&run->vk, op);
	if (err)
		run_tell(run, "  (%s)", strerror(-err));
	check_op(&run->check, op);
	check_world(&run->check);
}

void run_action(struct run *run, const struct action *action)
{
	char line[OP_LINE_MAX + 64];

	if (run->options->verbose) {
		action_print(action, line, sizeof(line));
		printf("> %s\n", line);
	}
	run->action_ms = run->vk.now_ms;
	run->result->actions++;
	if (action->is_fault)
		fault(run, action);
	else if (action->inside && run->inside_count < RUN_INSIDE)
		run->inside[run->inside_count++] = *action;
	else
		operate(run, &action->op);
}

static void take_inside(struct run *run, size_t at)
{
	struct action action = run->inside[at];

	run->inside_count--;
	memmove(&run->inside[at], &run->inside[at + 1],
		(run->inside_count - at) * sizeof(action));
	run_tell(run, "inside an answer: %s", action.op.name);
	run->action_ms = run->vk.now_ms;
	operate(run, &action.op);
}

void run_inside(void *ctx)
{
	struct run *run = ctx;

	for (size_t i = 0; i < run->inside_count;) {
		if (--run->inside[i].inside <= 0)
			take_inside(run, i);
		else
			i++;
	}
}

/* Between two steps the world passes through states that are told. */
void run_told(void *ctx)
{
	struct run *run = ctx;

	check_world(&run->check);
}

/* No question has come within a while. */
void run_inside_late(struct run *run)
{
	for (size_t i = 0; i < run->inside_count;) {
		if (run->inside[i].at_ms + 2000 <= run_now_ms(run))
			take_inside(run, i);
		else
			i++;
	}
}
