/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getopt_long() that describes an error in a sentence, instead of printing it.
 *
 * A word of the command line is hostile too: it passes printable_name().
 */
#ifndef BONDCARRIER_OPTIONS_H
#define BONDCARRIER_OPTIONS_H

#include <getopt.h>

#include "input/source.h"

#define OPTIONS_WRONG	 '?'
#define OPTIONS_WHY_SIZE 256

struct options {
	int argc;
	char **argv;
	const char *shorts; /* as of getopt(), beginning with a colon */
	const struct option *longs;
	const char *argument; /* of the option just returned, or NULL */
	char why[OPTIONS_WHY_SIZE];
};

void options_init(struct options *options, int argc, char **argv,
		  const char *shorts, const struct option *longs);

/* The next option's value; -1: there are no more, and options_rest() gives
   the names that are left; OPTIONS_WRONG: see `why`. */
int options_next(struct options *options);
void options_rest(const struct options *options, struct source_names *names);

/* Sets `why` for a value that is wrong: "WHAT, got 'VALUE'". Returns
   OPTIONS_WRONG. */
int options_refuse(struct options *options, const char *what,
		   const char *value);

#endif
