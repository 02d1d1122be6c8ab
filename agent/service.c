/* SPDX-License-Identifier: BSD-2-Clause */
/* The running daemon. */
#include "service_internal.h"

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <net-snmp/agent/snmp_vars.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "netlink/linksock.h"

/* How late net-snmp's requests may time out, and its alarms run, while there is
   always something to read. */
#define TIMEOUTS_MS 100

/* What requires privileges, and then everything else without them. */
static int start_snmp(struct service *service, const struct settings *settings,
		      const struct snmp_directives *directives)
{
	const struct service_mode *mode = service->mode;
	const struct options *options = service->options;
	struct daemon_identity identity;

	if (daemon_find_identity(&identity, options->user, options->group) < 0)
		return -1;
	if (mode->listen && mode->listen(service, directives, &identity) < 0)
		return -1;
	if (daemon_drop_privileges(&identity) < 0)
		return -1;
	return mode->start(service, settings, directives);
}

static void log_unreadable(int err)
{
	snmp_log(LOG_ERR, "cannot read this host's links: %s\n",
		 strerror(-err));
}

/* 0 or -1. Takes over `settings` in any case. */
static int start(struct service *service, struct settings *settings,
		 const struct snmp_directives *directives)
{
	int err, event_fd;

	err = shared_init(&service->shared, settings->event_log,
			  settings->notify_queue);
	if (err) {
		snmp_log(LOG_ERR, "cannot start: %s\n", strerror(-err));
		goto free_settings;
	}
	event_fd = linksock_reserve((int)settings->receive_buffer);
	if (event_fd < 0) {
		log_unreadable(event_fd);
		goto free_shared;
	}
	if (start_snmp(service, settings, directives) < 0)
		goto close_events;
	if (store_open(&service->store, &service->shared,
		       settings->state_file) < 0)
		goto stop_mode;
	systemd_init(&service->systemd, clock_now_ms());
	service->shared.beat_every_ms = service->systemd.watchdog.every_ms;
	err = kernel_thread_start(&service->kernel, &service->shared, settings,
				  event_fd, service->signal_fd);
	if (!err)
		return 0;
	log_unreadable(err);
	service->mode->stop(service);
	systemd_fini(&service->systemd);
	store_close(service->store);
	shared_fini(&service->shared);
	return -1;

stop_mode:
	service->mode->stop(service);
close_events:
	close(event_fd);
free_shared:
	shared_fini(&service->shared);
free_settings:
	settings_free(settings);
	return -1;
}

struct service *service_start(const struct options *options,
			      struct settings *settings,
			      const struct snmp_directives *directives,
			      int signal_fd)
{
	struct service *service = calloc(1, sizeof(*service));

	if (!service) {
		snmp_log(LOG_ERR, "cannot start: no memory\n");
		settings_free(settings);
		return NULL;
	}
	service->options = options;
	service->mode = options->standalone ? &service_standalone_mode
					    : &service_agentx_mode;
	service->signal_fd = signal_fd;
	service->status = BOND_SET_SYNCHRONISED;
	service->receive_buffer = settings->receive_buffer;
	memcpy(service->state_file, settings->state_file,
	       sizeof(service->state_file));
	if (start(service, settings, directives) == 0)
		return service;
	free(service);
	return NULL;
}

void service_stop(struct service *service)
{
	bool ended = kernel_thread_stop(service->kernel);

	service->mode->stop(service);
	store_close(service->store);
	systemd_fini(&service->systemd);
	if (!ended)
		return;
	shared_fini(&service->shared);
	free(service);
}

static void reload(struct service *service)
{
	char line[SYSTEMD_STATUS_SIZE];

	systemd_reloading(&service->systemd, clock_now_ms());
	service_reload(service);
	service_status_line(service, line, sizeof(line));
	systemd_ready(&service->systemd, line);
}

/* That this thread gets here feeds one half of the watchdog. */
static void notify_systemd(struct service *service, int64_t now_ms)
{
	char line[SYSTEMD_STATUS_SIZE];
	int64_t beat_ms;

	shared_lock(&service->shared);
	beat_ms = service->shared.beat_ms;
	shared_unlock(&service->shared);
	if (systemd_status_due(&service->systemd, now_ms)) {
		service_status_line(service, line, sizeof(line));
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
			reload(service);
		else if (number == SIGUSR1)
			service_log_state(service);
		else
			return false;
	}
	return true;
}

/*
 * The status line counts bonds, and a new bond does not wake this thread;
 * without a service manager there is no such line. INT64_MAX is far beyond what
 * select() takes.
 */
static int64_t next_ms(const struct service *service, int64_t now_ms)
{
	int64_t latest_ms =
	    now_ms + (service->systemd.fd >= 0 ? 60000 : 24 * 3600000);
	int64_t first_ms = service->mode->next_ms(service);

	if (systemd_next_ms(&service->systemd) < first_ms)
		first_ms = systemd_next_ms(&service->systemd);
	return first_ms < latest_ms ? first_ms : latest_ms;
}

static void add_fd(int fd, netsnmp_large_fd_set *ready, int *count)
{
	NETSNMP_LARGE_FD_SET(fd, ready);
	if (*count <= fd)
		*count = fd + 1;
}

/* Sleeps until net-snmp, the mode or the shared state has something to do.
   `ready` starts empty each time: a call into net-snmp may have closed, opened
   or read any of the descriptors. `now_ms` is the start of the pass: if that
   waited for a master, the sleep is as much too long. */
static int wait_for_work(struct service *service, netsnmp_large_fd_set *ready,
			 int64_t now_ms)
{
	struct timeval timeout = { 0 };
	int64_t left_ms = next_ms(service, now_ms) - now_ms;
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
	if (service->mode->fd && service->mode->fd(service) >= 0)
		add_fd(service->mode->fd(service), ready, &count);
	add_fd(service->shared.wake_fd, ready, &count);
	add_fd(service->signal_fd, ready, &count);
	return netsnmp_large_fd_set_select(count, ready, NULL, NULL, &timeout);
}

/* False: the end. */
static bool read_ready(struct service *service, netsnmp_large_fd_set *ready)
{
	if (NETSNMP_LARGE_FD_ISSET(service->shared.wake_fd, ready))
		shared_drain(service->shared.wake_fd);
	if (service->mode->read) {
		int fd = service->mode->fd(service);

		service->mode->read(
		    service, fd >= 0 && NETSNMP_LARGE_FD_ISSET(fd, ready));
	}
	snmp_read2(ready);
	/* Last: SIGHUP may close descriptors, whose numbers others get, and
	   `ready` means the old ones. */
	return !NETSNMP_LARGE_FD_ISSET(service->signal_fd, ready) ||
	       handle_signals(service);
}

void service_run(struct service *service)
{
	netsnmp_large_fd_set ready;
	char line[SYSTEMD_STATUS_SIZE];
	int64_t timeouts_ms = 0;
	bool running = true;
	int count;

	netsnmp_large_fd_set_init(&ready, FD_SETSIZE);
	service_status_line(service, line, sizeof(line));
	systemd_ready(&service->systemd, line);
	while (running) {
		int64_t now_ms = clock_now_ms();

		service->mode->run(service, now_ms);
		service_log_changes(service);
		notify_systemd(service, now_ms);
		count = wait_for_work(service, &ready, now_ms);
		/* Also if 0: messages may be buffered already. */
		if (count >= 0)
			running = read_ready(service, &ready);
		/* net-snmp's own loop runs these only if nothing came, so that
		   steady traffic would starve them. */
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
