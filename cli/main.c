/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier: finds the subcommand.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "config.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
};

/* The first is the one that needs no name. */
static const struct command commands[] = {
	{ "show", command_show },
	{ "capture", command_capture },
};

int command_help(void)
{
	fputs("Usage: bondcarrier [show] [--json] [--from FILE] [BOND...]\n"
	      "       bondcarrier capture [-n COUNT] [-d SECONDS] FILE\n"
	      "\n"
	      "Shows what the kernel claims of each bond, what is true, why, "
	      "what is wrong\n"
	      "and what to do about it. Needs no privilege and no daemon.\n"
	      "\n"
	      "      --json       print JSON\n"
	      "      --from FILE  show the end of a capture, not the kernel\n"
	      "  -h, --help       print this and exit\n"
	      "  -V, --version    print the version and exit\n"
	      "\n"
	      "Exit status: 0 shown, 1 the kernel can't be read or a BOND is "
	      "not there,\n"
	      "2 wrong usage. See bondcarrier(8).\n",
	      stdout);
	return 0;
}

int command_version(void)
{
	puts(PACKAGE_STRING);
	return 0;
}

int command_misused(void)
{
	fputs("Try 'bondcarrier --help'.\n", stderr);
	return COMMAND_USAGE;
}

static const struct command *find(const char *word)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(commands[i].name, word) == 0)
			return &commands[i];
	}
	return NULL;
}

/* A full disk or a closed pipe must not look like success. */
static int finish(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "bondcarrier: can't write the output: %s\n",
		strerror(errno));
	return COMMAND_FAILED;
}

/* The command's name may stand behind options: bondcarrier --json show. */
int main(int argc, char **argv)
{
	const struct command *command = NULL;
	int at = 1;

	while (at < argc && argv[at][0] == '-' && strcmp(argv[at], "--") != 0)
		at++;
	if (at < argc)
		command = find(argv[at]);
	if (!command)
		return finish(commands[0].run(argc, argv));
	memmove(&argv[at], &argv[at + 1],
		(size_t)(argc - at) * sizeof(*argv)); /* with the NULL */
	return finish(command->run(argc - 1, argv));
}
