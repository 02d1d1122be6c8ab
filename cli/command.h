/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The subcommands of bondcarrier.
 *
 * Each gets its own argv, whose first word stands for the command, parses
 * its options, and returns the exit status: 0, COMMAND_FAILED or
 * COMMAND_USAGE (check will have its own).
 */
#ifndef BONDCARRIER_COMMAND_H
#define BONDCARRIER_COMMAND_H

#include <stdio.h>

enum {
	COMMAND_FAILED = 1, /* the kernel can't be read, or no such bond */
	COMMAND_USAGE = 2,
};

int command_show(int argc, char **argv);
int command_capture(int argc, char **argv);

/* What every subcommand does with -h, with -V, and with a wrong option. */
int command_help(void);
int command_version(void);
int command_misused(void);

#endif
