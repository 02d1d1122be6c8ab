/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the kernel thread begins and ends where the kernel can't be read, or
 * holds whoever asks. The kernel (quiet_linksock.c) has one bond; threads,
 * track files and time are real.
 */
#include <errno.h>
#include <linux/if_bonding.h>
#include <linux/if_link.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "kernel_thread.h"
#include "named.h"
#include "netlink/linksock.h"
#include "process/thread.h"

#define UP	    (LINK_FLAG_UP | LINK_FLAG_RUNNING | LINK_FLAG_LOWER_UP)
#define DEADLINE_MS 60000

/* Of the kernel thread and the test's own, under the mutex. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool held;  /* nobody who asks gets out of it */
	int inside; /* so many sit there */
	int error;  /* of dumps */
	int dumps;
	unsigned int flags; /* of the slave */
} kernel = { .mutex = PTHREAD_MUTEX_INITIALIZER };

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	struct link_event bond = {
		.link = { .ifindex = 10, .flags = UP, .name = "bond0" },
		.kind = LINK_KIND_BOND
	};
	struct link_event slave = { .link = { .ifindex = 1, .name = "v0" },
				    .bond_slave = true,
				    .master = 10 };
	int err;

	(void)sock;
	link_batch_clear(batch);
	bond.bond.present =
	    BOND_ATTR_BIT(IFLA_BOND_MODE) | BOND_ATTR_BIT(IFLA_BOND_MIIMON);
	bond.bond.mode = BOND_MODE_ROUNDROBIN;
	bond.bond.miimon_ms = 100;
	slave.slave.present = SLAVE_ATTR_BIT(IFLA_BOND_SLAVE_MII_STATUS);

	pthread_mutex_lock(&kernel.mutex);
	kernel.dumps++;
	kernel.inside++;
	pthread_cond_broadcast(&kernel.changed);
	while (kernel.held)
		pthread_cond_wait(&kernel.changed, &kernel.mutex);
	kernel.inside--;
	slave.link.flags = kernel.flags;
	err = kernel.error;
	pthread_mutex_unlock(&kernel.mutex);
	if (!err && !link_batch_add(batch, &bond))
		(void)link_batch_add(batch, &slave);
	return err;
}

static void kernel_is(bool held, int error)
{
	pthread_mutex_lock(&kernel.mutex);
	kernel.held = held;
	kernel.error = error;
	pthread_cond_broadcast(&kernel.changed);
	pthread_mutex_unlock(&kernel.mutex);
}

/* Until somebody sits in the kernel. */
static void wait_inside(void)
{
	int64_t until_ms = clock_now_ms() + DEADLINE_MS;
	bool inside;

	pthread_mutex_lock(&kernel.mutex);
	while (kernel.inside == 0 &&
	       thread_wait(&kernel.changed, &kernel.mutex, until_ms))
		;
	inside = kernel.inside > 0;
	pthread_mutex_unlock(&kernel.mutex);
	assert_true(inside);
}

struct fixture {
	struct shared *shared; /* on the heap: one that was left keeps it */
	struct kernel_thread *thread;
	int signals[2]; /* a pipe */
	char folder[32];
	char file[48];
	bool left; /* the thread, in the kernel */
};

static int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	kernel.held = false;
	kernel.error = 0;
	kernel.dumps = 0;
	kernel.flags = UP;
	f.shared = calloc(1, sizeof(*f.shared));
	if (!f.shared || shared_init(f.shared, 100, 100) || pipe(f.signals))
		return -1;
	snprintf(f.folder, sizeof(f.folder), "/tmp/kernel_thread.XXXXXX");
	if (!mkdtemp(f.folder))
		return -1;
	snprintf(f.file, sizeof(f.file), "%s/bond0", f.folder);
	*state = &f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	/* A thread that was left still takes the shared state's mutex. */
	if (kernel_thread_stop(f->thread) && !f->left) {
		shared_fini(f->shared);
		free(f->shared);
	}
	(void)unlink(f->file);
	(void)rmdir(f->folder);
	close(f->signals[0]);
	close(f->signals[1]);
	return 0;
}

static int start(struct fixture *f)
{
	struct settings *settings = malloc(sizeof(*settings));

	assert_non_null(settings);
	settings_init(settings);
	snprintf(settings->track_directory, sizeof(settings->track_directory),
		 "%s", f->folder);
	return kernel_thread_start(&f->thread, f->shared, settings, 0,
				   f->signals[0]);
}

/* As text; "": there is none. */
static const char *track_file(const struct fixture *f)
{
	static char text[16];
	FILE *file = fopen(f->file, "r");
	size_t length = 0;

	if (file) {
		length = fread(text, 1, sizeof(text) - 1, file);
		(void)fclose(file);
	}
	text[length] = '\0';
	return text;
}

static enum bond_set_status status_of(struct fixture *f, size_t *bonds)
{
	enum bond_set_status status;

	shared_lock(f->shared);
	status = f->shared->bonds->status;
	*bonds = f->shared->bonds->count;
	shared_unlock(f->shared);
	return status;
}

/* Until the shared state says that, waking as the SNMP thread does. */
static void wait_status(struct fixture *f, enum bond_set_status expected)
{
	int64_t until_ms = clock_now_ms() + DEADLINE_MS;
	struct pollfd fd = { .fd = f->shared->wake_fd, .events = POLLIN };
	size_t bonds;

	while (status_of(f, &bonds) != expected && clock_now_ms() < until_ms)
		if (poll(&fd, 1, 1000) > 0)
			shared_drain(fd.fd);
	assert_int_equal(status_of(f, &bonds), expected);
}

/* Raised in an earlier life, of a bond that is no more. */
static void put_entry(struct fixture *f)
{
	struct ledger_entry entry = { .kind = DISCREPANCY_FALSE_UP,
				      .bond = 9,
				      .bond_name = "bond9",
				      .raise = LEDGER_ACKNOWLEDGED };

	assert_int_equal(ledger_add(&f->shared->ledger, &entry), 0);
}

static void test_start(void **state)
{
	struct fixture *f = *state;
	size_t bonds;

	assert_int_equal(start(f), 0);
	assert_status(status_of(f, &bonds), BOND_SET_SYNCHRONISED);
	assert_int_equal(bonds, 1);
	assert_string_equal(track_file(f), "0\n");
	assert_true(kernel_thread_stop(f->thread));
	f->thread = NULL;
	assert_null(f->shared->bonds);
	assert_string_equal(track_file(f), "0\n");
}

static void test_start_forbidden(void **state)
{
	struct fixture *f = *state;

	kernel_is(false, -EPERM);
	assert_int_equal(start(f), -EPERM);
	assert_null(f->thread);
	assert_null(f->shared->bonds);
	assert_string_equal(track_file(f), "");
}

/* It starts; of bonds nothing is known, nothing of an earlier life is called
   over, and no file is touched before they are. */
static void test_start_interrupted(void **state)
{
	struct fixture *f = *state;
	int64_t began_ms = clock_now_ms();
	size_t bonds;

	put_entry(f);
	kernel_is(false, -EAGAIN);
	assert_int_equal(start(f), 0);
	assert_true(clock_now_ms() - began_ms >= 3000);
	assert_status(status_of(f, &bonds), BOND_SET_LOST);
	assert_int_equal(bonds, 0);
	assert_int_equal(f->shared->kernel_error, EAGAIN);
	assert_int_equal(f->shared->ledger.count, 1);
	assert_false(f->shared->ledger.entries[0].over);
	assert_int_equal(event_log_last(f->shared->events), 0);
	assert_string_equal(track_file(f), "");

	kernel_is(false, 0);
	wait_status(f, BOND_SET_SYNCHRONISED);
	assert_true(kernel_thread_stop(f->thread));
	f->thread = NULL;
	assert_int_equal(event_log_last(f->shared->events), 1);
	assert_string_equal(track_file(f), "0\n");
}

/* The end comes while the start still waits: it is not waited for long. */
static void test_start_and_signal(void **state)
{
	struct fixture *f = *state;
	int64_t began_ms = clock_now_ms();
	size_t bonds;

	kernel_is(true, 0);
	assert_int_equal(write(f->signals[1], "", 1), 1);
	assert_int_equal(start(f), 0);
	assert_status(status_of(f, &bonds), BOND_SET_LOST);
	wait_inside();
	assert_false(kernel_thread_stop(f->thread));
	f->thread = NULL;
	f->left = true;
	assert_true(clock_now_ms() - began_ms < 3000);
	kernel_is(false, 0);
}

/* Held in the kernel when the daemon ends: the end is not held up, and what
   the thread brings back from there reaches nobody. */
static void test_held(void **state)
{
	struct fixture *f = *state;
	struct shared *shared = f->shared;
	struct settings *settings = malloc(sizeof(*settings));
	int64_t began_ms, until_ms;
	uint32_t last;
	int inside;

	assert_int_equal(start(f), 0);
	kernel_is(true, 0);
	/* Everything is read again for it. */
	assert_non_null(settings);
	settings_init(settings);
	snprintf(settings->track_directory, sizeof(settings->track_directory),
		 "%s", f->folder);
	kernel_thread_configure(f->thread, settings);
	wait_inside();
	began_ms = clock_now_ms();
	assert_false(kernel_thread_stop(f->thread));
	f->thread = NULL;
	f->left = true;
	assert_true(clock_now_ms() - began_ms < 1000);
	assert_null(shared->bonds);

	last = event_log_last(shared->events);
	pthread_mutex_lock(&kernel.mutex);
	kernel.flags = LINK_FLAG_UP;
	pthread_mutex_unlock(&kernel.mutex);
	kernel_is(false, 0);
	until_ms = clock_now_ms() + 500;
	do {
		pthread_mutex_lock(&kernel.mutex);
		inside = kernel.inside;
		pthread_mutex_unlock(&kernel.mutex);
		assert_true(poll(NULL, 0, 10) == 0);
	} while (inside > 0 || clock_now_ms() < until_ms);
	shared_lock(shared);
	assert_int_equal(event_log_last(shared->events), last);
	shared_unlock(shared);
	assert_string_equal(track_file(f), "0\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_start),
		TEST(test_start_forbidden),
		TEST(test_start_interrupted),
		TEST(test_start_and_signal),
		TEST(test_held),
	};

	thread_cond_init(&kernel.changed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
