/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the service share, and the two modes: the same functions
 * with a master agent (service_agentx.c) and with -S (service_standalone.c).
 * The service chooses one at its start and calls nothing of the other.
 *
 * Times are CLOCK_MONOTONIC milliseconds.
 */
#ifndef BONDCARRIER_AGENT_SERVICE_INTERNAL_H
#define BONDCARRIER_AGENT_SERVICE_INTERNAL_H

#include "service.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <net-snmp/library/large_fd_set.h>

#include "agentx/agentx_notify.h"
#include "agentx/if_oper_status.h"
#include "agentx/requests.h"
#include "agentx/session.h"
#include "config/listen_address.h"
#include "kernel_thread.h"
#include "process/daemon.h"
#include "process/systemd.h"
#include "standalone/trap_sinks.h"
#include "state/shared.h"
#include "state/store.h"

/* Of a mode's part of a status. */
#define SERVICE_STATUS_SIZE (LISTEN_ADDRESS_SIZE + 100)

/* Functions that return an int return 0, or -1 after logging. */
struct service_mode {
	/* What requires privileges; NULL: nothing does. */
	int (*listen)(struct service *service,
		      const struct snmp_directives *directives,
		      const struct daemon_identity *identity);
	int (*start)(struct service *service, const struct settings *settings,
		     const struct snmp_directives *directives);
	/* Does what is due, in each pass. */
	void (*run)(struct service *service, int64_t now_ms);
	int64_t (*next_ms)(const struct service *service);
	/* A descriptor of the mode's own, -1: none; and what is done in each
	   pass, whether it is ready or not. NULL: only net-snmp's. */
	int (*fd)(const struct service *service);
	void (*read)(struct service *service, bool ready);
	void (*reload)(struct service *service, const struct settings *settings,
		       const struct snmp_directives *directives);
	/* In words; truncated to fit. */
	void (*status)(const struct service *service, char *part, size_t size);
	void (*stop)(struct service *service);
};

extern const struct service_mode service_agentx_mode;
extern const struct service_mode service_standalone_mode;

struct service_agentx {
	struct session session;
	struct agentx_notify notify;
	struct if_oper_status if_oper_status;
	struct requests requests;
};

struct service_standalone {
	struct trap_sinks trap_sinks;
	unsigned int served; /* sets of trees (mib_tree.h) */
};

/* Must not move: threads and net-snmp keep pointers into it. */
struct service {
	const struct options *options; /* borrowed */
	const struct service_mode *mode;
	union { /* by mode */
		struct service_agentx agentx;
		struct service_standalone standalone;
	};
	struct shared shared;
	struct kernel_thread *kernel;
	struct store *store; /* NULL: none is kept */
	struct systemd systemd;
	enum bond_set_status status; /* as last logged */
	uint32_t receive_buffer;     /* as it was at the start */
	char state_file[SETTINGS_ADDRESS_SIZE];
	int store_error;	   /* as last logged */
	struct shared_track track; /* likewise */
	bool refused;		   /* the configuration, at the last reload */
	int signal_fd;
};

/* Reads the configuration again; an invalid one changes nothing. */
void service_reload(struct service *service);

/* Logs trouble with the kernel and with files when it begins and when it
   ends. */
void service_log_changes(struct service *service);
/* Logs the whole state in one line. */
void service_log_state(struct service *service);

/* The state in one short line, for `systemctl status`; truncated to fit. */
void service_status_line(struct service *service, char *line, size_t size);

#endif
