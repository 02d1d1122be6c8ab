/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A look at a kernel (quiet_linksock.c) that can't be read at once; the time is
 * the real one.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "commands/command.h"
#include "input/source.h"
#include "named.h"
#include "sync/monitor.h"

static struct {
	int failures; /* dumps that fail, from now on */
	int error;
	int dumps;
} kernel;

int linksock_dump_all(struct linksock *sock, struct link_batch *batch)
{
	(void)sock;
	link_batch_clear(batch);
	kernel.dumps++;
	if (kernel.failures == 0)
		return 0;
	kernel.failures--;
	return kernel.error;
}

static void be(int failures, int error)
{
	kernel.failures = failures;
	kernel.error = error;
	kernel.dumps = 0;
}

static void test_tried_again(void **state)
{
	static const int passing[] = { -EAGAIN, -ETIMEDOUT };
	struct source source;

	(void)state;
	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++) {
		be(3, passing[i]);
		assert_int_equal(source_open(&source, NULL, false), 0);
		assert_int_equal(kernel.dumps, 4);
		assert_non_null(source.bonds);
		assert_status(source.bonds->status, BOND_SET_SYNCHRONISED);
		assert_string_equal(source.trouble, "");
		source_close(&source);
	}
}

static void test_what_lasts(void **state)
{
	struct source source;

	(void)state;
	be(1, -EPERM);
	assert_int_equal(source_open(&source, NULL, false), -EPERM);
	assert_int_equal(kernel.dumps, 1);
	assert_null(source.bonds);
	source_close(&source);
}

/* Some seconds, and then a sentence and UNKNOWN. */
static void test_given_up(void **state)
{
	static char name[] = "check";
	char *argv[] = { name, NULL };
	char text[256] = "";
	int64_t began_ms = clock_now_ms();
	int pipe_fds[2], out = dup(STDOUT_FILENO);
	int status;

	(void)state;
	assert_int_equal(pipe(pipe_fds), 0);
	fflush(stdout);
	assert_true(dup2(pipe_fds[1], STDOUT_FILENO) >= 0);
	be(1000, -EAGAIN);
	status = command_check(1, argv);
	fflush(stdout);
	assert_true(dup2(out, STDOUT_FILENO) >= 0);
	assert_int_equal(status, 3);
	assert_true(read(pipe_fds[0], text, sizeof(text) - 1) > 0);
	assert_string_equal(text,
			    "BOND UNKNOWN - cannot read links from the kernel: "
			    "links change faster than they can be read\n");
	assert_true(kernel.dumps > 3);
	assert_true(clock_now_ms() - began_ms >= 2000);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
	close(out);
}

/* Who waits for it may end the wait. */
static void test_signal(void **state)
{
	struct monitor_options options = { .resync_interval_ms = 0 };
	struct monitor *monitor = NULL;
	int pipe_fds[2];

	(void)state;
	assert_int_equal(pipe(pipe_fds), 0);
	assert_int_equal(write(pipe_fds[1], "", 1), 1);
	be(1000, -EAGAIN);
	judge_policy_defaults(&options.policy);
	assert_int_equal(source_monitor(&monitor, &options, pipe_fds[0]),
			 -EAGAIN);
	assert_int_equal(kernel.dumps, 1);
	assert_null(monitor);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tried_again),
		cmocka_unit_test(test_what_lasts),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_signal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
