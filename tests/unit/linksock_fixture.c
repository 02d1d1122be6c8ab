/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of linksock on a kernel begin with. */
#include "config.h"

#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "linksock_fixture.h"

void on_event(void *ctx, const struct link_event *event)
{
	struct heard *heard = ctx;

	heard->count++;
	heard->distrusted += event->link.distrusted;
	heard->last = *event;
}

bool set_lo(bool up)
{
	struct ifreq request = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool done;

	if (fd < 0)
		return false;
	request.ifr_flags = up ? IFF_UP : 0;
	done = ioctl(fd, SIOCSIFFLAGS, &request) == 0;
	close(fd);
	return done;
}

struct linksock *open_sock(int receive_buffer)
{
	struct linksock_options options = { .receive_buffer = receive_buffer };
	struct linksock *sock = NULL;

	assert_int_equal(linksock_open(&sock, &options), 0);
	return sock;
}

void wait_readable(struct linksock *sock)
{
	struct pollfd pfd = { .fd = linksock_fd(sock), .events = POLLIN };

	assert_int_equal(poll(&pfd, 1, DEADLINE_MS), 1);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file) {
		(void)fputs(text, file);
		(void)fclose(file);
	}
}

static void skip_all(const char *why)
{
	printf("SKIP: %s\n", why);
	exit(77);
}

void enter_namespace(void)
{
	char map[32];
	unsigned int uid = (unsigned int)getuid();

	if (uid != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
			skip_all("this kernel gives no user namespace");
		(void)snprintf(map, sizeof(map), "0 %u 1", uid);
		write_file("/proc/self/uid_map", map);
	} else if (unshare(CLONE_NEWNET) != 0) {
		skip_all("this kernel gives no network namespace");
	}
	if (!set_lo(true) || !set_lo(false))
		skip_all("lo can't be set up and down here");
}
