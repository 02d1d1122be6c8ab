/* SPDX-License-Identifier: BSD-2-Clause */
/* bondcarrierd(8): wiring. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "base/streams.h"
#include "options.h"
#include "process/daemon.h"
#include "process/logging.h"
#include "service.h"
#include "standalone/standalone.h"
#include "state/store.h"

static int log_priority(const struct options *options)
{
	if (options->debug)
		return LOG_DEBUG;
	return options->quiet ? LOG_WARNING : LOG_NOTICE;
}

/* Until the daemon has detached, errors go to the terminal, unless -L is given.
 */
static int open_log(const struct options *options)
{
	int err = options->log_error;

	if (!err && !options->log_open)
		err = logging_open(*options->log ? options->log : "e",
				   log_priority(options));
	if (!err)
		err = logging_make_absolute();
	if (err) {
		logging_complain("cannot log to '%s': %s", options->log,
				 safe_file_why(err));
		return -1;
	}
	if (options->debug) {
		debug_register_tokens(
		    options->debug_tokens ? options->debug_tokens : "ALL");
		snmp_set_do_debugging(1);
	}
	return 0;
}

static void detached(const struct options *options, int ready_fd)
{
	if (!*options->log && !options->log_open) {
		logging_close();
		logging_open("s", log_priority(options));
	}
	daemon_ready(ready_fd);
}

/* Everything from the pid file on; the exit code. */
static int serve(const struct options *options, struct settings *settings,
		 const struct snmp_directives *directives, int signal_fd,
		 int ready_fd)
{
	struct service *service;
	int exit_code = DAEMON_EXIT_FAILED, pid_fd = -1;

	if (options->pid_file) {
		pid_fd = daemon_pid_file(options->pid_file);
		if (pid_fd < 0) {
			settings_free(settings);
			return DAEMON_EXIT_FAILED;
		}
	}
	service = service_start(options, settings, directives, signal_fd);
	if (service) {
		if (ready_fd >= 0)
			detached(options, ready_fd);
		service_run(service);
		service_stop(service);
		exit_code = DAEMON_EXIT_CLEAN;
	}
	if (pid_fd >= 0)
		daemon_remove_pid_file(options->pid_file, pid_fd);
	return exit_code;
}

/* As whom the daemon reads its files, where this process can be that. */
static int become_user(const struct options *options)
{
	struct daemon_identity identity;

	if (daemon_find_identity(&identity, options->user, options->group) < 0)
		return -1;
	return geteuid() == 0 ? daemon_drop_privileges(&identity) : 0;
}

/* -t: what remains to be checked of a configuration without errors. */
static int check(const struct options *options, const struct settings *settings,
		 const struct snmp_directives *directives)
{
	const char *path = options_config(options);

	if (options->standalone)
		standalone_warn_no_access(directives);
	if (become_user(options) < 0 || store_check(settings->state_file) < 0)
		return DAEMON_EXIT_FAILED;
	if (settings->absent)
		snmp_log(LOG_NOTICE, "%s: not found, using defaults\n", path);
	else
		snmp_log(LOG_NOTICE, "%s: configuration is valid\n", path);
	return DAEMON_EXIT_CLEAN;
}

/* The configuration has been read. */
static int run(const struct options *options, struct settings *settings,
	       const struct snmp_directives *directives)
{
	int signal_fd, exit_code, ready_fd = -1;

	if (options->check_config) {
		exit_code = check(options, settings, directives);
		settings_free(settings);
		return exit_code;
	}
	signal_fd = daemon_open_signals();
	if (signal_fd < 0)
		return DAEMON_EXIT_FAILED;
	if (!options->foreground) {
		ready_fd = daemon_detach();
		if (ready_fd < 0)
			return DAEMON_EXIT_FAILED;
	}
	return serve(options, settings, directives, signal_fd, ready_fd);
}

int main(int argc, char *argv[])
{
	struct options options;
	struct settings *settings;
	struct snmp_directives directives;
	int exit_code;

	streams_guard();
	exit_code = options_read(&options, argc, argv);
	if (exit_code >= 0)
		return exit_code;
	if (open_log(&options) < 0)
		return DAEMON_EXIT_FAILED;
	settings = service_load_settings(&options, &directives, true);
	if (!settings)
		return DAEMON_EXIT_FAILED;
	exit_code = run(&options, settings, &directives);
	snmp_directives_fini(&directives);
	return exit_code;
}
