/* SPDX-License-Identifier: BSD-2-Clause */
/* The running daemon's state in one short line, for `systemctl status`. */
#ifndef BONDCARRIER_AGENT_STATUS_H
#define BONDCARRIER_AGENT_STATUS_H

#include "service.h"

/* Truncated where it does not fit. */
void status_line(struct service *service, char *line, size_t size);

#endif
