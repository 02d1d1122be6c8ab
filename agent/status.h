/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of the daemon in one short line, for `systemctl status`. */
#ifndef BONDCARRIER_AGENT_STATUS_H
#define BONDCARRIER_AGENT_STATUS_H

#include "service.h"

#define STATUS_AGENT_SIZE (LISTEN_ADDRESS_SIZE + 100)

/* Truncated to fit. */
void status_line(struct service *service, char *line, size_t size);

/* The part about the master agent or, with -S, the trap sinks. */
void status_agent(const struct service *service, char *part, size_t size);

#endif
