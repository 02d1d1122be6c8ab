/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrierd with synthetic events: flood -c CONFIG [-x ADDRESS] [-n CONTEXT]
 * [-i IFINDEX]
 *
 * Everything but the events is as in bondcarrierd, and started the same way.
 * A line on standard input is a command, and has a line as its answer:
 *
 *   push COUNT RATE   carrier events, RATE a second (0: all at once), logged
 *                     and queued as the kernel thread does
 *                     -> pushed LAST-INDEX
 *   link COUNT RATE   the same, as linkDown and linkUp of IF-MIB
 *   state             -> state QUEUED IN-FLIGHT MOST-IN-FLIGHT SENT DROPPED
 *   fates FATE        -> fates COUNT FIRST LAST    rows with that fate
 *   status STATUS     whether the kernel can be read (bondAgentStatus), as the
 *                     kernel thread publishes it -> ok
 *
 * End of file acts as SIGTERM.
 */
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "process/daemon.h"
#include "process/logging.h"
#include "service_internal.h"

/* -p: longer than the agent waits for a master that is on a busy machine, where
   that wait is not what is tried. */
#define PATIENCE_MS 10000

struct flood {
	struct service *service;
	struct bond bond;
	unsigned int count;
	size_t most_in_flight;
	int wait_ms;
};

/* Like on_event() of agent/kernel_thread.c, with a synthetic bond. */
static uint32_t push_one(struct flood *flood, unsigned int form)
{
	struct shared *shared = &flood->service->shared;
	bool up = ++flood->count % 2 == 0;
	int64_t wall_ms = clock_wall_ms();
	struct event event = {
		.type = up ? EVENT_EFFECTIVE_UP : EVENT_EFFECTIVE_DOWN,
		.bond = flood->bond.link.ifindex,
		.at_ms = clock_now_ms(),
		.effective = up ? CARRIER_UP : CARRIER_DOWN,
		.reason =
		    up ? CARRIER_REASON_LINK_UP : CARRIER_REASON_NO_SLAVE_UP,
	};
	struct outbox_item item;
	uint32_t index = 0;

	memcpy(event.bond_name, flood->bond.link.name, LINK_NAME_SIZE);
	shared_lock(shared);
	if (event_log_append(shared->events, &event, wall_ms, EVENT_FATE_QUEUED,
			     &index))
		abort();
	outbox_item_fill(&item, index, &event, &flood->bond, wall_ms);
	item.forms = form;
	if (outbox_push_item(shared->outbox, &item, shared_dropped, shared))
		abort();
	if (flood->most_in_flight < outbox_in_flight(shared->outbox))
		flood->most_in_flight = outbox_in_flight(shared->outbox);
	shared_signal(shared->wake_fd);
	shared_unlock(shared);
	return index;
}

static void push(struct flood *flood, unsigned int form, unsigned int count,
		 unsigned int rate)
{
	int64_t began_ms = clock_now_ms();
	uint32_t last = 0;

	for (unsigned int i = 0; i < count; i++) {
		while (rate &&
		       clock_now_ms() - began_ms < (int64_t)i * 1000 / rate) {
			const struct timespec ms = { .tv_nsec = 1000000 };

			nanosleep(&ms, NULL);
		}
		last = push_one(flood, form);
	}
	printf("pushed %" PRIu32 "\n", last);
}

static void say_state(struct flood *flood)
{
	struct shared *shared = &flood->service->shared;

	shared_lock(shared);
	printf("state %zu %zu %zu %u %u\n", outbox_count(shared->outbox),
	       outbox_in_flight(shared->outbox), flood->most_in_flight,
	       (unsigned int)shared->counters.sent,
	       (unsigned int)shared->counters.dropped);
	shared_unlock(shared);
}

static void say_fates(struct flood *flood, unsigned int fate)
{
	struct shared *shared = &flood->service->shared;
	const struct event_log_entry *entry;
	uint32_t count = 0, first = 0, last = 0;

	shared_lock(shared);
	entry = event_log_lower_bound(shared->events, 0);
	while (entry) {
		if ((unsigned int)entry->fate == fate) {
			first = count++ ? first : entry->index;
			last = entry->index;
		}
		entry = event_log_lower_bound(shared->events,
					      (int64_t)entry->index + 1);
	}
	shared_unlock(shared);
	printf("fates %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", count, first,
	       last);
}

/* Like publish() of agent/kernel_thread.c, until that runs again. */
static void publish(struct flood *flood, unsigned int status)
{
	struct shared *shared = &flood->service->shared;

	shared_lock(shared);
	shared->status = (enum bond_set_status)status;
	shared->work = true;
	shared_unlock(shared);
	printf("ok\n");
}

/* Not with stdio: from glibc 2.41 on exit() waits for the lock of a stream
   that another thread reads. */
static bool read_line(char *line, size_t size)
{
	size_t length = 0;

	while (length + 1 < size && read(STDIN_FILENO, line + length, 1) == 1) {
		if (line[length++] == '\n') {
			line[length] = '\0';
			return true;
		}
	}
	return false;
}

static void *obey(void *ctx)
{
	struct flood *flood = ctx;
	unsigned int a, b;
	char line[128];

	while (read_line(line, sizeof(line))) {
		if (sscanf(line, "push %u %u", &a, &b) == 2)
			push(flood, OUTBOX_OWN, a, b);
		else if (sscanf(line, "link %u %u", &a, &b) == 2)
			push(flood, OUTBOX_IF_LINK, a, b);
		else if (strcmp(line, "state\n") == 0)
			say_state(flood);
		else if (sscanf(line, "fates %u", &a) == 1)
			say_fates(flood, a);
		else if (sscanf(line, "status %u", &a) == 1)
			publish(flood, a);
		else
			printf("what?\n");
		fflush(stdout);
	}
	kill(getpid(), SIGTERM);
	return NULL;
}

static int read_options(struct options *options, struct flood *flood, int argc,
			char **argv)
{
	int option;

	memset(options, 0, sizeof(*options));
	while ((option = getopt(argc, argv, "x:c:n:i:p")) != -1) {
		if (option == 'x')
			options->agentx_socket = optarg;
		else if (option == 'c')
			options->config = optarg;
		else if (option == 'n')
			options->context = optarg;
		else if (option == 'i')
			flood->bond.link.ifindex = atoi(optarg);
		else if (option == 'p')
			flood->wait_ms = PATIENCE_MS;
		else
			return -1;
	}
	return options->config ? 0 : -1;
}

int main(int argc, char **argv)
{
	static struct flood flood = {
		.bond = { .link = { .ifindex = 7,
				    .flags = LINK_FLAG_UP,
				    .has_operstate = true } },
		.wait_ms = SESSION_WAIT_MS,
	};
	struct settings *settings;
	struct options options;
	struct snmp_directives directives;
	pthread_t id;
	int signal_fd;

	if (read_options(&options, &flood, argc, argv) ||
	    logging_open("e", LOG_NOTICE))
		return EXIT_FAILURE;
	snprintf(flood.bond.link.name, sizeof(flood.bond.link.name), "flood%d",
		 flood.bond.link.ifindex);
	settings = service_load_settings(&options, &directives, true);
	signal_fd = daemon_open_signals();
	if (!settings || signal_fd < 0)
		return EXIT_FAILURE;
	flood.service =
	    service_start(&options, settings, &directives, signal_fd);
	if (!flood.service || pthread_create(&id, NULL, obey, &flood))
		return EXIT_FAILURE;
	flood.service->agentx.session.wait_ms = flood.wait_ms;
	service_run(flood.service);
	/* After SIGTERM obey() may still read commands, and then use the
	   service: the sender of SIGTERM must send no more commands. */
	pthread_detach(id);
	service_stop(flood.service);
	snmp_directives_fini(&directives);
	close(signal_fd);
	return EXIT_SUCCESS;
}
