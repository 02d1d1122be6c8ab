/* SPDX-License-Identifier: BSD-2-Clause */
/* Where net-snmp's snmp_log() writes to. */
#ifndef BONDCARRIER_AGENT_LOGGING_H
#define BONDCARRIER_AGENT_LOGGING_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>

/*
 * Opens a log: e (stderr), o (stdout), sFACILITY or s (syslog), fFILE. Lines
 * of a lesser priority (a greater number) than `priority` are left out: at
 * LOG_INFO net-snmp talks of each attempt to connect. 0 or -errno.
 */
int logging_open(const char *where, int priority);

/* Closes all that are open. */
void logging_close(void);

#endif
