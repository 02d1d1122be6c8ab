/* SPDX-License-Identifier: BSD-2-Clause */
/* The links of this network namespace. */
#include "agentx/host_links.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/array.h"
#include "bond/bond.h"

/* The process's own file, so that /proc/net is not needed. */
#define DEV_FILE "/proc/self/net/dev"

struct host_links {
	int fd; /* any socket, for ioctl() */
	int *ifindexes;
	size_t count;
	size_t capacity;
	int64_t read_ms; /* INT64_MIN: never */
};

int host_links_open(struct host_links **out)
{
	struct host_links *list = calloc(1, sizeof(*list));
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

void host_links_close(struct host_links *list)
{
	if (!list)
		return;
	close(list->fd);
	free(list->ifindexes);
	free(list);
}

int host_links_flags(const struct host_links *list, int ifindex,
		     unsigned int *flags)
{
	struct ifreq request = { .ifr_ifindex = ifindex };

	/* A link renamed between the two calls counts as gone. For an unknown
	   name the kernel runs modprobe if the process has CAP_NET_ADMIN
	   (dev_load() of dev_ioctl.c); the systemd unit doesn't grant it. */
	if (ioctl(list->fd, SIOCGIFNAME, &request) < 0 ||
	    ioctl(list->fd, SIOCGIFFLAGS, &request) < 0)
		return -errno;
	*flags = (unsigned short)request.ifr_flags;
	return 0;
}

/* The kernel allows neither colons nor spaces in names. */
int host_links_parse_name(const char *line, char *name)
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

static int append(struct host_links *list, int ifindex)
{
	int err = ARRAY_ROOM(list->ifindexes, list->capacity, list->count + 1);

	if (!err)
		list->ifindexes[list->count++] = ifindex;
	return err;
}

/* Appends the link of the line, unless it is gone by now. */
static int add_line(struct host_links *list, const char *line)
{
	struct ifreq request = { .ifr_ifindex = 0 };

	/* As in host_links_flags(), a name just gone may cost a modprobe. */
	if (host_links_parse_name(line, request.ifr_name) < 0 ||
	    ioctl(list->fd, SIOCGIFINDEX, &request) < 0)
		return 0;
	return append(list, request.ifr_ifindex);
}

static int compare(const void *a, const void *b)
{
	int first = *(const int *)a, second = *(const int *)b;

	return (first > second) - (first < second);
}

static int read_links(struct host_links *list, int64_t now_ms)
{
	FILE *file = fopen(DEV_FILE, "re");
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
		qsort(list->ifindexes, list->count, sizeof(int), compare);
	list->read_ms = now_ms;
	return 0;
}

int host_links_next(struct host_links *list, int64_t from, int64_t now_ms,
		    int *ifindex)
{
	size_t at;
	int err;

	if (list->read_ms == INT64_MIN ||
	    now_ms - list->read_ms >= HOST_LINKS_MAX_AGE_MS) {
		err = read_links(list, now_ms);
		if (err)
			return err;
	}
	at = array_lower_bound(list->ifindexes, list->count, sizeof(int), from);
	if (at == list->count)
		return -ENOENT;
	*ifindex = list->ifindexes[at];
	return 0;
}
