/* SPDX-License-Identifier: BSD-2-Clause */
/* The daemon's state, for a person who looks at services. */
#include "status.h"

#include <stdio.h>

static void kernel_part(struct model *model, char *part, size_t size)
{
	size_t bonds, discrepancies;
	enum bond_set_status status;

	model_lock(model);
	status = model->bonds->status;
	bonds = model->bonds->count;
	discrepancies = bond_set_discrepancy_total(model->bonds);
	model_unlock(model);
	if (status == BOND_SET_LOST)
		snprintf(part, size, "the kernel can't be read");
	else
		snprintf(part, size, "%zu %s, %zu %s", bonds,
			 bonds == 1 ? "bond" : "bonds", discrepancies,
			 discrepancies == 1 ? "discrepancy" : "discrepancies");
}

void status_line(struct service *service, char *line, size_t size)
{
	static const char *const sessions[] = {
		[RECONNECT_WAITING] = "waiting for",
		[RECONNECT_REGISTERING] = "registering with",
		[RECONNECT_UP] = "connected to",
		[RECONNECT_SILENT] = "without an answer from",
	};
	char kernel[80];

	kernel_part(&service->model, kernel, sizeof(kernel));
	snprintf(
	    line, size, "%s; %s the master agent at %s%s", kernel,
	    sessions[service->session.machine.state], service->session.address,
	    service->refused ? "; a faulty configuration was refused" : "");
}
