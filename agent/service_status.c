/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of the daemon in one line. */
#include "service_internal.h"

#include <errno.h>
#include <stdio.h>

#include "base/safe_file.h"
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

/* "": the state file is kept, or none is. */
static void store_part(struct shared *shared, char *part, size_t size)
{
	bool unread;
	int error;

	shared_lock(shared);
	error = shared->store_error;
	unread = shared->store_unread;
	shared_unlock(shared);
	*part = '\0';
	if (error)
		snprintf(part, size, "; cannot %s the state file: %s",
			 unread ? "read" : "write", safe_file_why(error));
}

void service_status_line(struct service *service, char *line, size_t size)
{
	char kernel[80], store[100], agent[SERVICE_STATUS_SIZE];

	store_part(&service->shared, store, sizeof(store));
	kernel_part(&service->shared, kernel, sizeof(kernel));
	service->mode->status(service, agent, sizeof(agent));
	snprintf(line, size, "%s; %s%s%s", kernel, agent, store,
		 service->refused ? "; invalid configuration rejected" : "");
}
