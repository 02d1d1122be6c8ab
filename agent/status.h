/* SPDX-License-Identifier: BSD-2-Clause */
/* The running daemon's state in one short line, for `systemctl status`. */
#ifndef BONDCARRIER_AGENT_STATUS_H
#define BONDCARRIER_AGENT_STATUS_H

#include "service.h"

#define STATUS_AGENT_SIZE (LISTEN_ADDRESS_SIZE + 100)

/* Truncated where it does not fit. */
void status_line(struct service *service, char *line, size_t size);

/* The part of it that is about whom the managers speak to. */
void status_agent(const struct service *service, char *part, size_t size);

#endif
