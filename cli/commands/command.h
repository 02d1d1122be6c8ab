/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The subcommands of bondcarrier.
 *
 * Each gets its own argv, whose first word is the command's name (the
 * program's, where the command was not named), parses its options, and
 * returns the exit status: 0, COMMAND_FAILED or COMMAND_USAGE; check has
 * those of a monitoring plugin.
 */
#ifndef BONDCARRIER_COMMAND_H
#define BONDCARRIER_COMMAND_H

enum {
	COMMAND_FAILED = 1, /* the kernel can't be read, or no such bond */
	COMMAND_USAGE = 2,
};

int command_show(int argc, char **argv);
int command_check(int argc, char **argv);
int command_watch(int argc, char **argv);
int command_capture(int argc, char **argv);

/* What they do with -h and with -V. */
int usage_help(const char *usage, const char *help);
int usage_overview(void);
int usage_version(void);

/* Says why, and what is right; COMMAND_USAGE. */
int usage_misused(const char *why, const char *usage);

#endif
