/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier capture: records the kernel's link messages while a monitor
 * runs, so that what is there and what happens are both in the file.
 */
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "capture/capture.h"
#include "commands/command.h"
#include "input/options.h"
#include "input/signals.h"
#include "input/usage.h"
#include "sync/monitor.h"

#define DURATION_MAX_S (1000L * 1000 * 1000)

struct order {
	const char *path;
	uint64_t count;	     /* datagrams; 0: no limit */
	int64_t duration_ms; /* 0: no limit */
};

struct recording {
	struct capture_writer *writer;
	uint64_t limit; /* 0: none */
	uint64_t answers;
};

static const char usage[] =
    "Usage: bondcarrier capture [-n COUNT] [-d SECONDS] FILE\n";

static const char help[] =
    "Records the kernel's link messages to FILE (pcap; - is standard output)\n"
    "until SIGINT or SIGTERM.\n"
    "\n"
    "  -n, --count COUNT       stop after that many datagrams\n"
    "  -d, --duration SECONDS  stop after that time\n"
    "  -h, --help              print this and exit\n"
    "  -V, --version           print the version and exit\n"
    "\n"
    "Exit status: 0 success, 1 the kernel cannot be read or FILE cannot be "
    "written,\n"
    "2 usage error.\n";

static bool is_full(const struct recording *recording)
{
	return recording->limit &&
	       capture_writer_count(recording->writer) >= recording->limit;
}

static void on_datagram(void *ctx, const void *bytes, size_t length,
			bool from_dump)
{
	struct recording *recording = ctx;

	if (is_full(recording))
		return;
	capture_writer_add(recording->writer, bytes, length, from_dump,
			   clock_wall_us());
	recording->answers += from_dump;
}

/* A whole number from 1 to `max`; 0: it is not. */
static int64_t read_number(const char *text, int64_t max)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno || end == text || *end || value < 1 || value > max)
		return 0;
	return value;
}

/* Reads the number of an option; returns the option, or OPTIONS_WRONG. */
static int take_number(struct options *options, int option, int64_t max,
		       int64_t *value)
{
	char what[64];

	*value = read_number(options->argument, max);
	if (*value)
		return option;
	snprintf(what, sizeof(what),
		 option == 'n' ? "-n needs a positive number"
			       : "-d needs 1 to %ld seconds",
		 DURATION_MAX_S);
	return options_refuse(options, what, options->argument);
}

/* The exit status to leave with at once, or GO_ON. */
#define GO_ON (-1)
static int read_order(int argc, char **argv, struct order *order)
{
	static const struct option longs[] = {
		{ "count", required_argument, NULL, 'n' },
		{ "duration", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options;
	struct source_names files;
	int64_t value = 0;
	int option;

	options_init(&options, argc, argv, ":n:d:hV", longs);
	while ((option = options_next(&options)) != -1) {
		if (option == 'n') {
			option =
			    take_number(&options, option, INT64_MAX, &value);
			order->count = (uint64_t)value;
		} else if (option == 'd') {
			option = take_number(&options, option, DURATION_MAX_S,
					     &value);
			order->duration_ms = value * 1000;
		} else if (option == 'h') {
			return usage_help(usage, help);
		} else if (option == 'V') {
			return usage_version();
		}
		if (option == OPTIONS_WRONG)
			return usage_misused(options.why, usage);
	}
	options_rest(&options, &files);
	if (files.count != 1)
		return usage_misused(files.count ? "only one FILE allowed"
						 : "FILE is missing",
				     usage);
	order->path = files.names[0];
	return GO_ON;
}

/* Until a signal, the limit, the end of the time, or an error (-errno). */
static int record(struct monitor *monitor, const struct recording *recording,
		  int signals, int64_t end_ms)
{
	struct pollfd fds[] = {
		{ .fd = monitor_fd(monitor), .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
	};

	while (!is_full(recording) &&
	       !capture_writer_failed(recording->writer) &&
	       clock_now_ms() < end_ms) {
		int64_t next_ms = monitor_next_ms(monitor);
		int err;

		if (end_ms < next_ms)
			next_ms = end_ms;
		fds[0].fd = monitor_fd(monitor);
		if (poll(fds, 2, signals_poll_ms(next_ms)) < 0 &&
		    errno != EINTR)
			return -errno;
		if (fds[1].revents)
			break;
		err = monitor_dispatch(monitor, clock_now_ms());
		if (err)
			return err;
	}
	return 0;
}

/* Reads everything once more, so that the file ends with the state at its
   end, and at that time. */
static int read_again(struct monitor *monitor)
{
	struct judge_policy policy;
	struct tracker_filter all = { NULL, NULL };

	judge_policy_defaults(&policy);
	monitor_configure(monitor, &policy, &all, 0);
	return monitor_dispatch(monitor, clock_now_ms());
}

static int run(const struct order *order, struct recording *recording)
{
	struct monitor_options options = {
		.linksock = { .tap = on_datagram, .tap_ctx = recording },
	};
	struct monitor *monitor = NULL;
	int signals = signals_open();
	int64_t end_ms = INT64_MAX;
	int err;

	judge_policy_defaults(&options.policy);
	if (order->duration_ms)
		end_ms = clock_now_ms() + order->duration_ms;
	err =
	    signals < 0 ? -errno : source_monitor(&monitor, &options, signals);
	if (!err)
		err = record(monitor, recording, signals, end_ms);
	if (!err)
		err = read_again(monitor);
	if (monitor)
		monitor_close(monitor);
	if (signals >= 0)
		close(signals);
	return err;
}

int command_capture(int argc, char **argv)
{
	struct order order = { .path = NULL };
	struct recording recording = { .writer = NULL };
	struct capture_error error = { "" };
	uint64_t count;
	int err = read_order(argc, argv, &order);

	if (err != GO_ON)
		return err;
	if (capture_writer_open(&recording.writer, order.path, &error)) {
		fprintf(stderr, "bondcarrier: %s\n", error.text);
		return COMMAND_FAILED;
	}
	recording.limit = order.count;
	err = run(&order, &recording);
	if (err)
		fprintf(stderr,
			"bondcarrier: cannot read links from the kernel: %s\n",
			monitor_error_text(err));
	count = capture_writer_count(recording.writer);
	if (capture_writer_close(recording.writer, &error)) {
		fprintf(stderr, "bondcarrier: %s\n", error.text);
		return COMMAND_FAILED;
	}
	fprintf(stderr, "%llu datagrams recorded: %llu events, %llu answers\n",
		(unsigned long long)count,
		(unsigned long long)(count - recording.answers),
		(unsigned long long)recording.answers);
	return err ? COMMAND_FAILED : 0;
}
