/* SPDX-License-Identifier: BSD-2-Clause */
/* The service as the subagent of a master agent. */
#include "service_internal.h"

#include <string.h>

#include "base/clock.h"

static int start(struct service *service, const struct settings *settings,
		 const struct snmp_directives *directives)
{
	struct service_agentx *agentx = &service->agentx;
	int err;

	(void)directives;
	requests_init(&agentx->requests, &service->shared,
		      &agentx->if_oper_status);
	session_init(&agentx->session, settings, service->options->context,
		     &service->shared, &agentx->requests, clock_now_ms());
	err = if_oper_status_init(&agentx->if_oper_status, &service->shared,
				  &agentx->session,
				  settings->correct_if_oper_status);
	if (err) {
		snmp_log(LOG_ERR, "cannot read this host's links: %s\n",
			 strerror(-err));
		return -1;
	}
	agentx_notify_init(&agentx->notify, &service->shared, &agentx->session);
	return 0;
}

static void run(struct service *service, int64_t now_ms)
{
	struct service_agentx *agentx = &service->agentx;

	session_run(&agentx->session, now_ms);
	if_oper_status_run(&agentx->if_oper_status, now_ms);
	agentx->notify.if_link_ms =
	    if_oper_status_hold_until_ms(&agentx->if_oper_status);
	agentx_notify_run(&agentx->notify, now_ms);
}

static int64_t next_ms(const struct service *service)
{
	const struct service_agentx *agentx = &service->agentx;
	int64_t first_ms = session_next_ms(&agentx->session);

	if (agentx->notify.next_ms < first_ms)
		first_ms = agentx->notify.next_ms;
	if (agentx->if_oper_status.next_ms < first_ms)
		first_ms = agentx->if_oper_status.next_ms;
	return first_ms;
}

static int fd(const struct service *service)
{
	return session_fd(&service->agentx.session);
}

static void read_session(struct service *service, bool ready)
{
	session_read(&service->agentx.session, ready);
}

static void reload(struct service *service, const struct settings *settings,
		   const struct snmp_directives *directives)
{
	(void)directives;
	session_configure(&service->agentx.session, settings, clock_now_ms());
	service->agentx.if_oper_status.wanted =
	    settings->correct_if_oper_status;
}

static void status(const struct service *service, char *part, size_t size)
{
	session_describe(&service->agentx.session, part, size);
}

static void stop(struct service *service)
{
	session_fini(&service->agentx.session);
	if_oper_status_fini(&service->agentx.if_oper_status);
}

const struct service_mode service_agentx_mode = {
	.start = start,
	.run = run,
	.next_ms = next_ms,
	.fd = fd,
	.read = read_session,
	.reload = reload,
	.status = status,
	.stop = stop,
};
