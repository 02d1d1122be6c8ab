/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The regular end of a session: Close, and the wait for its response.
 * net-snmp's own wait would first serve all queued requests before it checks
 * the timeout.
 */
#include "agentx/session_internal.h"

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

#include <poll.h>

#include "agentx/transport.h"
#include "base/clock.h"

static int on_late_request(int op, netsnmp_session *peer, int reqid,
			   netsnmp_pdu *pdu, void *magic)
{
	(void)op;
	(void)peer;
	(void)reqid;
	(void)pdu;
	(void)magic;
	return 1;
}

void session_leave(struct session *session)
{
	const int64_t until_ms = clock_now_ms() + SESSION_WAIT_MS;
	netsnmp_transport *transport = session_transport(session->peer);
	void *handle = snmp_sess_pointer(session->peer);
	netsnmp_large_fd_set ready;
	struct pollfd fd;
	int64_t left_ms;

	if (!transport || !session_send_close(session))
		return;
	session->peer->callback = on_late_request;
	netsnmp_large_fd_set_init(&ready, FD_SETSIZE);
	while (!session->closed && !session->abandoned &&
	       transport->sock >= 0 &&
	       (left_ms = until_ms - clock_now_ms()) > 0) {
		fd = (struct pollfd){ .fd = transport->sock, .events = POLLIN };
		if (!transport_has_more() && poll(&fd, 1, (int)left_ms) <= 0)
			break;
		NETSNMP_LARGE_FD_ZERO(&ready);
		NETSNMP_LARGE_FD_SET(fd.fd, &ready);
		snmp_sess_read2(handle, &ready);
	}
	netsnmp_large_fd_set_cleanup(&ready);
}
