/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The connection to the master agent: made here, within bounds of time, and
 * then handed to net-snmp as a transport of its own.
 *
 * net-snmp's own transports wait without limit in connect() when the master
 * is stopped and its queue is full, raise SIGPIPE, wait without limit in
 * send(), and take a read without data for a disconnect. This one does not.
 */
#ifndef BONDCARRIER_AGENT_TRANSPORT_H
#define BONDCARRIER_AGENT_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What net-snmp is to be told as the address of the master. */
#define TRANSPORT_NAME "bondcarrier:"

/* Makes the transport known to net-snmp; once, before any session. */
void transport_register(void);

/* Requests of a session that has ended may still wait inside net-snmp, which
   would log each of them that can't be answered, with all its variables: not
   from now on. After init_agent(). */
void transport_forgive(void);

/*
 * Connects to `address`: a path, unix:PATH, tcp:HOST:PORT, HOST:PORT.
 * Returns the socket, or a negative number that stands for the reason, which
 * `why` says.
 */
int transport_connect(const char *address, int timeout_ms, char *why,
		      size_t why_size);

/* The socket that the next session is made of; it then belongs to net-snmp.
   -1: none; one that was not used is closed. */
void transport_offer(int fd);
/* From now on until the next socket: what there is is read at once, a message
   with what follows it. Who wants that reads on while transport_has_more(),
   which select() does not tell: net-snmp is given one message at a time. */
void transport_read_ahead(void);
bool transport_has_more(void);
/* Has its other end said anything, if only that it closes? */
bool transport_heard(void);
/* Have bytes come since this was last asked? */
bool transport_news(void);

#endif
