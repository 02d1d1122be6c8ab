/* SPDX-License-Identifier: BSD-2-Clause */
/* Track files on a real disk, and everything that may be in their place. */
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

static void a_file_says_what_it_is_told(void **state)
{
	mode_t mask = umask(077);
	struct stat status;

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", false), 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	assert_int_equal(stat(track_folder_path("bond0"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(track_folder_count(), 1);
	umask(mask);
}

static void what_is_right_is_left_alone(void **state)
{
	struct stat before, after;

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(stat(track_folder_path("bond0"), &before), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(stat(track_folder_path("bond0"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

/* keepalived reads each of these as healthy, or as it pleases. */
static void what_is_wrong_is_replaced(void **state)
{
	static const char *const wrong[] = {
		"", "0", "1", "0\n", "1\n1\n", "1 ", "\n", "one\n", "1\n\n",
	};

	(void)state;
	mkdir(track_folder, 0755);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		track_folder_make("bond0", wrong[i]);
		assert_int_equal(track_file_put(track_folder, "bond0", false),
				 0);
		assert_string_equal(track_folder_content("bond0"), "1\n");
	}
}

static void add_word(void *ctx, const char *name)
{
	char *words = ctx;

	strcat(strcat(words, name), " ");
}

static void what_says_up_is_found(void **state)
{
	char words[128] = "";

	(void)state;
	assert_int_equal(mkdir(track_folder, 0755), 0);
	track_folder_make("up", "0\n");
	track_folder_make("down", "1\n");
	track_folder_make("more", "0\n\n");
	track_folder_make(".bondcarrierd-spare-0", "0\n");
	assert_int_equal(symlink("up", track_folder_path("link")), 0);
	assert_int_equal(mkfifo(track_folder_path("fifo"), 0600), 0);
	assert_int_equal(track_file_each_up(track_folder, add_word, words), 0);
	assert_string_equal(words, "up ");
	assert_int_equal(track_file_each_up("/nowhere/at/all", add_word, words),
			 0);
}

static void odd_names_are_names(void **state)
{
	static const char *const names[] = {
		"-",	       "-rf",
		"...",	       ".hidden",
		"a\"b'c`d$e;", "\xff\xfe",
		"\x01\x7f",    "*?[x]",
		"%n%s",	       "fifteen-letters",
		"b\xc3\xb6nd",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(track_file_put(track_folder, names[i], false),
				 0);
		assert_string_equal(track_folder_content(names[i]), "1\n");
		assert_int_equal(track_folder_count(), i + 1);
	}
}

static void names_lead_nowhere_else(void **state)
{
	static const char *const names[] = { "", ".", "..", "../x", "/tmp/x" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(track_file_put(track_folder, names[i], false),
				 -EINVAL);
}

static void links_are_replaced_not_followed(void **state)
{
	(void)state;
	mkdir(track_folder, 0755);
	track_folder_make("precious", "gold");
	assert_int_equal(symlink("precious", track_folder_path("bond0")), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", false), 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	/* Also in the place of the file that is renamed. */
	assert_int_equal(
	    symlink("precious", track_folder_path(".bondcarrierd-new")), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	assert_string_equal(track_folder_content("precious"), "gold");
	assert_int_equal(track_folder_count(), 2);
}

static void a_hard_link_is_broken_not_written(void **state)
{
	char precious[PATH_MAX];

	(void)state;
	mkdir(track_folder, 0755);
	track_folder_make("precious", "0\n");
	snprintf(precious, sizeof(precious), "%s",
		 track_folder_path("precious"));
	assert_int_equal(link(precious, track_folder_path("bond0")), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", false), 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_string_equal(track_folder_content("precious"), "0\n");
}

static void what_is_no_file_hangs_nothing(void **state)
{
	(void)state;
	mkdir(track_folder, 0755);
	assert_int_equal(mkfifo(track_folder_path("pipe"), 0600), 0);
	assert_int_equal(track_file_put(track_folder, "pipe", false), 0);
	assert_string_equal(track_folder_content("pipe"), "1\n");
	assert_int_equal(mkdir(track_folder_path("room"), 0700), 0);
	assert_int_equal(track_file_put(track_folder, "room", false), -EISDIR);
	assert_int_equal(track_folder_count(), 2);
}

static void a_folder_that_is_missing_is_made(void **state)
{
	char deep[PATH_MAX + 8];

	(void)state;
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(unlink(track_folder_path("bond0")), 0);
	assert_int_equal(rmdir(track_folder), 0);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	snprintf(deep, sizeof(deep), "%s/a/b", track_folder);
	assert_int_equal(track_file_put(deep, "bond0", true), -ENOENT);
	snprintf(deep, sizeof(deep), "%s/bond0", track_folder);
	assert_int_equal(track_file_put(deep, "bond0", true), -ENOTDIR);
}

/* A new file can't have a byte, as on a full disk: the old one's is turned. */
static void a_full_disk_still_lets_a_file_say_down(void **state)
{
	struct rlimit none = { .rlim_cur = 0 }, before;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_int_equal(mkdir(track_folder_path(".bondcarrierd-new"), 0700),
			 0);
	assert_int_equal(track_file_put(track_folder, "bond0", false), 0);
	assert_string_equal(track_folder_content("bond0"), "1\n");
	assert_int_equal(track_file_put(track_folder, "bond0", true), 0);
	assert_string_equal(track_folder_content("bond0"), "0\n");
	/* One that is not there yet can't. */
	assert_int_equal(track_file_put(track_folder, "bond1", false), -EEXIST);
	assert_string_equal(track_folder_content("bond1"), "(none)");
	assert_int_equal(rmdir(track_folder_path(".bondcarrierd-new")), 0);

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(track_file_put(track_folder, "bond1", false), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_string_equal(track_folder_content("bond1"), "(none)");
	assert_int_equal(track_folder_count(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_says_what_it_is_told),
		TEST(what_is_right_is_left_alone),
		TEST(what_is_wrong_is_replaced),
		TEST(what_says_up_is_found),
		TEST(odd_names_are_names),
		TEST(names_lead_nowhere_else),
		TEST(links_are_replaced_not_followed),
		TEST(a_hard_link_is_broken_not_written),
		TEST(what_is_no_file_hangs_nothing),
		TEST(a_folder_that_is_missing_is_made),
		TEST(a_full_disk_still_lets_a_file_say_down),
	};

	return cmocka_run_group_tests(tests, track_folder_begin,
				      track_folder_end);
}
