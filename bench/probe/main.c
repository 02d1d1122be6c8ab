/* SPDX-License-Identifier: BSD-2-Clause */
/* The stop-watch of the benchmarks. */
#include <err.h>
#include <errno.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "probe.h"

static const struct {
	const char *name;
	int (*run)(int argc, char *argv[]);
	const char *words;
} commands[] = {
	{ "get", probe_get, "ADDRESS COUNT NAME=OID..." },
	{ "walk", probe_walk,
	  "REPETITIONS COUNT [NAME ADDRESS OID,OID...]..." },
	{ "react", probe_react, "trap PORT|file PATH LINK COUNT NAME" },
	{ "churn", probe_churn, "COUNT LINK..." },
	{ "rejoin", probe_rejoin, "COUNT BOND LINK" },
	{ "start", probe_start, "ADDRESS OID COMMAND..." },
};

int64_t probe_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

long probe_number(const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || number < 0)
		errx(2, "not a number: %s", text);
	return number;
}

static int compare(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

double probe_middle(int64_t *samples_ns, size_t count)
{
	qsort(samples_ns, count, sizeof(*samples_ns), compare);
	return count > 0 ? (double)samples_ns[count / 2] : 0;
}

void probe_print(const char *name, int64_t *samples_ns, size_t count)
{
	qsort(samples_ns, count, sizeof(*samples_ns), compare);
	printf("%s %.1f %.1f\n", name, (double)samples_ns[count / 2] / 1e3,
	       (double)samples_ns[count * 99 / 100] / 1e3);
}

static void control(const char *link, unsigned long request,
		    struct ifreq *ifreq)
{
	static int fd = -1;

	if (fd < 0)
		fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	(void)snprintf(ifreq->ifr_name, sizeof(ifreq->ifr_name), "%s", link);
	if (ioctl(fd, request, ifreq) < 0)
		err(1, "%s", link);
}

void probe_set_up(const char *link, int up)
{
	struct ifreq ifreq;

	control(link, SIOCGIFFLAGS, &ifreq);
	ifreq.ifr_flags =
	    (short)(up ? ifreq.ifr_flags | IFF_UP : ifreq.ifr_flags & ~IFF_UP);
	control(link, SIOCSIFFLAGS, &ifreq);
}

void probe_set_queue(const char *link, int length)
{
	struct ifreq ifreq = { .ifr_qlen = length };

	control(link, SIOCSIFTXQLEN, &ifreq);
}

void probe_set_master(const char *bond, const char *link, int joins)
{
	struct ifreq ifreq;

	(void)snprintf(ifreq.ifr_slave, sizeof(ifreq.ifr_slave), "%s", link);
	control(bond, joins ? SIOCBONDENSLAVE : SIOCBONDRELEASE, &ifreq);
}

int main(int argc, char *argv[])
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (argc > 1 && strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 2, argv + 2);
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		(void)fprintf(stderr, "%s probe %s %s\n",
			      i ? "      " : "usage:", commands[i].name,
			      commands[i].words);
	return 2;
}
