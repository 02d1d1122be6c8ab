/* SPDX-License-Identifier: BSD-2-Clause */
/* The agent's parts, and when each is due. */
#include "life.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "disk.h"
#include "netlink/linksock.h"
#include "seam.h"

static void observe(void *ctx, const struct bond_set *set, int64_t now_ms)
{
	struct life *life = ctx;

	if (track_keep_is_changed(&life->keep, set))
		(void)track_keep_observe(&life->keep, set, now_ms);
}

static void lock(void *ctx)
{
	struct life *life = ctx;

	shared_lock(&life->shared);
}

static void unlock(void *ctx)
{
	struct life *life = ctx;

	shared_unlock(&life->shared);
}

static void configure(void *ctx, const struct settings *settings)
{
	struct life *life = ctx;

	track_keep_configure(&life->keep, settings);
}

static void settings_drop(struct settings *settings)
{
	settings_fini(settings);
	free(settings);
}

/* As store_open(); a file that can't be trusted is set aside. */
static int open_store(struct life *life)
{
	int err;

	store_plan_init(&life->store, &life->shared, "/state/file");
	err = store_plan_load(&life->store);
	if (err == -EBUSY)
		return err;
	if (err == -EBADMSG || err == -EFBIG || err == -ELOOP || err == -EINVAL)
		(void)state_file_move_bad(life->store.path);
	life->shared.store_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	life->store_ms = seam.now_ms;
	return 0;
}

/* The pass first: what it observes goes to the track files. */
static void drop(struct life *life)
{
	master_part(life->master);
	kernel_pass_close(life->pass);
	track_keep_fini(&life->keep);
	store_plan_fini(&life->store);
	if (life->writing)
		state_text_fini(&life->write.state);
	shared_fini(&life->shared);
	settings_drop(life->settings);
	seam_close_all();
	life->alive = false;
	life->pass = NULL;
	life->writing = false;
	life->putting = false;
}

static void run_kernel(struct life *life)
{
	int64_t now_ms;

	life->passes++;
	if (seam_readable(life->shared.control_fd)) {
		shared_drain(life->shared.control_fd);
		kernel_pass_control(life->pass);
	}
	now_ms = kernel_pass_dispatch(life->pass);
	life->kernel_ms = kernel_pass_next_ms(life->pass, now_ms);
}

int life_start(struct life *life, struct master *master, uint64_t seed,
	       uint64_t settings_seed)
{
	struct kernel_pass_host host = { .lock = lock,
					 .unlock = unlock,
					 .observe = observe,
					 .configure = configure,
					 .ctx = life };
	struct settings *settings = life_settings(settings_seed);
	int err, event_fd;

	memset(life, 0, sizeof(*life));
	life->seed = seed;
	life->settings_seed = settings_seed;
	life->settings = life_settings(settings_seed);
	life->master = master;
	life->started_ms = seam.now_ms;
	life->stalled_ms = INT64_MIN;
	life->ready_ms = INT64_MAX;
	err = shared_init(&life->shared, settings->event_log,
			  settings->notify_queue);
	if (err)
		abort();
	event_fd = linksock_reserve((int)settings->receive_buffer);
	if (event_fd < 0 || track_keep_init(&life->keep) < 0)
		abort();
	life->keep.now_ms = seam.now_ms;
	err = open_store(life);
	life->first_index = event_log_last(life->shared.events);
	master_meet(master, &life->shared);
	if (!err)
		err = kernel_pass_open(&life->pass, &life->shared, settings,
				       event_fd, &host);
	if (err) {
		drop(life);
		return err;
	}
	life->alive = true;
	run_kernel(life);
	return 0;
}

void life_kill(struct life *life)
{
	if (life->alive)
		drop(life);
}

static void run_track(struct life *life, int64_t now_ms);

void life_stop(struct life *life)
{
	struct store_write write;

	if (!life->alive)
		return;
	kernel_pass_close(life->pass);
	life->pass = NULL;
	life->shared.bonds = NULL;
	life->keep.now_ms = seam.now_ms;
	if (!disk.track_hang_ms && !life->putting) {
		struct track_work work;

		while (track_keep_next(&life->keep, &work) &&
		       work.type != TRACK_WORK_PREPARE) {
			track_keep_do(&life->keep, &work);
			track_keep_done(&life->keep, &work);
		}
		track_keep_tidy(&life->keep);
	}
	master_part(life->master);
	if (!life->writing && !disk.hang_ms &&
	    store_plan_take(&life->store, 0, &write))
		store_plan_write(&life->store, &write);
	drop(life);
}

void life_reload(struct life *life, uint64_t settings_seed)
{
	struct settings *settings = life_settings(settings_seed);
	struct shared *shared = &life->shared;

	settings_drop(life->settings);
	life->settings = life_settings(settings_seed);
	life->settings_seed = settings_seed;
	shared_lock(shared);
	outbox_set_limit(shared->outbox, settings->notify_queue, shared_dropped,
			 shared);
	(void)event_log_set_limit(shared->events, settings->event_log);
	shared_unlock(shared);
	kernel_pass_configure(life->pass, settings);
}

void life_set_notifications(struct life *life, bool enabled)
{
	shared_lock(&life->shared);
	life->shared.control.notifications_enabled = enabled;
	shared_unlock(&life->shared);
	shared_signal(life->shared.control_fd);
}

void life_set_grace(struct life *life, uint32_t grace_ms)
{
	shared_lock(&life->shared);
	life->shared.control.grace_ms = grace_ms;
	shared_unlock(&life->shared);
	shared_signal(life->shared.control_fd);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t kernel_next_ms(const struct life *life)
{
	int64_t at_ms =
	    least(life->kernel_ms, seam_readable_ms(life->shared.control_fd));
	int fd = kernel_pass_fd(life->pass);

	if (fd >= 0)
		at_ms = least(at_ms, seam_readable_ms(fd));
	return at_ms < life->stalled_ms ? life->stalled_ms : at_ms;
}

static int64_t store_next_ms(const struct life *life)
{
	if (life->shared.store_fd < 0)
		return INT64_MAX;
	if (life->writing)
		return life->store_ms;
	return least(life->store_ms, seam_readable_ms(life->shared.store_fd));
}

static int64_t track_next_due_ms(const struct life *life)
{
	if (life->putting)
		return life->track_ms;
	if (strcmp(life->keep.current, life->keep.folder) != 0)
		return INT64_MIN;
	return track_keep_next_ms(&life->keep);
}

static int64_t part_next_ms(const struct life *life, enum life_part part)
{
	switch (part) {
	case LIFE_KERNEL:
		return kernel_next_ms(life);
	case LIFE_STORE:
		return store_next_ms(life);
	case LIFE_TRACK:
		return track_next_due_ms(life);
	case LIFE_MASTER:
		return least(life->master->next_ms,
			     seam_readable_ms(life->shared.wake_fd));
	case LIFE_PARTS:
		break;
	}
	return INT64_MAX;
}

int64_t life_next_ms(const struct life *life)
{
	int64_t next_ms = INT64_MAX;

	for (int part = 0; life->alive && part < LIFE_PARTS; part++)
		next_ms =
		    least(next_ms, part_next_ms(life, (enum life_part)part));
	return next_ms;
}

/* In another order at each time. */
enum life_part life_due(const struct life *life, int64_t now_ms)
{
	uint64_t from = (life->seed ^ (uint64_t)now_ms) * 0x9e3779b97f4a7c15U;

	from >>= 62;
	for (unsigned int i = 0; life->alive && i < LIFE_PARTS; i++) {
		enum life_part part = (enum life_part)((from + i) % LIFE_PARTS);

		if (part_next_ms(life, part) <= now_ms)
			return part;
	}
	return LIFE_NOTHING;
}

static void run_store(struct life *life, int64_t now_ms)
{
	if (!life->writing) {
		life->store_ms = INT64_MAX;
		shared_drain(life->shared.store_fd);
		if (!store_plan_take(&life->store, STORE_PLAN_AHEAD,
				     &life->write))
			return;
		life->writing = true;
		life->store_ms = now_ms + disk.hang_ms;
		if (disk.hang_ms)
			return;
	}
	life->writing = false;
	store_plan_write(&life->store, &life->write);
	store_plan_publish(&life->store, &life->write);
	/* What changed meanwhile has raised the descriptor. */
	life->store_ms =
	    life->store.written ? INT64_MAX : now_ms + STORE_PLAN_RETRY_MS;
}

static void run_track(struct life *life, int64_t now_ms)
{
	struct shared_track trouble;

	life->keep.now_ms = now_ms;
	if (!life->putting) {
		if (!track_keep_next(&life->keep, &life->work)) {
			if (track_keep_trouble(&life->keep, &trouble))
				life->shared.track = trouble;
			return;
		}
		life->putting = true;
		life->track_ms = now_ms + disk.track_hang_ms;
		if (disk.track_hang_ms)
			return;
	}
	life->putting = false;
	track_keep_do(&life->keep, &life->work);
	track_keep_done(&life->keep, &life->work);
}

void life_run(struct life *life, enum life_part part, int64_t now_ms)
{
	switch (part) {
	case LIFE_KERNEL:
		run_kernel(life);
		break;
	case LIFE_STORE:
		run_store(life, now_ms);
		break;
	case LIFE_TRACK:
		run_track(life, now_ms);
		break;
	case LIFE_MASTER:
		shared_drain(life->shared.wake_fd);
		master_run(life->master, now_ms);
		break;
	case LIFE_PARTS:
		break;
	}
}
