/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier watch: prints the state of each bond, then a line for each event:
 * of the kernel until a signal arrives, or of a capture.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/printable.h"
#include "capture/replay.h"
#include "commands/command.h"
#include "explain/explain.h"
#include "input/request.h"
#include "input/signals.h"
#include "output/page.h"
#include "output/watch.h"
#include "sync/monitor.h"

/* If more bonds than this are new at a time, the state of all is printed. */
#define NEWCOMERS_MAX 16

struct session {
	const struct request *request;
	struct watch watch;
	bool begun; /* the first states have been printed */
	int newcomers[NEWCOMERS_MAX];
	size_t newcomer_count; /* may exceed NEWCOMERS_MAX */
	int64_t wall_ahead_ms; /* wall clock minus CLOCK_MONOTONIC */
};

static const char usage[] = "Usage: bondcarrier watch [--json] [--strict-lacp] "
			    "[--from FILE] [BOND...]\n";

static const char help[] =
    "Prints the state of each bond, then a line for each event, until SIGINT "
    "or\n"
    "SIGTERM.\n"
    "\n"
    "      --json         print each line as a JSON object\n"
    "      --strict-lacp  in 802.3ad, count only slaves that collect and "
    "distribute\n"
    "      --from FILE    print the events of a capture; - is standard input\n"
    "  -h, --help         print this and exit\n"
    "  -V, --version      print the version and exit\n"
    "\n"
    "Exit status: 0 ended by a signal, or its output was closed; 1 the kernel "
    "cannot be\n"
    "read; 2 usage error.\n";

/*
 * Converts a time of the monitor (CLOCK_MONOTONIC) to the wall clock; times of
 * a capture are already on the wall clock. The offset between the two clocks is
 * kept until one is set, so that a delay between reading the two does not make
 * times go backwards.
 */
static int64_t wall_of(struct session *session, int64_t at_ms)
{
	int64_t ahead_ms = clock_wall_ms() - clock_now_ms();

	if (session->request->from)
		return at_ms;
	if (llabs(ahead_ms - session->wall_ahead_ms) > 200)
		session->wall_ahead_ms = ahead_ms;
	return at_ms + session->wall_ahead_ms;
}

static void on_event(void *ctx, const struct event *event,
		     const struct bond *bond)
{
	struct session *session = ctx;

	if (!session->begun ||
	    !source_wants(&session->request->names, event->bond_name))
		return;
	watch_put_event(&session->watch, event, bond,
			wall_of(session, event->at_ms));
	if (event->type != EVENT_BOND_ADDED)
		return;
	if (session->newcomer_count < NEWCOMERS_MAX)
		session->newcomers[session->newcomer_count] = event->bond;
	session->newcomer_count++;
}

static bool is_new(const struct session *session, int ifindex)
{
	if (session->newcomer_count > NEWCOMERS_MAX)
		return true;
	for (size_t i = 0; i < session->newcomer_count; i++) {
		if (session->newcomers[i] == ifindex)
			return true;
	}
	return false;
}

static void put_states(struct session *session, const struct bond_set *set,
		       bool all, int64_t now_ms)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct bond *bond = &set->bonds[i];

		if ((all || is_new(session, bond->link.ifindex)) &&
		    source_wants(&session->request->names, bond->link.name))
			watch_put_state(&session->watch, bond,
					wall_of(session, now_ms));
	}
	session->newcomer_count = 0;
	session->begun = true;
}

/* Not an error, since the bond may still be created. */
static void report_missing(const struct request *request,
			   const struct bond_set *set, const char *suffix)
{
	char name[PRINTABLE_NAME_SIZE];

	for (size_t i = 0; i < request->names.count; i++) {
		const char *word = request->names.names[i];

		if (!source_find(set, word))
			fprintf(stderr, "bondcarrier: there is no bond %s%s\n",
				printable_name(word, name, sizeof(name)),
				suffix);
	}
	if (request->names.count == 0 && set->count == 0)
		fprintf(stderr, "bondcarrier: there are no bonds%s\n", suffix);
}

/* Prints what has changed, since the last dispatch, in what the monitor can
   read. */
static void put_notices(struct session *session, const struct monitor *monitor,
			const struct monitor_counters *before,
			enum bond_set_status was)
{
	struct monitor_counters counters = monitor_counters(monitor);
	enum bond_set_status is = monitor_bonds(monitor)->status;
	int64_t now_ms = wall_of(session, clock_now_ms());

	if (counters.overruns != before->overruns)
		watch_put_notice(&session->watch, WATCH_OVERRUN, 0, now_ms);
	if (is == BOND_SET_LOST && was != BOND_SET_LOST)
		watch_put_notice(&session->watch, WATCH_KERNEL_LOST,
				 -counters.lost_error, now_ms);
	if (is != BOND_SET_LOST && was == BOND_SET_LOST)
		watch_put_notice(&session->watch, WATCH_KERNEL_FOUND, 0,
				 now_ms);
}

/* Runs until a signal arrives or the reader is gone. 0 or -errno. */
static int follow(struct session *session, struct monitor *monitor, int signals)
{
	struct pollfd fds[] = {
		{ .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
		{ .fd = STDOUT_FILENO, .events = 0 }, /* POLLERR, POLLHUP */
	};
	int err = 0;

	while (!err && !session->watch.err) {
		struct monitor_counters before = monitor_counters(monitor);
		enum bond_set_status was = monitor_bonds(monitor)->status;

		fds[0].fd = monitor_fd(monitor);
		if (poll(fds, 3, signals_poll_ms(monitor_next_ms(monitor))) <
			0 &&
		    errno != EINTR)
			return -errno;
		if (fds[1].revents || fds[2].revents)
			return 0;
		err = monitor_dispatch(monitor, clock_now_ms());
		put_notices(session, monitor, &before, was);
		if (session->newcomer_count > 0)
			put_states(session, monitor_bonds(monitor), false,
				   clock_now_ms());
	}
	return err ? err : session->watch.err;
}

static int watch_kernel(struct session *session)
{
	struct monitor_options options = {
		.sink = { .emit = on_event, .ctx = session },
	};
	struct monitor *monitor = NULL;
	int signals = signals_open();
	int err = signals < 0 ? -errno : 0;

	judge_policy_defaults(&options.policy);
	options.policy.strict_lacp = session->request->strict_lacp;
	if (!err)
		err = source_monitor(&monitor, &options, signals);
	if (!err) {
		put_states(session, monitor_bonds(monitor), true,
			   clock_now_ms());
		report_missing(session->request, monitor_bonds(monitor),
			       "; waiting");
		err = follow(session, monitor, signals);
	}
	if (err && !session->watch.err)
		fprintf(stderr,
			"bondcarrier: cannot read links from the kernel: %s\n",
			monitor_error_text(err));
	monitor_close(monitor);
	if (signals >= 0)
		close(signals);
	return err;
}

static void on_first(void *ctx, const struct bond_set *set, int64_t now_ms)
{
	put_states(ctx, set, true, now_ms);
}

static int replay_to_end(struct session *session, struct replay *replay,
			 struct capture_reader *reader,
			 struct capture_error *error)
{
	struct capture_record record;
	int err = 0;
	int got = 1;

	while (!err && !session->watch.err && got > 0) {
		got = capture_reader_next(reader, &record, error);
		err = got > 0 ? replay_record(replay, &record)
			      : replay_end(replay);
		if (session->newcomer_count > 0)
			put_states(session, replay_bonds(replay), false,
				   replay_now_ms(replay));
	}
	if (!err)
		err = session->watch.err;
	return !err && got < 0 ? got : err;
}

static int watch_capture(struct session *session)
{
	const char *from = session->request->from;
	struct replay_options options = {
		.sink = { .emit = on_event, .ctx = session },
		.first = on_first,
		.first_ctx = session,
	};
	struct capture_reader *reader = NULL;
	struct capture_error error = { "" };
	struct replay *replay = NULL;
	char name[256];
	int err;

	judge_policy_defaults(&options.policy);
	options.policy.strict_lacp = session->request->strict_lacp;
	err = capture_reader_open(&reader, from, &error);
	if (!err)
		err = replay_new(&replay, &options);
	if (!err) {
		err = replay_to_end(session, replay, reader, &error);
		if (!session->watch.err)
			report_missing(session->request, replay_bonds(replay),
				       " at the end of the capture");
	}
	if (err && !session->watch.err)
		fprintf(stderr, "bondcarrier: %s: %s\n",
			printable_name(from, name, sizeof(name)),
			error.text[0] ? error.text : strerror(-err));
	replay_free(replay);
	if (reader)
		capture_reader_close(reader);
	return err;
}

static int run(const struct request *request)
{
	struct session session = {
		.request = request,
		.watch = { .out = stdout,
			   .json = request->json,
			   .strict_lacp = request->strict_lacp,
			   .coloured =
			       !request->json && page_wants_colour(stdout) },
	};
	int err;

	signal(SIGPIPE, SIG_IGN);
	err = request->from ? watch_capture(&session) : watch_kernel(&session);
	if (session.watch.err && session.watch.err != -EPIPE)
		errno = -session.watch.err; /* for main()'s error message */
	if (session.watch.err == -EPIPE) {
		/* The reader is gone, which is not a failure. */
		__fpurge(stdout);
		clearerr(stdout);
		return 0;
	}
	return err ? COMMAND_FAILED : 0;
}

int command_watch(int argc, char **argv)
{
	struct request request;
	int status = request_read(&request, argc, argv, usage, help);

	return status == REQUEST_GO_ON ? run(&request) : status;
}
