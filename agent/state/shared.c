/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel thread and the SNMP thread share. */
#include "state/shared.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/wall.h"

#define CLOCK_TRIES 100

int model_init(struct model *model, size_t event_limit, size_t queue_limit)
{
	int err;

	memset(model, 0, sizeof(*model));
	model->began_ms = model_now_ms();
	model->control.notifications_enabled = true;
	model->store_fd = -1;
	model->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (model->wake_fd < 0)
		return -errno;
	model->control_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (model->control_fd < 0) {
		err = -errno;
		goto close_wake;
	}
	model->events = event_log_new(event_limit, 1);
	model->outbox = outbox_new(queue_limit);
	err = -ENOMEM;
	if (!model->events || !model->outbox)
		goto free_lists;
	err = -pthread_mutex_init(&model->mutex, NULL);
	if (err)
		goto free_lists;
	return 0;

free_lists:
	outbox_free(model->outbox);
	event_log_free(model->events);
	close(model->control_fd);
close_wake:
	close(model->wake_fd);
	return err;
}

void model_fini(struct model *model)
{
	pthread_mutex_destroy(&model->mutex);
	outbox_free(model->outbox);
	event_log_free(model->events);
	ledger_fini(&model->ledger);
	close(model->control_fd);
	close(model->wake_fd);
}

void model_lock(void *model)
{
	pthread_mutex_lock(&((struct model *)model)->mutex);
}

void model_unlock(void *ctx)
{
	struct model *model = ctx;
	bool work = model->work;

	model->work = false;
	pthread_mutex_unlock(&model->mutex);
	if (work)
		model_signal(model->wake_fd);
}

void model_signal(int fd)
{
	const uint64_t one = 1;

	/* Fails only when the counter is full: then it is raised anyway. */
	if (write(fd, &one, sizeof(one)) < 0)
		return;
}

void model_drain(int fd)
{
	uint64_t count;

	if (read(fd, &count, sizeof(count)) < 0)
		return;
}

void model_dropped(void *ctx, uint32_t index)
{
	struct model *model = ctx;

	model->counters.dropped++;
	event_log_set_fate(model->events, index, EVENT_FATE_DROPPED);
	ledger_dropped(&model->ledger, index);
	model->unsaved = true;
}

void model_save(const struct model *model)
{
	if (model->store_fd >= 0)
		model_signal(model->store_fd);
}

int64_t model_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t model_wall_ms(void)
{
	return wall_ms();
}

void model_clocks(int64_t *now_ms, int64_t *wall_ms)
{
	/* Others may run for long between two reads. */
	for (unsigned int tries = 0; tries < CLOCK_TRIES; tries++) {
		*now_ms = model_now_ms();
		*wall_ms = model_wall_ms();
		if (model_now_ms() - *now_ms <= 1)
			return;
	}
}
