/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of the daemon in one line. */
#include "service_internal.h"

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

void service_status_line(struct service *service, char *line, size_t size)
{
	char kernel[80], agent[SERVICE_STATUS_SIZE];

	kernel_part(&service->shared, kernel, sizeof(kernel));
	service->mode->status(service, agent, sizeof(agent));
	snprintf(line, size, "%s; %s%s", kernel, agent,
		 service->refused ? "; invalid configuration rejected" : "");
}
