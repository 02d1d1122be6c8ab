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
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agentx/get_requests.h"
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

/* With a session as in the daemon: net-snmp handles the requests that
   get_requests_handle() doesn't. */
static int be_subagent(struct shared *shared, const char *address)
{
	static struct get_requests get_requests;
	struct settings settings;

	settings_init(&settings);
	snprintf(settings.agentx_socket, sizeof(settings.agentx_socket), "%s",
		 address);
	settings.standard_tables = MIB_EVERYTHING;
	settings.agentx_ping_interval_s = 86400;
	netsnmp_enable_subagent();
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
	netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
			       NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
	init_agent(NAME); /* resets previous settings */
	session_init(&session, &settings, NULL, clock_now_ms());
	if (mib_serve(shared, NULL, 0, MIB_EVERYTHING))
		return -1;
	settings_fini(&settings);
	get_requests_init(&get_requests, shared, NULL);
	session_set_handler(&session, get_requests_handle, &get_requests);
	init_snmp(NAME);
	while (!stopped && !session_is_up(&session)) {
		session_run(&session, clock_now_ms());
		agent_check_and_process(1);
	}
	return 0;
}

/* As at `began_ms`; again where others ran between clock and setting. */
static void set_uptime(int64_t began_ms)
{
	int64_t now_ms;

	do {
		now_ms = clock_now_ms();
		netsnmp_set_agent_uptime(
		    UPTIME_CS + (unsigned long)(now_ms - began_ms) / 10);
	} while (clock_now_ms() - now_ms > 1);
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
	if (standalone ? be_standalone(&shared, argv[2], argv[3])
		       : be_subagent(&shared, argv[1]))
		return EXIT_FAILURE;
	set_uptime(now_ms);
	printf("%" PRId64 "\n", now_ms);
	fflush(stdout);
	while (!stopped)
		agent_check_and_process(1);
	if (!standalone)
		session_fini(&session);
	snmp_shutdown(NAME);
	shared_fini(&shared);
	return EXIT_SUCCESS;
}
