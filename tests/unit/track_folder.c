/* SPDX-License-Identifier: BSD-2-Clause */
/* A track directory on a real disk. */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "track_folder.h"

static char base[] = "/tmp/test_track_file.XXXXXX";
char track_folder[PATH_MAX];

int track_folder_begin(void **state)
{
	(void)state;
	if (!mkdtemp(base))
		return -1;
	snprintf(track_folder, sizeof(track_folder), "%s/track", base);
	return 0;
}

void track_folder_empty(const char *path)
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

int track_folder_tidy(void **state)
{
	(void)state;
	track_folder_empty(track_folder);
	rmdir(track_folder);
	track_folder_empty(base);
	return 0;
}

int track_folder_end(void **state)
{
	track_folder_tidy(state);
	return rmdir(base);
}

const char *track_folder_path(const char *name)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%.3000s/%.255s", track_folder, name);
	return path;
}

const char *track_folder_content(const char *name)
{
	static char text[16];
	int fd =
	    open(track_folder_path(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (fd < 0)
		return "(none)";
	close(fd);
	text[got > 0 ? got : 0] = '\0';
	return text;
}

void track_folder_make(const char *name, const char *text)
{
	int fd =
	    open(track_folder_path(name), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

size_t track_folder_count(void)
{
	DIR *dir = opendir(track_folder);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}
