/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads a text file. */
#include "config/text_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/safe_file.h"

/* /dev/null is accepted as an empty file. */
static int check_kind(const struct stat *stat, const char **why)
{
	if (S_ISREG(stat->st_mode) ||
	    (S_ISCHR(stat->st_mode) && stat->st_rdev == makedev(1, 3)))
		return 0;
	*why = S_ISDIR(stat->st_mode) ? "is a directory" : "not a regular file";
	return -EINVAL;
}

/* Doesn't rely on the size of stat(), which may change. */
static int read_all(struct text_file *file, int fd, const char **why)
{
	char *text = malloc(TEXT_FILE_MAX + 2);
	size_t length = 0;
	ssize_t more = 1;

	if (!text) {
		*why = "no memory";
		return -ENOMEM;
	}
	while (length <= TEXT_FILE_MAX &&
	       (more = read(fd, text + length, TEXT_FILE_MAX + 1 - length)) > 0)
		length += (size_t)more;
	if (more < 0 || length > TEXT_FILE_MAX) {
		int err = more < 0 ? errno : EFBIG;

		*why = more < 0 ? strerror(err) : "larger than 1 MiB";
		free(text);
		return -err;
	}
	text[length] = '\0';
	/* Skip a byte order mark. */
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		length -= 3;
		memmove(text, text + 3, length + 1);
	}
	file->text = text;
	file->length = length;
	return 0;
}

int text_file_load(struct text_file *file, const char *path, const char **why)
{
	int fd = safe_file_read(path);
	struct stat stat;
	int err;

	if (fd < 0) {
		*why = safe_file_why(fd);
		return fd;
	}
	if (fstat(fd, &stat) < 0) {
		err = -errno;
		*why = strerror(errno);
	} else {
		err = check_kind(&stat, why);
		if (!err)
			err = read_all(file, fd, why);
		file->device = stat.st_dev;
		file->inode = stat.st_ino;
		file->world_readable = (stat.st_mode & S_IROTH) != 0;
	}
	close(fd);
	return err;
}
