/* SPDX-License-Identifier: BSD-2-Clause */
/* The service as the SNMP agent itself, with -S. */
#include "service_internal.h"

#include <net-snmp/agent/net-snmp-agent-includes.h>

#include <string.h>

#include "base/clock.h"
#include "mib/mib.h"
#include "standalone/standalone.h"

static int start_listening(struct service *service,
			   const struct snmp_directives *directives,
			   const struct daemon_identity *identity)
{
	return standalone_listen(service->options->listen, directives,
				 identity);
}

static void status(const struct service *service, char *part, size_t size)
{
	const struct trap_sinks *trap_sinks = &service->standalone.trap_sinks;
	size_t count = trap_sinks_count(trap_sinks);

	snprintf(part, size, "listening on %s, %zu trap %s%s",
		 service->options->listen, count, count == 1 ? "sink" : "sinks",
		 trap_sinks->failing ? ", unreachable" : "");
}

static int start(struct service *service, const struct settings *settings,
		 const struct snmp_directives *directives)
{
	struct service_standalone *standalone = &service->standalone;
	const char *context = service->options->context;
	char text[SERVICE_STATUS_SIZE];

	trap_sinks_init(&standalone->trap_sinks, &service->shared, context);
	standalone->served = MIB_OWN | settings->standard_tables;
	if (standalone_start(&service->shared, context, standalone->served,
			     directives) < 0)
		return -1;
	service->shared.uptime_began_ms =
	    clock_now_ms() - (int64_t)netsnmp_get_agent_uptime() * 10;
	status(service, text, sizeof(text));
	snmp_log(LOG_NOTICE, "%s\n", text);
	return 0;
}

static void run(struct service *service, int64_t now_ms)
{
	trap_sinks_run(&service->standalone.trap_sinks, now_ms);
}

static int64_t next_ms(const struct service *service)
{
	return service->standalone.trap_sinks.next_ms;
}

static void reload(struct service *service, const struct settings *settings,
		   const struct snmp_directives *directives)
{
	struct service_standalone *standalone = &service->standalone;
	unsigned int wanted = MIB_OWN | settings->standard_tables;
	int err;

	trap_sinks_clear(&standalone->trap_sinks);
	standalone_configure(directives);
	err = mib_serve(&service->shared, service->options->context,
			standalone->served, wanted);
	if (err)
		snmp_log(LOG_ERR, "cannot register the MIB: %s\n",
			 strerror(-err));
	standalone->served = wanted;
}

static void stop(struct service *service)
{
	trap_sinks_fini(&service->standalone.trap_sinks);
	snmp_shutdown(SNMP_DIRECTIVES_APP);
	shutdown_agent();
}

const struct service_mode service_standalone_mode = {
	.listen = start_listening,
	.start = start,
	.run = run,
	.next_ms = next_ms,
	.reload = reload,
	.status = status,
	.stop = stop,
};
