/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of the daemon in one line. */
#include "status.h"

#include <errno.h>
#include <stdio.h>

#include "sync/monitor.h"

static void kernel_part(struct shared *shared, char *part, size_t size)
{
	size_t bonds, discrepancies;
	enum bond_set_status status;
	int error;

	shared_lock(shared);
	status = shared->bonds->status;
	error = shared->kernel_error;
	bonds = shared->bonds->count;
	discrepancies = bond_set_discrepancy_total(shared->bonds);
	shared_unlock(shared);
	if (status == BOND_SET_LOST)
		snprintf(part, size, "cannot read the kernel: %s",
			 monitor_error_text(error ? -error : -EINPROGRESS));
	else
		snprintf(part, size, "%zu %s, %zu %s", bonds,
			 bonds == 1 ? "bond" : "bonds", discrepancies,
			 discrepancies == 1 ? "discrepancy" : "discrepancies");
}

void status_agent(const struct service *service, char *part, size_t size)
{
	static const char *const sessions[] = {
		[RECONNECT_WAITING] = "waiting for",
		[RECONNECT_REGISTERING] = "registering with",
		[RECONNECT_UP] = "connected to",
		[RECONNECT_SILENT] = "no response from",
	};
	size_t sinks = trap_sinks_count(&service->trap_sinks);

	if (service->options->standalone)
		snprintf(part, size, "listening on %s, %zu trap %s%s",
			 service->options->listen, sinks,
			 sinks == 1 ? "sink" : "sinks",
			 service->trap_sinks.failing ? ", unreachable" : "");
	else
		snprintf(part, size, "%s the master agent at %s",
			 sessions[service->session.machine.state],
			 service->session.address);
}

void status_line(struct service *service, char *line, size_t size)
{
	char kernel[80], agent[STATUS_AGENT_SIZE];

	kernel_part(&service->shared, kernel, sizeof(kernel));
	status_agent(service, agent, sizeof(agent));
	snprintf(line, size, "%s; %s%s", kernel, agent,
		 service->refused ? "; invalid configuration rejected" : "");
}
