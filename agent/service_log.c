/* SPDX-License-Identifier: BSD-2-Clause */
/* What the service logs of its state. */
#include "service_internal.h"

#include <errno.h>
#include <string.h>

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
			 "the kernel's links can't be read (%s): every "
			 "effective carrier is unknown\n",
			 monitor_error_text(error ? -error : -EINPROGRESS));
	else
		snmp_log(LOG_NOTICE, "the kernel's links are read again\n");
}

/* Said when it begins and when it ends. */
static void log_store(struct service *service)
{
	int error;

	shared_lock(&service->shared);
	error = service->shared.store_error;
	shared_unlock(&service->shared);
	if (error == service->store_error)
		return;
	service->store_error = error;
	if (error)
		snmp_log(LOG_WARNING,
			 "the state file can't be written (%s): what is raised "
			 "will be forgotten at a restart; tried again\n",
			 strerror(error));
	else
		snmp_log(LOG_NOTICE, "the state file is written again\n");
}

static void log_tracks(struct service *service)
{
	struct shared_track track;

	shared_lock(&service->shared);
	track = service->shared.track;
	shared_unlock(&service->shared);
	if (track.error == service->track_error)
		return;
	service->track_error = track.error;
	if (track.error)
		snmp_log(LOG_ERR,
			 "the track file %s can't be written (%s): keepalived "
			 "may believe what is not so; tried again\n",
			 track.path, strerror(track.error));
	else
		snmp_log(LOG_NOTICE, "the track files are written again\n");
}

void service_log_changes(struct service *service)
{
	log_kernel(service);
	log_store(service);
	log_tracks(service);
}
