/* SPDX-License-Identifier: BSD-2-Clause */
/* What the service logs of its state. */
#include "service_internal.h"

#include <errno.h>
#include <string.h>

#include "base/safe_file.h"
#include "sync/monitor.h"

void service_log_state(struct service *service)
{
	static const char *const kernels[] = {
		[BOND_SET_SYNCHRONISED] = "synchronised with",
		[BOND_SET_RESYNCHRONISING] = "resynchronising with",
		[BOND_SET_LOST] = "unable to read",
	};
	struct shared *shared = &service->shared;
	const struct bond_set *bonds;
	struct shared_counters counters;
	size_t bond_count, slaves, discrepancies, queued;
	enum bond_set_status status;
	uint32_t last;
	char agent[SERVICE_STATUS_SIZE];

	service->mode->status(service, agent, sizeof(agent));
	shared_lock(shared);
	bonds = shared->bonds;
	status = bonds->status;
	bond_count = bonds->count;
	slaves = bond_set_slave_total(bonds);
	discrepancies = bond_set_discrepancy_total(bonds);
	counters = shared->counters;
	queued = outbox_count(shared->outbox);
	last = event_log_last(shared->events);
	shared_unlock(shared);
	snmp_log(
	    LOG_NOTICE,
	    "state: %s; %s the kernel; %zu bonds, "
	    "%zu slaves, %zu discrepancies; last event %u; notifications: "
	    "%u acknowledged, %zu queued, %u dropped, %u suppressed; "
	    "%u resyncs, %u overruns, %llu interrupted dumps, "
	    "%llu malformed\n",
	    agent, kernels[status], bond_count, slaves, discrepancies,
	    (unsigned int)last, (unsigned int)counters.sent, queued,
	    (unsigned int)counters.dropped, (unsigned int)counters.suppressed,
	    (unsigned int)counters.resyncs, (unsigned int)counters.overruns,
	    (unsigned long long)counters.interrupted,
	    (unsigned long long)counters.malformed);
}

/* Losing the kernel's events for a moment is no news; losing it is. */
static void log_kernel(struct service *service)
{
	enum bond_set_status status;
	int error;

	shared_lock(&service->shared);
	status = service->shared.status;
	error = service->shared.kernel_error;
	shared_unlock(&service->shared);
	if (status == BOND_SET_RESYNCHRONISING || status == service->status)
		return;
	service->status = status;
	if (status == BOND_SET_LOST)
		snmp_log(LOG_ERR,
			 "cannot read links from the kernel (%s): all "
			 "effective carriers are unknown\n",
			 monitor_error_text(error ? -error : -EINPROGRESS));
	else
		snmp_log(LOG_NOTICE, "reading links recovered\n");
}

/* Logged when it begins and when it ends. */
static void log_store(struct service *service)
{
	bool unread;
	int error;

	shared_lock(&service->shared);
	error = service->shared.store_error;
	unread = service->shared.store_unread;
	shared_unlock(&service->shared);
	if (error == service->store_error)
		return;
	service->store_error = error;
	if (error && unread)
		snmp_log(LOG_ERR,
			 "cannot read the state file %s (%s): not overwriting "
			 "it; raised discrepancies would be lost in a restart; "
			 "make it readable and restart, or move it away\n",
			 service->state_file, safe_file_why(error));
	else if (error)
		snmp_log(LOG_WARNING,
			 "cannot write the state file (%s), retrying; raised "
			 "discrepancies would be lost in a restart\n",
			 safe_file_why(error));
	else
		snmp_log(LOG_NOTICE, "writing the state file recovered\n");
}

static void log_tracks(struct service *service)
{
	struct shared_track track;

	shared_lock(&service->shared);
	track = service->shared.track;
	shared_unlock(&service->shared);
	if (track.error == service->track.error)
		return;
	if (track.error)
		snmp_log(LOG_ERR,
			 "cannot write track file %s (%s), retrying; "
			 "keepalived may act on a stale value\n",
			 track.path, safe_file_why(track.error));
	else
		snmp_log(LOG_NOTICE, "writing track file %s recovered\n",
			 service->track.path);
	service->track = track;
}

void service_log_changes(struct service *service)
{
	log_kernel(service);
	log_store(service);
	log_tracks(service);
}
