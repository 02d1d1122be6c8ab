/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serves the fixture, as a subagent: fixtured AGENTX-ADDRESS, or as the agent
 * itself: fixtured -S ADDRESS DIRECTORY.
 *
 * When registered, prints the time of the monotonic clock in milliseconds that
 * ages in expected.txt are relative to.
 */
#include "state/shared.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agentx/requests.h"
#include "agentx/session.h"
#include "base/clock.h"
#include "fixture.h"
#include "mib/mib.h"
#include "standalone/standalone.h"
#include "sync/stack_build.h"

#define NAME	  SNMP_DIRECTIVES_APP
#define UPTIME_CS 10000000 /* sysUpTime at the start */

static struct session session;
static volatile sig_atomic_t stopped;

static void stop(int signo)
{
	(void)signo;
	stopped = 1;
}

static int fill(struct shared *shared, int64_t now_ms)
{
	struct bond_set *bonds = fixture_bonds(now_ms);

	event_log_free(shared->events);
	shared->events = fixture_events(now_ms);
	if (!shared->events)
		return -1;
	bonds->stack.changed_ms = now_ms - 60000;
	if (stack_build_rows(&bonds->stack.rows, bonds))
		return -1;
	shared->bonds = bonds;
	shared->began_ms = now_ms - 90000;
	shared->counters = (struct shared_counters){
		.resyncs = UINT32_MAX,
		.overruns = 7,
		.sent = 1,
		.dropped = 20,
		.suppressed = 300,
	};
	shared->control.notifications_enabled = true;
	shared->control.grace_ms = 2000;
	return fixture_queue(shared->outbox, &bonds->bonds[0]);
}

/* As the daemon does with -S. */
static int be_standalone(struct shared *shared, const char *address,
			 const char *folder)
{
	static const char *const lines[][2] = {
		{ "rocommunity", "public 127.0.0.1" },
		{ "rwcommunity", "private 127.0.0.1" },
	};
	struct daemon_identity nobody_else = { 0 };
	struct snmp_directives directives;
	char why[256];
	int err = 0;

	snmp_directives_init(&directives);
	snprintf(directives.persistent_dir, sizeof(directives.persistent_dir),
		 "%s/keys", folder);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) && !err; i++)
		err = snmp_directives_add(&directives, "here", 1, lines[i][0],
					  lines[i][1], false, why, sizeof(why));
	if (!err)
		err = standalone_listen(address, &directives, &nobody_else);
	if (!err)
		err =
		    standalone_start(shared, NULL, MIB_EVERYTHING, &directives);
	snmp_directives_fini(&directives);
	return err;
}

/* One pass of the session, as in the daemon. */
static void run_session(int timeout_ms)
{
	struct pollfd fd = { .fd = session_fd(&session), .events = POLLIN };

	if (session_next_ms(&session) <= clock_now_ms())
		timeout_ms = 0;
	session_read(&session, poll(&fd, 1, timeout_ms) > 0);
	session_run(&session, clock_now_ms());
}

static void be_subagent(struct shared *shared, const char *address)
{
	static struct requests requests;
	struct settings settings;

	settings_init(&settings);
	snprintf(settings.agentx_socket, sizeof(settings.agentx_socket), "%s",
		 address);
	settings.standard_tables = MIB_EVERYTHING;
	settings.agentx_ping_interval_s = 86400;
	requests_init(&requests, shared, NULL);
	session_init(&session, &settings, NULL, shared, &requests,
		     clock_now_ms());
	settings_fini(&settings);
	while (!stopped && (!session_is_up(&session) || session.pending_count))
		run_session(100);
}

int main(int argc, char **argv)
{
	int64_t now_ms = clock_now_ms();
	bool standalone = argc == 4 && strcmp(argv[1], "-S") == 0;
	struct shared shared;

	if ((argc != 2 && !standalone) || shared_init(&shared, 1, 10) ||
	    fill(&shared, now_ms))
		return EXIT_FAILURE;
	signal(SIGTERM, stop);
	snmp_disable_log();
	snmp_enable_stderrlog();
	if (!standalone)
		be_subagent(&shared, argv[1]);
	else if (be_standalone(&shared, argv[2], argv[3]))
		return EXIT_FAILURE;
	shared.uptime_began_ms = now_ms - UPTIME_CS * 10LL;
	netsnmp_set_agent_uptime(UPTIME_CS +
				 (unsigned long)(clock_now_ms() - now_ms) / 10);
	printf("%" PRId64 "\n", now_ms);
	fflush(stdout);
	while (!stopped && standalone)
		agent_check_and_process(1);
	while (!stopped)
		run_session(100);
	if (standalone)
		snmp_shutdown(NAME);
	else
		session_fini(&session);
	shared_fini(&shared);
	return EXIT_SUCCESS;
}
