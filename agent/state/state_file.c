/* SPDX-License-Identifier: BSD-2-Clause */
/* The state's file: read whole, written atomically, by one process. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/state_file.h"

/* As many bytes as there are, up to `size`. */
static ssize_t read_all(int fd, char *out, size_t size)
{
	size_t length = 0;

	while (length < size) {
		ssize_t got = read(fd, out + length, size - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		length += (size_t)got;
	}
	return (ssize_t)length;
}

int state_file_read(const char *path, char **text, size_t *length)
{
	/* NONBLOCK: opening a FIFO that was put there would wait for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat status;
	ssize_t got = -EFBIG;
	char *out = NULL;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0) {
		got = -errno;
	} else if (!S_ISREG(status.st_mode)) {
		got = -EINVAL;
	} else if (status.st_size <= (off_t)STATE_TEXT_MAX) {
		out = malloc(STATE_TEXT_MAX + 1);
		got = out ? read_all(fd, out, STATE_TEXT_MAX + 1) : -ENOMEM;
	}
	close(fd);
	if (got < 0) {
		free(out);
		return (int)got;
	}
	*text = out;
	*length = (size_t)got;
	return 0;
}

static int write_all(int fd, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		text += written;
		length -= (size_t)written;
	}
	return 0;
}

static int write_new(const char *path, const char *text, size_t length)
{
	int fd = open(path,
		      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW |
			  O_NONBLOCK,
		      0600);
	int err;

	if (fd < 0)
		return -errno;
	err = write_all(fd, text, length);
	if (!err && fsync(fd) < 0)
		err = -errno;
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

/* The rename is on the disk only when the folder is. */
static int sync_folder(const char *path)
{
	char folder[PATH_MAX];
	char *slash;
	int fd, err = 0;

	snprintf(folder, sizeof(folder), "%s", path);
	slash = strrchr(folder, '/');
	if (!slash)
		snprintf(folder, sizeof(folder), ".");
	else
		slash[slash == folder] = '\0';
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fsync(fd) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int beside(const char *path, const char *suffix, char out[PATH_MAX])
{
	int length = snprintf(out, PATH_MAX, "%s%s", path, suffix);

	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

int state_file_write(const char *path, const char *text, size_t length)
{
	char fresh[PATH_MAX];
	int err = beside(path, ".new", fresh);

	if (err)
		return err;
	err = write_new(fresh, text, length);
	if (!err && rename(fresh, path) < 0)
		err = -errno;
	if (err) {
		unlink(fresh);
		return err;
	}
	return sync_folder(path);
}

static bool is_at(int fd, const char *path)
{
	struct stat ours, there;

	return fd >= 0 && fstat(fd, &ours) == 0 && stat(path, &there) == 0 &&
	       ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

/* A file of its own, which is never removed: the state's is replaced by each
   write, and a lock would go with it. */
int state_file_lock(const char *path, int *fd)
{
	char lock[PATH_MAX];
	int fresh, err = beside(path, ".lock", lock);

	if (err || is_at(*fd, lock))
		return err;
	/* Reading is enough for a lock, and can be had on a read-only disk. */
	fresh =
	    open(lock, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
		 0600);
	if (fresh < 0)
		return -errno;
	if (flock(fresh, LOCK_EX | LOCK_NB) < 0) {
		err = errno == EWOULDBLOCK ? -EBUSY : -errno;
		close(fresh);
		return err;
	}
	if (*fd >= 0)
		close(*fd);
	*fd = fresh;
	return 0;
}

int state_file_move_bad(const char *path)
{
	char bad[PATH_MAX];
	int err = beside(path, ".bad", bad);

	if (!err && rename(path, bad) < 0)
		err = -errno;
	return err;
}

void state_file_boot_id(char boot_id[STATE_TEXT_BOOT_ID_SIZE])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t got = -1;

	if (fd >= 0) {
		got = read_all(fd, boot_id, STATE_TEXT_BOOT_ID_SIZE - 1);
		close(fd);
	}
	if (got != STATE_TEXT_BOOT_ID_SIZE - 1)
		snprintf(boot_id, STATE_TEXT_BOOT_ID_SIZE, "-");
	else
		boot_id[got] = '\0';
}
