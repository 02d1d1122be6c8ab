/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier show: reads the kernel once, or a capture to its end, and shows
 * the bonds.
 */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "command.h"
#include "explain.h"
#include "judge.h"
#include "monitor.h"
#include "replay.h"
#include "show.h"

struct request {
	bool json;
	const char *from; /* a capture; NULL: the kernel */
	char **names;	  /* of bonds; none: all */
	size_t name_count;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool wants_colour(void)
{
	const char *no_color = getenv("NO_COLOR"); /* https://no-color.org */

	return isatty(STDOUT_FILENO) && !(no_color && no_color[0]);
}

static bool is_wanted(const struct request *request, const struct bond *bond)
{
	for (size_t i = 0; i < request->name_count; i++) {
		if (strncmp(bond->link.name, request->names[i],
			    LINK_NAME_SIZE) == 0)
			return true;
	}
	return request->name_count == 0;
}

static int show_text(const struct bond_set *set, const struct request *request)
{
	bool colour = wants_colour();
	bool first = true;

	for (size_t i = 0; i < set->count; i++) {
		if (!is_wanted(request, &set->bonds[i]))
			continue;
		if (!first)
			putchar('\n');
		show_bond(stdout, &set->bonds[i], colour);
		first = false;
	}
	if (set->count == 0 && request->name_count == 0)
		printf("There are no bonds in this %s.\n",
		       request->from ? "capture" : "network namespace");
	return 0;
}

static int show_json(const struct bond_set *set, const struct request *request)
{
	json_t *bonds = json_array();
	json_t *root;
	int err = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (is_wanted(request, &set->bonds[i]) &&
		    json_array_append_new(bonds,
					  show_json_bond(&set->bonds[i])))
			err = -ENOMEM;
	}
	root = json_pack("{s:o}", "bonds", bonds);
	if (!root || err ||
	    json_dumpf(root, stdout, JSON_INDENT(2) | JSON_PRESERVE_ORDER))
		err = -ENOMEM;
	else
		putchar('\n');
	json_decref(root);
	return err;
}

/* A line for each bond that was asked for and is not there. */
static int report_missing(const struct bond_set *set,
			  const struct request *request)
{
	char name[4 * LINK_NAME_SIZE];
	int status = 0;

	for (size_t i = 0; i < request->name_count; i++) {
		if (bond_set_find_name(set, request->names[i]))
			continue;
		fprintf(stderr, "bondcarrier: there is no bond %s\n",
			explain_name(request->names[i], name, sizeof(name)));
		status = COMMAND_FAILED;
	}
	return status;
}

static int show_set(const struct bond_set *set, const struct request *request)
{
	int status = report_missing(set, request);
	int err =
	    request->json ? show_json(set, request) : show_text(set, request);

	if (!err)
		return status;
	fprintf(stderr, "bondcarrier: %s\n", strerror(-err));
	return COMMAND_FAILED;
}

/* What was read before a damage is shown, and the damage said. */
static int show_capture(const struct request *request)
{
	struct replay_options options = { .sink = { NULL, NULL } };
	struct capture_error error = { "" };
	struct replay *replay;
	int status = 0;
	int err;

	judge_policy_defaults(&options.policy);
	err = replay_file(&replay, &options, request->from, &error);
	if (replay)
		status = show_set(replay_bonds(replay), request);
	if (err) {
		fprintf(stderr, "bondcarrier: %s: %s\n", request->from,
			error.text);
		status = COMMAND_FAILED;
	} else if (replay_counts(replay).malformed > 0) {
		fprintf(stderr,
			"bondcarrier: %s: malformed messages passed over: "
			"%llu\n",
			request->from,
			(unsigned long long)replay_counts(replay).malformed);
	}
	replay_free(replay);
	return status;
}

static int show_kernel(const struct request *request)
{
	struct monitor_options options = { .resync_interval_ms = 0 };
	struct monitor *monitor = NULL;
	int status;
	int err;

	judge_policy_defaults(&options.policy);
	err = monitor_open(&monitor, &options, now_ms());
	if (err) {
		fprintf(stderr,
			"bondcarrier: can't read the kernel's links: %s\n",
			strerror(-err));
		return COMMAND_FAILED;
	}
	status = show_set(monitor_bonds(monitor), request);
	monitor_close(monitor);
	return status;
}

int command_show(int argc, char **argv)
{
	enum { OPTION_JSON = 256, OPTION_FROM };
	static const struct option longs[] = {
		{ "json", no_argument, NULL, OPTION_JSON },
		{ "from", required_argument, NULL, OPTION_FROM },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct request request = { .json = false };
	int option;

	while ((option = getopt_long(argc, argv, "hV", longs, NULL)) != -1) {
		switch (option) {
		case OPTION_JSON:
			request.json = true;
			break;
		case OPTION_FROM:
			request.from = optarg;
			break;
		case 'h':
			return command_help();
		case 'V':
			return command_version();
		default:
			return command_misused();
		}
	}
	request.names = argv + optind;
	request.name_count = (size_t)(argc - optind);
	return request.from ? show_capture(&request) : show_kernel(&request);
}
