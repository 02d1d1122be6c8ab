/* SPDX-License-Identifier: BSD-2-Clause */
/* Loads the configuration, at startup and on SIGHUP. */
#include "service_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "config/config_file.h"
#include "process/logging.h"
#include "standalone/directives_check.h"

/* The command line overrides the file. */
static int set_address(const struct options *options, struct settings *settings)
{
	char why[SETTINGS_WHY_SIZE];

	if (*options->listen_why) {
		snmp_log(LOG_ERR, "error: -S: %s\n", options->listen_why);
		return -EINVAL;
	}
	if (!options->agentx_socket ||
	    settings_apply(settings, "agentXSocket", options->agentx_socket,
			   why) >= 0)
		return 0;
	snmp_log(LOG_ERR, "error: -x: %s\n", why);
	return -EINVAL;
}

/* systemd's StateDirectory= overrides the built-in directory; the configuration
   overrides both. */
static void use_state_directory(struct settings *settings,
				struct snmp_directives *directives)
{
	const char *directory = getenv("STATE_DIRECTORY");

	/* A colon separates several directories. */
	if (!directory || directory[0] != '/' || strchr(directory, ':') ||
	    strlen(directory) + sizeof("/state") > sizeof(settings->state_file))
		return;
	snprintf(settings->state_file, sizeof(settings->state_file), "%s/state",
		 directory);
	snprintf(directives->persistent_dir, sizeof(directives->persistent_dir),
		 "%s/snmp", directory);
}

struct settings *service_load_settings(const struct options *options,
				       struct snmp_directives *directives,
				       bool fresh)
{
	struct settings *settings = malloc(sizeof(*settings));
	const char *path = options_config(options);
	int file_err, address_err, directives_err;

	if (!settings) {
		snmp_log(LOG_ERR, "no memory\n");
		return NULL;
	}
	settings_init(settings);
	settings->standalone = options->standalone;
	snmp_directives_init(directives);
	use_state_directory(settings, directives);
	/* All of them, so that every fault is reported at once. */
	file_err = config_file_read(path, options->config != NULL, settings,
				    options->standalone ? directives : NULL);
	address_err = set_address(options, settings);
	directives_err = directives_check(directives, fresh);
	if (file_err < 0 || address_err < 0 || directives_err < 0) {
		snmp_directives_fini(directives);
		settings_free(settings);
		return NULL;
	}
	settings->absent = file_err == CONFIG_FILE_ABSENT;
	return settings;
}

void service_reload(struct service *service)
{
	struct snmp_directives directives;
	struct settings *settings =
	    service_load_settings(service->options, &directives, false);
	struct shared *shared = &service->shared;

	logging_reopen();
	service->refused = settings == NULL;
	if (!settings) {
		snmp_log(LOG_ERR, "invalid configuration rejected, keeping the "
				  "old one\n");
		return;
	}
	if (settings->receive_buffer != service->receive_buffer)
		snmp_log(LOG_WARNING,
			 "receiveBuffer stays %u until bondcarrierd is "
			 "restarted\n",
			 (unsigned int)service->receive_buffer);
	if (strcmp(settings->state_file, service->state_file) != 0)
		snmp_log(LOG_WARNING,
			 "stateFile stays %s until bondcarrierd is "
			 "restarted\n",
			 *service->state_file ? service->state_file : "none");
	if (settings->absent)
		snmp_log(LOG_WARNING, "%s not found, using defaults\n",
			 DAEMON_CONFIG);
	service->mode->reload(service, settings, &directives);
	snmp_directives_fini(&directives);
	shared_lock(shared);
	outbox_set_limit(shared->outbox, settings->notify_queue, shared_dropped,
			 shared);
	(void)event_log_set_limit(shared->events, settings->event_log);
	shared_unlock(shared);
	kernel_thread_configure(service->kernel, settings);
	snmp_log(LOG_NOTICE, "configuration reloaded\n");
}
