/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where net-snmp's snmp_log() writes to. Belongs to the SNMP thread, but
 * snmp_log() may be called by any. Errors: -errno, in the
 * words of safe_file_why().
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

/* The same for a file and a priority of log_file_valid_priority(). */
int logging_open_file(const char *path, const char *priority);

/* Makes the paths of open log files absolute, since the daemon changes to /
   before it reopens them. */
int logging_make_absolute(void);

/* While true, nothing is logged. */
void logging_mute(bool mute);

/* Closes all logs. */
void logging_close(void);

#endif
