/* SPDX-License-Identifier: BSD-2-Clause */
/* A state file that can't be read is not lost: it stays, whatever is written
   afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/store_plan.h"

#define USER 4711

static char folder[32], path[64];
static struct shared shared;
static struct store_plan plan;

/* What the next calls fail with; 0: they don't. */
static int read_error, malloc_error, rename_error;

ssize_t __real_read(int fd, void *buffer, size_t size);
ssize_t __wrap_read(int fd, void *buffer, size_t size);
ssize_t __wrap_read(int fd, void *buffer, size_t size)
{
	if (!read_error)
		return __real_read(fd, buffer, size);
	errno = read_error;
	return -1;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
	return malloc_error ? NULL : __real_malloc(size);
}

int __real_renameat(int from, const char *old, int to, const char *fresh);
int __wrap_renameat(int from, const char *old, int to, const char *fresh);
int __wrap_renameat(int from, const char *old, int to, const char *fresh)
{
	if (!rename_error)
		return __real_renameat(from, old, to, fresh);
	errno = rename_error;
	return -1;
}

static const char *beside(const char *suffix)
{
	static char name[sizeof(path) + 8];

	snprintf(name, sizeof(name), "%s%.7s", path, suffix);
	return name;
}

static void write_file(const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void assert_file(const char *name, const char *expected)
{
	char text[256] = "";
	int fd = open(name, O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, text, sizeof(text) - 1) >= 0);
	close(fd);
	assert_string_equal(text, expected);
}

/* Nobody has permission to everything, so that no permission is real. */
static int begin(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/test_store.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/state", folder);
	if (geteuid() == 0 &&
	    (chown(folder, USER, USER) < 0 || seteuid(USER) < 0))
		return -1;
	if (shared_init(&shared, 100, 100))
		return -1;
	store_plan_init(&plan, &shared, path);
	return 0;
}

static int end(void **state)
{
	static const char *const suffixes[] = { "", ".new", ".lock", ".bad" };

	(void)state;
	store_plan_fini(&plan);
	shared_fini(&shared);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		(void)unlink(beside(suffixes[i]));
	if (getuid() == 0 && seteuid(0) < 0)
		return -1;
	return rmdir(folder);
}

/* As the store's thread does, when it is time, and at the end. */
static void save(uint32_t ahead)
{
	struct store_write write;

	if (!store_plan_take(&plan, ahead, &write))
		return;
	store_plan_write(&plan, &write);
	store_plan_publish(&plan, &write);
}

/* A state with a last event of 4000, by a process before this one. */
static void leave_state(void)
{
	struct store_plan earlier;
	struct store_write write;

	store_plan_init(&earlier, &shared, path);
	assert_int_equal(store_plan_load(&earlier), 0);
	event_log_go_on(shared.events, 2000);
	assert_true(store_plan_take(&earlier, 2000, &write));
	store_plan_write(&earlier, &write);
	assert_int_equal(write.err, 0);
	store_plan_fini(&earlier);
	shared_fini(&shared);
	assert_int_equal(shared_init(&shared, 100, 100), 0);
}

static void keep(char text[256])
{
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	memset(text, 0, 256);
	assert_true(read(fd, text, 255) > 0);
	close(fd);
}

static int load_without_permission(void)
{
	int err;

	assert_int_equal(chmod(path, 0), 0);
	err = store_plan_load(&plan);
	save(STORE_PLAN_AHEAD);
	assert_int_equal(chmod(path, 0600), 0);
	return err;
}

static int load_without_descriptors(void)
{
	struct rlimit before, none = { .rlim_cur = 0 };
	int err;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	err = store_plan_load(&plan);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	return err;
}

static int load_without_memory(void)
{
	int err;

	malloc_error = ENOMEM;
	err = store_plan_load(&plan);
	malloc_error = 0;
	return err;
}

static int load_from_a_broken_disk(void)
{
	int err;

	read_error = EIO;
	err = store_plan_load(&plan);
	save(STORE_PLAN_AHEAD);
	read_error = 0;
	return err;
}

static void assert_left_alone(int (*load)(void), int expected)
{
	char before[256];

	leave_state();
	keep(before);
	assert_int_equal(load(), expected);
	save(STORE_PLAN_AHEAD);
	assert_int_equal(shared.store_error, -expected);
	assert_true(shared.store_unread);
	save(0);
	assert_file(path, before);
	assert_int_equal(access(beside(".bad"), F_OK), -1);

	/* The next process finds it as it was. */
	store_plan_fini(&plan);
	store_plan_init(&plan, &shared, path);
	assert_int_equal(store_plan_load(&plan), 0);
	assert_int_equal(event_log_last(shared.events), 4000);
	save(STORE_PLAN_AHEAD);
	assert_int_equal(shared.store_error, 0);
	assert_false(shared.store_unread);
}

static void without_permission_it_stays(void **state)
{
	(void)state;
	assert_left_alone(load_without_permission, -EACCES);
}

static void without_descriptors_it_stays(void **state)
{
	(void)state;
	assert_left_alone(load_without_descriptors, -EMFILE);
}

static void without_memory_it_stays(void **state)
{
	(void)state;
	assert_left_alone(load_without_memory, -ENOMEM);
}

static void on_a_broken_disk_it_stays(void **state)
{
	(void)state;
	assert_left_alone(load_from_a_broken_disk, -EIO);
}

static void once_it_is_moved_away_a_new_one_is_written(void **state)
{
	(void)state;
	leave_state();
	assert_int_equal(load_without_permission(), -EACCES);
	assert_true(shared.store_unread);
	assert_int_equal(rename(path, beside(".bad")), 0);
	save(STORE_PLAN_AHEAD);
	assert_int_equal(shared.store_error, 0);
	assert_false(shared.store_unread);
	assert_int_equal(access(path, F_OK), 0);
}

static void what_is_invalid_is_set_aside(void **state)
{
	(void)state;
	write_file("nonsense\n");
	assert_int_equal(store_plan_load(&plan), -EBADMSG);
	assert_int_equal(plan.unread, 0);
	assert_file(beside(".bad"), "nonsense\n");
	save(STORE_PLAN_AHEAD);
	assert_int_equal(shared.store_error, 0);
	assert_int_equal(access(path, F_OK), 0);
}

static void what_is_invalid_and_cannot_be_moved_stays(void **state)
{
	(void)state;
	write_file("nonsense\n");
	rename_error = EROFS;
	assert_int_equal(store_plan_load(&plan), -EBADMSG);
	rename_error = 0;
	assert_int_equal(plan.unread, -EBADMSG);
	save(STORE_PLAN_AHEAD);
	save(0);
	assert_int_equal(shared.store_error, EBADMSG);
	assert_true(shared.store_unread);
	assert_file(path, "nonsense\n");
}

static void without_a_file_one_is_written(void **state)
{
	(void)state;
	assert_int_equal(store_plan_load(&plan), 0);
	save(STORE_PLAN_AHEAD);
	assert_int_equal(shared.store_error, 0);
	assert_int_equal(access(path, F_OK), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(without_permission_it_stays),
		TEST(without_descriptors_it_stays),
		TEST(without_memory_it_stays),
		TEST(on_a_broken_disk_it_stays),
		TEST(once_it_is_moved_away_a_new_one_is_written),
		TEST(what_is_invalid_is_set_aside),
		TEST(what_is_invalid_and_cannot_be_moved_stays),
		TEST(without_a_file_one_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
