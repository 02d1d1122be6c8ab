/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors, the clock, and eventfds. */
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "seam.h"

struct seam seam;
static struct seam_fd fds[SEAM_FDS];

struct seam_fd *seam_fd(int fd)
{
	if (fd < SEAM_FD || fd >= SEAM_FD + SEAM_FDS ||
	    fds[fd - SEAM_FD].kind == SEAM_FREE)
		return NULL;
	return &fds[fd - SEAM_FD];
}

int seam_fd_new(enum seam_fd_kind kind, struct seam_fd **out)
{
	for (int i = 0; i < SEAM_FDS; i++) {
		if (fds[i].kind != SEAM_FREE)
			continue;
		fds[i] = (struct seam_fd){ .kind = kind };
		*out = &fds[i];
		return SEAM_FD + i;
	}
	errno = EMFILE;
	return -1;
}

static int close_fd(struct seam_fd *fd)
{
	if (fd->kind == SEAM_SOCKET)
		seam_socket_close(fd->socket);
	memset(fd, 0, sizeof(*fd));
	return 0;
}

void seam_close_all(void)
{
	for (int i = 0; i < SEAM_FDS; i++)
		close_fd(&fds[i]);
}

void seam_reset(struct vk *vk)
{
	seam_close_all();
	seam_forget();
	seam = (struct seam){ .vk = vk,
			      .now_ms = vk->now_ms,
			      .wall_ms = SEAM_WALL_MS };
}

int __real_clock_gettime(clockid_t id, struct timespec *out);
int __wrap_clock_gettime(clockid_t id, struct timespec *out);
int __wrap_clock_gettime(clockid_t id, struct timespec *out)
{
	int64_t ms = seam.now_ms;

	if (!seam.vk)
		return __real_clock_gettime(id, out);
	if (id == CLOCK_REALTIME)
		ms += seam.wall_ms;
	out->tv_sec = (time_t)(ms / 1000);
	out->tv_nsec = (long)(ms % 1000) * 1000000;
	return 0;
}

int __wrap_eventfd(unsigned int value, int flags);
int __wrap_eventfd(unsigned int value, int flags)
{
	struct seam_fd *ours;
	int fd = seam_fd_new(SEAM_EVENTFD, &ours);

	(void)flags;
	if (fd >= 0)
		ours->counter = value;
	return fd;
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
	struct seam_fd *ours = seam_fd(fd);
	uint64_t more;

	if (!ours || length != sizeof(more))
		return __real_write(fd, bytes, length);
	memcpy(&more, bytes, sizeof(more));
	ours->counter += more;
	return (ssize_t)length;
}

ssize_t __real_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length);
ssize_t __wrap_read(int fd, void *bytes, size_t length)
{
	struct seam_fd *ours = seam_fd(fd);

	if (!ours || length < sizeof(ours->counter))
		return __real_read(fd, bytes, length);
	if (ours->counter == 0) {
		errno = EAGAIN;
		return -1;
	}
	memcpy(bytes, &ours->counter, sizeof(ours->counter));
	ours->counter = 0;
	return sizeof(ours->counter);
}

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
	struct seam_fd *ours = seam_fd(fd);

	return ours ? close_fd(ours) : __real_close(fd);
}
