/* SPDX-License-Identifier: BSD-2-Clause */
/* One track file: read it, replace it. */
#include "keepalived/track_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONTENT_SIZE 2

/* Longer than a link's name (IFNAMSIZ), and there is one writer. */
static const char fresh[] = ".bondcarrierd-new";
static const char *const spare_names[2] = {
	/* [up] */
	".bondcarrierd-spare-1",
	".bondcarrierd-spare-0",
};

/* NONBLOCK: opening a FIFO that was put there would wait for ever. */
#define CAREFULLY (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

static int open_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT) {
		if (mkdir(folder, 0755) < 0 && errno != EEXIST)
			return -errno;
		fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	return fd < 0 ? -errno : fd;
}

static const char *content_of(bool up)
{
	return up ? "0\n" : "1\n";
}

static bool says(int folder_fd, const char *name, bool up)
{
	int fd = openat(folder_fd, name, O_RDONLY | CAREFULLY);
	char content[CONTENT_SIZE + 1];
	ssize_t got;

	if (fd < 0)
		return false;
	got = read(fd, content, sizeof(content));
	close(fd);
	return got == CONTENT_SIZE &&
	       memcmp(content, content_of(up), CONTENT_SIZE) == 0;
}

/* So short that it is written whole or not at all. */
static int write_new(int folder_fd, const char *name, bool up)
{
	int fd = openat(folder_fd, name,
			O_WRONLY | O_CREAT | O_EXCL | CAREFULLY, 0644);
	ssize_t written;
	int err = 0;

	if (fd < 0)
		return -errno;
	/* keepalived may run as somebody else, whatever the umask. */
	if (fchmod(fd, 0644) < 0)
		err = -errno;
	written = write(fd, content_of(up), CONTENT_SIZE);
	if (written < 0)
		err = -errno;
	else if (written != CONTENT_SIZE)
		err = -ENOSPC;
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

/* A file of ours under that name, whatever lies there. */
static int make(int folder_fd, const char *name, bool up)
{
	int err;

	/* Of one that was killed, or put there by somebody. */
	(void)unlinkat(folder_fd, name, 0);
	err = write_new(folder_fd, name, up);
	if (err)
		(void)unlinkat(folder_fd, name, 0);
	return err;
}

static int replace(int folder_fd, const char *name, bool up)
{
	int err = make(folder_fd, fresh, up);

	if (err || renameat(folder_fd, fresh, folder_fd, name) == 0)
		return err;
	err = -errno;
	(void)unlinkat(folder_fd, fresh, 0);
	return err;
}

/* Only where it is a track file already: its room is its own, and so is its
   byte, if no other name leads to it. */
static int overwrite(int folder_fd, const char *name, bool up)
{
	int fd = openat(folder_fd, name, O_WRONLY | CAREFULLY);
	struct stat status;
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0)
		err = -errno;
	else if (!S_ISREG(status.st_mode) || status.st_nlink != 1 ||
		 status.st_size != CONTENT_SIZE)
		err = -EINVAL;
	else if (pwrite(fd, content_of(up), 1, 0) < 0)
		err = -errno;
	if (close(fd) < 0 && !err)
		err = -errno;
	return err;
}

/* The kernel gives no link such a name. */
static bool leaves_folder(const char *name)
{
	return !*name || strchr(name, '/') || strcmp(name, ".") == 0 ||
	       strcmp(name, "..") == 0;
}

int track_file_put(const char *folder, const char *name, bool up)
{
	int folder_fd, err = 0;

	if (leaves_folder(name))
		return -EINVAL;
	folder_fd = open_folder(folder);
	if (folder_fd < 0)
		return folder_fd;
	if (!says(folder_fd, name, up)) {
		err = replace(folder_fd, name, up);
		/* The first error is the one that tells. */
		if (err && overwrite(folder_fd, name, up) == 0)
			err = 0;
	}
	close(folder_fd);
	return err;
}

/* Beside the files of bonds: what lies ready, or was left half done. */
static bool is_own(const char *name)
{
	return strncmp(name, ".bondcarrierd-", strlen(".bondcarrierd-")) == 0;
}

int track_file_each_up(const char *folder,
		       void (*found)(void *ctx, const char *name), void *ctx)
{
	DIR *files = opendir(folder);
	const struct dirent *file;

	if (!files)
		return errno == ENOENT ? 0 : -errno;
	while ((file = readdir(files)))
		if (!leaves_folder(file->d_name) && !is_own(file->d_name) &&
		    says(dirfd(files), file->d_name, true))
			found(ctx, file->d_name);
	closedir(files);
	return 0;
}

static int path_of(char path[PATH_MAX], const char *folder, const char *name)
{
	int length = snprintf(path, PATH_MAX, "%s/%s", folder, name);

	return length < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* By paths: in a folder that has come in the place of ours there is no spare,
   and that is the whole look at it. */
int track_file_turn(const char *folder, const char *name, bool up,
		    struct track_spares *spares)
{
	char from[PATH_MAX], to[PATH_MAX];
	int err;

	if (leaves_folder(name))
		return -EINVAL;
	if (!spares->ready[up])
		return -ENOENT;
	err = path_of(from, folder, spare_names[up]);
	if (!err)
		err = path_of(to, folder, name);
	if (err)
		return err;
	spares->ready[up] = false;
	return rename(from, to) < 0 ? -errno : 0;
}

int track_file_prepare(const char *folder, struct track_spares *spares)
{
	int folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int err = 0;

	if (folder_fd < 0)
		return -errno;
	for (int up = 0; up < 2 && !err; up++) {
		if (!spares->ready[up])
			err = make(folder_fd, spare_names[up], up);
		spares->ready[up] = err == 0;
	}
	close(folder_fd);
	return err;
}

void track_file_tidy(const char *folder, struct track_spares *spares)
{
	char path[PATH_MAX];

	for (int up = 0; up < 2; up++) {
		if (path_of(path, folder, spare_names[up]) == 0)
			(void)unlink(path);
		spares->ready[up] = false;
	}
}
