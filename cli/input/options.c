/* SPDX-License-Identifier: BSD-2-Clause */
/* Options, and a sentence about each that is wrong. */
#include "input/options.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/printable.h"
#include "explain/explain.h"

/* Longer words are cut. */
#define WORD_SIZE 128

void options_init(struct options *options, int argc, char **argv,
		  const char *shorts, const struct option *longs)
{
	*options = (struct options){
		.argc = argc, .argv = argv, .shorts = shorts, .longs = longs
	};
	opterr = 0;
	optind = 0; /* glibc: start over, also after another argv */
}

static const struct option *find_long(const struct options *options, int value)
{
	const struct option *at = options->longs;

	while (at->name && at->val != value)
		at++;
	return at->name ? at : NULL;
}

static bool is_ambiguous(const struct options *options, const char *word)
{
	size_t length = strcspn(word + 2, "=");
	int count = 0;

	for (const struct option *at = options->longs; at->name; at++)
		count += strncmp(at->name, word + 2, length) == 0;
	return length > 0 && count > 1;
}

/* getopt leaves optopt 0 for an unknown long option, otherwise the value of
   the wrong option. */
static void explain_unknown(struct options *options)
{
	const struct option *known = find_long(options, optopt);
	const char *last = options->argv[optind - 1];
	char word[WORD_SIZE];

	if (optopt == 0) {
		printable_name(last, word, sizeof(word));
		snprintf(options->why, sizeof(options->why),
			 is_ambiguous(options, last) ? "option %s is ambiguous"
						     : "unknown option %s",
			 word);
	} else if (known && strncmp(last, "--", 2) == 0) {
		snprintf(options->why, sizeof(options->why),
			 "option --%s takes no value", known->name);
	} else {
		const char letter[2] = { (char)optopt, '\0' };

		printable_name(letter, word, sizeof(word));
		snprintf(options->why, sizeof(options->why),
			 "unknown option -%s", word);
	}
}

static void explain_missing(struct options *options)
{
	const struct option *known = find_long(options, optopt);
	const char *last = options->argv[options->argc - 1];

	if (known && strncmp(last, "--", 2) == 0)
		snprintf(options->why, sizeof(options->why),
			 "option --%s needs a value", known->name);
	else
		snprintf(options->why, sizeof(options->why),
			 "option -%c needs a value", optopt);
}

int options_next(struct options *options)
{
	int option = getopt_long(options->argc, options->argv, options->shorts,
				 options->longs, NULL);

	options->argument = optarg;
	if (option == '?')
		explain_unknown(options);
	else if (option == ':')
		explain_missing(options);
	return option == ':' ? OPTIONS_WRONG : option;
}

void options_rest(const struct options *options, struct source_names *names)
{
	names->names = options->argv + optind;
	names->count = (size_t)(options->argc - optind);
}

int options_refuse(struct options *options, const char *what, const char *value)
{
	char word[WORD_SIZE];

	printable_name(value, word, sizeof(word));
	snprintf(options->why, sizeof(options->why), "%s, got '%s'", what,
		 word);
	return OPTIONS_WRONG;
}
