/* SPDX-License-Identifier: BSD-2-Clause */
/* The running daemon. */
#include "service.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/snmp_vars.h>
#include <net-snmp/library/large_fd_set.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "agentx.h"
#include "conf_file.h"
#include "daemon.h"
#include "linksock.h"
#include "logging.h"
#include "mib.h"
#include "standalone.h"
#include "status.h"

#define NAME TOKENS_APP

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

/* Timeout and retries are what the master is told in Open, and what its own
   requests to us go by. */
static void set_agentx(const struct settings *settings)
{
	netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID,
			   NETSNMP_DS_AGENT_AGENTX_TIMEOUT,
			   (int)settings->agentx_timeout_s * ONE_SEC);
	netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID,
			   NETSNMP_DS_AGENT_AGENTX_RETRIES,
			   (int)settings->agentx_retries);
}

static int start_subagent(struct service *service,
			  const struct settings *settings)
{
	const struct options *options = service->options;
	int err;

	standalone_use_no_files();
	netsnmp_enable_subagent();
	/* It overwrites what is set before. */
	if (init_agent(NAME) != 0) {
		snmp_log(LOG_ERR, "net-snmp's agent does not start\n");
		return -1;
	}
	session_init(&service->session, settings->agentx_socket,
		     options->context, settings->agentx_ping_interval_s,
		     model_now_ms());
	set_agentx(settings);
	err = mib_register(&service->model, options->context);
	if (err) {
		snmp_log(LOG_ERR, "cannot register the MIB: %s\n",
			 strerror(-err));
		return -1;
	}
	init_snmp(NAME);
	notify_init(&service->notify, &service->model, &service->session);
	return 0;
}

static int start_standalone(struct service *service,
			    const struct tokens *tokens)
{
	const struct options *options = service->options;

	sinks_init(&service->sinks, &service->model, options->context);
	if (standalone_start(&service->model, options->context, tokens) < 0)
		return -1;
	snmp_log(LOG_NOTICE, "listening on %s; %zu sinks\n", options->listen,
		 sinks_count(&service->sinks));
	return 0;
}

static void stop_snmp(struct service *service)
{
	if (service->options->standalone)
		sinks_fini(&service->sinks);
	else
		session_fini(&service->session);
	snmp_shutdown(NAME);
	shutdown_agent();
}

/* What only root may do, then that which needs no root, as whom it is to be
   done. */
static int drop_and_start_snmp(struct service *service,
			       const struct settings *settings,
			       const struct tokens *tokens)
{
	const struct options *options = service->options;
	struct daemon_identity identity;

	if (daemon_identify(&identity, options->user, options->group) < 0)
		return -1;
	if (options->standalone &&
	    standalone_listen(options->listen, tokens, &identity) < 0)
		return -1;
	if (daemon_drop(&identity) < 0)
		return -1;
	return options->standalone ? start_standalone(service, tokens)
				   : start_subagent(service, settings);
}

int service_start(struct service *service, const struct options *options,
		  struct settings *settings, const struct tokens *tokens,
		  int signal_fd)
{
	int err, event_fd;

	memset(service, 0, sizeof(*service));
	service->options = options;
	service->signal_fd = signal_fd;
	service->status = BOND_SET_SYNCHRONISED;
	service->receive_buffer = settings->receive_buffer;
	memcpy(service->state_file, settings->state_file,
	       sizeof(service->state_file));
	err = model_init(&service->model, settings->event_log,
			 settings->notify_queue);
	if (err) {
		snmp_log(LOG_ERR, "cannot start: %s\n", strerror(-err));
		goto free_settings;
	}
	event_fd = linksock_reserve((int)settings->receive_buffer);
	if (event_fd < 0) {
		snmp_log(LOG_ERR, "cannot read this host's links: %s\n",
			 strerror(-event_fd));
		goto stop_model;
	}
	if (drop_and_start_snmp(service, settings, tokens) < 0)
		goto close_events;
	if (store_open(&service->store, &service->model, settings->state_file) <
	    0)
		goto stop_snmp;
	supervisor_init(&service->supervisor, model_now_ms());
	service->model.beat_every_ms = service->supervisor.watchdog.every_ms;
	/* From here on the settings are the thread's. */
	err = kernel_thread_start(&service->kernel, &service->model, settings,
				  event_fd);
	if (err) {
		snmp_log(LOG_ERR, "cannot read this host's links: %s\n",
			 strerror(-err));
		stop_snmp(service);
		supervisor_fini(&service->supervisor);
		store_close(service->store);
		model_fini(&service->model);
		return -1;
	}
	return 0;

stop_snmp:
	stop_snmp(service);
close_events:
	close(event_fd);
stop_model:
	model_fini(&service->model);
free_settings:
	settings_fini(settings);
	free(settings);
	return -1;
}

void service_stop(struct service *service)
{
	kernel_thread_stop(service->kernel);
	stop_snmp(service);
	store_close(service->store);
	model_fini(&service->model);
	supervisor_fini(&service->supervisor);
}

static void reload(struct service *service)
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
	} else {
		set_agentx(settings);
		session_configure(&service->session, settings->agentx_socket,
				  settings->agentx_ping_interval_s,
				  model_now_ms());
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

static void log_state(struct service *service)
{
	static const char *const kernels[] = {
		[BOND_SET_SYNCHRONISED] = "synchronised with",
		[BOND_SET_RESYNCHRONISING] = "resynchronising with",
		[BOND_SET_LOST] = "unable to read",
	};
	struct model *model = &service->model;
	const struct bond_set *bonds;
	struct model_counters counters;
	size_t bond_count, slaves, discrepancies, queued;
	enum bond_set_status status;
	uint32_t last;
	char manager[STATUS_AGENT_SIZE];

	status_agent(service, manager, sizeof(manager));
	model_lock(model);
	bonds = model->bonds;
	status = bonds->status;
	bond_count = bonds->count;
	slaves = bond_set_slave_total(bonds);
	discrepancies = bond_set_discrepancy_total(bonds);
	counters = model->counters;
	queued = outbox_count(model->outbox);
	last = event_log_last(model->events);
	model_unlock(model);
	snmp_log(
	    LOG_NOTICE,
	    "state: %s; %s the kernel; %zu bonds, "
	    "%zu slaves, %zu discrepancies; last event %u; notifications: "
	    "%u acknowledged, %zu queued, %u dropped, %u suppressed; "
	    "%u resyncs, %u overruns, %llu interrupted dumps, "
	    "%llu malformed\n",
	    manager, kernels[status], bond_count, slaves, discrepancies,
	    (unsigned int)last, (unsigned int)counters.sent, queued,
	    (unsigned int)counters.dropped, (unsigned int)counters.suppressed,
	    (unsigned int)counters.resyncs, (unsigned int)counters.overruns,
	    (unsigned long long)counters.interrupted,
	    (unsigned long long)counters.malformed);
}

/* Losing the kernel's events for a moment is no news; losing it is. */
static void watch_kernel(struct service *service)
{
	enum bond_set_status status;
	int error;

	model_lock(&service->model);
	status = service->model.status;
	error = service->model.kernel_error;
	model_unlock(&service->model);
	if (status == BOND_SET_RESYNCHRONISING || status == service->status)
		return;
	service->status = status;
	if (status == BOND_SET_LOST)
		snmp_log(LOG_ERR,
			 "the kernel's links can't be read (%s): every "
			 "effective carrier is unknown\n",
			 strerror(error));
	else
		snmp_log(LOG_NOTICE, "the kernel's links are read again\n");
}

/* Said when it begins and when it ends. */
static void watch_store(struct service *service)
{
	int error;

	model_lock(&service->model);
	error = service->model.store_error;
	model_unlock(&service->model);
	if (error == service->store_error)
		return;
	service->store_error = error;
	if (error)
		snmp_log(LOG_WARNING,
			 "the state file can't be written (%s): what is raised "
			 "will be forgotten at a restart; tried again\n",
			 strerror(error));
	else
		snmp_log(LOG_NOTICE, "the state file is written again\n");
}

static void watch_tracks(struct service *service)
{
	struct model_track track;

	model_lock(&service->model);
	track = service->model.track;
	model_unlock(&service->model);
	if (track.error == service->track_error)
		return;
	service->track_error = track.error;
	if (track.error)
		snmp_log(LOG_ERR,
			 "the track file %s can't be written (%s): keepalived "
			 "may believe what is not so; tried again\n",
			 track.path, strerror(track.error));
	else
		snmp_log(LOG_NOTICE, "the track files are written again\n");
}

static void supervised_reload(struct service *service)
{
	char line[SUPERVISOR_STATUS_SIZE];

	supervisor_reloading(&service->supervisor, model_now_ms());
	reload(service);
	status_line(service, line, sizeof(line));
	supervisor_ready(&service->supervisor, line);
}

/* That this thread gets here feeds one half of the watchdog. */
static void tell_supervisor(struct service *service, int64_t now_ms)
{
	char line[SUPERVISOR_STATUS_SIZE];
	int64_t beat_ms;

	model_lock(&service->model);
	beat_ms = service->model.beat_ms;
	model_unlock(&service->model);
	if (supervisor_wants_status(&service->supervisor, now_ms)) {
		status_line(service, line, sizeof(line));
		supervisor_status(&service->supervisor, line);
	}
	supervisor_feed(&service->supervisor, beat_ms, now_ms);
}

/* False: the end. */
static bool handle_signals(struct service *service)
{
	int number;

	while ((number = daemon_signal(service->signal_fd)) != 0) {
		if (number == SIGHUP)
			supervised_reload(service);
		else if (number == SIGUSR1)
			log_state(service);
		else
			return false;
	}
	return true;
}

static void run_snmp(struct service *service, int64_t now_ms)
{
	if (service->options->standalone) {
		sinks_run(&service->sinks, now_ms);
		return;
	}
	session_run(&service->session, now_ms);
	notify_run(&service->notify, now_ms);
}

/* INT64_MAX is far beyond what a select takes, but an idle pass in a minute
   costs nothing. */
static int64_t next_snmp_ms(const struct service *service)
{
	int64_t far_ms = model_now_ms() + 60000;
	int64_t next_ms = service->sinks.next_ms;

	if (!service->options->standalone) {
		next_ms = session_next_ms(&service->session);
		if (service->notify.next_ms < next_ms)
			next_ms = service->notify.next_ms;
	}
	if (supervisor_next_ms(&service->supervisor) < next_ms)
		next_ms = supervisor_next_ms(&service->supervisor);
	return next_ms < far_ms ? next_ms : far_ms;
}

/* Sleeps until net-snmp, the session or the model has something to do.
   `ready` is begun anew each time: a call into net-snmp may have closed,
   opened or read any of the descriptors. */
static int wait_for_work(struct service *service, netsnmp_large_fd_set *ready)
{
	struct timeval timeout = { 0 };
	int64_t left_ms = next_snmp_ms(service) - model_now_ms();
	int block = 1, count = 0;

	if (left_ms < 0)
		left_ms = 0;
	NETSNMP_LARGE_FD_ZERO(ready);
	snmp_select_info2(&count, ready, &timeout, &block);
	if (block ||
	    (int64_t)timeout.tv_sec * 1000 + timeout.tv_usec / 1000 > left_ms) {
		timeout.tv_sec = (time_t)(left_ms / 1000);
		timeout.tv_usec = (suseconds_t)(left_ms % 1000 * 1000);
	}
	NETSNMP_LARGE_FD_SET(service->model.wake_fd, ready);
	NETSNMP_LARGE_FD_SET(service->signal_fd, ready);
	if (count <= service->model.wake_fd)
		count = service->model.wake_fd + 1;
	if (count <= service->signal_fd)
		count = service->signal_fd + 1;
	return netsnmp_large_fd_set_select(count, ready, NULL, NULL, &timeout);
}

void service_run(struct service *service)
{
	netsnmp_large_fd_set ready;
	char line[SUPERVISOR_STATUS_SIZE];
	bool running = true;

	netsnmp_large_fd_set_init(&ready, FD_SETSIZE);
	status_line(service, line, sizeof(line));
	supervisor_ready(&service->supervisor, line);
	while (running) {
		int64_t now_ms = model_now_ms();

		run_snmp(service, now_ms);
		watch_kernel(service);
		watch_store(service);
		watch_tracks(service);
		tell_supervisor(service, now_ms);
		if (wait_for_work(service, &ready) > 0) {
			if (NETSNMP_LARGE_FD_ISSET(service->model.wake_fd,
						   &ready))
				model_drain(service->model.wake_fd);
			session_hold(&service->session, &ready);
			snmp_read2(&ready);
			/* After reading: SIGHUP may close descriptors, and
			   others take their numbers, which `ready` means
			   no longer. */
			if (NETSNMP_LARGE_FD_ISSET(service->signal_fd, &ready))
				running = handle_signals(service);
		}
		/* In every pass: net-snmp's own loop lets steady traffic
		   starve them. */
		snmp_timeout();
		run_alarms();
		netsnmp_check_outstanding_agent_requests();
	}
	supervisor_stopping(&service->supervisor);
	netsnmp_large_fd_set_cleanup(&ready);
}
