/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier check: reads the kernel once, as a monitoring plugin. Every
 * error is UNKNOWN, and printed on standard output, where the monitoring
 * reads it.
 */
#include <stdio.h>
#include <string.h>

#include "commands/command.h"
#include "explain/explain.h"
#include "input/options.h"
#include "input/usage.h"
#include "output/check.h"
#include "output/output.h"

struct request {
	const char *from; /* a capture; NULL: the kernel */
	bool strict_lacp;
	struct check_policy policy;
	struct source_names names;
};

static const char usage[] =
    "Usage: bondcarrier check [-w KINDS] [-c KINDS] [--strict-lacp]\n"
    "                         [--from FILE] [BOND...]\n";

static const char help[] =
    "Prints a line with performance data for Nagios, Icinga and the like. "
    "The exit\n"
    "status also suits keepalived's vrrp_script: use -w none there, since "
    "keepalived\n"
    "treats WARNING as a failure.\n"
    "\n"
    "  -w, --warn KINDS   WARNING for these; default: all kinds, unmonitored,\n"
    "                     arpDown, degraded and slowMonitor\n"
    "  -c, --crit KINDS   CRITICAL for these, and whenever the carrier is "
    "down;\n"
    "                     default: falseUp\n"
    "      --strict-lacp  in 802.3ad, count only slaves that collect and "
    "distribute\n"
    "      --from FILE    check the end of a capture instead of the kernel; - "
    "is\n"
    "                     standard input\n"
    "  -h, --help         print this and exit\n"
    "  -V, --version      print the version and exit\n"
    "\n"
    "Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (the kernel cannot "
    "be read, a\n"
    "BOND does not exist, there are no bonds, or a usage error).\n"
    "\n"
    "KINDS is a comma-separated list of these names, or all, or none:\n";

/* Prints a name, on a new line where the last one has no room for it; returns
   the width of the line. */
static int print_name(const char *name, int width)
{
	int length = (int)strlen(name);

	if (width + 1 + length >= 80) {
		putchar('\n');
		width = 0;
	}
	printf("%s%s", width ? " " : "  ", name);
	return width + (width ? 1 : 2) + length;
}

/* The completion takes the names from here. */
static int print_help(void)
{
	int width = 0;

	usage_help(usage, help);
	for (int kind = 1; kind <= DISCREPANCY_KIND_COUNT; kind++)
		width = print_name(explain_kind((enum discrepancy_kind)kind),
				   width);
	putchar('\n');
	width = 0;
	for (int i = 0; i < DISCREPANCY_WARNING_COUNT; i++)
		width = print_name(explain_warning((enum discrepancy_warning)i),
				   width);
	putchar('\n');
	return 0;
}

static int misused(const char *why)
{
	char text[OPTIONS_WHY_SIZE + 16];

	snprintf(text, sizeof(text), "usage error: %s", why);
	fputs(usage, stderr);
	return check_print_unknown(stdout, text);
}

static int read_kinds(struct options *options, int option,
		      struct problem_set *kinds)
{
	char word[64];
	char what[64];

	if (problem_set_parse(kinds, options->argument, word, sizeof(word)))
		return option;
	snprintf(what, sizeof(what), "-%c needs kind names, 'all' or 'none'",
		 option);
	return options_refuse(options, what, word);
}

static int run(const struct request *request)
{
	struct source source;
	struct output output;
	enum check_state state = CHECK_UNKNOWN;
	int err = output_open(&output);

	source_open(&source, request->from, request->strict_lacp);
	if (!err) {
		if (source.bonds)
			state = check_print(output.stream, source.bonds,
					    &request->names, &request->policy,
					    source.trouble[0] ? source.trouble
							      : NULL);
		else
			state =
			    check_print_unknown(output.stream, source.trouble);
		err = output_close(&output);
	}
	source_close(&source);
	if (!err)
		return (int)state;
	output_complain(err);
	return CHECK_UNKNOWN;
}

int command_check(int argc, char **argv)
{
	enum { OPTION_FROM = 256, OPTION_STRICT };
	static const struct option longs[] = {
		{ "warn", required_argument, NULL, 'w' },
		{ "crit", required_argument, NULL, 'c' },
		{ "from", required_argument, NULL, OPTION_FROM },
		{ "strict-lacp", no_argument, NULL, OPTION_STRICT },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct request request = { .from = NULL };
	struct options options;
	int option;

	check_policy_defaults(&request.policy);
	options_init(&options, argc, argv, ":w:c:hV", longs);
	while ((option = options_next(&options)) != -1) {
		if (option == 'w')
			option = read_kinds(&options, option,
					    &request.policy.warning);
		else if (option == 'c')
			option = read_kinds(&options, option,
					    &request.policy.critical);
		else if (option == OPTION_FROM)
			request.from = options.argument;
		else if (option == OPTION_STRICT)
			request.strict_lacp = true;
		else if (option == 'h')
			return print_help();
		else if (option == 'V')
			return usage_version();
		if (option == OPTIONS_WRONG)
			return misused(options.why);
	}
	options_rest(&options, &request.names);
	return run(&request);
}
