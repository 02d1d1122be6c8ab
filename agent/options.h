/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of bondcarrierd(8). */
#ifndef BONDCARRIER_AGENT_OPTIONS_H
#define BONDCARRIER_AGENT_OPTIONS_H

#include <limits.h>
#include <stdbool.h>

#include "config/listen_address.h"

#define OPTIONS_LOG_SIZE 1024

/* Strings are borrowed from argv, or stand at the end. It must not move. */
struct options {
	bool foreground;
	bool check_config;
	bool quiet;
	bool debug;
	const char *debug_tokens; /* NULL: all */
	const char *agentx_socket;
	const char *standalone; /* what -S says; NULL: there is a master */
	const char *config;	/* NULL: the default, which need not be there */
	const char *pid_file;
	const char *user;
	const char *group;
	const char *context;
	char log[OPTIONS_LOG_SIZE]; /* for logging_open(); "": the default */
	bool log_open; /* net-snmp has read -L itself, and logs already */
	char listen[LISTEN_ADDRESS_SIZE]; /* for net-snmp */
	/* With -t, the reason why `standalone` is invalid; "": it is valid. */
	char listen_why[LISTEN_ADDRESS_WHY];
	char whole_config[PATH_MAX];
	char whole_pid_file[PATH_MAX];
	char whole_agentx_socket[PATH_MAX];
};

/* Reads the command line. A number from 0 on: the program is to exit with
   it, and what there is to say has been said. -1: go on. */
int options_read(struct options *options, int argc, char *argv[]);

/* The path of the configuration: of -C, or the default. */
const char *options_config(const struct options *options);

#endif
