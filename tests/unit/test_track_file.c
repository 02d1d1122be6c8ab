/* SPDX-License-Identifier: BSD-2-Clause */
/* Track files on a real disk, and everything that may be in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keepalived/track_file.h"

static char base[] = "/tmp/test_track_file.XXXXXX";
static char folder[PATH_MAX];

static int begin(void **state)
{
	(void)state;
	if (!mkdtemp(base))
		return -1;
	snprintf(folder, sizeof(folder), "%s/track", base);
	return 0;
}

static void empty(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *item;

	if (!dir)
		return;
	while ((item = readdir(dir))) {
		if (strcmp(item->d_name, ".") == 0 ||
		    strcmp(item->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(dir), item->d_name, 0) < 0)
			unlinkat(dirfd(dir), item->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

static int tidy(void **state)
{
	(void)state;
	empty(folder);
	rmdir(folder);
	empty(base);
	return 0;
}

static int end(void **state)
{
	tidy(state);
	return rmdir(base);
}

static const char *path_of(const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%.3000s/%.255s", folder, name);
	return path;
}

static const char *content(const char *name)
{
	static char text[16];
	int fd = open(path_of(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd < 0)
		return "(none)";
	close(fd);
	text[got > 0 ? got : 0] = '\0';
	return text;
}

static void make(const char *name, const char *text)
{
	int fd = open(path_of(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static size_t files(void)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void a_file_says_what_it_is_told(void **state)
{
	mode_t mask = umask(077);
	struct stat status;

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", false), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_string_equal(content("bond0"), "0\n");
	assert_int_equal(stat(path_of("bond0"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(files(), 1);
	umask(mask);
}

static void what_is_right_is_left_alone(void **state)
{
	struct stat before, after;

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(stat(path_of("bond0"), &before), 0);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(stat(path_of("bond0"), &after), 0);
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
	mkdir(folder, 0755);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		make("bond0", wrong[i]);
		assert_int_equal(track_file_put(folder, "bond0", false), 0);
		assert_string_equal(content("bond0"), "1\n");
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
	assert_int_equal(mkdir(folder, 0755), 0);
	make("up", "0\n");
	make("down", "1\n");
	make("more", "0\n\n");
	make(".bondcarrierd-spare-0", "0\n");
	assert_int_equal(symlink("up", path_of("link")), 0);
	assert_int_equal(mkfifo(path_of("fifo"), 0600), 0);
	assert_int_equal(track_file_each_up(folder, add_word, words), 0);
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
		assert_int_equal(track_file_put(folder, names[i], false), 0);
		assert_string_equal(content(names[i]), "1\n");
		assert_int_equal(files(), i + 1);
	}
}

static void names_lead_nowhere_else(void **state)
{
	static const char *const names[] = { "", ".", "..", "../x", "/tmp/x" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(track_file_put(folder, names[i], false),
				 -EINVAL);
}

static void links_are_replaced_not_followed(void **state)
{
	(void)state;
	mkdir(folder, 0755);
	make("precious", "gold");
	assert_int_equal(symlink("precious", path_of("bond0")), 0);
	assert_int_equal(track_file_put(folder, "bond0", false), 0);
	assert_string_equal(content("bond0"), "1\n");
	/* Also in the place of the file that is renamed. */
	assert_int_equal(symlink("precious", path_of(".bondcarrierd-new")), 0);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_string_equal(content("bond0"), "0\n");
	assert_string_equal(content("precious"), "gold");
	assert_int_equal(files(), 2);
}

static void a_hard_link_is_broken_not_written(void **state)
{
	char precious[PATH_MAX];

	(void)state;
	mkdir(folder, 0755);
	make("precious", "0\n");
	snprintf(precious, sizeof(precious), "%s", path_of("precious"));
	assert_int_equal(link(precious, path_of("bond0")), 0);
	assert_int_equal(track_file_put(folder, "bond0", false), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_string_equal(content("precious"), "0\n");
}

static void what_is_no_file_hangs_nothing(void **state)
{
	(void)state;
	mkdir(folder, 0755);
	assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
	assert_int_equal(track_file_put(folder, "pipe", false), 0);
	assert_string_equal(content("pipe"), "1\n");
	assert_int_equal(mkdir(path_of("room"), 0700), 0);
	assert_int_equal(track_file_put(folder, "room", false), -EISDIR);
	assert_int_equal(files(), 2);
}

static void a_folder_that_is_missing_is_made(void **state)
{
	char deep[PATH_MAX + 8];

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(unlink(path_of("bond0")), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_string_equal(content("bond0"), "0\n");
	snprintf(deep, sizeof(deep), "%s/a/b", folder);
	assert_int_equal(track_file_put(deep, "bond0", true), -ENOENT);
	snprintf(deep, sizeof(deep), "%s/bond0", folder);
	assert_int_equal(track_file_put(deep, "bond0", true), -ENOTDIR);
}

/* A new file can't have a byte, as on a full disk: the old one's is turned. */
static void a_full_disk_still_lets_a_file_say_down(void **state)
{
	struct rlimit none = { .rlim_cur = 0 }, before;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(mkdir(path_of(".bondcarrierd-new"), 0700), 0);
	assert_int_equal(track_file_put(folder, "bond0", false), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_string_equal(content("bond0"), "0\n");
	/* One that is not there yet can't. */
	assert_int_equal(track_file_put(folder, "bond1", false), -EEXIST);
	assert_string_equal(content("bond1"), "(none)");
	assert_int_equal(rmdir(path_of(".bondcarrierd-new")), 0);

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(track_file_put(folder, "bond1", false), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_string_equal(content("bond1"), "(none)");
	assert_int_equal(files(), 1);
}

static void a_spare_takes_the_place_at_once(void **state)
{
	struct track_spares spares = { 0 };
	mode_t mask = umask(077);
	struct stat status;

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_int_equal(stat(path_of("bond0"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_int_equal(track_file_turn(folder, "bond0", true, &spares), 0);
	assert_string_equal(content("bond0"), "0\n");
	assert_int_equal(files(), 1);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares),
			 -ENOENT);
	assert_string_equal(content("bond0"), "0\n");
	umask(mask);
}

/* Half of one may lie there, and an empty track file is "healthy". */
static void the_spares_of_another_are_not_used(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	mkdir(folder, 0755);
	make("bond0", "0\n");
	make(".bondcarrierd-spare-0", "");
	make(".bondcarrierd-spare-1", "");
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares),
			 -ENOENT);
	assert_string_equal(content("bond0"), "0\n");
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares), 0);
	assert_string_equal(content("bond0"), "1\n");
}

static void another_folder_has_no_spares(void **state)
{
	struct track_spares spares = { 0 };
	char old[PATH_MAX + 8];

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	snprintf(old, sizeof(old), "%s-old", folder);
	assert_int_equal(rename(folder, old), 0);
	assert_int_equal(mkdir(folder, 0755), 0);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares),
			 -ENOENT);
	assert_int_equal(files(), 0);
	track_file_tidy(&spares);
	assert_int_equal(files(), 0);
	empty(old);
	assert_int_equal(rmdir(old), 0);
}

static void a_spare_needs_no_room(void **state)
{
	struct rlimit none = { .rlim_cur = 0 }, before;
	struct track_spares spares = { 0 };

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares), 0);
	/* The next can't be made, and none is left half. */
	assert_int_equal(track_file_prepare(folder, &spares), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_string_equal(content(".bondcarrierd-spare-1"), "(none)");
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares),
			 -ENOENT);
}

static void a_spare_follows_nothing(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	mkdir(folder, 0755);
	make("precious", "gold");
	assert_int_equal(symlink("precious", path_of("bond0")), 0);
	assert_int_equal(symlink("precious", path_of(".bondcarrierd-spare-1")),
			 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(track_file_turn(folder, "../x", false, &spares),
			 -EINVAL);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares), 0);
	assert_string_equal(content("bond0"), "1\n");
	assert_string_equal(content("precious"), "gold");
}

static void spares_are_taken_away(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(files(), 3);
	track_file_tidy(&spares);
	assert_int_equal(files(), 1);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares),
			 -ENOENT);
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
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	make(".bondcarrierd-spare-1", "1\n");
	snprintf(theirs, sizeof(theirs), "%s-theirs", folder);
	snprintf(path, sizeof(path), "%s/track", theirs);
	assert_int_equal(mkdir(theirs, 0755), 0);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(chown(theirs, 4711, 4711), 0);
	assert_int_equal(track_file_prepare(path, &spares), 0);
	empty(path);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(symlink(folder, path), 0);
	assert_int_equal(lchown(path, 4711, 4711), 0);

	assert_true(track_file_turn(path, "bond0", false, &spares) < 0);
	assert_int_equal(track_file_put(path, "bond0", false), -ELOOP);
	assert_int_equal(track_file_each_up(path, add_word, words), -ELOOP);
	assert_string_equal(words, "");
	track_file_tidy(&spares);
	assert_int_equal(track_file_prepare(path, &spares), -ELOOP);
	assert_string_equal(content("bond0"), "0\n");
	assert_int_equal(files(), 2);
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
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	err = track_file_turn(folder, "bond0", false, &spares);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(err, 0);
	assert_string_equal(content("bond0"), "1\n");
	track_file_tidy(&spares);
}

/* The folder was removed, and made again: the next spares are for the new
   one. */
static void spares_follow_the_folder(void **state)
{
	struct track_spares spares = { 0 };

	(void)state;
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	empty(folder);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(track_file_put(folder, "bond0", true), 0);
	assert_true(track_file_turn(folder, "bond0", false, &spares) < 0);
	assert_int_equal(track_file_prepare(folder, &spares), 0);
	assert_int_equal(track_file_turn(folder, "bond0", false, &spares), 0);
	assert_string_equal(content("bond0"), "1\n");
	track_file_tidy(&spares);
	assert_int_equal(files(), 1);
}

#define TEST(function) cmocka_unit_test_teardown(function, tidy)

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

	return cmocka_run_group_tests(tests, begin, end);
}
