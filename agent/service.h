/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The running daemon: the shared state, the kernel thread, the state file,
 * net-snmp in one of two modes (with a master agent, or itself the SNMP agent),
 * the service manager, and the loop that joins them.
 *
 * The thread that calls these functions is the SNMP thread. Logs failures.
 */
#ifndef BONDCARRIER_AGENT_SERVICE_H
#define BONDCARRIER_AGENT_SERVICE_H

#include <stdbool.h>

#include "config/settings.h"
#include "config/snmp_directives.h"
#include "options.h"

struct service;

/*
 * The configuration on disk, overridden by the command line; NULL: invalid, or
 * no memory. The caller frees it with settings_free(). Initialises
 * `directives`, which the caller finishes unless NULL is returned. `fresh`:
 * there is no service yet.
 */
struct settings *service_load_settings(const struct options *options,
				       struct snmp_directives *directives,
				       bool fresh);

/* Starts everything, and drops privileges. Takes over `settings`, whatever it
   returns; borrows `options` until service_stop(). NULL: failed. */
struct service *service_start(const struct options *options,
			      struct settings *settings,
			      const struct snmp_directives *directives,
			      int signal_fd);

/* Returns after SIGTERM or SIGINT. */
void service_run(struct service *service);

/* Stops everything, and frees the service unless the kernel thread hangs
   (kernel_thread.h), which still uses it. */
void service_stop(struct service *service);

#endif
