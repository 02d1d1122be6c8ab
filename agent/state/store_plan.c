/* SPDX-License-Identifier: BSD-2-Clause */
/* From the shared state to the state file, and back at the start. */
#include "state/store_plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With so few indexes left it is time for the next. */
#define AHEAD_LOW 1000

void store_plan_init(struct store_plan *plan, struct shared *shared,
		     const char *path)
{
	memset(plan, 0, sizeof(*plan));
	plan->shared = shared;
	plan->lock_fd = -1;
	snprintf(plan->path, sizeof(plan->path), "%s", path);
	state_file_boot_id(plan->boot_id);
}

void store_plan_fini(struct store_plan *plan)
{
	if (plan->lock_fd >= 0)
		close(plan->lock_fd);
	plan->lock_fd = -1;
}

/* By another process. If there can be no lock, the file is used without. */
static bool is_taken(struct store_plan *plan)
{
	plan->lock_error = state_file_lock(plan->path, &plan->lock_fd);
	return plan->lock_error == -EBUSY;
}

int store_plan_read(const char *path, struct state_text *state)
{
	char *text;
	size_t length;
	int err = state_file_read(path, &text, &length);

	if (err)
		return err == -ENOTDIR ? -ENOENT : err;
	err = state_text_decode(text, length, state);
	free(text);
	return err;
}

bool store_plan_is_invalid(int err)
{
	return err == -EBADMSG || err == -EFBIG;
}

int store_plan_load(struct store_plan *plan)
{
	struct shared *shared = plan->shared;
	struct state_text state;
	int err;

	if (is_taken(plan))
		return -EBUSY;
	err = store_plan_read(plan->path, &state);
	if (err == -ENOENT)
		return 0;
	if (!err) {
		shared->ledger = state.ledger;
		event_log_go_on(shared->events, state.last_event);
		return 0;
	}
	if (!store_plan_is_invalid(err) || state_file_move_bad(plan->path) < 0)
		plan->unread = err;
	return err;
}

/* Whether a file that was not read is still there, or may be. */
static bool is_in_the_way(const struct store_plan *plan)
{
	char *text;
	size_t length;
	int err;

	if (!plan->unread)
		return false;
	err = state_file_read(plan->path, &text, &length);
	if (!err)
		free(text);
	return err != -ENOENT;
}

/* A copy of what is to be written; -ENOMEM. With the shared state locked. */
static int snapshot(struct store_plan *plan, struct state_text *state)
{
	const struct ledger *ledger = &plan->shared->ledger;
	int err = 0;

	memcpy(state->boot_id, plan->boot_id, sizeof(state->boot_id));
	for (size_t i = 0; i < ledger->count && !err; i++)
		err = ledger_add(&state->ledger, &ledger->entries[i]);
	state->ledger.revision = ledger->revision;
	return err;
}

static bool is_due(const struct store_plan *plan, uint32_t last)
{
	/* After the last index the log begins again at 1. */
	return !plan->written ||
	       plan->revision != plan->shared->ledger.revision ||
	       plan->ahead - last < AHEAD_LOW || plan->ahead < last;
}

bool store_plan_take(struct store_plan *plan, uint32_t ahead,
		     struct store_write *write)
{
	struct shared *shared = plan->shared;
	bool due;

	memset(write, 0, sizeof(*write));
	shared_lock(shared);
	write->last = event_log_last(shared->events);
	due = !ahead || is_due(plan, write->last);
	if (due)
		write->err = snapshot(plan, &write->state);
	else
		shared->saved_index = write->last;
	shared_unlock(shared);
	write->state.last_event = write->last < UINT32_MAX - ahead
				      ? write->last + ahead
				      : write->last;
	return due;
}

static int write_text(struct store_plan *plan, const char *text, size_t length)
{
	if (is_taken(plan))
		return -EBUSY;
	return state_file_write(plan->path, text, length);
}

static int write_state(struct store_plan *plan, const struct state_text *state)
{
	char *text;
	size_t length;
	int err = state_text_encode(state, &text, &length);

	if (err)
		return err;
	err = write_text(plan, text, length);
	free(text);
	return err;
}

void store_plan_write(struct store_plan *plan, struct store_write *write)
{
	if (!is_in_the_way(plan))
		plan->unread = 0;
	if (!write->err)
		write->err = plan->unread ? plan->unread
					  : write_state(plan, &write->state);
	plan->written = write->err == 0;
	plan->revision = write->state.ledger.revision;
	plan->ahead = write->state.last_event;
	state_text_fini(&write->state);
}

void store_plan_publish(struct store_plan *plan,
			const struct store_write *write)
{
	struct shared *shared = plan->shared;

	shared_lock(shared);
	shared->saved_index = write->last;
	shared->store_error = -write->err;
	shared->store_unread = plan->unread != 0;
	shared->work = true;
	shared_unlock(shared);
}
