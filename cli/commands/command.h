/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The subcommands of bondcarrier.
 *
 * Each gets its own argv, whose first word is the command's name (the
 * program's, if no command was named), parses its options, and returns the exit
 * status: 0, COMMAND_FAILED or USAGE_WRONG; check returns those of a monitoring
 * plugin.
 */
#ifndef BONDCARRIER_COMMAND_H
#define BONDCARRIER_COMMAND_H

/* The kernel can't be read, or there is no such bond. */
#define COMMAND_FAILED 1

int command_show(int argc, char **argv);
int command_check(int argc, char **argv);
int command_watch(int argc, char **argv);
int command_capture(int argc, char **argv);

#endif
