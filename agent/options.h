/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command line of bondcarrierd(8).
 *
 * Strings are borrowed from argv or are in the struct, which must not move.
 */
#ifndef BONDCARRIER_AGENT_OPTIONS_H
#define BONDCARRIER_AGENT_OPTIONS_H

#include <limits.h>
#include <stdbool.h>

#include "config/listen_address.h"

#define OPTIONS_LOG_SIZE 1024

struct options {
	bool foreground;
	bool check_config;
	bool quiet;
	bool debug;
	const char *debug_tokens; /* NULL: all */
	const char *agentx_socket;
	const char *standalone; /* the argument of -S; NULL: with a master */
	const char *config;	/* NULL: the default, which may be absent */
	const char *pid_file;
	const char *user;
	const char *group;
	const char *context;
	char log[OPTIONS_LOG_SIZE]; /* for logging_open(); "": the default */
	bool log_open; /* net-snmp parsed -L itself, and logs already */
	char listen[LISTEN_ADDRESS_SIZE]; /* for net-snmp */
	/* With -t, the reason why `standalone` is invalid; "": it is valid. */
	char listen_why[LISTEN_ADDRESS_WHY];
	char whole_config[PATH_MAX];
	char whole_pid_file[PATH_MAX];
	char whole_agentx_socket[PATH_MAX];
};

/* Parses the command line. -1: continue; otherwise the exit code, after an
   error or the requested text was printed. */
int options_read(struct options *options, int argc, char *argv[]);

/* The path of the configuration: of -C, or the default. */
const char *options_config(const struct options *options);

#endif
