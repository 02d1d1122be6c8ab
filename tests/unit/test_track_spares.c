/* SPDX-License-Identifier: BSD-2-Clause */
/* Spare track files, that take a place at once. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "keepalived/track_file.h"
#include "track_folder.h"

static void a_spare_takes_the_place_at_once(void **state)
{
	struct track_spares spares = { 0 };
	mode_t mask = umask(077);
	struct stat status;

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_int_equal(stat(track_folder_path("bond0"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(track_file_turn(track_folder, "bond0", true, &spares),
			 0);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	assert_int_equal(track_folder_count(), 1);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	umask(mask);
}

/* Half of one may lie there, and an empty track file is "healthy". */
static void the_spares_of_another_are_not_used(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	mkdir(track_folder, 0755);
	track_folder_make("bond0", "0\n");
	track_folder_make(".bondcarrierd-spare-0", "");
	track_folder_make(".bondcarrierd-spare-1", "");
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
}

static void another_folder_has_no_spares(void **state)
{
	struct track_spares spares = { 0 };
	char old[PATH_MAX + 8];

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	snprintf(old, sizeof(old), "%s-old", track_folder);
	assert_int_equal(rename(track_folder, old), 0);
	assert_int_equal(mkdir(track_folder, 0755), 0);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
	assert_int_equal(track_folder_count(), 0);
	track_file_tidy(old, &spares);
	track_folder_empty(old);
	assert_int_equal(rmdir(old), 0);
}

static void a_spare_needs_no_room(void **state)
{
	struct rlimit none = { .rlim_cur = 0 }, before;
	struct track_spares spares = { 0 };

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 0);
	/* The next can't be made, and none is left half. */
	assert_int_equal(track_file_prepare(track_folder, &spares), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_string_equal(track_folder_content(".bondcarrierd-spare-1"),
			    "(none)");
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
}

static void a_spare_follows_nothing(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	mkdir(track_folder, 0755);
	track_folder_make("precious", "gold");
	assert_int_equal(symlink("precious", track_folder_path("bond0")), 0);
	assert_int_equal(
	    symlink("precious", track_folder_path(".bondcarrierd-spare-1")), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(track_file_turn(track_folder, "../x", false, &spares),
			 -EINVAL);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_string_equal(track_folder_content("precious"), "gold");
}

static void spares_are_taken_away(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(track_folder_count(), 3);
	track_file_tidy(track_folder, &spares);
	assert_int_equal(track_folder_count(), 1);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_spare_takes_the_place_at_once),
		TEST(the_spares_of_another_are_not_used),
		TEST(another_folder_has_no_spares),
		TEST(a_spare_needs_no_room),
		TEST(a_spare_follows_nothing),
		TEST(spares_are_taken_away),
	};

	return cmocka_run_group_tests(tests, track_folder_begin,
				      track_folder_end);
}
