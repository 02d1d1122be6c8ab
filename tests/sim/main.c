/* SPDX-License-Identifier: BSD-2-Clause */
/* The simulator: seeds, processors, failures. See tests/sim/README. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture/capture.h"
#include "check.h"
#include "run.h"
#include "shrink.h"

#define ACTIONS	     120
#define SHRINK_RUNS  3000
#define FAILURES_MAX 4096
#define WORKERS_MAX  64

struct options {
	uint64_t first, count;
	int actions;
	int workers;
	int seconds; /* 0: no limit */
	bool keep_going, no_shrink, verbose;
	const char *replay;
	const char *folder; /* for failures */
};

struct failure {
	uint64_t seed;
	int invariant;
	char tag[32];
	size_t actions, lines; /* as made up, as shrunk */
};

/* What the workers share. */
struct tally {
	uint64_t next; /* seed */
	uint64_t current[WORKERS_MAX];
	uint64_t runs, steps, actions;
	int64_t simulated_ms;
	int failure_count;
	struct failure failures[FAILURES_MAX];
};

static struct tally *shared;

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void on_datagram(void *ctx, const void *bytes, size_t length,
			bool is_answer)
{
	capture_writer_add(ctx, bytes, length, is_answer,
			   (seam.now_ms + seam.wall_ms) * 1000);
}

/* Once more, with what is received in a file for `bondcarrier --from`. */
static void capture(const struct script *script, const char *path)
{
	struct run_options options = { .script = script, .tap = on_datagram };
	struct capture_writer *writer;
	struct capture_error error;
	struct run_result result;

	if (capture_writer_open(&writer, path, &error) < 0) {
		fprintf(stderr, "sim: %s\n", error.text);
		return;
	}
	options.tap_ctx = writer;
	run(&options, &result);
	script_fini(&result.script);
	if (capture_writer_close(writer, &error) < 0)
		fprintf(stderr, "sim: %s\n", error.text);
}

static void print_failure(const struct run_result *result)
{
	printf("FAIL: invariant %d (%s) at %" PRId64 " ms: %s\n",
	       result->failed, result->tag, result->failed_ms, result->text);
}

static void keep_failure(const struct options *options,
			 const struct run_result *result)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sim-%" PRIu64 ".script",
		 options->folder, result->script.seed);
	file = fopen(path, "w");
	if (!file) {
		fprintf(stderr, "sim: %s: %s\n", path, strerror(errno));
		return;
	}
	fprintf(file, "# invariant %d (%s): %s\n", result->failed, result->tag,
		result->text);
	script_print(&result->script, file);
	fclose(file);
	printf("again: sim --replay %s\n", path);
	snprintf(path, sizeof(path), "%s/sim-%" PRIu64 ".pcap", options->folder,
		 result->script.seed);
	capture(&result->script, path);
	printf("the bytes: bondcarrier show --from %s\n", path);
}

static void fail(const struct options *options, uint64_t seed,
		 struct run_result *result)
{
	int place =
	    __atomic_fetch_add(&shared->failure_count, 1, __ATOMIC_RELAXED);
	size_t actions = result->script.count;

	if (!options->no_shrink)
		shrink(result, SHRINK_RUNS);
	if (place < FAILURES_MAX) {
		struct failure *failure = &shared->failures[place];

		failure->seed = seed;
		failure->invariant = result->failed;
		memcpy(failure->tag, result->tag, sizeof(failure->tag));
		failure->actions = actions;
		failure->lines = result->script.count;
	}
	printf("seed %" PRIu64 ": ", seed);
	print_failure(result);
	if (!options->no_shrink) {
		script_print(&result->script, stdout);
		keep_failure(options, result);
	}
	fflush(stdout);
}

static void add_up(const struct run_result *result)
{
	__atomic_fetch_add(&shared->runs, 1, __ATOMIC_RELAXED);
	__atomic_fetch_add(&shared->steps, result->steps, __ATOMIC_RELAXED);
	__atomic_fetch_add(&shared->actions, result->actions, __ATOMIC_RELAXED);
	__atomic_fetch_add(&shared->simulated_ms, result->simulated_ms,
			   __ATOMIC_RELAXED);
}

static void work(const struct options *options, int worker, double until_s)
{
	struct run_options run_options = { .actions = options->actions,
					   .verbose = options->verbose };
	struct run_result result;

	while (until_s == 0 || now_s() < until_s) {
		uint64_t seed =
		    __atomic_fetch_add(&shared->next, 1, __ATOMIC_RELAXED);

		if (seed >= options->first + options->count ||
		    (shared->failure_count && !options->keep_going))
			return;
		shared->current[worker] = seed;
		run_options.seed = seed;
		run(&run_options, &result);
		add_up(&result);
		if (result.failed >= 0)
			fail(options, seed, &result);
		script_fini(&result.script);
	}
}

/* Failures by kind, and the figures. */
static void summarise(double seconds, int workers)
{
	int count = shared->failure_count < FAILURES_MAX ? shared->failure_count
							 : FAILURES_MAX;

	for (int i = 0; i < count; i++) {
		const struct failure *one = &shared->failures[i];
		const struct failure *least = one;
		int same = 0;

		for (int j = 0; j < count; j++) {
			const struct failure *other = &shared->failures[j];

			if (other->invariant != one->invariant ||
			    strcmp(other->tag, one->tag) != 0)
				continue;
			if (j < i)
				goto next;
			same++;
			if (other->lines < least->lines)
				least = other;
		}
		printf("invariant %d %-18s %4d seeds, the shortest: seed "
		       "%" PRIu64 ", %zu actions, shrunk to %zu lines\n",
		       one->invariant, one->tag, same, least->seed,
		       least->actions, least->lines);
	next:;
	}
	printf("%" PRIu64 " runs, %" PRIu64 " operations and faults, %" PRIu64
	       " steps, %.1f h simulated: %d failures; %.0f steps/s on %d "
	       "processors\n",
	       shared->runs, shared->actions, shared->steps,
	       (double)shared->simulated_ms / 3.6e6, shared->failure_count,
	       (double)shared->steps / seconds, workers);
}

static int run_all(const struct options *options)
{
	double began_s = now_s();
	double until_s = options->seconds ? began_s + options->seconds : 0;
	pid_t pids[WORKERS_MAX];
	int bad = 0, status;

	shared->next = options->first;
	fflush(stdout);
	for (int i = 0; i < options->workers; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			work(options, i, until_s);
			_exit(0);
		}
	}
	for (int i = 0; i < options->workers; i++) {
		waitpid(pids[i], &status, 0);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		printf("FAIL: seed %" PRIu64 ": the program ended, status %d\n",
		       shared->current[i], status);
		bad = 1;
	}
	summarise(now_s() - began_s, options->workers);
	return bad || shared->failure_count ? 1 : 0;
}

static int replay(const struct options *options)
{
	struct run_options run_options = { .verbose = options->verbose };
	struct run_result result;
	struct script script;
	int line, err = script_read(&script, options->replay, &line);

	if (err) {
		fprintf(stderr, "sim: %s: line %d: %s\n", options->replay, line,
			strerror(-err));
		return 2;
	}
	run_options.script = &script;
	run(&run_options, &result);
	script_fini(&script);
	if (result.failed >= 0)
		print_failure(&result);
	else
		printf("it does not fail\n");
	script_fini(&result.script);
	return result.failed >= 0;
}

static const char usage[] =
    "Usage: sim [--seed N] [--seeds COUNT] [--steps M] [--jobs N]\n"
    "           [--seconds S] [--keep-going] [--no-shrink] [--verbose]\n"
    "           [--folder FOLDER] [--ignore TAG,TAG ...]\n"
    "       sim --replay FILE [--verbose]\n";

static int read_options(int argc, char **argv, struct options *out)
{
	static const struct option names[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "seeds", required_argument, NULL, 'n' },
		{ "steps", required_argument, NULL, 'm' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "seconds", required_argument, NULL, 't' },
		{ "keep-going", no_argument, NULL, 'k' },
		{ "no-shrink", no_argument, NULL, 'x' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "replay", required_argument, NULL, 'r' },
		{ "folder", required_argument, NULL, 'f' },
		{ "ignore", required_argument, NULL, 'i' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (option) {
		case 's':
			out->first = strtoull(optarg, NULL, 10);
			break;
		case 'n':
			out->count = strtoull(optarg, NULL, 10);
			break;
		case 'm':
			out->actions = atoi(optarg);
			break;
		case 'j':
			out->workers = atoi(optarg);
			break;
		case 't':
			out->seconds = atoi(optarg);
			break;
		case 'k':
			out->keep_going = true;
			break;
		case 'x':
			out->no_shrink = true;
			break;
		case 'v':
			out->verbose = true;
			break;
		case 'r':
			out->replay = optarg;
			break;
		case 'i':
			check_ignored = optarg;
			break;
		case 'f':
			out->folder = optarg;
			break;
		default:
			return -1;
		}
	}
	return optind == argc ? 0 : -1;
}

int main(int argc, char **argv)
{
	struct options options = { .first = 1,
				   .count = 1,
				   .actions = ACTIONS,
				   .workers =
				       (int)sysconf(_SC_NPROCESSORS_ONLN),
				   .folder = "." };

	if (read_options(argc, argv, &options) < 0) {
		fputs(usage, stderr);
		return 2;
	}
	if (options.workers < 1 || options.count == 1)
		options.workers = 1;
	if (options.workers > WORKERS_MAX)
		options.workers = WORKERS_MAX;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		perror("sim");
		return 2;
	}
	return options.replay ? replay(&options) : run_all(&options);
}
