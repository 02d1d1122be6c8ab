/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The connection to the master agent: opened here, with a timeout, and then
 * passed to net-snmp as a transport.
 *
 * net-snmp's own transports block in connect() without a timeout when the
 * master is stopped and its queue is full, block in send() without a timeout,
 * raise SIGPIPE, and treat a read without data as a disconnect. This one does
 * not.
 */
#ifndef BONDCARRIER_AGENT_TRANSPORT_H
#define BONDCARRIER_AGENT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The address of the master to configure in net-snmp. */
#define TRANSPORT_NAME "bondcarrier:"

/* Registers the transport with net-snmp; once, before any session. */
void transport_register(void);

/* Requests of an ended session may still be queued inside net-snmp, which
   logs each one it can't answer, with all its variables. Suppresses that.
   Call after init_agent(). */
void transport_mute_late_responses(void);

/*
 * Connects to `address`: a path, unix:PATH, tcp:HOST:PORT, HOST:PORT.
 * Returns the socket, or a negative number for the reason and its text in
 * `why`.
 */
int transport_connect(const char *address, int timeout_ms, char *why,
		      size_t why_size);

/* The socket for the next session, which net-snmp then owns. -1: none. A
   previous one that was not used is closed. */
void transport_set_next_socket(int fd);
/* Until the next socket, reads everything available at once, not only one
   message. net-snmp still gets one message at a time, so the caller must read
   again while transport_has_more(): select() doesn't report buffered data. */
void transport_read_ahead(void);
bool transport_has_more(void);
/* Whether the socket has received anything, including its end or an error. */
bool transport_has_received(void);
/* Whether it has since the last call. */
bool transport_take_received(void);

#endif
