/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where net-snmp's snmp_log() writes to. Belongs to the SNMP thread, but
 * snmp_log() may be called by any. Errors: -errno.
 */
#ifndef BONDCARRIER_AGENT_LOGGING_H
#define BONDCARRIER_AGENT_LOGGING_H

#include <net-snmp/net-snmp-config.h>

#include <net-snmp/net-snmp-includes.h>
#include <stdbool.h>

/* Reports an error on standard error, before a log is open: one line, without
   its newline. */
void logging_complain(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Whether logging_open() accepts it. */
bool logging_valid(const char *where);

/*
 * Opens a valid log: e (stderr), o (stdout), sFACILITY or s (syslog), fFILE.
 * Lines of a lower priority (a greater number) than `priority` are omitted: at
 * LOG_INFO net-snmp logs each attempt to connect. Unprintable bytes are
 * escaped, whoever logs them.
 */
int logging_open(const char *where, int priority);

/* Makes the paths of open log files absolute, since the daemon changes to /
   before it reopens them. */
int logging_make_absolute(void);

/* Changes the owner of the open log files, so that they can be reopened. Call
   before privileges are dropped. */
void logging_give(uid_t uid, gid_t gid);

/* Reopens the log files after a rotation. One that can't be opened stays open
   as it is, and the failure is logged. */
void logging_reopen(void);

/* While true, nothing is logged. */
void logging_mute(bool mute);

/* Closes all logs. */
void logging_close(void);

#endif
