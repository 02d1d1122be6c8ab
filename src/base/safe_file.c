/* SPDX-License-Identifier: BSD-2-Clause */
/* Opens files without being led astray. */
#include "base/safe_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as the kernel's */
#define RACES_MAX 10 /* with somebody who makes and removes the file */

/* NONBLOCK: opening a FIFO waits for its other end. */
#define CAREFULLY (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

/* A walk along a path: the folder reached, and the rest of the path. */
struct walk {
	int folder; /* O_PATH */
	unsigned int links;
	char rest[PATH_MAX];
};

const char *safe_file_why(int err)
{
	switch (err < 0 ? -err : err) {
	case ELOOP:
		return "a symbolic link, which is not followed";
	case EINVAL:
		return "not a regular file";
	case EMLINK:
		return "the file has other names (hard links)";
	default:
		return strerror(err < 0 ? -err : err);
	}
}

static bool is_trusted(uid_t owner)
{
	return owner == 0 || owner == geteuid();
}

static bool may_follow(int folder, const struct stat *link)
{
	struct stat status;

	return is_trusted(link->st_uid) && fstat(folder, &status) == 0 &&
	       is_trusted(status.st_uid) &&
	       (!(status.st_mode & S_IWOTH) || (status.st_mode & S_ISVTX));
}

/* Replaces the folder of a walk, or ends it with an error. */
static int go_to(struct walk *walk, int folder)
{
	int err = folder < 0 ? -errno : 0;

	if (walk->folder >= 0)
		close(walk->folder);
	walk->folder = folder;
	return err;
}

static int go_to_start(struct walk *walk)
{
	return go_to(walk, open(*walk->rest == '/' ? "/" : ".",
				O_PATH | O_DIRECTORY | O_CLOEXEC));
}

/* Takes the next component off the path; "": there is none. */
static int take_name(struct walk *walk, char name[NAME_MAX + 1])
{
	size_t start = strspn(walk->rest, "/");
	size_t length = strcspn(walk->rest + start, "/");
	size_t end = start + length;

	if (length > NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(name, walk->rest + start, length);
	name[length] = '\0';
	end += strspn(walk->rest + end, "/");
	memmove(walk->rest, walk->rest + end, strlen(walk->rest + end) + 1);
	return 0;
}

/* Continues with the target of a link in the folder. */
static int follow(struct walk *walk, int link, const struct stat *status)
{
	char target[PATH_MAX], rest[PATH_MAX];
	ssize_t length;

	if (walk->links++ == LINKS_MAX || !may_follow(walk->folder, status))
		return -ELOOP;
	length = readlinkat(link, "", target, sizeof(target) - 1);
	if (length <= 0)
		return length < 0 ? -errno : -ENOENT;
	target[length] = '\0';
	memcpy(rest, walk->rest, strlen(walk->rest) + 1);
	if (snprintf(walk->rest, sizeof(walk->rest), "%s%s%s", target,
		     *rest ? "/" : "", rest) >= PATH_MAX)
		return -ENAMETOOLONG;
	return *target == '/' ? go_to_start(walk) : 0;
}

/* Into the folder of that name, or through the link. */
static int step(struct walk *walk, const char *name)
{
	int next = openat(walk->folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;
	int err;

	if (next < 0)
		return -errno;
	if (fstat(next, &status) < 0)
		err = -errno;
	else if (S_ISLNK(status.st_mode))
		err = follow(walk, next, &status);
	else
		return go_to(walk, next);
	close(next);
	return err;
}

static bool is_link(int folder, const char *name)
{
	struct stat status;

	return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISLNK(status.st_mode);
}

/* Walks up to the last component, and through it where it is a link. The
   folder, and the name in it; "": the path has none, such as "/". */
static int walk_to_last(const char *path, char name[NAME_MAX + 1])
{
	struct walk walk = { .folder = -1 };
	int err;

	if (!*path)
		return -ENOENT;
	if (snprintf(walk.rest, sizeof(walk.rest), "%s", path) >= PATH_MAX)
		return -ENAMETOOLONG;
	err = go_to_start(&walk);
	while (!err) {
		err = take_name(&walk, name);
		if (err || !*name ||
		    (!*walk.rest && !is_link(walk.folder, name)))
			break;
		err = step(&walk, name);
	}
	if (err && walk.folder >= 0)
		close(walk.folder);
	return err ? err : walk.folder;
}

/* `folder` is closed. */
static int open_in(int folder, const char *name, int flags)
{
	int fd, err;

	if (folder < 0)
		return folder;
	fd = openat(folder, *name ? name : ".", flags);
	err = -errno;
	close(folder);
	return fd < 0 ? err : fd;
}

int safe_file_open_folder(const char *path)
{
	char name[NAME_MAX + 1];

	return open_in(walk_to_last(path, name), name,
		       O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int safe_file_read(const char *path)
{
	char name[NAME_MAX + 1];

	return open_in(walk_to_last(path, name), name, O_RDONLY | CAREFULLY);
}

int safe_file_folder_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];
	size_t length = slash ? (size_t)(slash - path) + 1 : 0;

	*name = path + length;
	if (!**name || strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0)
		return *path ? -EISDIR : -ENOENT;
	if (length >= sizeof(folder))
		return -ENAMETOOLONG;
	memcpy(folder, path, length);
	folder[length] = '\0';
	return safe_file_open_folder(length ? folder : ".");
}

/* Just made here: so it is ours, unless somebody has changed it since. */
static int open_made(int parent, const char *name, mode_t mode)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | CAREFULLY);
	struct stat status;
	int err = 0;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) < 0)
		err = -errno;
	else if (status.st_uid != geteuid())
		err = -EPERM;
	else if (fchmod(fd, mode) < 0)
		err = -errno;
	if (!err)
		return fd;
	close(fd);
	return err;
}

int safe_file_make_folder(const char *path, mode_t mode, bool *made)
{
	char name[NAME_MAX + 1];
	int parent, fd = safe_file_open_folder(path);

	*made = false;
	if (fd != -ENOENT)
		return fd;
	parent = walk_to_last(path, name);
	if (parent < 0)
		return parent;
	*made = mkdirat(parent, name, mode) == 0;
	if (*made)
		fd = open_made(parent, name, mode);
	else
		fd = -errno;
	close(parent);
	return fd == -EEXIST ? safe_file_open_folder(path) : fd;
}

static int check(int fd, int flags)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	if (status.st_nlink > 1)
		return -EMLINK;
	return (flags & O_TRUNC) && ftruncate(fd, 0) < 0 ? -errno : 0;
}

static int open_old(int folder, const char *name, int flags)
{
	int err, fd = openat(folder, name,
			     (flags & ~(O_CREAT | O_TRUNC)) | CAREFULLY);

	if (fd < 0) /* ENXIO: a FIFO that nobody reads, or a socket */
		return errno == ENXIO ? -EINVAL : -errno;
	err = check(fd, flags);
	if (!err)
		return fd;
	close(fd);
	return err;
}

int safe_file_open_at(int folder, const char *name, int flags, mode_t mode,
		      bool *made)
{
	int fd = -ENOENT;

	for (int i = 0; i < RACES_MAX; i++) {
		if (made)
			*made = false;
		fd = open_old(folder, name, flags);
		if (fd != -ENOENT || !(flags & O_CREAT))
			return fd;
		fd = openat(folder, name, flags | O_EXCL | CAREFULLY, mode);
		if (fd >= 0 && made)
			*made = true;
		if (fd >= 0)
			return fd;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

int safe_file_open(const char *path, int flags, mode_t mode, bool *made)
{
	const char *name;
	int fd, folder = safe_file_folder_of(path, &name);

	if (folder < 0)
		return folder;
	fd = safe_file_open_at(folder, name, flags, mode, made);
	close(folder);
	return fd;
}

int safe_file_replace_at(int folder, const char *name, mode_t mode)
{
	int fd;

	(void)unlinkat(folder, name, 0);
	fd =
	    openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | CAREFULLY, mode);
	return fd < 0 ? -errno : fd;
}

bool safe_file_is_at(int fd, int folder, const char *name)
{
	struct stat ours, there;

	return fstat(fd, &ours) == 0 &&
	       fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	       ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}
