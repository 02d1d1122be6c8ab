/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The running daemon: model, kernel thread, net-snmp, session and
 * notifications, and the loop that joins them. The SNMP thread is the one
 * that calls service_run().
 */
#ifndef BONDCARRIER_AGENT_SERVICE_H
#define BONDCARRIER_AGENT_SERVICE_H

#include "agentx/agentx_notify.h"
#include "agentx/get_requests.h"
#include "agentx/if_oper_status.h"
#include "agentx/session.h"
#include "config/snmp_directives.h"
#include "kernel_thread.h"
#include "options.h"
#include "process/systemd.h"
#include "standalone/trap_sinks.h"
#include "state/shared.h"
#include "state/store.h"

struct service {
	const struct options *options; /* borrowed */
	struct shared shared;
	struct kernel_thread *kernel;
	struct store *store; /* NULL: none is kept */
	struct session session;
	struct agentx_notify notify;
	struct if_oper_status if_oper_status;
	struct get_requests get_requests;
	struct systemd systemd;
	struct trap_sinks trap_sinks; /* with -S, replaces session, notify */
	unsigned int served;	      /* with -S: sets of trees (mib_tree.h) */
	enum bond_set_status status;  /* as last logged */
	uint32_t receive_buffer;      /* as it was at the start */
	char state_file[SETTINGS_ADDRESS_SIZE];
	int store_error; /* as last logged */
	int track_error; /* likewise */
	bool refused;	 /* the configuration, at the last reload */
	int signal_fd;
};

/* The configuration as it is on disk, with the command line's word over it;
   NULL: it is faulty, which has been logged. On the heap. `directives` are
   initialised here, and to be finished unless NULL is returned. `fresh`: there
   is no service yet. */
struct settings *service_load_settings(const struct options *options,
				       struct snmp_directives *directives,
				       bool fresh);

/* Starts all, and drops privileges; takes `settings` over. 0 or -1, which has
   been logged. The service must not move after. */
int service_start(struct service *service, const struct options *options,
		  struct settings *settings,
		  const struct snmp_directives *directives, int signal_fd);

/* Until SIGTERM or SIGINT. */
void service_run(struct service *service);

/* False: a thread sits in the kernel (kernel_thread.h). All is seen to all the
   same, but the service must stay in its place until the process ends. */
bool service_stop(struct service *service);

#endif
