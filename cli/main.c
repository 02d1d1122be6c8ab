/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bondcarrier: finds the subcommand.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/streams.h"
#include "commands/command.h"
#include "output/check.h"
#include "output/output.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	int failed; /* its exit status if its output can't be written */
};

/* The first one needs no name. */
static const struct command commands[] = {
	{ "show", command_show, COMMAND_FAILED },
	{ "check", command_check, CHECK_UNKNOWN },
	{ "watch", command_watch, COMMAND_FAILED },
	{ "capture", command_capture, COMMAND_FAILED },
};

static const struct command *find(const char *word)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(commands[i].name, word) == 0)
			return &commands[i];
	}
	return NULL;
}

/* A full disk or a closed pipe must not look like success. */
static int finish(const struct command *command, int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	output_complain(-errno);
	return command->failed;
}

/* How many words an option before the command takes: --from has a value. */
static int option_words(const char *word)
{
	size_t length = strlen(word);

	return length > 2 && strncmp(word, "--from", length) == 0 ? 2 : 1;
}

/* The command's name may follow options: bondcarrier --json show. */
int main(int argc, char **argv)
{
	const struct command *command = NULL;
	int at = 1;

	streams_guard();
	while (at < argc && argv[at][0] == '-' && argv[at][1] &&
	       strcmp(argv[at], "--") != 0)
		at += option_words(argv[at]);
	if (at < argc)
		command = find(argv[at]);
	if (!command)
		return finish(&commands[0], commands[0].run(argc, argv));
	argv[0] = argv[at];
	memmove(&argv[at], &argv[at + 1],
		(size_t)(argc - at) * sizeof(*argv)); /* with the NULL */
	return finish(command, command->run(argc - 1, argv));
}
