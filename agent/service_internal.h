/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the service share. */
#ifndef BONDCARRIER_AGENT_SERVICE_INTERNAL_H
#define BONDCARRIER_AGENT_SERVICE_INTERNAL_H

#include "service.h"

/* For net-snmp, of a session with a master agent. */
void service_set_agentx(const struct settings *settings);

/* Reads the configuration again; one that is faulty changes nothing. */
void service_reload(struct service *service);

/* Logs what has begun or ended to be in trouble since the last time. */
void service_watch(struct service *service);

/* One line of all that there is to say. */
void service_log_state(struct service *service);

#endif
