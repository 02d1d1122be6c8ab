/* SPDX-License-Identifier: BSD-2-Clause */
/* bondcarrierd(8): wiring. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "process/daemon.h"
#include "process/logging.h"
#include "service.h"
#include "standalone/standalone.h"

static int log_priority(const struct options *options)
{
	if (options->debug)
		return LOG_DEBUG;
	return options->quiet ? LOG_WARNING : LOG_NOTICE;
}

/* Until the daemon has detached, what is wrong is said where it was started,
   unless -L says otherwise. */
static int open_log(const struct options *options)
{
	int err = 0;

	if (!options->log_open)
		err = logging_open(*options->log ? options->log : "e",
				   log_priority(options));
	if (!err)
		err = logging_make_whole();
	if (err) {
		logging_complain("cannot log to '%s': %s", options->log,
				 strerror(-err));
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
		 const struct snmp_directives *tokens, int signal_fd,
		 int ready_fd)
{
	struct service *service = calloc(1, sizeof(*service));
	int pid_fd = -1;
	int exit_code = DAEMON_EXIT_FAILED;

	if (!service) {
		snmp_log(LOG_ERR, "cannot start: no memory\n");
		goto free_settings;
	}
	if (options->pid_file) {
		pid_fd = daemon_pid_file(options->pid_file);
		if (pid_fd < 0)
			goto free_settings;
	}
	if (service_start(service, options, settings, tokens, signal_fd) == 0) {
		if (ready_fd >= 0)
			detached(options, ready_fd);
		service_run(service);
		if (!service_stop(service))
			service = NULL; /* a thread may still look at it */
		exit_code = DAEMON_EXIT_CLEAN;
	}
	goto remove_pid_file;

free_settings:
	settings_fini(settings);
	free(settings);
remove_pid_file:
	if (pid_fd >= 0)
		daemon_remove_pid_file(options->pid_file, pid_fd);
	free(service);
	return exit_code;
}

/* -t: what remains to be reported of a configuration without errors. */
static void report_valid(const struct options *options,
			 const struct settings *settings,
			 const struct snmp_directives *tokens)
{
	const char *path = options_config(options);

	if (options->standalone)
		standalone_warn_no_access(tokens);
	if (settings->absent)
		snmp_log(LOG_NOTICE, "%s: not found, using defaults\n", path);
	else
		snmp_log(LOG_NOTICE, "%s: configuration is valid\n", path);
}

/* The configuration has been read. */
static int run(const struct options *options, struct settings *settings,
	       const struct snmp_directives *tokens)
{
	int signal_fd, ready_fd = -1;

	if (options->check_config) {
		report_valid(options, settings, tokens);
		settings_fini(settings);
		free(settings);
		return DAEMON_EXIT_CLEAN;
	}
	signal_fd = daemon_open_signals();
	if (signal_fd < 0)
		return DAEMON_EXIT_FAILED;
	if (!options->foreground) {
		ready_fd = daemon_detach();
		if (ready_fd < 0)
			return DAEMON_EXIT_FAILED;
	}
	return serve(options, settings, tokens, signal_fd, ready_fd);
}

int main(int argc, char *argv[])
{
	struct options options;
	struct settings *settings;
	struct snmp_directives tokens;
	int exit_code = options_read(&options, argc, argv);

	if (exit_code >= 0)
		return exit_code;
	if (open_log(&options) < 0)
		return DAEMON_EXIT_FAILED;
	settings = service_load_settings(&options, &tokens, true);
	if (!settings)
		return DAEMON_EXIT_FAILED;
	exit_code = run(&options, settings, &tokens);
	snmp_directives_fini(&tokens);
	return exit_code;
}
