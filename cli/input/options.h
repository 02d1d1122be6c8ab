/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getopt_long() that describes an error in a sentence, instead of printing it.
 *
 * Words of the command line are hostile too: they pass through
 * printable_name().
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
	const char *shorts; /* as for getopt(), beginning with a colon */
	const struct option *longs;
	const char *argument; /* of the option just returned, or NULL */
	char why[OPTIONS_WHY_SIZE];
};

void options_init(struct options *options, int argc, char **argv,
		  const char *shorts, const struct option *longs);

/* Returns the next option's value; -1: there are no more, and options_rest()
   returns the remaining names; OPTIONS_WRONG: see `why`. */
int options_next(struct options *options);
void options_rest(const struct options *options, struct source_names *names);

/* Sets `why` for a value that is wrong: "WHAT, got 'VALUE'". Returns
   OPTIONS_WRONG. */
int options_refuse(struct options *options, const char *what,
		   const char *value);

#endif
