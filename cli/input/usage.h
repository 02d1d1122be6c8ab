/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every command does with --help, --version and a wrong command line. Each
 * function returns the exit status.
 */
#ifndef BONDCARRIER_USAGE_H
#define BONDCARRIER_USAGE_H

#define USAGE_WRONG 2

/* Prints the help of one command. */
int usage_help(const char *usage, const char *help);
/* Prints the list of commands. */
int usage_overview(void);
int usage_version(void);

/* Prints on standard error why the command line is wrong, and the usage.
   Returns USAGE_WRONG. */
int usage_misused(const char *why, const char *usage);

#endif
