/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier show: reads the kernel once, or a capture to its end, and shows
 * the bonds.
 */
#include <errno.h>
#include <string.h>

#include "base/printable.h"
#include "capture/replay.h"
#include "commands/command.h"
#include "explain/explain.h"
#include "input/request.h"
#include "output/json_bond.h"
#include "output/output.h"
#include "output/page.h"
#include "output/show.h"
#include "output/watch.h"

static const char usage[] =
    "Usage: bondcarrier [show] [--json] [--strict-lacp] [--from FILE] [BOND...]"
    "\n";

static const char help[] =
    "Shows for each bond what the kernel reports, its effective carrier and "
    "why, its\n"
    "problems, and what to do about them.\n"
    "\n"
    "      --json         print JSON\n"
    "      --strict-lacp  in 802.3ad, count only slaves that collect and "
    "distribute\n"
    "      --from FILE    show the end of a capture instead of the kernel; - "
    "is\n"
    "                     standard input\n"
    "  -h, --help         print this and exit\n"
    "  -V, --version      print the version and exit\n"
    "\n"
    "Exit status: 0 success, 1 the kernel cannot be read or a BOND does not "
    "exist,\n"
    "2 usage error.\n";

/* `captured_at`: see show_bond(). */
static void show_text(FILE *out, const struct bond_set *set,
		      const struct request *request, const char *captured_at)
{
	bool colour = page_wants_colour(stdout);
	bool first = true;

	for (size_t i = 0; i < set->count; i++) {
		if (!source_wants(&request->names, set->bonds[i].link.name))
			continue;
		if (!first)
			fputc('\n', out);
		show_bond(out, &set->bonds[i], colour, captured_at);
		first = false;
	}
	if (set->count == 0 && request->names.count == 0)
		fprintf(out, "There are no bonds in this %s.\n",
			request->from ? "capture" : "network namespace");
}

static int show_json(FILE *out, const struct bond_set *set,
		     const struct request *request)
{
	json_t *bonds = json_array();
	json_t *root;
	int err = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (source_wants(&request->names, set->bonds[i].link.name) &&
		    json_array_append_new(bonds, json_bond(&set->bonds[i])))
			err = -ENOMEM;
	}
	root = json_pack("{s:b, s:o}", "strictLacp", request->strict_lacp,
			 "bonds", bonds);
	if (!root || err ||
	    json_dumpf(root, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER))
		err = -ENOMEM;
	else
		fputc('\n', out);
	json_decref(root);
	return err;
}

/* A line for each bond of the command line that does not exist. `implied`: the
   word may be a mistyped command. */
static int report_missing(const struct bond_set *set,
			  const struct source_names *names, bool implied)
{
	char name[PRINTABLE_NAME_SIZE];
	int status = 0;

	for (size_t i = 0; i < names->count; i++) {
		if (source_find(set, names->names[i]))
			continue;
		fprintf(stderr, "bondcarrier: there is no bond %s%s\n",
			printable_name(names->names[i], name, sizeof(name)),
			implied && i == 0 ? ", and no such command" : "");
		status = COMMAND_FAILED;
	}
	return status;
}

static int show_source(const struct source *source,
		       const struct request *request, bool implied)
{
	const struct bond_set *set = source->bonds;
	char when[WATCH_TIME_SIZE];
	const char *captured_at = NULL;
	int status = report_missing(set, &request->names, implied);
	struct output output;
	int err = output_open(&output);

	if (source->replay)
		captured_at = watch_time(replay_now_ms(source->replay), when,
					 sizeof(when));
	if (!err) {
		int closed;

		if (request->json)
			err = show_json(output.stream, set, request);
		else
			show_text(output.stream, set, request, captured_at);
		closed = output_close(&output);
		err = err ? err : closed;
	}
	if (!err)
		return status;
	output_complain(err);
	return COMMAND_FAILED;
}

static int run(const struct request *request, bool implied)
{
	struct source source;
	int status = 0;
	int err = source_open(&source, request->from, request->strict_lacp);

	/* Of a damaged capture, what could be read is shown. */
	if (source.bonds)
		status = show_source(&source, request, implied);
	if (err)
		status = COMMAND_FAILED;
	if (source.trouble[0])
		fprintf(stderr, "bondcarrier: %s\n", source.trouble);
	source_close(&source);
	return status;
}

int command_show(int argc, char **argv)
{
	bool named = strcmp(argv[0], "show") == 0;
	const char *first = argv[1];
	struct request request;
	bool implied;
	int status =
	    request_read(&request, argc, argv, usage, named ? help : NULL);

	if (status != REQUEST_GO_ON)
		return status;
	/* Not behind "--". */
	implied = !named && request.names.count > 0 &&
		  request.names.names[0] == first;
	return run(&request, implied);
}
