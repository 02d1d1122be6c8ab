/* SPDX-License-Identifier: BSD-2-Clause */
/* The state file on its disk. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "state/state_file.h"

static char folder[32];

static const char *in_folder(const char *name)
{
	static char paths[2][sizeof(folder) + 64];
	static size_t next;
	char *path = paths[next++ % 2];

	snprintf(path, sizeof(paths[0]), "%s/%.30s", folder, name);
	return path;
}

static int make_folder(void **ctx)
{
	(void)ctx;
	strcpy(folder, "/tmp/state-test.XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **ctx)
{
	static const char *const names[] = { "state", "state.bad", "state.new",
					     "state.lock", "link" };

	(void)ctx;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(in_folder(names[i]));
	return rmdir(folder);
}

static void the_file_is_replaced_whole(void **ctx)
{
	struct stat before, after;
	char *text;
	size_t length;

	(void)ctx;
	assert_int_equal(state_file_read(in_folder("state"), &text, &length),
			 -ENOENT);
	assert_int_equal(state_file_write(in_folder("state"), "longer", 6), 0);
	assert_int_equal(stat(in_folder("state"), &before), 0);
	assert_int_equal(before.st_mode & 07777, 0600);
	assert_int_equal(state_file_write(in_folder("state"), "new", 3), 0);
	assert_int_equal(stat(in_folder("state"), &after), 0);
	assert_true(before.st_ino != after.st_ino);
	assert_int_equal(access(in_folder("state.new"), F_OK), -1);
	assert_int_equal(state_file_read(in_folder("state"), &text, &length),
			 0);
	assert_int_equal(length, 3);
	assert_memory_equal(text, "new", 3);
	free(text);
	assert_int_equal(state_file_move_bad(in_folder("state")), 0);
	assert_int_equal(access(in_folder("state"), F_OK), -1);
	assert_int_equal(access(in_folder("state.bad"), F_OK), 0);
}

static void what_is_no_file_is_not_read(void **ctx)
{
	char *text;
	size_t length;

	(void)ctx;
	assert_int_equal(symlink("/dev/zero", in_folder("link")), 0);
	assert_int_equal(state_file_read(in_folder("link"), &text, &length),
			 -ELOOP);
	assert_int_equal(state_file_read("/dev/zero", &text, &length), -EINVAL);
	assert_int_equal(mkfifo(in_folder("state"), 0600), 0);
	assert_int_equal(state_file_read(in_folder("state"), &text, &length),
			 -EINVAL);
	unlink(in_folder("state"));
	assert_int_equal(state_file_write(in_folder("state"), "", 0), 0);
	assert_int_equal(
	    truncate(in_folder("state"), (off_t)STATE_TEXT_MAX + 1), 0);
	assert_int_equal(state_file_read(in_folder("state"), &text, &length),
			 -EFBIG);
}

static void only_one_can_lock_it(void **ctx)
{
	int ours = -1, theirs = -1, before;

	(void)ctx;
	assert_int_equal(state_file_lock(in_folder("state"), &ours), 0);
	before = ours;
	assert_int_equal(state_file_lock(in_folder("state"), &ours), 0);
	assert_int_equal(ours, before);
	assert_int_equal(state_file_lock(in_folder("state"), &theirs), -EBUSY);
	assert_int_equal(theirs, -1);
	close(ours);
	assert_int_equal(state_file_lock(in_folder("state"), &theirs), 0);
	/* A lock on a file that nobody finds any more keeps nobody out. */
	ours = -1;
	assert_int_equal(unlink(in_folder("state.lock")), 0);
	assert_int_equal(state_file_lock(in_folder("state"), &theirs), 0);
	assert_int_equal(state_file_lock(in_folder("state"), &ours), -EBUSY);
	close(theirs);
	unlink(in_folder("state.lock"));
	assert_int_equal(symlink("state", in_folder("state.lock")), 0);
	assert_int_equal(state_file_lock(in_folder("state"), &ours), -ELOOP);
	assert_int_equal(ours, -1);
}

static void what_fails_keeps_the_old(void **ctx)
{
	struct rlimit before, limit;
	struct stat status;
	int err;

	(void)ctx;
	assert_int_equal(state_file_write(in_folder("state"), "old", 3), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 3;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	err = state_file_write(in_folder("state"), "newer", 5);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(err, -EFBIG);
	assert_int_equal(stat(in_folder("state"), &status), 0);
	assert_int_equal(status.st_size, 3);
	assert_int_equal(access(in_folder("state.new"), F_OK), -1);
	assert_true(state_file_write("/proc/none/state", "new", 3) < 0);
}

/* What was left half written, or put there, is replaced: no other file is
   written to. */
static void what_is_in_the_way_is_replaced(void **ctx)
{
	struct stat status;

	(void)ctx;
	assert_int_equal(state_file_write(in_folder("link"), "old", 3), 0);
	assert_int_equal(symlink("link", in_folder("state.new")), 0);
	assert_int_equal(state_file_write(in_folder("state"), "newer", 5), 0);
	assert_int_equal(link(in_folder("link"), in_folder("state.new")), 0);
	assert_int_equal(state_file_write(in_folder("state"), "newer", 5), 0);
	assert_int_equal(stat(in_folder("link"), &status), 0);
	assert_int_equal(status.st_size, 3);
	assert_int_equal(lstat(in_folder("state"), &status), 0);
	assert_true(S_ISREG(status.st_mode));
	assert_int_equal(status.st_size, 5);
}

/* It would be read as ours, and is another's. */
static void a_file_with_two_names_is_not_read(void **ctx)
{
	char *text;
	size_t length;

	(void)ctx;
	assert_int_equal(state_file_write(in_folder("state"), "old", 3), 0);
	assert_int_equal(link(in_folder("state"), in_folder("link")), 0);
	assert_int_equal(state_file_read(in_folder("state"), &text, &length),
			 -EMLINK);
}

static void the_folder_is_made(void **ctx)
{
	struct stat status;
	int fd = -1;

	(void)ctx;
	assert_int_equal(state_file_write(in_folder("below/state"), "x", 1), 0);
	assert_int_equal(stat(in_folder("below"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0755);
	assert_int_equal(unlink(in_folder("below/state")), 0);
	assert_int_equal(rmdir(in_folder("below")), 0);
	assert_int_equal(state_file_lock(in_folder("below/state"), &fd), 0);
	close(fd);
	assert_int_equal(unlink(in_folder("below/state.lock")), 0);
	assert_int_equal(rmdir(in_folder("below")), 0);
	assert_int_equal(state_file_write(in_folder("a/b/state"), "x", 1),
			 -ENOENT);
}

int main(void)
{
#define FILE_TEST(name)                                                        \
	cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
	const struct CMUnitTest tests[] = {
		FILE_TEST(the_file_is_replaced_whole),
		FILE_TEST(what_is_no_file_is_not_read),
		FILE_TEST(only_one_can_lock_it),
		FILE_TEST(what_fails_keeps_the_old),
		FILE_TEST(what_is_in_the_way_is_replaced),
		FILE_TEST(a_file_with_two_names_is_not_read),
		FILE_TEST(the_folder_is_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
