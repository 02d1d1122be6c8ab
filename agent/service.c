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

#include "agentx/agentx.h"
#include "agentx/transport.h"
#include "base/clock.h"
#include "mib/mib.h"
#include "netlink/linksock.h"
#include "process/daemon.h"
#include "service_internal.h"
#include "standalone/standalone.h"
#include "status.h"
#include "sync/monitor.h"

#define NAME SNMP_DIRECTIVES_APP

/* How late net-snmp's requests may time out, and its alarms be run, while
   there is always something to read. */
#define TIMEOUTS_MS 100

/* Timeout and retries are what the master is told in Open, and what its own
   requests to us go by. */
void service_set_agentx(const struct settings *settings)
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
		     options->context, MIB_OWN | settings->standard_tables,
		     settings->agentx_ping_interval_s, clock_now_ms());
	service_set_agentx(settings);
	/* All: what the session registers is what the master asks for. */
	err = mib_serve(&service->shared, options->context, 0, MIB_EVERYTHING);
	if (err) {
		snmp_log(LOG_ERR, "cannot register the MIB: %s\n",
			 strerror(-err));
		return -1;
	}
	err = if_oper_status_init(&service->if_oper_status, &service->shared,
				  &service->session, options->context,
				  settings->correct_if_oper_status);
	if (err) {
		snmp_log(LOG_ERR, "cannot register ifOperStatus: %s\n",
			 strerror(-err));
		return -1;
	}
	get_requests_init(&service->get_requests, &service->shared,
			  &service->if_oper_status);
	session_set_handler(&service->session, get_requests_handle,
			    &service->get_requests);
	service->session.paced = true;
	init_snmp(NAME);
	agentx_notify_init(&service->notify, &service->shared,
			   &service->session);
	return 0;
}

static int start_standalone(struct service *service,
			    const struct settings *settings,
			    const struct snmp_directives *directives)
{
	const struct options *options = service->options;

	trap_sinks_init(&service->trap_sinks, &service->shared,
			options->context);
	service->served = MIB_OWN | settings->standard_tables;
	if (standalone_start(&service->shared, options->context,
			     service->served, directives) < 0)
		return -1;
	snmp_log(LOG_NOTICE, "listening on %s; %zu sinks\n", options->listen,
		 trap_sinks_count(&service->trap_sinks));
	return 0;
}

static void stop_snmp(struct service *service)
{
	if (service->options->standalone)
		trap_sinks_fini(&service->trap_sinks);
	else
		session_fini(&service->session);
	snmp_shutdown(NAME);
	shutdown_agent();
	if_oper_status_fini(&service->if_oper_status);
}

/* What only root may do, then that which needs no root, as whom it is to be
   done. */
static int drop_and_start_snmp(struct service *service,
			       const struct settings *settings,
			       const struct snmp_directives *directives)
{
	const struct options *options = service->options;
	struct daemon_identity identity;

	if (daemon_find_identity(&identity, options->user, options->group) < 0)
		return -1;
	if (options->standalone &&
	    standalone_listen(options->listen, directives, &identity) < 0)
		return -1;
	if (daemon_drop_privileges(&identity) < 0)
		return -1;
	return options->standalone
		   ? start_standalone(service, settings, directives)
		   : start_subagent(service, settings);
}

int service_start(struct service *service, const struct options *options,
		  struct settings *settings,
		  const struct snmp_directives *directives, int signal_fd)
{
	int err, event_fd;

	memset(service, 0, sizeof(*service));
	service->options = options;
	service->signal_fd = signal_fd;
	service->status = BOND_SET_SYNCHRONISED;
	service->receive_buffer = settings->receive_buffer;
	memcpy(service->state_file, settings->state_file,
	       sizeof(service->state_file));
	err = shared_init(&service->shared, settings->event_log,
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
	if (drop_and_start_snmp(service, settings, directives) < 0)
		goto close_events;
	if (store_open(&service->store, &service->shared,
		       settings->state_file) < 0)
		goto stop_snmp;
	systemd_init(&service->systemd, clock_now_ms());
	service->shared.beat_every_ms = service->systemd.watchdog.every_ms;
	/* From here on the settings are the thread's. */
	err = kernel_thread_start(&service->kernel, &service->shared, settings,
				  event_fd, signal_fd);
	if (err) {
		snmp_log(LOG_ERR, "cannot read this host's links: %s\n",
			 strerror(-err));
		stop_snmp(service);
		systemd_fini(&service->systemd);
		store_close(service->store);
		shared_fini(&service->shared);
		return -1;
	}
	return 0;

stop_snmp:
	stop_snmp(service);
close_events:
	close(event_fd);
stop_model:
	shared_fini(&service->shared);
free_settings:
	settings_fini(settings);
	free(settings);
	return -1;
}

bool service_stop(struct service *service)
{
	bool ended = kernel_thread_stop(service->kernel);

	stop_snmp(service);
	store_close(service->store);
	if (ended)
		shared_fini(&service->shared);
	systemd_fini(&service->systemd);
	return ended;
}

static void supervised_reload(struct service *service)
{
	char line[SYSTEMD_STATUS_SIZE];

	systemd_reloading(&service->systemd, clock_now_ms());
	service_reload(service);
	status_line(service, line, sizeof(line));
	systemd_ready(&service->systemd, line);
}

/* That this thread gets here feeds one half of the watchdog. */
static void tell_supervisor(struct service *service, int64_t now_ms)
{
	char line[SYSTEMD_STATUS_SIZE];
	int64_t beat_ms;

	shared_lock(&service->shared);
	beat_ms = service->shared.beat_ms;
	shared_unlock(&service->shared);
	if (systemd_status_due(&service->systemd, now_ms)) {
		status_line(service, line, sizeof(line));
		systemd_status(&service->systemd, line);
	}
	systemd_feed_watchdog(&service->systemd, beat_ms, now_ms);
}

/* False: the end. */
static bool handle_signals(struct service *service)
{
	int number;

	while ((number = daemon_read_signal(service->signal_fd)) != 0) {
		if (number == SIGHUP)
			supervised_reload(service);
		else if (number == SIGUSR1)
			service_log_state(service);
		else
			return false;
	}
	return true;
}

static void run_snmp(struct service *service, int64_t now_ms)
{
	if (service->options->standalone) {
		trap_sinks_run(&service->trap_sinks, now_ms);
		return;
	}
	session_run(&service->session, now_ms);
	if_oper_status_run(&service->if_oper_status, now_ms);
	service->notify.if_link_ms =
	    if_oper_status_hold_until_ms(&service->if_oper_status);
	agentx_notify_run(&service->notify, now_ms);
}

/*
 * The service manager's line counts bonds, and a bond that comes wakes nobody
 * up here; without one there is nothing to get up for. INT64_MAX is far beyond
 * what a select takes.
 */
static int64_t next_snmp_ms(const struct service *service, int64_t now_ms)
{
	int64_t latest_ms =
	    now_ms + (service->systemd.fd >= 0 ? 60000 : 24 * 3600000);
	int64_t next_ms = service->trap_sinks.next_ms;

	if (!service->options->standalone) {
		next_ms = session_next_ms(&service->session);
		if (service->notify.next_ms < next_ms)
			next_ms = service->notify.next_ms;
		if (service->if_oper_status.next_ms < next_ms)
			next_ms = service->if_oper_status.next_ms;
	}
	if (systemd_next_ms(&service->systemd) < next_ms)
		next_ms = systemd_next_ms(&service->systemd);
	return next_ms < latest_ms ? next_ms : latest_ms;
}

/* Sleeps until net-snmp, the session or the shared state has something to do.
   `ready` is begun anew each time: a call into net-snmp may have closed,
   opened or read any of the descriptors. `now_ms` is that of the pass: where
   it had to wait for a master, the sleep is as much too long. */
static int wait_for_work(struct service *service, netsnmp_large_fd_set *ready,
			 int64_t now_ms)
{
	struct timeval timeout = { 0 };
	int64_t left_ms = next_snmp_ms(service, now_ms) - now_ms;
	int block = 1, count = 0;

	if (left_ms < 0 || transport_has_more())
		left_ms = 0;
	NETSNMP_LARGE_FD_ZERO(ready);
	snmp_select_info2(&count, ready, &timeout, &block);
	if (block ||
	    (int64_t)timeout.tv_sec * 1000 + timeout.tv_usec / 1000 > left_ms) {
		timeout.tv_sec = (time_t)(left_ms / 1000);
		timeout.tv_usec = (suseconds_t)(left_ms % 1000 * 1000);
	}
	NETSNMP_LARGE_FD_SET(service->shared.wake_fd, ready);
	NETSNMP_LARGE_FD_SET(service->signal_fd, ready);
	if (count <= service->shared.wake_fd)
		count = service->shared.wake_fd + 1;
	if (count <= service->signal_fd)
		count = service->signal_fd + 1;
	return netsnmp_large_fd_set_select(count, ready, NULL, NULL, &timeout);
}

void service_run(struct service *service)
{
	netsnmp_large_fd_set ready;
	char line[SYSTEMD_STATUS_SIZE];
	int64_t timeouts_ms = 0;
	bool running = true;
	int count;

	netsnmp_large_fd_set_init(&ready, FD_SETSIZE);
	status_line(service, line, sizeof(line));
	systemd_ready(&service->systemd, line);
	while (running) {
		int64_t now_ms = clock_now_ms();

		run_snmp(service, now_ms);
		service_watch(service);
		tell_supervisor(service, now_ms);
		count = wait_for_work(service, &ready, now_ms);
		if (count > 0 || (count == 0 && transport_has_more())) {
			if (NETSNMP_LARGE_FD_ISSET(service->shared.wake_fd,
						   &ready))
				shared_drain(service->shared.wake_fd);
			session_pace(&service->session, &ready);
			snmp_read2(&ready);
			/* After reading: SIGHUP may close descriptors, and
			   others take their numbers, which `ready` means
			   no longer. */
			if (NETSNMP_LARGE_FD_ISSET(service->signal_fd, &ready))
				running = handle_signals(service);
		}
		/* net-snmp's own loop looks only when nothing came, and so
		   lets steady traffic starve them. */
		if (count <= 0 || now_ms - timeouts_ms >= TIMEOUTS_MS) {
			timeouts_ms = now_ms;
			snmp_timeout();
			run_alarms();
		}
		netsnmp_check_outstanding_agent_requests();
	}
	systemd_stopping(&service->systemd);
	netsnmp_large_fd_set_cleanup(&ready);
}
