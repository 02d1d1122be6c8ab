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

#include "base/safe_file.h"
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
	int fd = safe_file_open(path, O_RDONLY, 0, NULL);
	struct stat status;
	ssize_t got = -EFBIG;
	char *out = NULL;

	if (fd < 0)
		return fd;
	if (fstat(fd, &status) < 0) {
		got = -errno;
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

/* Where the file is: its folder, open, and the names in it. */
struct place {
	int folder;
	const char *name;
	char beside[NAME_MAX + 1];
};

static int make_parent(const char *path, const char *name)
{
	char parent[PATH_MAX];
	bool made;

	snprintf(parent, sizeof(parent), "%.*s", (int)(name - path), path);
	return safe_file_make_folder(parent, 0755, &made);
}

/* `suffix`: of the file beside it. */
static int find_place(struct place *place, const char *path, const char *suffix,
		      bool make)
{
	place->folder = safe_file_folder_of(path, &place->name);
	if (place->folder == -ENOENT && make)
		place->folder = make_parent(path, place->name);
	if (place->folder < 0)
		return place->folder;
	if (snprintf(place->beside, sizeof(place->beside), "%s%s", place->name,
		     suffix) <= NAME_MAX)
		return 0;
	close(place->folder);
	return -ENAMETOOLONG;
}

static int write_new(const struct place *place, const char *text, size_t length)
{
	int fd = safe_file_replace_at(place->folder, place->beside, 0600);
	int err;

	if (fd < 0)
		return fd;
	err = write_all(fd, text, length);
	if (!err && fsync(fd) < 0)
		err = -errno;
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

/* The rename is on the disk only when the folder is. */
static int sync_folder(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fsync(fd) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int replace(const struct place *place, const char *text, size_t length)
{
	int err = write_new(place, text, length);

	if (!err && renameat(place->folder, place->beside, place->folder,
			     place->name) < 0)
		err = -errno;
	if (!err)
		return sync_folder(place->folder);
	(void)unlinkat(place->folder, place->beside, 0);
	return err;
}

int state_file_write(const char *path, const char *text, size_t length)
{
	struct place place;
	int err = find_place(&place, path, ".new", true);

	if (err)
		return err;
	err = replace(&place, text, length);
	close(place.folder);
	return err;
}

static int lock_at(const struct place *place, int *fd)
{
	int err, fresh;

	if (*fd >= 0 && safe_file_is_at(*fd, place->folder, place->beside))
		return 0;
	/* Reading is enough for a lock, and can be had on a read-only disk. */
	fresh = safe_file_open_at(place->folder, place->beside,
				  O_RDONLY | O_CREAT, 0600, NULL);
	if (fresh < 0)
		return fresh;
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

/* A file of its own, which is never removed: the state's is replaced by each
   write, and a lock would go with it. */
int state_file_lock(const char *path, int *fd)
{
	struct place place;
	int err = find_place(&place, path, ".lock", true);

	if (err)
		return err;
	err = lock_at(&place, fd);
	close(place.folder);
	return err;
}

int state_file_move_bad(const char *path)
{
	struct place place;
	int err = find_place(&place, path, ".bad", false);

	if (err)
		return err;
	if (renameat(place.folder, place.name, place.folder, place.beside) < 0)
		err = -errno;
	close(place.folder);
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
