/* SPDX-License-Identifier: BSD-2-Clause */
/* A text file as a whole. */
#include "conf_load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* /dev/null is the usual word for "nothing". */
static int check_kind(const struct stat *stat, const char **why)
{
	if (S_ISREG(stat->st_mode) ||
	    (S_ISCHR(stat->st_mode) && stat->st_rdev == makedev(1, 3)))
		return 0;
	*why = S_ISDIR(stat->st_mode) ? "it is a folder"
				      : "it is not a regular file";
	return -EINVAL;
}

/* The size that stat() knows may be another by now. */
static int read_all(struct conf_load *file, int fd, const char **why)
{
	char *text = malloc(CONF_LOAD_MAX + 2);
	size_t length = 0;
	ssize_t more = 1;

	if (!text) {
		*why = "no memory";
		return -ENOMEM;
	}
	while (length <= CONF_LOAD_MAX &&
	       (more = read(fd, text + length, CONF_LOAD_MAX + 1 - length)) > 0)
		length += (size_t)more;
	if (more < 0 || length > CONF_LOAD_MAX) {
		int err = more < 0 ? errno : EFBIG;

		*why = more < 0 ? strerror(err) : "it is larger than 1 MiB";
		free(text);
		return -err;
	}
	text[length] = '\0';
	/* What editors elsewhere begin UTF-8 with. */
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		length -= 3;
		memmove(text, text + 3, length + 1);
	}
	file->text = text;
	file->length = length;
	return 0;
}

int conf_load(struct conf_load *file, const char *path, const char **why)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat stat;
	int err;

	if (fd < 0 || fstat(fd, &stat) < 0) {
		err = -errno;
		*why = strerror(errno);
	} else {
		err = check_kind(&stat, why);
		if (!err)
			err = read_all(file, fd, why);
		file->device = stat.st_dev;
		file->inode = stat.st_ino;
		file->open_to_all = (stat.st_mode & S_IROTH) != 0;
	}
	if (fd >= 0)
		close(fd);
	return err;
}
