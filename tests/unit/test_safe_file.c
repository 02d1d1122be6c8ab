/* SPDX-License-Identifier: BSD-2-Clause */
/* What may be in the place of a file, and how a path leads there. What needs
   another user's folder is skipped without root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"

#define OTHER 4711

static char base[PATH_MAX];

static const char *at(const char *name)
{
	static char paths[4][2 * PATH_MAX];
	static size_t next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", base, name);
	return path;
}

static int begin(void **state)
{
	(void)state;
	strcpy(base, "/tmp/test_safe_file.XXXXXX");
	return mkdtemp(base) ? 0 : -1;
}

static int end(void **state)
{
	char command[2 * PATH_MAX];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", base);
	return system(command);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0640);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void assert_text(const char *path, const char *expected)
{
	char text[64] = "";
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	assert_true(read(fd, text, sizeof(text) - 1) >= 0);
	close(fd);
	assert_string_equal(text, expected);
}

static void assert_opens(const char *path, int flags, bool expected_made)
{
	bool made = !expected_made;
	int fd = safe_file_open(path, flags, 0600, &made);

	assert_true(fd >= 0);
	assert_int_equal(made, expected_made);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	close(fd);
}

static void assert_refuses(const char *path, int flags, int err)
{
	assert_int_equal(safe_file_open(path, flags, 0600, NULL), err);
}

static void a_file_is_made_once(void **state)
{
	struct stat status;

	(void)state;
	assert_refuses(at("file"), O_WRONLY, -ENOENT);
	assert_opens(at("file"), O_WRONLY | O_CREAT, true);
	assert_int_equal(stat(at("file"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	write_file(at("file"), "text");
	assert_opens(at("file"), O_WRONLY | O_CREAT, false);
	assert_opens(at("file"), O_WRONLY | O_CREAT | O_APPEND, false);
	assert_text(at("file"), "text");
	assert_opens(at("file"), O_WRONLY | O_CREAT | O_TRUNC, false);
	assert_text(at("file"), "");
}

/* Not truncated either. */
static void only_a_regular_file_with_one_name_is_opened(void **state)
{
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR };

	(void)state;
	write_file(at("file"), "text");
	assert_int_equal(symlink("file", at("link")), 0);
	assert_int_equal(symlink("none", at("dangling")), 0);
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	assert_int_equal(mkdir(at("folder"), 0700), 0);
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		int flags = modes[i] | O_CREAT | (modes[i] ? O_TRUNC : 0);

		assert_refuses(at("link"), flags, -ELOOP);
		assert_refuses(at("dangling"), flags, -ELOOP);
		assert_refuses(at("fifo"), flags, -EINVAL);
		assert_refuses(at("folder"), flags, -EISDIR);
		assert_refuses("/dev/null", flags, -EINVAL);
		assert_refuses(at("file/below"), flags, -ENOTDIR);
		assert_refuses(at("none/below"), flags, -ENOENT);
	}
	assert_int_equal(link(at("file"), at("hard")), 0);
	assert_refuses(at("file"), O_WRONLY | O_TRUNC, -EMLINK);
	assert_refuses(at("hard"), O_WRONLY | O_TRUNC, -EMLINK);
	assert_text(at("file"), "text");
	assert_int_equal(access(at("none"), F_OK), -1);
}

static void a_path_is_what_the_kernel_makes_of_it(void **state)
{
	char whole[PATH_MAX + 8], name[NAME_MAX + 8];

	(void)state;
	assert_int_equal(mkdir(at("a"), 0700), 0);
	assert_int_equal(mkdir(at("a/b"), 0700), 0);
	assert_int_equal(symlink("a/./b//", at("short")), 0);
	assert_int_equal(symlink(at("short"), at("a/whole")), 0);
	assert_int_equal(symlink("round", at("round")), 0);
	assert_opens(at("a//b/../whole/./x"), O_RDWR | O_CREAT, true);
	assert_int_equal(access(at("a/b/x"), F_OK), 0);
	assert_refuses(at("round/x"), O_RDWR | O_CREAT, -ELOOP);
	assert_refuses(at("a/"), O_RDWR | O_CREAT, -EISDIR);
	assert_refuses(at("a/.."), O_RDWR | O_CREAT, -EISDIR);
	assert_refuses("/", O_RDWR | O_CREAT, -EISDIR);
	assert_refuses("", O_RDWR | O_CREAT, -ENOENT);
	memset(whole, '/', sizeof(whole));
	whole[sizeof(whole) - 2] = 'x';
	whole[sizeof(whole) - 1] = '\0';
	assert_refuses(whole, O_RDWR | O_CREAT, -ENAMETOOLONG);
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_refuses(at(name), O_RDWR | O_CREAT, -ENAMETOOLONG);
	assert_refuses(at(strcat(strcpy(whole, name), "/x")), O_RDWR | O_CREAT,
		       -ENAMETOOLONG);
	assert_int_equal(chdir(at("a")), 0);
	assert_opens("y", O_RDWR | O_CREAT, true);
	assert_opens("../a/b/z", O_RDWR | O_CREAT, true);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(access(at("a/y"), F_OK), 0);
	assert_int_equal(access(at("a/b/z"), F_OK), 0);
}

static void folders_are_made_with_their_mode(void **state)
{
	mode_t mask = umask(077);
	struct stat status;
	bool made;
	int fd = safe_file_make_folder(at("new//"), 0755, &made);

	(void)state;
	umask(mask);
	assert_true(fd >= 0);
	assert_true(made);
	assert_int_equal(fchown(fd, getuid(), getgid()), 0);
	close(fd);
	assert_int_equal(stat(at("new"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0755);
	assert_int_equal(chmod(at("new"), 0711), 0);
	fd = safe_file_make_folder(at("new"), 0755, &made);
	assert_true(fd >= 0);
	assert_false(made);
	close(fd);
	assert_int_equal(stat(at("new"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0711);
	assert_int_equal(safe_file_make_folder(at("none/x"), 0755, &made),
			 -ENOENT);
	write_file(at("file"), "");
	assert_int_equal(safe_file_make_folder(at("file"), 0755, &made),
			 -ENOTDIR);
}

static void a_file_is_replaced_whatever_it_is(void **state)
{
	const char *name;
	int fd, folder;

	(void)state;
	write_file(at("file"), "text");
	assert_int_equal(link(at("file"), at("hard")), 0);
	assert_int_equal(symlink("file", at("link")), 0);
	assert_int_equal(mkdir(at("folder"), 0700), 0);
	folder = safe_file_folder_of(at("hard"), &name);
	assert_true(folder >= 0);
	assert_string_equal(name, "hard");
	fd = safe_file_replace_at(folder, name, 0600);
	assert_true(fd >= 0);
	assert_true(safe_file_is_at(fd, folder, "hard"));
	assert_false(safe_file_is_at(fd, folder, "file"));
	assert_false(safe_file_is_at(fd, folder, "none"));
	close(fd);
	fd = safe_file_replace_at(folder, "link", 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "new", 3), 3);
	close(fd);
	assert_int_equal(safe_file_replace_at(folder, "folder", 0600), -EEXIST);
	close(folder);
	assert_text(at("file"), "text");
	assert_text(at("link"), "new");
}

static void anything_may_be_read(void **state)
{
	static const char *const paths[] = { "file", "link", "fifo", "folder",
					     "lib/file" };

	(void)state;
	write_file(at("file"), "text");
	assert_int_equal(symlink("file", at("link")), 0);
	assert_int_equal(symlink(".", at("lib")), 0);
	assert_int_equal(symlink("none", at("dangling")), 0);
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	assert_int_equal(mkdir(at("folder"), 0700), 0);
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		int fd = safe_file_read(at(paths[i]));

		assert_true(fd >= 0);
		close(fd);
	}
	assert_int_equal(safe_file_read(at("dangling")), -ENOENT);
}

/* Makes a folder of another user's with a link to ours, and asks which links
   are followed to ours/file: those of that user, and ours in that folder. */
static void links_of_others_are_not_followed(void **state)
{
	static const struct {
		uid_t folder, link;
		mode_t mode;
		bool follows;
	} rows[] = {
		{ 0, 0, 0755, true },	   { 0, OTHER, 0755, false },
		{ OTHER, 0, 0755, false }, { OTHER, OTHER, 0755, false },
		{ 0, 0, 01777, true },	   { 0, OTHER, 01777, false },
		{ 0, 0, 0777, false },	   { 0, 0, 0775, true },
	};

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(mkdir(at("ours"), 0700), 0);
	write_file(at("ours/file"), "text");
	assert_int_equal(mkdir(at("folder"), 0700), 0);
	assert_int_equal(symlink("../ours", at("folder/link")), 0);
	assert_int_equal(symlink("../ours/file", at("folder/file")), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int err = rows[i].follows ? 0 : -ELOOP, fd;
		bool made;

		assert_int_equal(lchown(at("folder/link"), rows[i].link, 0), 0);
		assert_int_equal(lchown(at("folder/file"), rows[i].link, 0), 0);
		assert_int_equal(chown(at("folder"), rows[i].folder, 0), 0);
		assert_int_equal(chmod(at("folder"), rows[i].mode), 0);
		fd = safe_file_open(at("folder/link/file"), O_RDWR, 0, NULL);
		assert_int_equal(fd < 0 ? fd : close(fd), err);
		fd = safe_file_open_folder(at("folder/link"));
		assert_int_equal(fd < 0 ? fd : close(fd), err);
		fd = safe_file_make_folder(at("folder/link"), 0755, &made);
		assert_int_equal(fd < 0 ? fd : close(fd), err);
		fd = safe_file_read(at("folder/file"));
		assert_int_equal(fd < 0 ? fd : close(fd), err);
	}
}

static void errors_are_in_words(void **state)
{
	(void)state;
	assert_string_equal(safe_file_why(-EACCES), strerror(EACCES));
	assert_string_equal(safe_file_why(EACCES), strerror(EACCES));
	assert_non_null(strstr(safe_file_why(-ELOOP), "symbolic link"));
	assert_non_null(strstr(safe_file_why(-EMLINK), "hard links"));
	assert_non_null(strstr(safe_file_why(-EINVAL), "not a regular file"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_made_once),
		TEST(only_a_regular_file_with_one_name_is_opened),
		TEST(a_path_is_what_the_kernel_makes_of_it),
		TEST(folders_are_made_with_their_mode),
		TEST(a_file_is_replaced_whatever_it_is),
		TEST(anything_may_be_read),
		TEST(links_of_others_are_not_followed),
		TEST(errors_are_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
