/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel thread and the SNMP thread share. */
#include "state/shared.h"

#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

int shared_init(struct shared *shared, size_t event_limit, size_t queue_limit)
{
	int err;

	memset(shared, 0, sizeof(*shared));
	shared->began_ms = clock_now_ms();
	shared->control.notifications_enabled = true;
	shared->store_fd = -1;
	shared->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (shared->wake_fd < 0)
		return -errno;
	shared->control_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (shared->control_fd < 0) {
		err = -errno;
		goto close_wake;
	}
	shared->events = event_log_new(event_limit, 1);
	shared->outbox = outbox_new(queue_limit);
	err = -ENOMEM;
	if (!shared->events || !shared->outbox)
		goto free_lists;
	err = -pthread_mutex_init(&shared->mutex, NULL);
	if (err)
		goto free_lists;
	return 0;

free_lists:
	outbox_free(shared->outbox);
	event_log_free(shared->events);
	close(shared->control_fd);
close_wake:
	close(shared->wake_fd);
	return err;
}

void shared_fini(struct shared *shared)
{
	pthread_mutex_destroy(&shared->mutex);
	outbox_free(shared->outbox);
	event_log_free(shared->events);
	ledger_fini(&shared->ledger);
	close(shared->control_fd);
	close(shared->wake_fd);
}

void shared_lock(void *shared)
{
	pthread_mutex_lock(&((struct shared *)shared)->mutex);
}

void shared_unlock(void *ctx)
{
	struct shared *shared = ctx;
	bool work = shared->work;

	shared->work = false;
	pthread_mutex_unlock(&shared->mutex);
	if (work)
		shared_signal(shared->wake_fd);
}

void shared_signal(int fd)
{
	const uint64_t one = 1;

	/* Fails only when the counter is full: then it is raised anyway. */
	if (write(fd, &one, sizeof(one)) < 0)
		return;
}

void shared_drain(int fd)
{
	uint64_t count;

	if (read(fd, &count, sizeof(count)) < 0)
		return;
}

void shared_dropped(void *ctx, uint32_t index)
{
	struct shared *shared = ctx;

	shared->counters.dropped++;
	event_log_set_fate(shared->events, index, EVENT_FATE_DROPPED);
	ledger_dropped(&shared->ledger, index);
	shared->unsaved = true;
}

void shared_save(const struct shared *shared)
{
	if (shared->store_fd >= 0)
		shared_signal(shared->store_fd);
}
