/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes of links, and how long it takes until somebody says so. */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

#define PATIENCE_MS 10000
#define SETTLE_MS   20 /* what follows a change, the kernel's re-reads too */

static int open_sink(const char *port)
{
	struct sockaddr_in self = { .sin_family = AF_INET,
				    .sin_port =
					htons((uint16_t)probe_number(port)),
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&self, sizeof(self)) < 0)
		err(1, "port %s", port);
	return fd;
}

/* Tells of each file that gets a name in there: the one that is watched is
   the only one. */
static int open_folder(char *path)
{
	int fd = inotify_init1(IN_CLOEXEC);

	if (fd < 0 || inotify_add_watch(fd, dirname(path), IN_MOVED_TO) < 0)
		err(1, "%s", path);
	return fd;
}

static int ready(int fd, int timeout_ms)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	return poll(&pfd, 1, timeout_ms) == 1;
}

static void drain(int fd, int timeout_ms)
{
	char buffer[65536];

	while (ready(fd, timeout_ms))
		if (read(fd, buffer, sizeof(buffer)) < 0)
			err(1, "read");
}

int probe_react(int argc, char *argv[])
{
	int64_t *samples;
	long count;
	int fd;

	if (argc != 5)
		errx(2, "react: trap PORT|file PATH LINK COUNT NAME");
	fd = strcmp(argv[0], "trap") == 0 ? open_sink(argv[1])
					  : open_folder(argv[1]);
	count = probe_number(argv[3]);
	samples = calloc((size_t)count, sizeof(*samples));
	for (long i = -10; i < count; i++) {
		int64_t began;

		drain(fd, SETTLE_MS);
		began = probe_now_ns();
		probe_set_up(argv[2], i & 1);
		if (!ready(fd, PATIENCE_MS))
			errx(1, "%s: nothing came", argv[4]);
		if (i >= 0)
			samples[i] = probe_now_ns() - began;
	}
	probe_print(argv[4], samples, (size_t)count);
	return 0;
}

/*
 * Whoever is woken up goes before from now on: with one processor all of them
 * have done their work when ours is done, and how much longer that took than
 * without them is what they cost. (The clock of processes counts in ticks in
 * the lab, where what is measured takes a hundredth of one.)
 */
static void go_last(void)
{
	struct sched_param param = { 0 };

	if (sched_setscheduler(0, SCHED_IDLE, &param) < 0)
		err(1, "SCHED_IDLE");
}

static void print_since(int64_t began)
{
	printf("%.6f\n", (double)(probe_now_ns() - began) / 1e9);
}

int probe_churn(int argc, char *argv[])
{
	int links = argc - 1;
	int64_t began;
	long count;

	if (argc < 2)
		errx(2, "churn: COUNT LINK...");
	count = probe_number(argv[0]);
	go_last();
	began = probe_now_ns();
	for (long i = 0; i < count; i++)
		probe_set_queue(argv[1 + i % links],
				1000 + (int)(i / links % 2));
	print_since(began);
	return 0;
}

int probe_rejoin(int argc, char *argv[])
{
	int64_t began;
	long count;

	if (argc != 3)
		errx(2, "rejoin: COUNT BOND LINK");
	count = probe_number(argv[0]);
	go_last();
	began = probe_now_ns();
	for (long i = 0; i < count; i++) {
		probe_set_master(argv[1], argv[2], 0);
		probe_set_up(argv[2], 0);
		probe_set_master(argv[1], argv[2], 1);
	}
	print_since(began);
	return 0;
}
