/* SPDX-License-Identifier: BSD-2-Clause */
/* The links of this network namespace. */
#include "iflist.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "array.h"
#include "bond.h"

/* Of the process, so it needs no /proc/net. */
#define LINKS "/proc/self/net/dev"

struct iflist {
	int fd; /* any socket, for ioctl() */
	int *numbers;
	size_t count;
	size_t capacity;
	int64_t read_ms; /* INT64_MIN: never */
};

int iflist_open(struct iflist **out)
{
	struct iflist *list = calloc(1, sizeof(*list));
	int err;

	if (!list)
		return -ENOMEM;
	list->read_ms = INT64_MIN;
	list->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (list->fd < 0) {
		err = -errno;
		free(list);
		return err;
	}
	*out = list;
	return 0;
}

void iflist_close(struct iflist *list)
{
	if (!list)
		return;
	close(list->fd);
	free(list->numbers);
	free(list);
}

int iflist_flags(const struct iflist *list, int ifindex, unsigned int *flags)
{
	struct ifreq request = { .ifr_ifindex = ifindex };

	/* Renamed between the two, it is taken for gone. (For a name that is
	   not there the kernel runs modprobe, if we have CAP_NET_ADMIN:
	   dev_load() of dev_ioctl.c. The unit gives us none.) */
	if (ioctl(list->fd, SIOCGIFNAME, &request) < 0 ||
	    ioctl(list->fd, SIOCGIFFLAGS, &request) < 0)
		return -errno;
	*flags = (unsigned short)request.ifr_flags;
	return 0;
}

/* The kernel lets no name have a colon or a space in it. */
int iflist_name(const char *line, char *name)
{
	const char *start = line + strspn(line, " ");
	const char *colon = strchr(start, ':');
	size_t length = colon ? (size_t)(colon - start) : 0;

	if (length == 0 || length >= LINK_NAME_SIZE)
		return -ENOENT;
	memcpy(name, start, length);
	name[length] = '\0';
	return 0;
}

static int append(struct iflist *list, int number)
{
	int err = ARRAY_ROOM(list->numbers, list->capacity, list->count + 1);

	if (!err)
		list->numbers[list->count++] = number;
	return err;
}

/* The link of a line, unless it has gone meanwhile. */
static int add_line(struct iflist *list, const char *line)
{
	struct ifreq request = { .ifr_ifindex = 0 };

	/* As for the flags: a name that has just gone may cost a modprobe. */
	if (iflist_name(line, request.ifr_name) < 0 ||
	    ioctl(list->fd, SIOCGIFINDEX, &request) < 0)
		return 0;
	return append(list, request.ifr_ifindex);
}

static int rising(const void *a, const void *b)
{
	int first = *(const int *)a, second = *(const int *)b;

	return (first > second) - (first < second);
}

static int read_links(struct iflist *list, int64_t now_ms)
{
	FILE *file = fopen(LINKS, "re");
	char *line = NULL;
	size_t size = 0;
	int err = 0;

	if (!file)
		return -errno;
	list->count = 0;
	list->read_ms = INT64_MIN;
	while (!err && getline(&line, &size, file) >= 0)
		err = add_line(list, line);
	if (!err && ferror(file))
		err = -EIO;
	free(line);
	fclose(file);
	if (err)
		return err;
	if (list->count)
		qsort(list->numbers, list->count, sizeof(int), rising);
	list->read_ms = now_ms;
	return 0;
}

int iflist_next(struct iflist *list, int64_t from, int64_t now_ms, int *ifindex)
{
	size_t low = 0, high;
	int err;

	if (list->read_ms == INT64_MIN ||
	    now_ms - list->read_ms >= IFLIST_OLD_MS) {
		err = read_links(list, now_ms);
		if (err)
			return err;
	}
	high = list->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->numbers[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == list->count)
		return -ENOENT;
	*ifindex = list->numbers[low];
	return 0;
}
