/* SPDX-License-Identifier: BSD-2-Clause */
/* One track file: read it, replace it. */
#include "keepalived/track_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"

#define CONTENT_SIZE 2

/* Longer than a link's name (IFNAMSIZ), and there is one writer. */
static const char fresh[] = ".bondcarrierd-new";
static const char *const spare_names[2] = {
	/* [up] */
	".bondcarrierd-spare-1",
	".bondcarrierd-spare-0",
};

static int open_folder(const char *folder)
{
	bool made;

	return safe_file_make_folder(folder, 0755, &made);
}

static const char *content_of(bool up)
{
	return up ? "0\n" : "1\n";
}

static bool says(int folder_fd, const char *name, bool up)
{
	int fd = safe_file_open_at(folder_fd, name, O_RDONLY, 0, NULL);
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
	int fd = safe_file_replace_at(folder_fd, name, 0644);
	ssize_t written;
	int err = 0;

	if (fd < 0)
		return fd;
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

/* A file of ours under that name, whatever lies there: of one that was killed,
   or put there by somebody. */
static int make(int folder_fd, const char *name, bool up)
{
	int err = write_new(folder_fd, name, up);

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
	int fd = safe_file_open_at(folder_fd, name, O_WRONLY, 0, NULL);
	struct stat status;
	int err = 0;

	if (fd < 0)
		return fd;
	if (fstat(fd, &status) < 0)
		err = -errno;
	else if (status.st_size != CONTENT_SIZE)
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

static int open_list(const char *folder, DIR **files)
{
	int folder_fd = safe_file_open_folder(folder);
	int fd, why;

	if (folder_fd < 0)
		return folder_fd;
	fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*files = fd < 0 ? NULL : fdopendir(fd);
	why = errno;
	if (!*files && fd >= 0)
		close(fd);
	close(folder_fd);
	return *files ? 0 : -why;
}

int track_file_each_up(const char *folder,
		       void (*found)(void *ctx, const char *name), void *ctx)
{
	const struct dirent *file;
	DIR *files = NULL;
	int err = open_list(folder, &files);

	if (!files)
		return err == -ENOENT ? 0 : err;
	while ((file = readdir(files)))
		if (!leaves_folder(file->d_name) && !is_own(file->d_name) &&
		    says(dirfd(files), file->d_name, true))
			found(ctx, file->d_name);
	closedir(files);
	return 0;
}

/* Another folder, or a link to one, may have come in its place. */
static bool is_at(const struct track_spares *spares, const char *folder)
{
	struct stat ours, there;

	return spares->is_open && fstat(spares->folder_fd, &ours) == 0 &&
	       stat(folder, &there) == 0 && ours.st_dev == there.st_dev &&
	       ours.st_ino == there.st_ino;
}

int track_file_turn(const char *folder, const char *name, bool up,
		    struct track_spares *spares)
{
	if (leaves_folder(name))
		return -EINVAL;
	if (!spares->ready[up] || !is_at(spares, folder))
		return -ENOENT;
	spares->ready[up] = false;
	return renameat(spares->folder_fd, spare_names[up], spares->folder_fd,
			name) < 0
		   ? -errno
		   : 0;
}

/* The folder that is there now. */
static int open_spares(const char *folder, struct track_spares *spares)
{
	int fd;

	if (is_at(spares, folder))
		return 0;
	fd = safe_file_open_folder(folder);
	if (fd < 0)
		return fd;
	track_file_tidy(spares);
	spares->folder_fd = fd;
	spares->is_open = true;
	return 0;
}

int track_file_prepare(const char *folder, struct track_spares *spares)
{
	int err = open_spares(folder, spares);

	for (int up = 0; up < 2 && !err; up++) {
		if (!spares->ready[up])
			err = make(spares->folder_fd, spare_names[up], up);
		spares->ready[up] = err == 0;
	}
	return err;
}

void track_file_tidy(struct track_spares *spares)
{
	if (!spares->is_open)
		return;
	for (int up = 0; up < 2; up++) {
		(void)unlinkat(spares->folder_fd, spare_names[up], 0);
		spares->ready[up] = false;
	}
	close(spares->folder_fd);
	spares->is_open = false;
}
