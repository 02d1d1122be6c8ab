/* SPDX-License-Identifier: BSD-2-Clause */
/* The configuration, at the start and on SIGHUP. */
#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <stdlib.h>
#include <string.h>

#include "conf_file.h"
#include "daemon.h"
#include "logging.h"
#include "mib.h"
#include "service_internal.h"
#include "standalone.h"

/* The command line's word over the file's. */
static int set_address(const struct options *options, struct settings *settings)
{
	char why[SETTINGS_WHY_SIZE];

	if (!options->agentx_socket ||
	    settings_apply(settings, "agentXSocket", options->agentx_socket,
			   why) >= 0)
		return 0;
	snmp_log(LOG_ERR, "-x: %s\n", why);
	return -1;
}

/* systemd's StateDirectory= goes before the built-in folder, and what the
   configuration says before both. */
static void use_state_folder(struct settings *settings, struct tokens *tokens)
{
	const char *folder = getenv("STATE_DIRECTORY");

	/* Several come with colons between. */
	if (!folder || folder[0] != '/' || strchr(folder, ':') ||
	    strlen(folder) + sizeof("/state") > sizeof(settings->state_file))
		return;
	snprintf(settings->state_file, sizeof(settings->state_file), "%s/state",
		 folder);
	snprintf(tokens->persistent_dir, sizeof(tokens->persistent_dir),
		 "%s/snmp", folder);
}

struct settings *service_settings(const struct options *options,
				  struct tokens *tokens, bool fresh)
{
	struct settings *settings = malloc(sizeof(*settings));
	const char *path = options->config ? options->config : DAEMON_CONFIG;
	int err;

	if (!settings) {
		snmp_log(LOG_ERR, "no memory\n");
		return NULL;
	}
	settings_init(settings);
	settings->standalone = options->standalone;
	tokens_init(tokens);
	use_state_folder(settings, tokens);
	err = conf_file_read(path, options->config != NULL, settings,
			     options->standalone ? tokens : NULL);
	if (set_address(options, settings) < 0 ||
	    tokens_check(tokens, fresh) < 0 || err < 0) {
		tokens_fini(tokens);
		settings_fini(settings);
		free(settings);
		return NULL;
	}
	settings->absent = err == CONF_FILE_ABSENT;
	return settings;
}

/* With -S. */
static void serve(struct service *service, unsigned int wanted)
{
	int err = mib_serve(&service->model, service->options->context,
			    service->served, wanted);

	if (err)
		snmp_log(LOG_ERR, "cannot register the MIB: %s\n",
			 strerror(-err));
	service->served = wanted;
}

void service_reload(struct service *service)
{
	struct tokens tokens;
	struct settings *settings =
	    service_settings(service->options, &tokens, false);
	struct model *model = &service->model;

	logging_reopen();
	service->refused = settings == NULL;
	if (!settings) {
		snmp_log(LOG_ERR, "the configuration is refused: the old one "
				  "stays in force\n");
		return;
	}
	if (settings->receive_buffer != service->receive_buffer)
		snmp_log(LOG_WARNING,
			 "receiveBuffer stays %u until bondcarrierd is "
			 "started again\n",
			 (unsigned int)service->receive_buffer);
	if (strcmp(settings->state_file, service->state_file) != 0)
		snmp_log(LOG_WARNING,
			 "stateFile stays %s until bondcarrierd is started "
			 "again\n",
			 *service->state_file ? service->state_file : "none");
	if (settings->absent)
		snmp_log(LOG_WARNING, "there is no %s: the defaults hold\n",
			 DAEMON_CONFIG);
	if (service->options->standalone) {
		sinks_clear(&service->sinks);
		standalone_configure(&tokens);
		serve(service, MIB_OWN | settings->standard_tables);
	} else {
		service_set_agentx(settings);
		session_configure(&service->session, settings->agentx_socket,
				  MIB_OWN | settings->standard_tables,
				  settings->agentx_ping_interval_s,
				  model_now_ms());
		service->if_oper_status.wanted =
		    settings->correct_if_oper_status;
	}
	tokens_fini(&tokens);
	model_lock(model);
	outbox_set_limit(model->outbox, settings->notify_queue, model_dropped,
			 model);
	(void)event_log_set_limit(model->events, settings->event_log);
	model_unlock(model);
	kernel_thread_configure(service->kernel, settings);
	snmp_log(LOG_NOTICE, "the configuration has been read again\n");
}
