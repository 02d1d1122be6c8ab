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
#include <string.h>
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
	track_file_tidy(&spares);
	assert_int_equal(track_folder_count(), 0);
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
	track_file_tidy(&spares);
	assert_int_equal(track_folder_count(), 1);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 -ENOENT);
}

static void add_word(void *ctx, const char *name)
{
	char *words = ctx;

	strcat(strcat(words, name), " ");
}

/* Where a folder of ours was, another user puts a link to it, or to a folder
   in which there happen to be spares. */
static void a_link_to_a_folder_leads_nowhere(void **state)
{
	struct track_spares spares = { 0 };
	char words[128] = "", theirs[PATH_MAX + 8], path[PATH_MAX + 16];

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	track_folder_make(".bondcarrierd-spare-1", "1\n");
	snprintf(theirs, sizeof(theirs), "%s-theirs", track_folder);
	snprintf(path, sizeof(path), "%s/track", theirs);
	assert_int_equal(mkdir(theirs, 0755), 0);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(chown(theirs, 4711, 4711), 0);
	assert_int_equal(track_file_prepare(path, &spares), 0);
	track_folder_empty(path);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(symlink(track_folder, path), 0);
	assert_int_equal(lchown(path, 4711, 4711), 0);

	assert_true(track_file_turn(path, "bond0", false, &spares) < 0);
	assert_int_equal(track_file_put(path, "bond0", false), -ELOOP);
	assert_int_equal(track_file_each_up(path, add_word, words), -ELOOP);
	assert_string_equal(words, "");
	track_file_tidy(&spares);
	assert_int_equal(track_file_prepare(path, &spares), -ELOOP);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	assert_int_equal(track_folder_count(), 2);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(theirs), 0);
}

/* As under a flood of connections. */
static void a_spare_needs_no_descriptor(void **state)
{
	struct rlimit none = { .rlim_cur = 0 }, before;
	struct track_spares spares = { 0 };
	int err;

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	err = track_file_turn(track_folder, "bond0", false, &spares);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(err, 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	track_file_tidy(&spares);
}

/* The folder was removed, and made again: the next spares are for the new
   one. */
static void spares_follow_the_folder(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	track_folder_empty(track_folder);
	assert_int_equal(rmdir(track_folder), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_true(track_file_turn(track_folder, "bond0", false, &spares) < 0);
	assert_int_equal(track_file_prepare(track_folder, &spares), 0);
	assert_int_equal(track_file_turn(track_folder, "bond0", false, &spares),
			 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	track_file_tidy(&spares);
	assert_int_equal(track_folder_count(), 1);
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
		TEST(a_link_to_a_folder_leads_nowhere),
		TEST(a_spare_needs_no_descriptor),
		TEST(spares_follow_the_folder),
	};

	return cmocka_run_group_tests(tests, track_folder_begin,
				      track_folder_end);
}
